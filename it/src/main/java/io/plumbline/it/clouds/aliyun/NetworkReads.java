package io.plumbline.it.clouds.aliyun;

import static io.plumbline.it.clouds.aliyun.Refusal.unless;
import static io.plumbline.it.clouds.aliyun.Refusal.valid;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What ECS and VPC tell of the one VPC: its network interfaces, instances, VSwitches and elastic addresses.
final class NetworkReads {
    private static final String CREATED = "2026-01-01T00:00:00Z";
    private static final String BLOCK = "10.0.0.0/8";

    private final Estate estate;
    private final Interfaces interfaces;

    NetworkReads(Estate estate) {
        this.estate = estate;
        this.interfaces = new Interfaces(estate.network);
    }

    /// DescribeNetworkInterfaces: without addresses or ids, those that were put into the VPC.
    ObjectNode networkInterfaces(ApiCall call) {
        List<String> addresses = call.texts("PrivateIpAddress");
        List<String> ids = call.texts("NetworkInterfaceId");
        valid(addresses.size() <= 100, "PrivateIpAddress", "a list of at most 100 addresses");
        valid(ids.size() <= 100, "NetworkInterfaceId", "a list of at most 100 ids");
        Optional<String> instance = call.optionalText("InstanceId");
        List<String> found = candidates(addresses, ids)
                .filter(interfaces::exists)
                .filter(address -> ids.isEmpty() || ids.contains(Interfaces.idOf(address)))
                .filter(address ->
                        instance.isEmpty() || interfaces.instanceAt(address).equals(instance))
                .filter(address -> is(call, "VpcId", estate.account.vpcId()))
                .filter(address -> is(call, "VSwitchId", vSwitchOf(address)))
                .filter(address -> is(call, "Status", "InUse"))
                .filter(address -> is(call, "Type", type(address)))
                .distinct()
                .toList();
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        ArrayNode list = reply.putObject("NetworkInterfaceSets").putArray("NetworkInterfaceSet");
        page(call, found, reply).forEach(address -> list.add(networkInterface(address)));
        return reply;
    }

    private Stream<String> candidates(List<String> addresses, List<String> ids) {
        if (!addresses.isEmpty()) {
            return addresses.stream();
        }
        if (!ids.isEmpty()) {
            return ids.stream().flatMap(id -> interfaces.addressOf(id).stream());
        }
        TreeSet<String> known = new TreeSet<>(estate.network.addresses());
        known.addAll(estate.network.instances().values());
        return known.stream();
    }

    private static boolean is(ApiCall call, String parameter, String value) {
        return call.optionalText(parameter).map(value::equals).orElse(true);
    }

    private String type(String address) {
        return interfaces.instanceAt(address).isPresent() ? "Primary" : "Secondary";
    }

    private String vSwitchOf(String address) {
        List<String> all = estate.account.vSwitchIds();
        return all.get(Math.floorMod(address.hashCode(), all.size()));
    }

    private ObjectNode networkInterface(String address) {
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        String vSwitch = vSwitchOf(address);
        Optional<String> instance = interfaces.instanceAt(address);
        String primary = instance.isPresent() ? address : "10.254" + address.replaceFirst("\\d+\\.\\d+", "");
        text.put("NetworkInterfaceId", Interfaces.idOf(address))
                .put("NetworkInterfaceName", "eni-of-" + address)
                .put("Status", "InUse")
                .put("Type", type(address))
                .put("VpcId", estate.account.vpcId())
                .put("VSwitchId", vSwitch)
                .put("ZoneId", estate.account.zoneOf(vSwitch))
                .put("PrivateIpAddress", primary)
                .put("CreationTime", CREATED);
        instance.ifPresent(id -> text.put("InstanceId", id));
        ArrayNode sets = text.putObject("PrivateIpSets").putArray("PrivateIpSet");
        sets.addObject().put("PrivateIpAddress", primary).put("Primary", true);
        if (!primary.equals(address)) {
            sets.addObject().put("PrivateIpAddress", address).put("Primary", false);
        }
        estate.account
                .securityGroupIds()
                .forEach(text.putObject("SecurityGroupIds").putArray("SecurityGroupId")::add);
        return text;
    }

    /// By token where MaxResults or NextToken is given, else by number.
    private static List<String> page(ApiCall call, List<String> found, ObjectNode reply) {
        reply.put("TotalCount", found.size());
        if (!call.body().has("MaxResults") && !call.body().has("NextToken")) {
            BalancerReads.Paging paging = BalancerReads.Paging.of(call, 10);
            paging.tell(reply, found.size());
            return paging.part(found);
        }
        int most = call.within("MaxResults", 1, 500, 10);
        String token = call.optionalText("NextToken").orElse("0");
        valid(token.matches("\\d{1,9}"), "NextToken", "one that was given");
        int from = Math.min(Integer.parseInt(token), found.size());
        int until = Math.min(from + most, found.size());
        if (until < found.size()) {
            reply.put("NextToken", Integer.toString(until));
        }
        return found.subList(from, until);
    }

