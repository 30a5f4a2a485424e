package io.plumbline.controller.desired;

import io.plumbline.controller.desired.DesiredState.Context;
import io.plumbline.controller.desired.Membership.Verdict;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Desired.Candidate;
import io.plumbline.spi.model.Desired.Intent;
import io.plumbline.spi.model.Desired.Place;
import io.plumbline.spi.model.Pool.Targets;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.objects.NodeView;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.PodView;
import io.plumbline.spi.objects.ServiceView;
import io.plumbline.spi.objects.SliceView;
import io.plumbline.spi.objects.SliceView.Endpoint;
import io.plumbline.spi.objects.SliceView.Target;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Direct mode: the Pods behind one port of a Service. Pure.
///
/// The slices say which Pods and ports; [Membership] says what is wanted of each. A Pod that the selector
/// matches and no slice names is a candidate too, but never one to be added: where the slices are behind,
/// or an API server shows none, what it has stays, and where it is being deleted, that is seen here first.
///
/// Where nodes are the members, only Pods on virtual nodes count.
final class PodMembers {
    private final Part part;
    private final PoolKey pool;
    private final ServiceView.Port port;
    private final Context context;
    private final String family;

    PodMembers(Part part, PoolKey pool, ServiceView.Port port, Context context) {
        this.part = part;
        this.pool = pool;
        this.port = port;
        this.context = context;
        this.family = Families.of(part);
    }

    /// One for each address and port, sorted by key.
    List<Candidate> candidates() {
        SortedMap<BackendKey, Contender> byKey = new TreeMap<>();
        Stream.concat(listed(), unlisted())
                .filter(contender -> counts(contender.candidate().object()))
                .forEach(contender ->
                        byKey.merge(contender.candidate().backend().key(), contender, Contender::stronger));
        return byKey.values().stream().map(Contender::candidate).toList();
    }

    private boolean counts(Optional<ObjectKey> object) {
        Optional<PodView> pod =
                object.flatMap(key -> Optional.ofNullable(part.claim().pods().get(key)));
        return pod.map(known -> counts(known, part, context))
                .orElse(object.isPresent() || part.reading().backends().targets() == Targets.PODS);
    }

    private static boolean counts(PodView pod, Part part, Context context) {
        return part.reading().backends().targets() == Targets.PODS || Direct.onVirtualNode(pod, part, context);
    }

    private Stream<Contender> listed() {
        return part.claim().slices().stream()
                .filter(slice -> slice.addressType().equals(family))
                .flatMap(slice -> slice.ports().stream()
                        .filter(this::isOurs)
                        .flatMap(slicePort -> slice.endpoints().stream()
                                .filter(endpoint -> !endpoint.addresses().isEmpty())
                                .flatMap(endpoint -> contender(endpoint, slicePort.port()).stream())));
    }

    private boolean isOurs(SliceView.Port slicePort) {
        return slicePort.name().equals(port.name()) && slicePort.transport() == port.transport();
    }

    /// Only the first address of an endpoint counts: the API says that the others are not to be used.
    private Optional<Contender> contender(Endpoint endpoint, int number) {
        String address = endpoint.addresses().getFirst();
        return switch (Endpoints.naming(endpoint, part)) {
            case Endpoints.Naming.OfPod(Target target) -> Optional.of(ofTarget(target, address, number));
            case Endpoints.Naming.OfNobody() ->
                Endpoints.addressesCount(part, context.settings())
                        ? Optional.of(ofAddress(endpoint, address, number))
                        : Optional.empty();
            case Endpoints.Naming.OfAnother(String name) -> Optional.empty();
        };
    }

    private Contender ofTarget(Target target, String address, int number) {
        Optional<PodView> pod = Optional.ofNullable(part.claim().pods().get(target.key()));
        Verdict verdict = Membership.ofTarget(target, address, pod, part, context.settings());
        Verdict direct = pod.map(view -> onlyDirect(verdict, view, address)).orElse(verdict);
        return new Contender(
                candidate(address, number, direct, Optional.of(target)),
                pod.filter(view -> view.uid().equals(target.uid()))
                        .map(view -> view.metadata().created())
                        .orElse(Instant.EPOCH));
    }

    private Verdict onlyDirect(Verdict verdict, PodView pod, String address) {
        return verdict.intent() != Intent.REGISTER
                ? verdict
                : Direct.hindrance(pod, address, part, context)
                        .map(why -> new Verdict(Intent.KEEP, new Reason(ProblemReasons.NOT_DIRECT, why)))
                        .orElse(verdict);
    }

