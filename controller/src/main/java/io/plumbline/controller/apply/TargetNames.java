package io.plumbline.controller.apply;

import io.plumbline.spi.Answer;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.Provider;
import io.plumbline.spi.Provider.Resolution;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.ChangeName;
import io.plumbline.spi.change.Plan;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.Ids;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/// What a cloud calls the targets at Pods' addresses, where it registers them by such names. A name is remembered for
/// the Pod's UID; an address that the cloud does not know yet is asked for again, less and less often. For all load
/// balancers of a provider together; many threads.
public final class TargetNames {
    /// The first wait for an address that is not known; it doubles up to [#LONGEST].
    public static final Duration FIRST = Duration.ofSeconds(5);

    public static final Duration LONGEST = Duration.ofMinutes(5);

    private static final int ADDRESSES_PER_CALL = 100;
    private static final int MOST_DOUBLINGS = 10;
    private static final int MOST_NAMES = 50_000;

    private final Provider provider;
    private final InstantSource clock;
    private final SequencedMap<Owner, Answered> known = new LinkedHashMap<>();

    public TargetNames(Provider provider, InstantSource clock) {
        this.provider = provider;
        this.clock = clock;
    }

    /// An address, and the UID of the Pod that has it.
    private record Owner(Address address, String uid) {}

    /// @param name empty where the cloud knows none
    /// @param misses in a row
    private record Answered(Optional<String> name, int misses, Instant askAgainAt) {}

    /// @param ids of the members to be registered, as far as the cloud knows them
    /// @param unresolved why a member cannot be registered yet, by change
    /// @param askAgainAt when the next of those should be asked for
    /// @param failure where the cloud did not answer
    public record Named(
            Ids ids,
            Map<ChangeName, Reason> unresolved,
            Optional<Instant> askAgainAt,
            Optional<Outcome.Failure> failure) {
        public static final Named NOBODY = new Named(Ids.none(), Map.of(), Optional.empty(), Optional.empty());
    }

    /// Names the targets of the members that a plan registers; those that nobody has asked for yet are asked for, all
    /// in as few calls as there can be.
    public Named name(Plan plan) {
        if (!provider.capabilities().resolvesBackends()) {
            return Named.NOBODY;
        }
        List<Change> additions = plan.changes().stream()
                .filter(change -> owner(change).isPresent())
                .toList();
        Optional<Outcome.Failure> failure = ask(unknown(additions));
        return named(additions, failure);
    }

    private synchronized List<Address> unknown(List<Change> additions) {
        Instant now = clock.instant();
        LinkedHashSet<Address> addresses = new LinkedHashSet<>();
        for (Change change : additions) {
            owner(change)
                    .filter(owner -> isDue(Optional.ofNullable(known.get(owner)), now))
                    .ifPresent(owner -> addresses.add(owner.address()));
        }
        List<Address> unknown = new ArrayList<>(addresses);
        owners(additions).forEach(owner -> known.putIfAbsent(owner, new Answered(Optional.empty(), 0, now)));
        return unknown;
    }

    private static boolean isDue(Optional<Answered> answered, Instant now) {
        return answered.map(before -> before.name.isEmpty() && !before.askAgainAt.isAfter(now))
                .orElse(true);
    }

    private Optional<Outcome.Failure> ask(List<Address> addresses) {
        for (int from = 0; from < addresses.size(); from += ADDRESSES_PER_CALL) {
            List<Address> some = addresses.subList(from, Math.min(addresses.size(), from + ADDRESSES_PER_CALL));
            switch (provider.resolve(some)) {
                case Answer.Got<SortedMap<Address, Resolution>>(SortedMap<Address, Resolution> got) -> note(some, got);
                case Answer.Missed<SortedMap<Address, Resolution>>(Outcome.Failure failure) -> {
                    return Optional.of(failure);
                }
            }
        }
        return Optional.empty();
    }

    private synchronized void note(List<Address> asked, SortedMap<Address, Resolution> got) {
        Instant now = clock.instant();
        known.replaceAll((owner, before) -> asked.contains(owner.address()) && before.name.isEmpty()
                ? answered(Optional.ofNullable(got.get(owner.address())), before, now)
                : before);
        while (known.size() > MOST_NAMES) {
            known.pollFirstEntry();
        }
    }

    private static Answered answered(Optional<Resolution> resolution, Answered before, Instant now) {
        int misses = before.misses + 1;
        return resolution
                .filter(Resolution::known)
                .map(its -> new Answered(Optional.of(its.target()), 0, now))
                .orElseGet(() -> new Answered(Optional.empty(), misses, now.plus(waitAfter(misses))));
    }

    private static Duration waitAfter(int misses) {
        Duration doubled = FIRST.multipliedBy(1L << Math.min(misses - 1, MOST_DOUBLINGS));
        return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }

    private synchronized Named named(List<Change> additions, Optional<Outcome.Failure> failure) {
        Ids.Collector ids = new Ids.Collector();
        Map<ChangeName, Reason> unresolved = new LinkedHashMap<>();
        SortedSet<Instant> askAgain = new TreeSet<>();
        for (Change change : additions) {
            Answered answered = known.get(owner(change).orElseThrow());
            if (answered != null && answered.name.isPresent()) {
                ids.put(change.key(), answered.name.get());
            } else {
                unresolved.put(change.name(), reason(failure));
                askAgain.add(answered == null ? clock.instant() : answered.askAgainAt);
            }
        }
        return new Named(ids.collect(), unresolved, askAgain.stream().findFirst(), failure);
    }

    private static Reason reason(Optional<Outcome.Failure> failure) {
        return new Reason(
                Reason.UNRESOLVED,
                failure.map(its -> "the cloud could not be asked for its target: " + its.message())
                        .orElse("the cloud knows no target at its address"));
    }

    private static List<Owner> owners(List<Change> additions) {
        return additions.stream().flatMap(change -> owner(change).stream()).toList();
    }

    private static Optional<Owner> owner(Change change) {
        return change instanceof Change.Create create
                        && create.desired() instanceof Backend backend
                        && backend.key().address() instanceof Address.Ip ip
                ? Optional.of(new Owner(ip, backend.registrant().orElse("")))
                : Optional.empty();
    }
}
