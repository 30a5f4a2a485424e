package io.plumbline.it.clouds.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.aws.AwsAccount.Subnet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What EC2 tells of the one VPC: subnets, zones, routes, gateways, instances, network interfaces, addresses.
final class Vpc {
    static final String PREFIX_LIST = "pl-0plumb00000000001";

    private static final String RANGE = "10.0.0.0/8";
    private static final String GATEWAY = "igw-0plumb0000000001";

    private static final String IPV6_NETWORK = "2001:db8::";
    private static final int IPV6_BITS = 56;

    private final Estate estate;

    /// Whether an address is in the VPC's IPv6 range, 2001:db8::/56, of which each subnet has a /64.
    static boolean hasIpv6(String address) {
        return Cidr.sharesPrefix(IPV6_NETWORK, IPV6_BITS, address);
    }

    Vpc(Estate estate) {
        this.estate = estate;
    }

    /// The tags that exist from the start: those by which subnets are found.
    static Map<String, Map<String, String>> initialTags(AwsAccount account) {
        Map<String, Map<String, String>> tags = new LinkedHashMap<>();
        for (Subnet subnet : account.subnets()) {
            Map<String, String> each = new LinkedHashMap<>();
            each.put("Name", (subnet.open() ? "public-" : "private-") + subnet.zone());
            each.put(subnet.open() ? "kubernetes.io/role/elb" : "kubernetes.io/role/internal-elb", "1");
            tags.put(subnet.id(), each);
        }
        tags.put(account.vpcId(), new LinkedHashMap<>());
        return tags;
    }

    private Map<String, String> tags(String id) {
        return estate.vpcTags.getOrDefault(id, Map.of());
    }

    ObjectNode subnets(ApiCall call) {
        return Thing.describe(
                call,
                new Thing.Names("SubnetIds", "InvalidSubnetID.NotFound", "Subnets"),
                estate.account.subnets().stream().map(this::subnet).toList());
    }

    private Thing subnet(Subnet subnet) {
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        String arn = estate.account.arn("ec2", "subnet/" + subnet.id());
        text.put("SubnetId", subnet.id())
                .put("SubnetArn", arn)
                .put("VpcId", estate.account.vpcId())
                .put("OwnerId", estate.account.accountId())
                .put("CidrBlock", subnet.cidr())
                .put("AvailabilityZone", subnet.zone())
                .put("AvailabilityZoneId", zoneId(subnet.zone()))
                .put("State", "available")
                .put("AvailableIpAddressCount", 4000)
                .put("MapPublicIpOnLaunch", subnet.open())
                .put("DefaultForAz", false);
        ObjectNode six = text.putArray("Ipv6CidrBlockAssociationSet").addObject();
        six.put("AssociationId", "subnet-cidr-assoc-" + subnet.id().substring(7))
                .put(
                        "Ipv6CidrBlock",
                        "2001:db8:0:" + (1 + estate.account.subnets().indexOf(subnet)) + "::/64")
                .putObject("Ipv6CidrBlockState")
                .put("State", "associated");
        text.set("Tags", Tags.text(tags(subnet.id())));
        return new Thing(
                subnet.id(),
                Thing.facts(
                        "subnet-id", subnet.id(),
                        "vpc-id", estate.account.vpcId(),
                        "availability-zone", subnet.zone(),
                        "availability-zone-id", zoneId(subnet.zone()),
                        "cidr-block", subnet.cidr(),
                        "state", "available"),
                tags(subnet.id()),
                text);
    }

    private static String zoneId(String zone) {
        return "euc1-az" + (zone.charAt(zone.length() - 1) - 'a' + 1);
    }

    ObjectNode vpcs(ApiCall call) {
        String id = estate.account.vpcId();
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        text.put("VpcId", id)
                .put("CidrBlock", RANGE)
                .put("State", "available")
                .put("OwnerId", estate.account.accountId())
                .put("IsDefault", false)
                .put("InstanceTenancy", "default");
        text.putArray("CidrBlockAssociationSet")
                .addObject()
                .put("AssociationId", "vpc-cidr-assoc-0plumb00000001")
                .put("CidrBlock", RANGE)
                .putObject("CidrBlockState")
                .put("State", "associated");
        text.putArray("Ipv6CidrBlockAssociationSet")
                .addObject()
                .put("AssociationId", "vpc-cidr-assoc-0plumb00000002")
                .put("Ipv6CidrBlock", IPV6_NETWORK + "/" + IPV6_BITS)
                .putObject("Ipv6CidrBlockState")
                .put("State", "associated");
        text.set("Tags", Tags.text(tags(id)));
        Thing vpc = new Thing(id, Thing.facts("vpc-id", id, "state", "available", "cidr", RANGE), tags(id), text);
        return Thing.describe(call, new Thing.Names("VpcIds", "InvalidVpcID.NotFound", "Vpcs"), List.of(vpc));
    }

