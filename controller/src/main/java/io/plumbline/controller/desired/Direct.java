package io.plumbline.controller.desired;

import io.plumbline.controller.desired.DesiredState.Context;
import io.plumbline.spi.Dialect.Directness;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Desired.Problem;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.PodView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Whether a Pod's own address can be a backend. One that cannot is not added and is named; nothing falls
/// back to node ports, and what is bound stays.
final class Direct {
    private Direct() {}

    /// What hinders it, with the remedy; empty where nothing does.
    static Optional<String> hindrance(PodView pod, String address, Part part, Context context) {
        Directness directness = context.dialect()
                .directness(pod, part.node(pod.nodeName()), context.settings().everyPodDirect());
        return switch (directness) {
            case Directness.NotDirect(String why) -> Optional.of(why);
            case Directness.OnNode() ->
                machine(pod, part, context).isPresent()
                        ? Optional.empty()
                        : Optional.of("its node's machine is not known: spec.providerID must name one of this cloud");
            case Directness.Direct() -> outside(address, context.settings());
        };
    }

    /// Where the cloud reaches it: at its own address, or by its node's machine.
    static Address address(PodView pod, String address, Part part, Context context) {
        Directness directness = context.dialect()
                .directness(pod, part.node(pod.nodeName()), context.settings().everyPodDirect());
        Optional<Address.Instance> machine =
                directness instanceof Directness.OnNode ? machine(pod, part, context) : Optional.empty();
        return machine.<Address>map(its -> its).orElseGet(() -> new Address.Ip(address));
    }

    private static Optional<Address.Instance> machine(PodView pod, Part part, Context context) {
        return part.node(pod.nodeName()).flatMap(context.dialect()::instance);
    }

    /// Where nodes are the members: whether it is one itself, since its node is a virtual one.
    static boolean onVirtualNode(PodView pod, Part part, Context context) {
        return part.node(pod.nodeName()).filter(context.dialect()::virtual).isPresent();
    }

    /// Offline no network is known, and so none is outside it.
    static Optional<String> outside(String address, Settings settings) {
        return settings.podCidr()
                .filter(ranges -> !Cidr.anyContains(ranges, address))
                .map(ranges -> "the load balancer's network " + ranges + " does not contain its address");
    }

    /// One problem for a Service, which names every Pod that cannot be reached, grouped by what hinders it.
    static Optional<Problem> problem(Part part, SortedMap<ObjectKey, String> hindered) {
        if (hindered.isEmpty()) {
            return Optional.empty();
        }
        SortedMap<String, List<String>> byHindrance = new TreeMap<>();
        hindered.forEach((pod, why) ->
                byHindrance.computeIfAbsent(why, key -> new ArrayList<>()).add(pod.name()));
        List<String> groups = byHindrance.entrySet().stream()
                .map(group -> Names.list(group.getValue()) + ": " + group.getKey())
                .toList();
        String message =
                "Pods that the load balancer cannot reach directly are not added: " + String.join("; ", groups);
        return Optional.of(part.problem("spec.selector", message, ProblemReasons.NOT_DIRECT));
    }
}
