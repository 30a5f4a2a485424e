package io.plumbline.aliyun;

import io.plumbline.aliyun.AliyunLoadBalancerOptions.Placement;
import io.plumbline.aliyun.ServiceAnnotations.Pair;
import io.plumbline.spi.Dialect.Wishes;
import io.plumbline.spi.model.LoadBalancer.AddressFamily;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.objects.ObjectKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a Service's annotations say of the load balancer itself.
final class InstanceAnnotations {
    private static final String INTRANET = "intranet";
    private static final String BY_SPEC = "PayBySpec";
    /// Paid for by use: what counts where nothing is said.
    static final String BY_USE = "PayByCLCU";
    private static final String BY_BANDWIDTH = "paybybandwidth";
    private static final String BY_TRAFFIC = "paybytraffic";
    private static final String CONSOLE_PROTECTION = "ConsoleProtection";
    private static final String SMALLEST = "slb.s1.small";

    private static final List<String> SPECS =
            List.of(SMALLEST, "slb.s2.small", "slb.s2.medium", "slb.s3.small", "slb.s3.medium", "slb.s3.large");

    /// They say how a new one is made, or change one of ours.
    private static final List<String> OF_OUR_OWN = List.of(
            Annotations.ADDRESS_TYPE,
            Annotations.NETWORK_TYPE,
            Annotations.VSWITCH,
            Annotations.SPEC,
            Annotations.INSTANCE_CHARGE_TYPE,
            Annotations.CHARGE_TYPE,
            Annotations.BANDWIDTH,
            Annotations.MASTER_ZONE,
            Annotations.SLAVE_ZONE,
            Annotations.RESOURCE_GROUP,
            Annotations.NAME,
            Annotations.IP_VERSION,
            Annotations.ADDRESS,
            Annotations.DELETE_PROTECTION,
            Annotations.MODIFICATION_PROTECTION,
            Annotations.TAGS,
            Annotations.PRESERVE);

    private final ServiceAnnotations annotations;
    private final ObjectKey service;

    InstanceAnnotations(ServiceAnnotations annotations, ObjectKey service) {
        this.annotations = annotations;
        this.service = service;
    }

    /// Of a load balancer that its user made: nothing.
    Wishes ofExisting() {
        OF_OUR_OWN.stream()
                .filter(annotations::has)
                .forEach(key -> annotations.complain(
                        key, "has no effect on the existing load balancer that loadbalancer-id names: remove it"));
        return new Wishes(
                Setting.unmanaged(), Setting.unmanaged(), Setting.unmanaged(), AliyunLoadBalancerOptions.unmanaged());
    }

    Wishes ofOurOwn() {
        Setting<String> type =
                annotations.oneOf(Annotations.ADDRESS_TYPE, List.of("internet", INTRANET), Setting.managed("internet"));
        Optional<Scheme> scheme =
                type.asOptional().map(text -> text.equals(INTRANET) ? Scheme.INTERNAL : Scheme.INTERNET);
        Setting<String> version =
                annotations.oneOf(Annotations.IP_VERSION, List.of("ipv4", "ipv6"), Setting.managed("ipv4"));
        Setting<Boolean> deletionProtection = annotations.onOff(Annotations.DELETE_PROTECTION, true);
        return new Wishes(
                Setting.of(scheme),
                Setting.of(version.asOptional()
                        .map(text -> text.equals("ipv6") ? AddressFamily.IPV6 : AddressFamily.IPV4)),
                deletionProtection,
                options(scheme, deletionProtection));
    }

    private AliyunLoadBalancerOptions options(Optional<Scheme> scheme, Setting<Boolean> deletionProtection) {
        Setting<String> instanceCharge =
                annotations.oneOf(Annotations.INSTANCE_CHARGE_TYPE, List.of(BY_USE, BY_SPEC), Setting.managed(BY_USE));
        Setting<String> charge = charge(scheme, instanceCharge);
        return new AliyunLoadBalancerOptions(
                annotations.matching(
                        Annotations.NAME,
                        text -> text.matches("\\p{L}[\\p{L}\\p{N}._-]{0,79}"),
                        "must have 1 to 80 letters, digits or . _ -, a letter first",
                        Setting.managed(Names.loadBalancer(service))),
                instanceCharge,
                spec(instanceCharge),
                charge,
                bandwidth(scheme, charge),
                deletionProtection,
                annotations.either(Annotations.MODIFICATION_PROTECTION, CONSOLE_PROTECTION, "NonProtection", true),
                tags(),
                placement(scheme));
    }

    private Setting<String> spec(Setting<String> instanceCharge) {
        boolean counts = instanceCharge.equals(Setting.managed(BY_SPEC));
        Setting<String> spec = annotations.oneOf(Annotations.SPEC, SPECS, Setting.managed(SMALLEST));
        if (annotations.has(Annotations.SPEC) && instanceCharge.equals(Setting.managed(BY_USE))) {
            annotations.complain(
                    Annotations.SPEC,
                    "has no effect without PayBySpec: set loadbalancer-instance-charge-type to PayBySpec, or remove it");
        }
        return counts ? spec : Setting.unmanaged();
    }