    ObjectNode zones(ApiCall call) {
        Set<String> names = new LinkedHashSet<>();
        estate.account.subnets().forEach(subnet -> names.add(subnet.zone()));
        List<Thing> all = names.stream()
                .map(name -> new Thing(
                        name,
                        Thing.facts(
                                "zone-name",
                                name,
                                "zone-id",
                                zoneId(name),
                                "state",
                                "available",
                                "region-name",
                                estate.account.region(),
                                "zone-type",
                                "availability-zone"),
                        Map.of(),
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("ZoneName", name)
                                .put("ZoneId", zoneId(name))
                                .put("State", "available")
                                .put("RegionName", estate.account.region())
                                .put("OptInStatus", "opt-in-not-required")
                                .put("GroupName", estate.account.region() + "-zg-1")
                                .put("NetworkBorderGroup", estate.account.region())
                                .put("ZoneType", "availability-zone")))
                .filter(zone -> !call.has("ZoneIds") || call.texts("ZoneIds").contains(zoneId(zone.id())))
                .toList();
        return Thing.describe(call, new Thing.Names("ZoneNames", "InvalidParameterValue", "AvailabilityZones"), all);
    }

    ObjectNode routeTables(ApiCall call) {
        return Thing.describe(
                call,
                new Thing.Names("RouteTableIds", "InvalidRouteTableID.NotFound", "RouteTables"),
                List.of(routeTable("rtb-0plumb0000000001", true), routeTable("rtb-0plumb0000000002", false)));
    }

    /// The public subnets have a table that leads to the gateway, the private ones the VPC's main table.
    private Thing routeTable(String id, boolean open) {
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        text.put("RouteTableId", id).put("VpcId", estate.account.vpcId()).put("OwnerId", estate.account.accountId());
        ArrayNode associations = text.putArray("Associations");
        List<String> subnetIds = new ArrayList<>();
        for (Subnet subnet : estate.account.subnets()) {
            if (subnet.open() == open) {
                subnetIds.add(subnet.id());
                association(associations, id, false).put("SubnetId", subnet.id());
            }
        }
        if (!open) {
            association(associations, id, true);
        }
        ArrayNode routes = text.putArray("Routes");
        route(routes, RANGE, "local", "CreateRouteTable");
        if (open) {
            route(routes, "0.0.0.0/0", GATEWAY, "CreateRoute");
        }
        text.set("Tags", Tags.text(tags(id)));
        Map<String, List<String>> facts = Thing.facts(
                "route-table-id", id, "vpc-id", estate.account.vpcId(), "association.main", Boolean.toString(!open));
        facts.put("association.subnet-id", subnetIds);
        facts.put("association.route-table-id", List.of(id));
        facts.put("route.gateway-id", open ? List.of("local", GATEWAY) : List.of("local"));
        return new Thing(id, facts, tags(id), text);
    }

    private static ObjectNode association(ArrayNode associations, String table, boolean main) {
        ObjectNode association = associations.addObject();
        association
                .put("RouteTableAssociationId", "rtbassoc-" + table.substring(4) + associations.size())
                .put("RouteTableId", table)
                .put("Main", main)
                .putObject("AssociationState")
                .put("State", "associated");
        return association;
    }

    private static void route(ArrayNode routes, String range, String gateway, String origin) {
        routes.addObject()
                .put("DestinationCidrBlock", range)
                .put("GatewayId", gateway)
                .put("Origin", origin)
                .put("State", "active");
    }

    ObjectNode internetGateways(ApiCall call) {
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        text.put("InternetGatewayId", GATEWAY).put("OwnerId", estate.account.accountId());
        text.putArray("Attachments").addObject().put("State", "attached").put("VpcId", estate.account.vpcId());
        text.set("Tags", Tags.text(tags(GATEWAY)));
        Thing gateway = new Thing(
                GATEWAY,
                Thing.facts(
                        "internet-gateway-id",
                        GATEWAY,
                        "attachment.vpc-id",
                        estate.account.vpcId(),
                        "attachment.state",
                        "available"),
                tags(GATEWAY),
                text);
        return Thing.describe(
                call,
                new Thing.Names("InternetGatewayIds", "InvalidInternetGatewayID.NotFound", "InternetGateways"),
                List.of(gateway));
    }

    ObjectNode addresses(ApiCall call) {
        List<Thing> all = estate.account.allocations().entrySet().stream()
                .map(entry -> new Thing(
                        entry.getKey(),
                        Thing.facts("allocation-id", entry.getKey(), "public-ip", entry.getValue(), "domain", "vpc"),
                        tags(entry.getKey()),
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("AllocationId", entry.getKey())
                                .put("PublicIp", entry.getValue())
                                .put("Domain", "vpc")))
                .toList();
        return Thing.describe(call, new Thing.Names("AllocationIds", "InvalidAllocationID.NotFound", "Addresses"), all);
    }

    ObjectNode prefixLists(ApiCall call) {
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        text.put("PrefixListId", PREFIX_LIST)
                .put("PrefixListName", "partners")
                .put("AddressFamily", "IPv4")
                .put("State", "create-complete")
                .put("MaxEntries", 10)
                .put("OwnerId", estate.account.accountId());
        Thing list = new Thing(
                PREFIX_LIST,
                Thing.facts("prefix-list-id", PREFIX_LIST, "prefix-list-name", "partners"),
                tags(PREFIX_LIST),
                text);
        return Thing.describe(
                call, new Thing.Names("PrefixListIds", "InvalidPrefixListID.NotFound", "PrefixLists"), List.of(list));
    }

    /// The group that every instance and Pod is in: the last of those that exist from the start.
    static String nodeGroup(Estate estate) {
        return estate.account.securityGroupIds().getLast();
    }
}
