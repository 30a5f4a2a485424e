package io.plumbline.aws;

import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.Pool.Targets;
import java.util.Arrays;
import java.util.Optional;

/// What a target group holds, for ever: Pods or nodes, reached at addresses of one family. Its name ends in it.
enum GroupKind {
    PODS(Targets.PODS, "ipv4", "-ip"),
    PODS_IPV6(Targets.PODS, "ipv6", "-ip6"),
    NODES(Targets.NODES, "ipv4", "-node"),
    NODES_IPV6(Targets.NODES, "ipv6", "-node6");

    /// As the API calls them.
    static final String IPV4 = "ipv4";

    static final String IPV6 = "ipv6";

    private final Targets targets;
    private final String ipAddressType;
    private final String suffix;

    GroupKind(Targets targets, String ipAddressType, String suffix) {
        this.targets = targets;
        this.ipAddressType = ipAddressType;
        this.suffix = suffix;
    }

    Targets targets() {
        return targets;
    }

    String ipAddressType() {
        return ipAddressType;
    }

    String suffix() {
        return suffix;
    }

    static GroupKind of(Targets targets, String ipAddressType) {
        return Arrays.stream(values())
                .filter(kind -> kind.targets == targets && kind.ipAddressType.equals(ipAddressType))
                .findFirst()
                .orElseThrow();
    }

    /// The one that a pool needs; IPv4 where it does not say.
    static GroupKind of(Pool pool) {
        return of(
                pool.targets(),
                AwsPoolOptions.of(pool.options()).ipAddressType().asOptional().orElse(IPV4));
    }

    /// By the name of a target group.
    static Optional<GroupKind> ofName(String name) {
        return Arrays.stream(values())
                .filter(kind -> name.endsWith(kind.suffix))
                .findFirst();
    }

    /// Whether something at this address may be among its targets. A machine has both families, and one name.
    boolean holds(Address address) {
        return switch (address) {
            case Address.Ip(String ip) -> targets == Targets.PODS && Cidr.isIpv6(ip) == ipAddressType.equals(IPV6);
            case Address.Instance instance -> targets == Targets.NODES;
        };
    }
}
