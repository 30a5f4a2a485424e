package io.plumbline.controller.loop;

import io.plumbline.controller.apply.Applier.Result;
import io.plumbline.controller.loop.Term.Told;
import io.plumbline.controller.plan.History;
import io.plumbline.spi.Capabilities;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.PodRegistrations.Probing;
import io.plumbline.spi.PodRegistrations.Registration;
import io.plumbline.spi.PodRegistrations.State;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.Desired.Candidate;
import io.plumbline.spi.model.HealthCheck;
import io.plumbline.spi.model.Ids;
import io.plumbline.spi.model.Key;
import io.plumbline.spi.model.ListenerKey;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.objects.PodView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Where a Pod is, or shall be, a member, and how far that is. Pure.
final class PlacesOfPod {
    private static final Set<String> CLOSED = Set.of(Reason.FOREIGN, Reason.CONFLICT, Reason.IMMUTABLE);

    private PlacesOfPod() {}

    /// @param told how the last visit of that load balancer ended, if there was one
    static List<Registration> of(PodView pod, Desired desired, Optional<Told> told, Capabilities capabilities) {
        Ids ids = told.map(Told::ids).orElseGet(Ids::none);
        return desired.pools().stream()
                .flatMap(pool -> pool.candidates().stream()
                        .filter(candidate -> belongs(candidate, pod))
                        .map(candidate -> new Registration(
                                desired.key(),
                                candidate.backend().key(),
                                state(candidate, pod, desired, told),
                                probing(pool.pool(), capabilities),
                                ids)))
                .toList();
    }

    private static boolean belongs(Candidate candidate, PodView pod) {
        boolean itself = candidate.object().filter(pod.key()::equals).isPresent()
                && candidate.backend().registrant().filter(pod.uid()::equals).isPresent();
        return itself
                && switch (candidate.intent()) {
                    case REGISTER, KEEP, DRAIN -> true;
                    case REMOVE -> false;
                };
    }

    private static State state(Candidate candidate, PodView pod, Desired desired, Optional<Told> told) {
        BackendKey key = candidate.backend().key();
        if (told.isEmpty()) {
            return new State.Waiting();
        }
        return registered(key, pod, told.get())
                .or(() -> rejected(key, desired, told.get()))
                .or(() -> leftOut(key, told.get()))
                .orElseGet(State.Waiting::new);
    }

    private static Optional<State> registered(BackendKey key, PodView pod, Told told) {
        return Optional.ofNullable(told.history().registrations().get(key))
                .filter(registration ->
                        registration.uid().filter(pod.uid()::equals).isPresent())
                .map(History.Registration::at)
                .map(State.Registered::new);
    }

    private static Optional<State> rejected(BackendKey key, Desired desired, Told told) {
        List<Key> above = Stream.<Key>concat(Stream.of(key, key.pool(), desired.key()), listeners(key.pool(), desired))
                .toList();
        Optional<State> refused = told.outcomes().stream()
                .filter(result -> above.contains(result.change().key()))
                .flatMap(PlacesOfPod::refusal)
                .findFirst();
        return refused.or(() -> told.plan().changes().stream()
                .filter(change -> change instanceof Change.Leave
                        && CLOSED.contains(change.reason().code()))
                .filter(change -> change.key() instanceof ListenerKey listener
                        && above.contains(listener)
                        && told.ids().id(key.pool()).isEmpty())
                .<State>map(change -> new State.Rejected(change.reason().text()))
                .findFirst());
    }

    private static Stream<State> refusal(Result result) {
        return result.outcome() instanceof Outcome.Rejected rejected
                ? Stream.of(new State.Rejected(rejected.message()))
                : Stream.of();
    }

    private static Optional<State> leftOut(BackendKey key, Told told) {
        return told.plan().changes().stream()
                .filter(change -> change instanceof Change.Leave
                        && change.key().equals(key)
                        && change.reason().code().equals(Reason.TRUNCATED))
                .<State>map(change -> new State.LeftOut(change.reason().text()))
                .findFirst();
    }

    private static Stream<Key> listeners(PoolKey pool, Desired desired) {
        return desired.listeners().stream()
                .filter(claims -> claims.claims().stream()
                        .anyMatch(claim -> claim.listener().pools().contains(pool)))
                .map(Desired.ListenerClaims::key);
    }

    private static Probing probing(Pool pool, Capabilities capabilities) {
        HealthCheck check = pool.healthCheck();
        boolean off = check.enabled().asOptional().filter(enabled -> !enabled).isPresent();
        Duration interval = off
                ? Duration.ZERO
                : check.interval().asOptional().orElse(capabilities.timing().defaultHealthInterval());
        int threshold = check.healthyThreshold()
                .asOptional()
                .orElse(capabilities.timing().defaultHealthyThreshold());
        return new Probing(interval, Math.max(threshold, 1));
    }
}
