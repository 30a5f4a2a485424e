package io.plumbline.it.cluster.nodeproxy;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.plumbline.it.clouds.Transport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What each node does for one Service (pure); as kubernetes/pkg/proxy/topology.go, CategorizeEndpoints.
final class Rules {
    private enum Policy {
        CLUSTER,
        LOCAL
    }

    /// An endpoint of one port.
    private record Candidate(Rule.Target target, String node, boolean ready, boolean servesWhileTerminating) {}

    private Rules() {}

    /// The places that are to be open, and what is done there. A place where connections are refused is not
    /// among them.
    ///
    /// @param slices the Service's
    /// @param nodes names
    static SortedMap<Place, Rule> of(Service service, Collection<EndpointSlice> slices, Collection<String> nodes) {
        SortedMap<Place, Rule> rules = new TreeMap<>();
        Policy policy = policy(service.getSpec());
        for (String node : nodes) {
            for (ServicePort port : nodePorts(service.getSpec())) {
                List<Rule.Target> targets = targets(candidates(port, slices), policy, node);
                if (!targets.isEmpty()) {
                    rules.put(new Place(node, transport(port), port.getNodePort()), new Rule.Forward(targets));
                }
            }
            health(service, slices, policy, node, rules);
        }
        return rules;
    }

    private static Policy policy(ServiceSpec spec) {
        return "Local".equals(spec.getExternalTrafficPolicy()) ? Policy.LOCAL : Policy.CLUSTER;
    }

    private static List<ServicePort> nodePorts(ServiceSpec spec) {
        boolean exposed = "NodePort".equals(spec.getType()) || "LoadBalancer".equals(spec.getType());
        return spec.getPorts().stream()
                .filter(port -> exposed && isGiven(port.getNodePort()) && !"SCTP".equals(port.getProtocol()))
                .toList();
    }

    private static boolean isGiven(@Nullable Integer port) {
        return port != null && port != 0;
    }

    private static Transport transport(ServicePort port) {
        return "UDP".equals(port.getProtocol()) ? Transport.UDP : Transport.TCP;
    }

    private static List<Candidate> candidates(ServicePort port, Collection<EndpointSlice> slices) {
        List<Candidate> candidates = new ArrayList<>();
        for (EndpointSlice slice : slices) {
            for (EndpointPort target : given(slice.getPorts())) {
                if (isOf(port, target) && "IPv4".equals(slice.getAddressType())) {
                    given(slice.getEndpoints()).stream()
                            .map(endpoint -> candidate(endpoint, target.getPort()))
                            .forEach(candidates::add);
                }
            }
        }
        return candidates;
    }

    /// A slice of a Service without Pods has neither.
    private static <T> List<T> given(@Nullable List<T> list) {
        return Objects.requireNonNullElse(list, List.of());
    }

    private static boolean isOf(ServicePort port, EndpointPort target) {
        return Objects.requireNonNullElse(port.getName(), "").equals(Objects.requireNonNullElse(target.getName(), ""))
                && Objects.requireNonNullElse(port.getProtocol(), "TCP").equals(target.getProtocol());
    }

    /// Absent conditions mean what the API's description says: ready, serving, not terminating.
    private static Candidate candidate(Endpoint endpoint, int port) {
        boolean ready = !Boolean.FALSE.equals(endpoint.getConditions().getReady());
        boolean serving = !Boolean.FALSE.equals(endpoint.getConditions().getServing());
        boolean terminating = Boolean.TRUE.equals(endpoint.getConditions().getTerminating());
        return new Candidate(
                new Rule.Target(endpoint.getAddresses().getFirst(), port),
                Objects.requireNonNullElse(endpoint.getNodeName(), ""),
                ready,
                serving && terminating);
    }

    private static List<Rule.Target> targets(List<Candidate> all, Policy policy, String node) {
        List<Candidate> reachable = all.stream()
                .filter(candidate ->
                        policy == Policy.CLUSTER || candidate.node().equals(node))
                .toList();
        List<Rule.Target> ready = targets(reachable, Candidate::ready);
        return ready.isEmpty() ? targets(reachable, Candidate::servesWhileTerminating) : ready;
    }

    private static List<Rule.Target> targets(List<Candidate> candidates, Predicate<Candidate> wanted) {
        return candidates.stream()
                .filter(wanted)
                .map(Candidate::target)
                .distinct()
                .toList();
    }

    /// Only ready endpoints count here, whatever else still serves.
    private static void health(
            Service service,
            Collection<EndpointSlice> slices,
            Policy policy,
            String node,
            SortedMap<Place, Rule> rules) {
        Integer port = service.getSpec().getHealthCheckNodePort();
        if (policy == Policy.LOCAL && port != null && port != 0) {
            Stream<Rule.Target> local = service.getSpec().getPorts().stream()
                    .flatMap(each -> candidates(each, slices).stream())
                    .filter(candidate -> candidate.ready() && candidate.node().equals(node))
                    .map(Candidate::target);
            int addresses = (int) local.map(Rule.Target::address).distinct().count();
            rules.put(
                    new Place(node, Transport.TCP, port),
                    new Rule.Health(
                            service.getMetadata().getNamespace(),
                            service.getMetadata().getName(),
                            addresses));
        }
    }
}
