package io.plumbline.it.clouds.aliyun;

import static io.plumbline.it.clouds.aliyun.Refusal.unless;
import static io.plumbline.it.clouds.aliyun.Refusal.valid;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What CreateLoadBalancer orders, once it is known to be possible.
///
/// Source of ranges: https://help.aliyun.com/document_detail/27577.html.
record NewBalancer(
        Optional<String> name,
        Balancer.Placement placement,
        Balancer.Charge charge,
        boolean deleteProtection,
        Optional<String> modificationProtectionReason,
        Map<String, String> tags) {
    static final List<String> SPECS =
            List.of("slb.s1.small", "slb.s2.small", "slb.s2.medium", "slb.s3.small", "slb.s3.medium", "slb.s3.large");
    private static final String RESOURCE_GROUP = "rg-default";

    static NewBalancer read(ApiCall call, Estate estate) {
        unless(
                call.oneOf("AddressIPVersion", List.of("ipv4", "ipv6"), "ipv4").equals("ipv4"),
                "UnsupportedParameter",
                "The simulation knows IPv4 only.");
        unless(
                call.oneOf("PayType", List.of("PayOnDemand", "PrePay"), "PayOnDemand")
                        .equals("PayOnDemand"),
                "UnsupportedParameter",
                "The simulation knows PayOnDemand only.");
        Optional<String> name = call.optionalText("LoadBalancerName");
        name.ifPresent(text -> checkName("LoadBalancerName", text));
        Map<String, String> tags = call.tags();
        Tags.check(tags, estate.limits);
        Balancer.Placement placement = placement(call, estate.account);
        return new NewBalancer(
                name,
                placement,
                charge(call, placement.addressType()),
                call.oneOf("DeleteProtection", List.of("on", "off"), "off").equals("on"),
                protectionReason(call),
                tags);
    }

    static void checkName(String parameter, String text) {
        valid(
                text.matches("\\p{L}[\\p{L}\\p{N}._-]{0,79}"),
                parameter,
                "1 to 80 letters, digits and ._- characters, a letter first");
    }

    private static Balancer.Placement placement(ApiCall call, AliyunAccount account) {
        String vSwitch = call.optionalText("VSwitchId").orElse("");
        String type =
                call.oneOf("AddressType", List.of("internet", "intranet"), vSwitch.isEmpty() ? "internet" : "intranet");
        boolean internal = type.equals("intranet");
        unless(!internal || !vSwitch.isEmpty(), "MissingParam.VSwitchId", "The parameter VSwitchId is required.");
        unless(
                internal || vSwitch.isEmpty(),
                "InvalidParameter.Mismatch",
                "AddressType and VSwitchId is conflict, an internet instance has no VSwitch.");
        unless(
                vSwitch.isEmpty() || account.vSwitchIds().contains(vSwitch),
                "InvalidVSwitchId.NotFound",
                "The specified vSwitch instance is invalid.");
        String vpc = call.optionalText("VpcId").orElse(account.vpcId());
        unless(vpc.equals(account.vpcId()), "InvalidVpcId.NotExist", "The specified VPC not exist.");
        Optional<String> address = call.optionalText("Address");
        address.ifPresent(text -> checkAddress(text, internal));
        return new Balancer.Placement(
                type,
                vpc,
                vSwitch,
                zone(call, "MasterZoneId", account, 0),
                zone(call, "SlaveZoneId", account, 1),
                call.optionalText("ResourceGroupId").orElse(RESOURCE_GROUP),
                address);
    }

    private static void checkAddress(String address, boolean internal) {
        boolean within = address.matches("10(\\.\\d{1,3}){3}");
        unless(internal && within, "InvalidParameter", "Illegal parameter. The IP address is not in subnet.");
    }

    private static String zone(ApiCall call, String parameter, AliyunAccount account, int place) {
        return call.oneOf(
                parameter,
                account.zoneIds(),
                account.zoneIds().get(place % account.zoneIds().size()));
    }

    private static Balancer.Charge charge(ApiCall call, String addressType) {
        String instance = call.oneOf("InstanceChargeType", List.of("PayBySpec", "PayByCLCU"), "PayBySpec");
        String internet = call.oneOf("InternetChargeType", List.of("paybytraffic", "paybybandwidth"), "paybytraffic");
        boolean bySpec = instance.equals("PayBySpec");
        unless(
                !bySpec || call.body().has("LoadBalancerSpec"),
                "MissingParam.LoadBalancerSpec",
                "The param LoadBalancerSpec is required.");
        unless(
                bySpec || internet.equals("paybytraffic"),
                "Instance.InternetChargeTypeNotAllowed",
                "Illegal parameter. The specified InternetChargeType not allowed.");
        String spec = bySpec ? call.oneOf("LoadBalancerSpec", SPECS, "") : "";
        boolean byBandwidth = addressType.equals("internet") && internet.equals("paybybandwidth");
        unless(
                !byBandwidth || call.body().has("Bandwidth"),
                "InvalidParameter.Bandwidth",
                "The param Bandwidth is invalid.");
        return new Balancer.Charge(instance, spec, internet, byBandwidth ? call.within("Bandwidth", 1, 5120, 1) : -1);
    }

    /// Empty where the modification of the balancer is not protected.
    static Optional<String> protectionReason(ApiCall call) {
        String status = call.optionalText("ModificationProtectionStatus").orElse("NonProtection");
        unless(
                List.of("NonProtection", "ConsoleProtection").contains(status),
                "InvalidParam.ModificationProtectionStatus",
                "The param ModificationProtectionStatus is invalid.");
        String reason = call.optionalText("ModificationProtectionReason").orElse("");
        unless(
                reason.matches("|\\p{L}[\\p{L}\\p{N}._-]{0,79}"),
                "InvalidParam.ModificationProtectionReason",
                "The param ModificationProtectionReason is invalid.");
        return status.equals("ConsoleProtection") ? Optional.of(reason) : Optional.empty();
    }
}
