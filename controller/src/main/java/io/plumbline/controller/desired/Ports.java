package io.plumbline.controller.desired;

import io.plumbline.controller.desired.DesiredState.Context;
import io.plumbline.controller.desired.Part.Noted;
import io.plumbline.spi.Capabilities;
import io.plumbline.spi.Capabilities.Mutability;
import io.plumbline.spi.Capabilities.Pools;
import io.plumbline.spi.Dialect.Extent;
import io.plumbline.spi.Dialect.Form;
import io.plumbline.spi.Dialect.Interpretation;
import io.plumbline.spi.Dialect.PortWishes;
import io.plumbline.spi.model.Desired.Candidate;
import io.plumbline.spi.model.Desired.Problem;
import io.plumbline.spi.model.ListenerKey;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Pool.Targets;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.Transport;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.ServiceView;
import io.plumbline.spi.objects.ServiceView.Traffic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.stream.Stream;

/// One Service -> those of its ports that can be served, each with its candidates, and what must be said of
/// it. Pure.
final class Ports {
    private final Part part;
    private final LoadBalancerKey loadBalancer;
    private final Context context;
    private final List<Problem> problems = new ArrayList<>();

    private Ports(Part part, LoadBalancerKey loadBalancer, Context context) {
        this.part = part;
        this.loadBalancer = loadBalancer;
        this.context = context;
    }

    static Noted<List<Part.Port>> of(Part part, LoadBalancerKey loadBalancer, Context context) {
        Ports ports = new Ports(part, loadBalancer, context);
        ports.problems.addAll(part.reading().problems());
        List<Part.Port> offered = ports.closedBySourceRanges() ? List.of() : ports.offered();
        ports.generalProblems();
        return new Noted<>(offered, ports.problems);
    }

    /// A dialect may know better words for what its cloud cannot do.
    private void addUnlessSaid(Problem problem) {
        if (problems.stream().noneMatch(said -> said.field().equals(problem.field()))) {
            problems.add(problem);
        }
    }

    private Traffic traffic() {
        return part.service().traffic();
    }

    private boolean byPods() {
        return part.reading().backends().targets() == Targets.PODS;
    }

    /// Behind node ports the nodes enforce them; where Pods are reached directly only the load balancer
    /// can.
    private boolean closedBySourceRanges() {
        boolean enforced = context.capabilities().sourceRanges();
        if (traffic().sourceRanges().isEmpty() || (!byPods() && !enforced)) {
            return false;
        }
        String field = "spec.loadBalancerSourceRanges";
        if (!enforced) {
            String message = "this load balancer cannot restrict who connects when Pods are reached directly, so no"
                    + " port is opened: remove loadBalancerSourceRanges, or do not use direct access";
            addUnlessSaid(part.problem(field, message, ProblemReasons.SOURCE_RANGES_UNSUPPORTED));
            return true;
        }
        List<String> unreadable = traffic().sourceRanges().stream()
                .filter(range -> Cidr.parse(range).isEmpty())
                .toList();
        if (!unreadable.isEmpty()) {
            String message = Names.list(unreadable) + " is no address range: write it like 10.0.0.0/8";
            problems.add(part.problem(field, message, Problem.INVALID));
        }
        return unreadable.size() == traffic().sourceRanges().size();
    }

    /// TCP and UDP of one number, wanted as one listener for both, are one port.
    private List<Part.Port> offered() {
        SequencedMap<String, Part.Port> offered = new LinkedHashMap<>();
        for (int index = 0; index < part.service().ports().size(); index++) {
            PortWishes wishes = part.reading().ports().get(index);
            ServiceView.Port port = part.service().ports().get(index);
            if (wishes.extent() != Extent.NOTHING && canBeServed(index, port)) {
                Part.Port candidate = port(index, wishes, port);
                String identity = wishes.form() == Form.TCP_UDP ? identity(candidate, port) : String.valueOf(index);
                offered.putIfAbsent(identity, candidate);
            }
        }
        return List.copyOf(offered.values());
    }

    /// One pool has one port behind it.
    private String identity(Part.Port candidate, ServiceView.Port port) {
        String behind = byPods()
                ? port.targetPort()
                : port.nodePort().map(String::valueOf).orElse("");
        return candidate.listener().text() + " " + behind;
    }

