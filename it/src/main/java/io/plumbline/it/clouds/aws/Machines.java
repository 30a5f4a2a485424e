package io.plumbline.it.clouds.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.aws.AwsAccount.Subnet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/// What EC2 tells of instances and network interfaces. Every address has an interface of its own.
final class Machines {
    private static final List<String> IPV4_FILTERS = List.of("private-ip-address", "addresses.private-ip-address");
    private static final String IPV6_FILTER = "ipv6-addresses.ipv6-address";

    private final Estate estate;

    Machines(Estate estate) {
        this.estate = estate;
    }

    private Map<String, String> tags(String id) {
        return estate.vpcTags.getOrDefault(id, Map.of());
    }

    /// A reservation for each instance.
    ObjectNode instances(ApiCall call) {
        List<Thing> all = estate.network.instances().entrySet().stream()
                .map(entry -> instance(entry.getKey(), entry.getValue()))
                .toList();
        return Thing.describe(call, new Thing.Names("InstanceIds", "InvalidInstanceID.NotFound", "Reservations"), all);
    }

    private Thing instance(String id, String address) {
        Subnet subnet = subnetOf(address);
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        text.put("InstanceId", id)
                .put("PrivateIpAddress", address)
                .put("PrivateDnsName", dnsName(address))
                .put("SubnetId", subnet.id())
                .put("VpcId", estate.account.vpcId());
        text.putObject("State").put("Code", 16).put("Name", "running");
        text.putObject("Placement").put("AvailabilityZone", subnet.zone());
        groups(text.putArray("SecurityGroups"));
        text.putArray("NetworkInterfaces").add(interfaceText(address, subnet));
        text.set("Tags", Tags.text(tags(id)));
        ObjectNode reservation = JsonNodeFactory.instance.objectNode();
        reservation.put("ReservationId", "r-" + id.substring(2)).put("OwnerId", estate.account.accountId());
        reservation.putArray("Instances").add(text);
        Map<String, List<String>> facts = Thing.facts(
                "instance-id", id,
                "private-ip-address", address,
                "private-dns-name", dnsName(address),
                "vpc-id", estate.account.vpcId(),
                "subnet-id", subnet.id(),
                "availability-zone", subnet.zone(),
                "instance-state-name", "running");
        facts.put("network-interface.addresses.private-ip-address", List.of(address));
        return new Thing(id, facts, tags(id), reservation);
    }

    private String dnsName(String address) {
        return "ip-" + address.replace('.', '-') + "." + estate.account.region() + ".compute.internal";
    }

    private Subnet subnetOf(String address) {
        return estate.account.subnets().stream()
                .filter(subnet -> Cidr.contains(subnet.cidr(), address))
                .findFirst()
                .orElse(estate.account.subnets().getFirst());
    }

    private void groups(ArrayNode list) {
        String id = Vpc.nodeGroup(estate);
        list.addObject()
                .put("GroupId", id)
                .put(
                        "GroupName",
                        Optional.ofNullable(estate.securityGroups.get(id))
                                .map(group -> group.name)
                                .orElse(""));
    }

    private ObjectNode interfaceText(String address, Subnet subnet) {
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        text.put("NetworkInterfaceId", interfaceId(address))
                .put("SubnetId", subnet.id())
                .put("VpcId", estate.account.vpcId())
                .put("OwnerId", estate.account.accountId())
                .put("Status", "in-use")
                .put("InterfaceType", "interface");
        groups(text.putArray("Groups"));
        if (Cidr.isIpv6(address)) {
            text.putArray("Ipv6Addresses").addObject().put("Ipv6Address", address);
        } else {
            text.put("PrivateIpAddress", address).put("PrivateDnsName", dnsName(address));
            text.putArray("PrivateIpAddresses").addObject().put("Primary", true).put("PrivateIpAddress", address);
        }
        return text;
    }

    private static String interfaceId(String address) {
        if (Cidr.isIpv6(address)) {
            return "eni-6"
                    + String.format(
                            "%016x",
                            UUID.nameUUIDFromBytes(address.getBytes(StandardCharsets.UTF_8))
                                    .getMostSignificantBits());
        }
        StringBuilder digits = new StringBuilder();
        for (String octet : address.split("\\.")) {
            digits.append(String.format("%02x", Integer.parseInt(octet)));
        }
        return "eni-000000000" + digits;
    }

