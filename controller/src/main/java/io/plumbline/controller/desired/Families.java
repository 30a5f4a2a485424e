package io.plumbline.controller.desired;

import io.plumbline.spi.model.LoadBalancer.AddressFamily;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.objects.ServiceView;

/// Addresses of which family are behind a load balancer.
public final class Families {
    static final String IPV4 = "IPv4";
    static final String IPV6 = "IPv6";

    private Families() {}

    static String of(Part part) {
        return of(part.service(), part.reading().wishes().addressFamily());
    }

    /// That of the load balancer. One of both families, whose targets are of one, follows the Service's
    /// first; where the cloud chooses, it is IPv4 unless the Service has none.
    ///
    /// @param loadBalancer as the Service wishes it
    public static String of(ServiceView service, Setting<AddressFamily> loadBalancer) {
        String first =
                service.ipFamilies().isEmpty() ? IPV4 : service.ipFamilies().getFirst();
        return loadBalancer
                .asOptional()
                .map(family -> of(family, first))
                .orElse(service.ipFamilies().contains(IPV4) ? IPV4 : first);
    }

    private static String of(AddressFamily family, String first) {
        return switch (family) {
            case IPV4 -> IPV4;
            case IPV6 -> IPV6;
            case DUAL_STACK -> first;
        };
    }

    /// Whether a Service that says which families it has lacks this one: then none of its slices is of it.
    static boolean lacks(ServiceView service, String family) {
        return !service.ipFamilies().isEmpty() && !service.ipFamilies().contains(family);
    }

    public static boolean isOf(String address, String family) {
        return address.contains(":") == family.equals(IPV6);
    }
}
