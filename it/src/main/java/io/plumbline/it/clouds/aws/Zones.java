package io.plumbline.it.clouds.aws;

import static io.plumbline.it.clouds.aws.Refusal.unless;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.it.clouds.aws.AwsAccount.Subnet;
import io.plumbline.it.clouds.aws.Balancer.Zone;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// In which zones a load balancer is to stand, and at which addresses.
final class Zones {
    private final Estate estate;

    Zones(Estate estate) {
        this.estate = estate;
    }

    /// The zones of a request that has either subnets or subnet mappings.
    List<Zone> read(ApiCall call, String scheme) {
        unless(
                call.has("Subnets") != call.has("SubnetMappings"),
                "ValidationError",
                "You must specify either subnets or subnet mappings, and not both");
        List<Zone> zones = new ArrayList<>();
        call.texts("Subnets").forEach(id -> zones.add(new Zone(id, subnet(id).zone(), "", "")));
        call.body().path("SubnetMappings").forEach(mapping -> zones.add(mapped(mapping, scheme)));
        unless(!zones.isEmpty(), "ValidationError", "At least one subnet must be specified");
        Set<String> names = new HashSet<>();
        for (Zone zone : zones) {
            unless(
                    names.add(zone.zone()),
                    "InvalidConfigurationRequest",
                    "A load balancer cannot be attached to multiple subnets in the same Availability Zone");
        }
        return List.copyOf(zones);
    }

    private Subnet subnet(String id) {
        return estate.account.subnets().stream()
                .filter(subnet -> subnet.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Refusal("SubnetNotFound", "The subnet ID '" + id + "' does not exist"));
    }

    private Zone mapped(JsonNode mapping, String scheme) {
        String allocation = mapping.path("AllocationId").asText("");
        String address = mapping.path("PrivateIPv4Address").asText("");
        unless(
                !mapping.has("IPv6Address") && !mapping.has("SourceNatIpv6Prefix"),
                "InvalidConfigurationRequest",
                "The simulation does not support fixed IPv6 addresses");
        Subnet subnet = subnet(mapping.path("SubnetId").asText(""));
        unless(
                allocation.isEmpty() || scheme.equals("internet-facing"),
                "InvalidConfigurationRequest",
                "An allocation ID can only be specified for an internet-facing load balancer");
        unless(
                allocation.isEmpty() || estate.account.allocations().containsKey(allocation),
                "AllocationIdNotFound",
                "The allocation ID '" + allocation + "' does not exist");
        unless(
                address.isEmpty() || scheme.equals("internal"),
                "InvalidConfigurationRequest",
                "A private IPv4 address can only be specified for an internal load balancer");
        unless(
                address.isEmpty() || Cidr.contains(subnet.cidr(), address),
                "InvalidConfigurationRequest",
                "The private IPv4 address '" + address + "' is not in the range of subnet " + subnet.id());
        return new Zone(subnet.id(), subnet.zone(), allocation, address);
    }

    /// Refuses addresses that another balancer has.
    void requireFree(List<Zone> zones) {
        for (Zone zone : zones) {
            Optional<Balancer> holder = estate.balancers.values().stream()
                    .filter(balancer -> balancer.zones.stream().anyMatch(other -> sameAddress(zone, other)))
                    .findFirst();
            holder.ifPresent(balancer -> {
                throw new Refusal(
                        "ResourceInUse",
                        "The address " + zone.allocationId() + zone.privateAddress() + " is used by " + balancer.arn);
            });
        }
    }

    private static boolean sameAddress(Zone one, Zone other) {
        boolean allocation = !one.allocationId().isEmpty() && one.allocationId().equals(other.allocationId());
        boolean address =
                !one.privateAddress().isEmpty() && one.privateAddress().equals(other.privateAddress());
        return allocation || address;
    }
}
