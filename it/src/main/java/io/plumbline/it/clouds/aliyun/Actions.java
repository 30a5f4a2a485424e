package io.plumbline.it.clouds.aliyun;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/// The actions that the simulation serves, by name.
final class Actions {
    private static final Map<String, BiFunction<Actions, ApiCall, ObjectNode>> SERVED = served();

    private final BalancerWrites balancers;
    private final BalancerReads balancerReads;
    private final ListenerWrites listeners;
    private final ListenerReads listenerReads;
    private final GroupWrites groups;
    private final GroupReads groupReads;
    private final AccessLists accessLists;
    private final Certificates certificates;
    private final Tagging tagging;
    private final NetworkReads network;

    Actions(Estate estate, Pools pools) {
        this.listeners = new ListenerWrites(estate, pools);
        this.groups = new GroupWrites(estate, pools);
        this.balancers = new BalancerWrites(estate, pools, listeners, groups);
        this.balancerReads = new BalancerReads(estate);
        this.listenerReads = new ListenerReads(estate, pools);
        this.groupReads = new GroupReads(estate);
        this.accessLists = new AccessLists(estate);
        this.certificates = new Certificates(estate);
        this.tagging = new Tagging(estate);
        this.network = new NetworkReads(estate);
    }

    static boolean serves(String action) {
        return SERVED.containsKey(action);
    }

    /// Does a served action.
    ObjectNode act(ApiCall call) {
        BiFunction<Actions, ApiCall, ObjectNode> action = SERVED.get(call.action());
        if (action == null) {
            throw new IllegalStateException("not served: " + call.action());
        }
        return action.apply(this, call);
    }

    private static Map<String, BiFunction<Actions, ApiCall, ObjectNode>> served() {
        Map<String, BiFunction<Actions, ApiCall, ObjectNode>> served = new TreeMap<>();
        balancers(served);
        listeners(served);
        groups(served);
        others(served);
        return served;
    }

    private static void balancers(Map<String, BiFunction<Actions, ApiCall, ObjectNode>> served) {
        served.put("CreateLoadBalancer", (all, call) -> all.balancers.create(call));
        served.put("DeleteLoadBalancer", (all, call) -> all.balancers.delete(call));
        served.put("DescribeLoadBalancerAttribute", (all, call) -> all.balancerReads.attribute(call));
        served.put("DescribeLoadBalancers", (all, call) -> all.balancerReads.list(call));
        served.put("ModifyLoadBalancerInstanceChargeType", (all, call) -> all.balancers.modifyInstanceChargeType(call));
        served.put("ModifyLoadBalancerInstanceSpec", (all, call) -> all.balancers.modifySpec(call));
        served.put("ModifyLoadBalancerInternetSpec", (all, call) -> all.balancers.modifyInternetSpec(call));
        served.put("SetLoadBalancerDeleteProtection", (all, call) -> all.balancers.setDeleteProtection(call));
        served.put(
                "SetLoadBalancerModificationProtection", (all, call) -> all.balancers.setModificationProtection(call));
        served.put("SetLoadBalancerName", (all, call) -> all.balancers.setName(call));
        served.put("SetLoadBalancerStatus", (all, call) -> all.balancers.setStatus(call));
    }

    private static void listeners(Map<String, BiFunction<Actions, ApiCall, ObjectNode>> served) {
        for (Protocol protocol : Protocol.values()) {
            String listener = "LoadBalancer" + protocol + "Listener";
            served.put("Create" + listener, (all, call) -> all.listeners.create(call, protocol));
            served.put("Set" + listener + "Attribute", (all, call) -> all.listeners.set(call, protocol));
            served.put("Describe" + listener + "Attribute", (all, call) -> all.listenerReads.attribute(call, protocol));
        }
        served.put("DeleteLoadBalancerListener", (all, call) -> all.listeners.delete(call));
        served.put("DescribeHealthStatus", (all, call) -> all.listenerReads.health(call));
        served.put("DescribeLoadBalancerListeners", (all, call) -> all.listenerReads.list(call));
        served.put("StartLoadBalancerListener", (all, call) -> all.listeners.start(call));
        served.put("StopLoadBalancerListener", (all, call) -> all.listeners.stop(call));
    }

    private static void groups(Map<String, BiFunction<Actions, ApiCall, ObjectNode>> served) {
        served.put("AddVServerGroupBackendServers", (all, call) -> all.groups.add(call));
        served.put("CreateVServerGroup", (all, call) -> all.groups.create(call));
        served.put("DeleteVServerGroup", (all, call) -> all.groups.delete(call));
        served.put("DescribeVServerGroupAttribute", (all, call) -> all.groupReads.attribute(call));
        served.put("DescribeVServerGroups", (all, call) -> all.groupReads.list(call));
        served.put("ModifyVServerGroupBackendServers", (all, call) -> all.groups.modify(call));
        served.put("RemoveVServerGroupBackendServers", (all, call) -> all.groups.remove(call));
        served.put("SetVServerGroupAttribute", (all, call) -> all.groups.set(call));
    }

    private static void others(Map<String, BiFunction<Actions, ApiCall, ObjectNode>> served) {
        served.put("AddAccessControlListEntry", (all, call) -> all.accessLists.add(call));
        served.put("CreateAccessControlList", (all, call) -> all.accessLists.create(call));
        served.put("DeleteAccessControlList", (all, call) -> all.accessLists.delete(call));
        served.put("DescribeAccessControlListAttribute", (all, call) -> all.accessLists.attribute(call));
        served.put("DescribeAccessControlLists", (all, call) -> all.accessLists.list(call));
        served.put("RemoveAccessControlListEntry", (all, call) -> all.accessLists.remove(call));
        served.put("SetAccessControlListAttribute", (all, call) -> all.accessLists.rename(call));
        served.put("CreateDomainExtension", (all, call) -> all.certificates.createDomain(call));
        served.put("DeleteDomainExtension", (all, call) -> all.certificates.deleteDomain(call));
        served.put("DescribeDomainExtensionAttribute", (all, call) -> all.certificates.domainAttribute(call));
        served.put("DescribeDomainExtensions", (all, call) -> all.certificates.listDomains(call));
        served.put("SetDomainExtensionAttribute", (all, call) -> all.certificates.setDomain(call));
        served.put("DeleteServerCertificate", (all, call) -> all.certificates.delete(call));
        served.put("DescribeServerCertificates", (all, call) -> all.certificates.list(call));
        served.put("UploadServerCertificate", (all, call) -> all.certificates.upload(call));
        served.put("ListTagResources", (all, call) -> all.tagging.list(call));
        served.put("TagResources", (all, call) -> all.tagging.tag(call));
        served.put("UntagResources", (all, call) -> all.tagging.untag(call));
        served.put("DescribeInstances", (all, call) -> all.network.instances(call));
        served.put("DescribeNetworkInterfaces", (all, call) -> all.network.networkInterfaces(call));
        served.put("DescribeEipAddresses", (all, call) -> all.network.elasticAddresses(call));
        served.put("DescribeVSwitches", (all, call) -> all.network.vSwitches(call));
        served.put("DescribeVpcs", (all, call) -> all.network.vpcs(call));
    }
}
