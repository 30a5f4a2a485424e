package io.plumbline.controller.report;

import io.plumbline.controller.report.ObjectReport.Event;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.change.Verb;
import io.plumbline.spi.model.AccessList;
import io.plumbline.spi.model.AccessListKey;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Certificate;
import io.plumbline.spi.model.CertificateKey;
import io.plumbline.spi.model.Kind;
import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.ListenerKey;
import io.plumbline.spi.model.LoadBalancer;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.Rule;
import io.plumbline.spi.model.RuleKey;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.ServiceView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a Service is told that is being deleted or no longer wants a load balancer.
final class Releasing {
    private Releasing() {}

    static Conclusion conclusion(Ledger ledger, ServiceView service) {
        return hasLeft(ledger, service.key()) ? farewell(ledger, service) : underWay(ledger, service);
    }

    /// Nothing of this object is left but what stays for good. What was removed just now is looked for once more
    /// before that is said.
    static boolean hasLeft(Ledger ledger, ObjectKey object) {
        return switch (ledger.round().desired().fate()) {
            case UNTOUCHED -> true;
            case RELEASED, RETIRED -> ledger.changes().allMatch(Releasing::staysForGood);
            case WANTED ->
                ledger.changes().filter(change -> isOf(object, change)).allMatch(Releasing::staysForGood);
        };
    }

    /// On a load balancer that others keep, an object has pools, their members, the listeners that lead to them, and
    /// listeners with its mark that lead to none.
    private static boolean isOf(ObjectKey object, Change change) {
        return switch (change.key()) {
            case BackendKey(PoolKey pool, Address address, int port) ->
                pool.object().equals(object);
            case PoolKey pool -> pool.object().equals(object);
            case ListenerKey listener -> leadsTo(object, change);
            case RuleKey rule -> leadsTo(object, change);
            case LoadBalancerKey balancer -> false;
            case AccessListKey list -> list.name().equals(object.text());
            case CertificateKey certificate -> false;
        };
    }

    private static boolean leadsTo(ObjectKey object, Change change) {
        return change instanceof Change.Remove remove
                && switch (remove.was().value()) {
                    case Listener listener ->
                        listener.pools().isEmpty()
                                ? remove.was().object().equals(object)
                                : names(listener.pools(), object);
                    case Rule rule -> names(rule.action().pools(), object);
                    case LoadBalancer balancer -> false;
                    case Pool pool -> false;
                    case Backend backend -> false;
                    case AccessList list -> false;
                    case Certificate certificate -> false;
                };
    }

    private static boolean names(List<PoolKey> pools, ObjectKey object) {
        return pools.stream().anyMatch(pool -> pool.object().equals(object));
    }

    /// What is held back may still go; everything else that is left stays behind.
    private static boolean staysForGood(Change change) {
        return change.verb() == Verb.LEAVE
                && !change.reason().code().equals(Reason.HELD_BACK)
                && !change.reason().code().equals(Reason.MODE);
    }

    /// A Service that lives on keeps no condition and no address of ours; of one that is being deleted the
    /// status matters no more.
    private static Conclusion farewell(Ledger ledger, ServiceView service) {
        String id = ledger.round()
                .actual()
                .loadBalancer()
                .map(found -> " " + found.id())
                .orElse("");
        List<Event> left = ledger.changes()
                .filter(change -> change.verb() == Verb.LEAVE && change.key().kind() == Kind.LOAD_BALANCER)
                .map(change -> new Event(
                        Event.Sort.WARNING,
                        change.reason().code(),
                        "the load balancer" + id + " stays behind: "
                                + change.reason().text()))
                .toList();
        return service.metadata().deleting()
                ? new Conclusion(service, Optional.empty(), Optional.empty(), List.of(), left)
                : new Conclusion(service, Optional.of(List.of()), Optional.of(new LinkedHashMap<>()), List.of(), left);
    }

    private static Conclusion underWay(Ledger ledger, ServiceView service) {
        Verdict verdict = refused(ledger)
                .or(() -> heldBack(ledger))
                .orElse(Verdict.no(Reasons.RELEASING, "what was made for this Service is being removed"));
        Optional<List<ServiceView.PublishedAddress>> addresses =
                service.metadata().deleting() ? Optional.empty() : Optional.of(List.of());
        return new Conclusion(
                service,
                addresses,
                Optional.of(Conclusion.conditions(verdict, Optional.empty(), verdict)),
                List.of(),
                List.of());
    }

    private static Optional<Verdict> refused(Ledger ledger) {
        List<String> refusals = ledger.changes()
                .flatMap(change -> ledger.rejection(change).stream()
                        .map(rejected -> change.name().text() + ": " + rejected.message()))
                .toList();
        return ledger.changes()
                .flatMap(change -> ledger.rejection(change).stream())
                .findFirst()
                .map(first ->
                        Verdict.no(Reasons.of(first.because()), "the cloud refuses " + Lists.sentences(refusals)));
    }

    private static Optional<Verdict> heldBack(Ledger ledger) {
        List<Change> held = ledger.changes()
                .filter(change -> change.verb() == Verb.LEAVE && !staysForGood(change))
                .toList();
        return held.stream()
                .findFirst()
                .map(first -> Verdict.no(
                        first.reason().code(),
                        Lists.sentences(held.stream()
                                .flatMap(change -> Stream.of(change.key().text() + ": "
                                        + change.reason().text()))
                                .toList())));
    }
}