    /// The interfaces of instances and of the addresses that were put, those whose address is asked for, and
    /// those of load balancers.
    ObjectNode networkInterfaces(ApiCall call) {
        Set<String> addresses = new LinkedHashSet<>(estate.network.instances().values());
        addresses.addAll(estate.network.addresses());
        for (JsonNode filter : call.body().path("Filters")) {
            if (filter.path("Name").asText().endsWith("private-ip-address")) {
                filter.path("Values").forEach(value -> {
                    if (estate.network.hasAddress(value.asText())) {
                        addresses.add(value.asText());
                    }
                });
            }
        }
        List<Thing> all =
                new ArrayList<>(addresses.stream().map(this::networkInterface).toList());
        estate.balancers
                .values()
                .forEach(balancer -> balancer.zones.forEach(zone -> all.add(ofBalancer(balancer, zone))));
        return Thing.describe(
                call,
                new Thing.Names("NetworkInterfaceIds", "InvalidNetworkInterfaceID.NotFound", "NetworkInterfaces"),
                all);
    }

    private Thing networkInterface(String address) {
        Subnet subnet = subnetOf(address);
        String id = interfaceId(address);
        ObjectNode text = interfaceText(address, subnet).put("AvailabilityZone", subnet.zone());
        Optional<String> instance = estate.network.instances().entrySet().stream()
                .filter(entry -> entry.getValue().equals(address))
                .map(Map.Entry::getKey)
                .findFirst();
        instance.ifPresent(found -> text.putObject("Attachment")
                .put("InstanceId", found)
                .put("Status", "attached")
                .put("DeviceIndex", 0));
        text.set("TagSet", Tags.text(tags(id)));
        Map<String, List<String>> facts = Thing.facts(
                "network-interface-id",
                id,
                "private-ip-address",
                address,
                "addresses.private-ip-address",
                address,
                IPV6_FILTER,
                address,
                "vpc-id",
                estate.account.vpcId(),
                "subnet-id",
                subnet.id(),
                "availability-zone",
                subnet.zone(),
                "group-id",
                Vpc.nodeGroup(estate),
                "status",
                "in-use");
        facts.put("attachment.instance-id", instance.map(List::of).orElseGet(List::of));
        (Cidr.isIpv6(address) ? IPV4_FILTERS : List.of(IPV6_FILTER)).forEach(none -> facts.put(none, List.of()));
        return new Thing(id, facts, tags(id), text);
    }

    /// One in each of its zones, with the load balancer's security groups.
    private Thing ofBalancer(Balancer balancer, Balancer.Zone zone) {
        String last = balancer.arn.substring(balancer.arn.lastIndexOf('/') + 1);
        String id = "eni-" + Integer.toHexString(zone.subnetId().hashCode() & 0xffff) + last;
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        text.put("NetworkInterfaceId", id)
                .put("Description", "ELB " + balancer.path())
                .put("SubnetId", zone.subnetId())
                .put("VpcId", estate.account.vpcId())
                .put("AvailabilityZone", zone.zone())
                .put("OwnerId", estate.account.accountId())
                .put("Status", "in-use")
                .put("InterfaceType", "network_load_balancer");
        ArrayNode groups = text.putArray("Groups");
        balancer.securityGroups.forEach(group -> groups.addObject().put("GroupId", group));
        Map<String, List<String>> facts = Thing.facts(
                "network-interface-id",
                id,
                "vpc-id",
                estate.account.vpcId(),
                "subnet-id",
                zone.subnetId(),
                "availability-zone",
                zone.zone(),
                "status",
                "in-use");
        facts.put("group-id", List.copyOf(balancer.securityGroups));
        Stream.concat(IPV4_FILTERS.stream(), Stream.of(IPV6_FILTER, "attachment.instance-id"))
                .forEach(none -> facts.put(none, List.of()));
        return new Thing(id, facts, tags(id), text);
    }
}