    private Contender ofAddress(Endpoint endpoint, String address, int number) {
        Verdict verdict = Direct.outside(address, context.settings())
                .map(why -> new Verdict(Intent.KEEP, new Reason(ProblemReasons.NOT_DIRECT, why)))
                .orElseGet(() -> Endpoints.ofAddress(endpoint, part));
        return new Contender(candidate(address, number, verdict, Optional.empty()), Instant.EPOCH);
    }

    private Stream<Contender> unlisted() {
        Set<ObjectKey> named = Endpoints.named(part);
        return part.claim().pods().values().stream()
                .filter(pod -> !named.contains(pod.key()))
                .flatMap(pod -> TargetPorts.of(port, pod).stream()
                        .boxed()
                        .flatMap(number -> pod.ips().stream()
                                .filter(address -> Families.isOf(address, family))
                                .limit(1)
                                .map(address -> ofUnlisted(pod, address, number))));
    }

    private Contender ofUnlisted(PodView pod, String address, int number) {
        Verdict verdict =
                Membership.ofPod(pod, part.node(pod.nodeName()), part.reading().backends(), context.settings());
        Verdict kept = verdict.intent() == Intent.REGISTER
                ? new Verdict(Intent.KEEP, new Reason(Reason.DESIRED, "the Pod is selected, but no slice names it yet"))
                : verdict;
        Target target = new Target(pod.key(), pod.uid());
        return new Contender(
                candidate(address, number, kept, Optional.of(target)),
                pod.metadata().created());
    }

    private Candidate candidate(String address, int number, Verdict verdict, Optional<Target> target) {
        Backend backend = new Backend(
                new BackendKey(pool, reached(address, target), number),
                part.reading().backends().weight(),
                target.map(Target::uid));
        boolean gateWaits = target.filter(this::gateWaits).isPresent();
        return new Candidate(
                backend, target.map(Target::key), verdict.intent(), verdict.reason(), gateWaits, place(target));
    }

    private Address reached(String address, Optional<Target> target) {
        return target.flatMap(named -> Optional.ofNullable(part.claim().pods().get(named.key())))
                .map(pod -> Direct.address(pod, address, part, context))
                .orElseGet(() -> new Address.Ip(address));
    }

    private Place place(Optional<Target> target) {
        String zone = target.flatMap(
                        named -> Optional.ofNullable(part.claim().pods().get(named.key())))
                .flatMap(pod -> part.node(pod.nodeName()))
                .map(NodeView::zone)
                .orElse("");
        return new Place(zone, List.of());
    }

    private boolean gateWaits(Target target) {
        return Optional.ofNullable(part.claim().pods().get(target.key())).stream()
                .filter(pod -> pod.uid().equals(target.uid()))
                .flatMap(pod -> pod.readinessGates().stream())
                .anyMatch(gate ->
                        !gate.open() && Membership.isLoadBalancerGate(gate.conditionType(), context.settings()));
    }

    /// Every Pod that lives, takes part and cannot be reached directly, with what hinders it.
    static SortedMap<ObjectKey, String> hindered(Part part, Context context) {
        String family = Families.of(part);
        SortedMap<ObjectKey, String> hindered = new TreeMap<>();
        part.claim().slices().stream()
                .filter(slice -> slice.addressType().equals(family))
                .flatMap(slice -> slice.endpoints().stream())
                .filter(endpoint -> !endpoint.addresses().isEmpty())
                .forEach(endpoint -> hindered.putAll(hinderedBy(endpoint, part, context)));
        return hindered;
    }

    private static SortedMap<ObjectKey, String> hinderedBy(Endpoint endpoint, Part part, Context context) {
        String address = endpoint.addresses().getFirst();
        return Endpoints.pod(endpoint, part)
                .filter(pod -> !pod.terminal()
                        && !pod.metadata().deleting()
                        && counts(pod, part, context)
                        && pod.ips().contains(address))
                .flatMap(pod -> Direct.hindrance(pod, address, part, context)
                        .map(why -> (SortedMap<ObjectKey, String>) new TreeMap<>(Map.of(pod.key(), why))))
                .orElseGet(TreeMap::new);
    }

    /// Who has an address, where two Pods are said to: the living before the dying, then the younger.
    private record Contender(Candidate candidate, Instant created) {
        private static final Comparator<Contender> STRENGTH = Comparator.comparingInt(Contender::alive)
                .thenComparing(Contender::created)
                .thenComparing(contender ->
                        contender.candidate().backend().registrant().orElse(""));

        static Contender stronger(Contender one, Contender other) {
            return STRENGTH.compare(one, other) >= 0 ? one : other;
        }

        private int alive() {
            return switch (candidate.reason().code()) {
                case Reason.GONE -> 0;
                case Reason.TERMINATING -> 1;
                default -> 2;
            };
        }
    }
}