    /// DescribeInstances, by ids or private addresses.
    ObjectNode instances(ApiCall call) {
        List<String> ids = jsonList(call, "InstanceIds");
        List<String> addresses = jsonList(call, "PrivateIpAddresses");
        List<String> found = estate.network.instances().entrySet().stream()
                .filter(instance -> ids.isEmpty() || ids.contains(instance.getKey()))
                .filter(instance -> addresses.isEmpty() || addresses.contains(instance.getValue()))
                .filter(instance -> is(call, "VpcId", estate.account.vpcId()))
                .filter(instance -> is(call, "Status", "Running"))
                .map(Map.Entry::getKey)
                .toList();
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        ArrayNode list = reply.putObject("Instances").putArray("Instance");
        page(call, found, reply).forEach(id -> list.add(instance(id)));
        return reply;
    }

    private static List<String> jsonList(ApiCall call, String parameter) {
        try {
            JsonNode list = Resources.JSON.readTree(call.optionalText(parameter).orElse("[]"));
            unless(
                    list.isArray() && list.size() <= 100,
                    "InvalidInstanceIds.Malformed",
                    "The amount or the form of " + parameter + " is invalid.");
            List<String> texts = new ArrayList<>();
            list.forEach(element -> texts.add(element.asText()));
            return texts;
        } catch (JsonProcessingException broken) {
            throw new Refusal("InvalidInstanceIds.Malformed", parameter + " is no JSON list.");
        }
    }

    private ObjectNode instance(String id) {
        String address = estate.network.addressOf(id).orElse("");
        String vSwitch = vSwitchOf(address);
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        text.put("InstanceId", id)
                .put("InstanceName", id)
                .put("HostName", id)
                .put("Status", "Running")
                .put("RegionId", estate.account.region())
                .put("ZoneId", estate.account.zoneOf(vSwitch))
                .put("InstanceNetworkType", "vpc")
                .put("CreationTime", CREATED);
        ObjectNode vpc = text.putObject("VpcAttributes")
                .put("VpcId", estate.account.vpcId())
                .put("VSwitchId", vSwitch);
        vpc.putObject("PrivateIpAddress").putArray("IpAddress").add(address);
        text.putObject("NetworkInterfaces")
                .putArray("NetworkInterface")
                .addObject()
                .put("NetworkInterfaceId", Interfaces.idOf(address))
                .put("PrimaryIpAddress", address)
                .put("Type", "Primary");
        return text;
    }

    ObjectNode vpcs(ApiCall call) {
        AliyunAccount account = estate.account;
        List<String> found =
                call.separated("VpcId").isEmpty() || call.separated("VpcId").contains(account.vpcId())
                        ? List.of(account.vpcId())
                        : List.of();
        BalancerReads.Paging paging = BalancerReads.Paging.of(call, 10);
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        ArrayNode list = reply.putObject("Vpcs").putArray("Vpc");
        paging.part(found).forEach(id -> {
            ObjectNode text = list.addObject()
                    .put("VpcId", id)
                    .put("VpcName", "simulated")
                    .put("CidrBlock", BLOCK)
                    .put("Status", "Available")
                    .put("RegionId", account.region())
                    .put("CreationTime", CREATED);
            text.putObject("SecondaryCidrBlocks").putArray("SecondaryCidrBlock");
            account.vSwitchIds().forEach(text.putObject("VSwitchIds").putArray("VSwitchId")::add);
        });
        paging.tell(reply, found.size());
        return reply;
    }

    ObjectNode vSwitches(ApiCall call) {
        AliyunAccount account = estate.account;
        List<String> found = account.vSwitchIds().stream()
                .filter(id -> is(call, "VSwitchId", id))
                .filter(id -> is(call, "VpcId", account.vpcId()))
                .filter(id -> is(call, "ZoneId", account.zoneOf(id)))
                .toList();
        BalancerReads.Paging paging = BalancerReads.Paging.of(call, 10);
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        ArrayNode list = reply.putObject("VSwitches").putArray("VSwitch");
        paging.part(found)
                .forEach(id -> list.addObject()
                        .put("VSwitchId", id)
                        .put("VSwitchName", id)
                        .put("VpcId", account.vpcId())
                        .put("ZoneId", account.zoneOf(id))
                        .put("CidrBlock", "10." + 128 * account.vSwitchIds().indexOf(id) + ".0.0/9")
                        .put("AvailableIpAddressCount", 1000)
                        .put("Status", "Available")
                        .put("CreationTime", CREATED));
        paging.tell(reply, found.size());
        return reply;
    }

    ObjectNode elasticAddresses(ApiCall call) {
        List<String> found = estate.elasticAddresses.keySet().stream()
                .filter(balancer -> is(call, "AssociatedInstanceId", balancer))
                .filter(balancer -> is(call, "AssociatedInstanceType", "SlbInstance"))
                .filter(balancer -> is(call, "AllocationId", allocationOf(balancer)))
                .toList();
        BalancerReads.Paging paging = BalancerReads.Paging.of(call, 10);
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        ArrayNode list = reply.putObject("EipAddresses").putArray("EipAddress");
        paging.part(found)
                .forEach(balancer -> list.addObject()
                        .put("AllocationId", allocationOf(balancer))
                        .put("IpAddress", estate.elasticAddresses.getOrDefault(balancer, ""))
                        .put("InstanceId", balancer)
                        .put("InstanceType", "SlbInstance")
                        .put("InstanceRegionId", estate.account.region())
                        .put("RegionId", estate.account.region())
                        .put("Status", "InUse")
                        .put("AllocationTime", CREATED));
        paging.tell(reply, found.size());
        return reply;
    }

    private static String allocationOf(String balancer) {
        return "eip-of-" + balancer;
    }
}
