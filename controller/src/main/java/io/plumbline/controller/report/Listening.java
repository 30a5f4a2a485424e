package io.plumbline.controller.report;

import io.plumbline.controller.desired.Names;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Desired.ListenerClaim;
import io.plumbline.spi.model.Desired.ListenerClaims;
import io.plumbline.spi.model.Key;
import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.ListenerKey;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Owned;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.Resource;
import io.plumbline.spi.objects.ObjectKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Condition `Programmed`: whether the load balancer and all valid listeners of one Service stand.
final class Listening {
    private final Ledger ledger;
    private final ObjectKey service;
    private final LoadBalancerKey loadBalancer;
    private final List<ListenerKey> listeners;

    Listening(Ledger ledger, ObjectKey service) {
        this.ledger = ledger;
        this.service = service;
        this.loadBalancer = ledger.round().desired().key();
        this.listeners = ledger.round().desired().listeners().stream()
                .filter(this::isOurs)
                .map(ListenerClaims::key)
                .filter(key -> !ledger.occupied(key))
                .toList();
    }

    /// At least one of its listeners stands.
    boolean serves() {
        return ledger.stands(loadBalancer) && (listeners.stream().anyMatch(ledger::stands) || onlyPools());
    }

    /// Its user's own listeners lead to its pools.
    private boolean onlyPools() {
        return listeners.isEmpty()
                && ledger.round().desired().listeners().stream().noneMatch(this::isWanted)
                && ledger.round().desired().pools().stream()
                        .anyMatch(pool -> pool.pool().key().object().equals(service));
    }

    Verdict verdict() {
        return refused()
                .or(this::failed)
                .or(this::gone)
                .or(this::noPorts)
                .or(this::missing)
                .orElseGet(this::standing);
    }

    private Verdict standing() {
        return ledger.round().actual().addresses().isEmpty()
                ? Verdict.no(Reasons.WAITING, "the load balancer's address is not known yet")
                : serving();
    }

    private Verdict serving() {
        return Verdict.yes(
                Reasons.PROGRAMMED,
                onlyPools()
                        ? "the load balancer has the pools; listeners are its user's own"
                        : "the load balancer serves " + names(listeners));
    }

    /// Something that the cloud has refused does not stand as it is wanted, even where an older form of it
    /// does.
    private Optional<Verdict> refused() {
        List<String> refusals = ledger.changes()
                .filter(change -> concerns(change.key()))
                .flatMap(change -> ledger.rejection(change).stream()
                        .map(rejected -> change.name().text() + ": " + rejected.message()))
                .toList();
        return ledger.changes()
                .filter(change -> concerns(change.key()))
                .flatMap(change -> ledger.rejection(change).stream())
                .findFirst()
                .map(first ->
                        Verdict.no(Reasons.of(first.because()), "the cloud refuses " + Lists.sentences(refusals)));
    }

    private Optional<Verdict> failed() {
        return ledger.failed(loadBalancer)
                ? Optional.of(Verdict.no(Reasons.FAILED, "the cloud says that the load balancer has failed"))
                : Optional.empty();
    }

    /// The load balancer that its user names.
    private Optional<Verdict> gone() {
        return ledger.problems(service).stream()
                .filter(problem -> problem.reason().equals(Reason.GONE) && !ledger.stands(loadBalancer))
                .findFirst()
                .map(problem -> Verdict.no(problem.reason(), Lists.text(problem)));
    }

    private Optional<Verdict> noPorts() {
        return listeners.isEmpty() && !onlyPools()
                ? Optional.of(ledger.problems(service).stream()
                        .findFirst()
                        .map(problem -> Verdict.no(problem.reason(), Lists.text(problem)))
                        .orElse(Verdict.no(Reasons.NO_PORTS, "none of its ports can be served")))
                : Optional.empty();
    }

    private Optional<Verdict> missing() {
        List<Key> missing = Stream.concat(Stream.of(loadBalancer), listeners.stream())
                .filter(key -> !ledger.stands(key))
                .toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(heldBack(missing)
                        .orElse(Verdict.no(Reasons.WAITING, "not there yet: " + Names.list(words(missing)))));
    }

    /// A missing resource that is left so on purpose says why.
    private Optional<Verdict> heldBack(List<Key> missing) {
        return ledger.changes()
                .filter(change -> change instanceof Change.Leave && missing.contains(change.key()))
                .map(Change::reason)
                .findFirst()
                .map(reason -> Verdict.no(reason.code(), reason.text() + ": " + Names.list(words(missing))));
    }

    private boolean concerns(Key key) {
        return switch (key.kind()) {
            case LOAD_BALANCER, RULE, ACCESS_LIST, CERTIFICATE -> true;
            case LISTENER -> key instanceof ListenerKey listener && listeners.contains(listener);
            case POOL -> key instanceof PoolKey pool && pool.object().equals(service);
            case BACKEND -> false;
        };
    }

    /// Of several who want a port, the one whose pool the listener leads to has it, else the oldest.
    private boolean isOurs(ListenerClaims claims) {
        return isWanted(claims)
                && (claims.claims().size() == 1 || holder(claims).equals(Optional.of(service)));
    }

    private boolean isWanted(ListenerClaims claims) {
        return claims.claims().stream()
                .map(ListenerClaim::mark)
                .anyMatch(mark -> mark.object().equals(service));
    }

    private Optional<ObjectKey> holder(ListenerClaims claims) {
        ListenerClaim oldest = claims.claims().getFirst();
        return ledger.found(claims.key())
                .map(listener -> listener.resource() instanceof Owned<?> owned && owned.value() instanceof Listener it
                        ? holder(it, Optional.of(owned.object()))
                        : holder(listener.resource().value()))
                .orElseGet(() ->
                        holder(oldest.listener(), Optional.of(oldest.mark().object())));
    }

    private static Optional<ObjectKey> holder(Resource resource) {
        return resource instanceof Listener listener ? holder(listener, Optional.empty()) : Optional.empty();
    }

    /// @param marked whose mark it carries, which tells of one that leads to no pool
    private static Optional<ObjectKey> holder(Listener listener, Optional<ObjectKey> marked) {
        return listener.pools().stream().map(PoolKey::object).findFirst().or(() -> marked);
    }

    private static String names(List<ListenerKey> listeners) {
        return Names.list(listeners.stream().map(ListenerKey::name).toList());
    }

    private static List<String> words(List<Key> keys) {
        return keys.stream()
                .map(key -> key instanceof ListenerKey listener ? listener.name() : "the load balancer")
                .toList();
    }
}
