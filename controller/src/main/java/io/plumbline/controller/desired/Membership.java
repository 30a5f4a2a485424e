package io.plumbline.controller.desired;

import io.plumbline.spi.Dialect.Backends;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Desired.Intent;
import io.plumbline.spi.objects.NodeView;
import io.plumbline.spi.objects.PodView;
import io.plumbline.spi.objects.SliceView.Target;
import java.util.List;
import java.util.Optional;

/// What is wanted of a Pod as a backend. Pure. The Pod decides, not the slice's `ready` or `serving`, which
/// publishNotReadyAddresses and unmet gates falsify. The first row that matches counts:
///
/// | the Pod | wanted |
/// |---|---|
/// | Succeeded, Failed, or its UID or address is another | Remove |
/// | deletionTimestamp set | Drain, or Remove where the dialect does not drain |
/// | in the slice, but not in our cache | Keep |
/// | its node's Ready condition is not True, and its containers are ready | Keep |
/// | containers ready, and every readiness gate true except load-balancer gates | Register |
/// | containers not ready | Remove, or Drain where the dialect says so |
/// | containers ready, and another gate waits | Keep: not added, and nothing says that a member must go |
public final class Membership {
    private Membership() {}

    /// What is wanted, and why.
    public record Verdict(Intent intent, Reason reason) {}

    /// Of an endpoint that names a Pod.
    ///
    /// @param cached the Pod of that name, where it is known
    static Verdict ofTarget(Target target, String address, Optional<PodView> cached, Part part, Settings settings) {
        if (cached.isEmpty()) {
            return new Verdict(Intent.KEEP, new Reason(Reason.DESIRED, "the Pod is listed but not yet known"));
        }
        PodView pod = cached.get();
        if (!pod.uid().equals(target.uid())) {
            return new Verdict(Intent.REMOVE, new Reason(Reason.GONE, "the Pod of that name is another one now"));
        }
        if (!pod.ips().contains(address)) {
            return new Verdict(Intent.REMOVE, new Reason(Reason.GONE, "the Pod has another address now"));
        }
        return ofPod(pod, part.node(pod.nodeName()), part.reading().backends(), settings);
    }

    /// Of a Pod that is known.
    ///
    /// @param node the Pod's, where it is known: one that is not says nothing against the Pod
    public static Verdict ofPod(PodView pod, Optional<NodeView> node, Backends wishes, Settings settings) {
        if (pod.terminal()) {
            return new Verdict(Intent.REMOVE, new Reason(Reason.GONE, "the Pod's phase is " + pod.phase()));
        }
        if (pod.metadata().deleting()) {
            Intent intent = wishes.drainTerminating() ? Intent.DRAIN : Intent.REMOVE;
            return new Verdict(intent, new Reason(Reason.TERMINATING, "the Pod is being deleted"));
        }
        return pod.containersReady() ? ofReady(pod, node, settings) : ofUnready(wishes);
    }

    private static Verdict ofReady(PodView pod, Optional<NodeView> node, Settings settings) {
        Optional<NodeView> lost = node.filter(view -> !view.ready().equals("True"));
        if (lost.isPresent()) {
            String text = "its node " + lost.get().name() + " is not Ready";
            return new Verdict(Intent.KEEP, new Reason(Reason.DESIRED, text));
        }
        List<String> waiting = pod.readinessGates().stream()
                .filter(gate -> !gate.open() && !isLoadBalancerGate(gate.conditionType(), settings))
                .map(PodView.Gate::conditionType)
                .toList();
        return waiting.isEmpty()
                ? new Verdict(Intent.REGISTER, new Reason(Reason.DESIRED, "the Pod's containers are ready"))
                : new Verdict(
                        Intent.KEEP,
                        new Reason(Reason.NOT_READY, "its readiness gate " + Names.list(waiting) + " waits"));
    }

    private static Verdict ofUnready(Backends wishes) {
        Intent intent = wishes.drainNotReady() ? Intent.DRAIN : Intent.REMOVE;
        return new Verdict(intent, new Reason(Reason.NOT_READY, "the Pod's containers are not ready"));
    }

    /// Whether a readiness gate waits for a load balancer, ours or a native one: it must not keep out the
    /// Pod, or neither would ever come to be. A native type may end in a placeholder, such as `<service>`.
    public static boolean isLoadBalancerGate(String conditionType, Settings settings) {
        return conditionType.equals(PodView.Gate.OURS)
                || settings.nativeGateTypes().stream().anyMatch(type -> matches(type, conditionType));
    }

    private static boolean matches(String type, String conditionType) {
        int placeholder = type.indexOf('<');
        return placeholder < 0
                ? type.equals(conditionType)
                : conditionType.length() > placeholder && conditionType.startsWith(type.substring(0, placeholder));
    }
}
