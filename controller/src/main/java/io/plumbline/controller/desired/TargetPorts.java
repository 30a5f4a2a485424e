package io.plumbline.controller.desired;

import io.plumbline.spi.objects.PodView;
import io.plumbline.spi.objects.ServiceView;
import java.util.OptionalInt;

/// Which port of a Pod a Service's port leads to.
public final class TargetPorts {
    private TargetPorts() {}

    /// A number is itself; a name is looked up among the Pod's container ports of the same protocol.
    public static OptionalInt of(ServiceView.Port port, PodView pod) {
        return port.targetPort().matches("\\d{1,5}")
                ? OptionalInt.of(Integer.parseInt(port.targetPort()))
                : pod.namedPorts().stream()
                        .filter(named -> named.name().equals(port.targetPort())
                                && named.transport().equals(port.transport()))
                        .mapToInt(PodView.NamedPort::port)
                        .findFirst();
    }
}