    /// Only a public load balancer has Internet traffic, and one that is paid by use pays for its traffic.
    private Setting<String> charge(Optional<Scheme> scheme, Setting<String> instanceCharge) {
        Setting<String> charge = annotations.oneOf(
                Annotations.CHARGE_TYPE, List.of(BY_TRAFFIC, BY_BANDWIDTH), Setting.managed(BY_TRAFFIC));
        if (scheme.equals(Optional.of(Scheme.INTERNAL))) {
            publicOnly(Annotations.CHARGE_TYPE);
            return Setting.unmanaged();
        }
        if (charge.equals(Setting.managed(BY_BANDWIDTH)) && instanceCharge.equals(Setting.managed(BY_USE))) {
            annotations.complain(
                    Annotations.CHARGE_TYPE,
                    "cannot be paybybandwidth with PayByCLCU: set loadbalancer-instance-charge-type to PayBySpec, or"
                            + " remove it; until then it is paybytraffic");
            return Setting.managed(BY_TRAFFIC);
        }
        return scheme.isPresent() ? charge : Setting.unmanaged();
    }

    private Setting<Integer> bandwidth(Optional<Scheme> scheme, Setting<String> charge) {
        Setting<Integer> bandwidth = annotations.whole(Annotations.BANDWIDTH, 1, 5120, Setting.unmanaged());
        if (scheme.equals(Optional.of(Scheme.INTERNAL))) {
            publicOnly(Annotations.BANDWIDTH);
            return Setting.unmanaged();
        }
        boolean counts = charge.equals(Setting.managed(BY_BANDWIDTH));
        if (counts && !annotations.has(Annotations.BANDWIDTH)) {
            annotations.complain(
                    Annotations.CHARGE_TYPE, "is paybybandwidth and names no bandwidth: set loadbalancer-bandwidth");
        }
        if (!counts && annotations.has(Annotations.BANDWIDTH)) {
            annotations.complain(
                    Annotations.BANDWIDTH,
                    "has no effect without paybybandwidth: set loadbalancer-charge-type to paybybandwidth, or remove it");
        }
        return counts ? bandwidth : Setting.unmanaged();
    }

    private void publicOnly(String key) {
        if (annotations.has(key)) {
            annotations.complain(key, "has no effect on an internal load balancer: remove it");
        }
    }

    private Setting<Pairs> tags() {
        List<Pair> pairs = annotations.pairs(Annotations.TAGS, '=', "key=value").stream()
                .filter(this::isTag)
                .toList();
        Pairs tags = new Pairs(Pair.byLeft(pairs));
        if (Tags.listed(tags).length() > Names.LONGEST_TAG_VALUE) {
            annotations.complain(
                    Annotations.TAGS,
                    "lists keys of more than " + Names.LONGEST_TAG_VALUE
                            + " characters together: shorten or remove some; until then tags stay as they are");
            return Setting.unmanaged();
        }
        return Setting.managed(tags);
    }

    private boolean isTag(Pair pair) {
        boolean reserved = Stream.of("aliyun", "acs:", Annotations.OURS).anyMatch(pair.left()::startsWith);
        boolean valid = !reserved
                && pair.left().length() <= 64
                && pair.right().length() <= Names.LONGEST_TAG_VALUE
                && !pair.left().contains(" ")
                && !pair.right().contains("=");
        if (!valid) {
            annotations.complain(
                    Annotations.TAGS,
                    "has " + ServiceAnnotations.quoted(pair.piece())
                            + ", which cannot be a tag: its key must have at most 64 characters, without spaces, and not"
                            + " begin with aliyun, acs: or plumbline.io/; its value at most 128, without =");
        }
        return valid;
    }

    private Placement placement(Optional<Scheme> scheme) {
        Setting<String> none = Setting.unmanaged();
        Placement placement = new Placement(
                annotations.oneOf(Annotations.NETWORK_TYPE, List.of("classic", "vpc"), none),
                id(Annotations.VSWITCH, "vsw-", "a vSwitch"),
                annotations.matching(
                        Annotations.ADDRESS,
                        text -> text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:]+:[0-9a-fA-F:]*"),
                        "must be an address",
                        none),
                zone(Annotations.MASTER_ZONE),
                zone(Annotations.SLAVE_ZONE),
                id(Annotations.RESOURCE_GROUP, "rg-", "a resource group"));
        return scheme.equals(Optional.of(Scheme.INTERNET)) ? ofPublic(placement) : placement;
    }

    /// A public load balancer stands in no vSwitch, and its address is the cloud's choice.
    private Placement ofPublic(Placement placement) {
        Stream.of(Annotations.VSWITCH, Annotations.ADDRESS)
                .filter(annotations::has)
                .forEach(key -> annotations.complain(
                        key,
                        "has no effect on a public load balancer: remove it, or set loadbalancer-address-type to"
                                + " intranet"));
        if (placement.networkType().equals(Setting.managed("vpc"))) {
            annotations.complain(
                    Annotations.NETWORK_TYPE,
                    "cannot be vpc on a public load balancer: remove it, or set loadbalancer-address-type to intranet");
        }
        return new Placement(
                Setting.unmanaged(),
                Setting.unmanaged(),
                Setting.unmanaged(),
                placement.masterZoneId(),
                placement.slaveZoneId(),
                placement.resourceGroupId());
    }

    private Setting<String> id(String key, String prefix, String what) {
        return annotations.matching(
                key,
                text -> text.matches(prefix + "[a-z0-9]+"),
                "must be the id of " + what + " (" + prefix + "...)",
                Setting.unmanaged());
    }

    private Setting<String> zone(String key) {
        return annotations.matching(
                key, text -> text.matches("[a-z]+(-[a-z0-9]+)+"), "must be a zone (cn-beijing-a)", Setting.unmanaged());
    }
}