    private boolean canBeServed(int index, ServiceView.Port port) {
        String field = "spec.ports[" + index + "]";
        if (port.port() < 1 || port.port() > 65535) {
            String message = "port " + port.port() + " is not served: a port is a number from 1 to 65535";
            problems.add(part.problem(field + ".port", message, Problem.INVALID));
            return false;
        }
        if (!byPods() && port.nodePort().isEmpty()) {
            problems.add(part.problem(field + ".nodePort", noNodePort(port), ProblemReasons.NO_NODE_PORT));
            return false;
        }
        return true;
    }

    private String noNodePort(ServiceView.Port port) {
        return "port " + port.port() + " has no node port and is not served: "
                + (traffic().allocateNodePorts()
                        ? "none is allocated yet"
                        : "remove allocateLoadBalancerNodePorts: false, or use direct access");
    }

    private Part.Port port(int index, PortWishes wishes, ServiceView.Port port) {
        ListenerKey listener = new ListenerKey(loadBalancer, transport(wishes.form()), port.port());
        PoolKey pool = pool(part.service(), part.reading(), index, context.capabilities());
        return new Part.Port(part, index, wishes, listener, pool, candidates(pool, port));
    }

    /// The pool of a Service's port. Where it cannot be changed what a pool's members are, nodes need another one than
    /// Pods.
    static PoolKey pool(ServiceView service, Interpretation reading, int index, Capabilities capabilities) {
        Transport transport = transport(reading.ports().get(index).form());
        int port = service.ports().get(index).port();
        boolean ofOneKind = capabilities.pools() == Pools.GROUP
                && capabilities.mutability().get("Pool.targets") == Mutability.REPLACE;
        return ofOneKind && reading.backends().targets() == Targets.NODES
                ? PoolKey.ofNodes(service.key(), transport, port)
                : PoolKey.of(service.key(), transport, port);
    }

    private List<Candidate> candidates(PoolKey pool, ServiceView.Port port) {
        return switch (part.reading().backends().targets()) {
            case PODS -> new PodMembers(part, pool, port, context).candidates();
            case NODES ->
                Stream.concat(
                                new NodeMembers(part, context)
                                        .candidates(pool, port.nodePort().orElseThrow()).stream(),
                                new PodMembers(part, pool, port, context).candidates().stream())
                        .sorted(Comparator.comparing(
                                candidate -> candidate.backend().key()))
                        .toList();
        };
    }

    private static Transport transport(Form form) {
        return switch (form) {
            case UDP -> Transport.UDP;
            case TCP_UDP -> Transport.TCP_UDP;
            case TCP, TLS, HTTP, HTTPS -> Transport.TCP;
        };
    }

    private void generalProblems() {
        switch (part.reading().backends().targets()) {
            case PODS -> podProblems();
            case NODES -> {
                problems.addAll(new NodeMembers(part, context).problems());
                Direct.problem(part, PodMembers.hindered(part, context)).ifPresent(problems::add);
            }
        }
        boolean affinity = traffic().sessionAffinity().equals("ClientIP");
        if (affinity && !context.capabilities().clientIpAffinity()) {
            String message = "this load balancer cannot keep a client on one backend as sessionAffinity: ClientIP asks:"
                    + " remove it, or use what the load balancer's own annotations offer";
            addUnlessSaid(part.problem("spec.sessionAffinity", message, ProblemReasons.SESSION_AFFINITY_UNSUPPORTED));
        }
    }

    private void podProblems() {
        SortedMap<ObjectKey, String> hindered = PodMembers.hindered(part, context);
        Direct.problem(part, hindered).ifPresent(problems::add);
        problems.addAll(Endpoints.problems(part, context.settings()));
        String family = Families.of(part);
        if (Families.lacks(part.service(), family)) {
            String message = "the load balancer's backends have " + family + " addresses and the Service has none: add "
                    + family + " to ipFamilies";
            problems.add(part.problem("spec.ipFamilies", message, ProblemReasons.ADDRESS_FAMILY));
        }
    }
}
