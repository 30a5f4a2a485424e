package io.plumbline.aws;

import io.plumbline.spi.model.LoadBalancer.AddressFamily;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.model.Transport;
import io.plumbline.spi.objects.ServiceView;
import java.util.List;

/// The family of the targets' addresses, which is one for each Service and follows from the load balancer's: IPv6
/// targets need a dual-stack load balancer
/// (https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#target-group-
/// ip-address-type), which has clients of both families whatever its targets have.
///
/// Of a Service that has both it is the first, in which its Pods are at home. The AWS Load Balancer Controller takes
/// IPv6 wherever a Service has it, also as its second family.
final class TargetFamily {
    private static final String IPV4 = "IPv4";
    private static final String IPV6 = "IPv6";

    private TargetFamily() {}

    /// As the core chooses the slices whose Pods are candidates.
    static String of(ServiceView service, Setting<AddressFamily> clients) {
        boolean primary =
                service.ipFamilies().stream().findFirst().filter(IPV6::equals).isPresent();
        boolean dual = clients.equals(Setting.managed(AddressFamily.DUAL_STACK));
        boolean alone = primary && !service.ipFamilies().contains(IPV4);
        boolean chosenByCloud = clients.asOptional().isEmpty();
        return (dual && primary) || (chosenByCloud && alone) ? GroupKind.IPV6 : GroupKind.IPV4;
    }

    static void complain(ServiceView service, Setting<AddressFamily> clients, Complaints complaints) {
        boolean alone = List.of(IPV6).equals(service.ipFamilies());
        if (alone && clients.equals(Setting.managed(AddressFamily.IPV4))) {
            complaints.add(
                    "spec.ipFamilies",
                    "targets with IPv6 addresses need a dual-stack load balancer: set " + Annotations.BETA
                            + Annotations.IP_ADDRESS_TYPE + ": dualstack, or add IPv4 to spec.ipFamilies; until then no"
                            + " target is reached");
        }
        if (clients.equals(Setting.managed(AddressFamily.DUAL_STACK))) {
            complainOfDatagrams(service, complaints);
        }
    }

    /// AWS has listeners for UDP on a dual-stack load balancer only with a prefix for source NAT
    /// (https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html).
    private static void complainOfDatagrams(ServiceView service, Complaints complaints) {
        for (int index = 0; index < service.ports().size(); index++) {
            ServiceView.Port port = service.ports().get(index);
            if (port.transport() != Transport.TCP) {
                complaints.add(
                        "spec.ports[" + index + "]",
                        "a dual-stack load balancer has no listener for UDP: AWS refuses port " + port.port()
                                + " until " + Annotations.BETA + Annotations.IP_ADDRESS_TYPE
                                + " is ipv4, or the port is on a Service of its own");
            }
        }
    }
}
