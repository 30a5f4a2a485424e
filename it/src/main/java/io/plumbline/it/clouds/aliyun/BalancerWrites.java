package io.plumbline.it.clouds.aliyun;

import static io.plumbline.it.clouds.aliyun.Refusal.unless;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.ChangeLog.Happened;
import java.util.List;
import java.util.Optional;

/// The actions that create, change and delete CLBs.
final class BalancerWrites {
    private static final String BUSY = "BackendServer.configuring";

    private final Estate estate;
    private final Pools pools;
    private final ListenerWrites listeners;
    private final GroupWrites groups;

    BalancerWrites(Estate estate, Pools pools, ListenerWrites listeners, GroupWrites groups) {
        this.estate = estate;
        this.pools = pools;
        this.listeners = listeners;
        this.groups = groups;
    }

    /// The same ClientToken with the same parameters has the same reply, and creates nothing.
    ObjectNode create(ApiCall call) {
        Optional<String> token = call.optionalText("ClientToken");
        Optional<Estate.Order> earlier = token.map(estate.orders::get);
        if (earlier.isPresent()) {
            boolean same = earlier.get().parameters().equals(call.body().toString());
            boolean lives = estate.balancers.containsKey(
                    earlier.get().reply().path("LoadBalancerId").asText());
            unless(
                    same && lives,
                    "LX_REQUEST_TOKEN_CONFLICT",
                    "The ClientToken was used before, " + (same ? "its balancer is gone." : "with other parameters."));
            return earlier.get().reply().deepCopy();
        }
        ObjectNode reply = created(NewBalancer.read(call, estate));
        token.ifPresent(
                value -> estate.orders.put(value, new Estate.Order(call.body().toString(), reply.deepCopy())));
        return reply;
    }

    private ObjectNode created(NewBalancer order) {
        unless(estate.balancers.size() < estate.limits.of(Limit.BALANCERS), "OverQuota", "The Total is over the quota");
        Balancer balancer = new Balancer(
                estate.newId("lb"),
                estate.dataPlane.claimAddress(),
                order.placement(),
                order.charge(),
                estate.agenda.now());
        balancer.name = order.name().orElse(balancer.id);
        balancer.deleteProtection = order.deleteProtection();
        balancer.modificationProtectionReason = order.modificationProtectionReason();
        balancer.tags.putAll(order.tags());
        estate.balancers.put(balancer.id, balancer);
        estate.lifecycle("balancer", balancer.id, Happened.ADDED);
        return JsonNodeFactory.instance
                .objectNode()
                .put("LoadBalancerId", balancer.id)
                .put("LoadBalancerName", balancer.name)
                .put("Address", balancer.address())
                .put("AddressIPVersion", "ipv4")
                .put("NetworkType", BalancerReads.networkType(balancer))
                .put("VpcId", balancer.placement.vpcId())
                .put("VSwitchId", balancer.placement.vSwitchId())
                .put("ResourceGroupId", balancer.placement.resourceGroupId())
                .put("OrderId", estate.count("order"));
    }

    /// Its listeners and groups go with it.
    ObjectNode delete(ApiCall call) {
        Balancer balancer = estate.balancer(call.text("LoadBalancerId"));
        unless(
                !balancer.deleteProtection,
                "OperationDenied.DeleteProtectionIsOn",
                "The loadbalancer can not be deleted due to DeleteProtection is enabled.");
        estate.requireIdle(balancer, BUSY);
        List.copyOf(balancer.listeners.values()).forEach(listeners::remove);
        List.copyOf(balancer.groups.values()).forEach(groups::remove);
        estate.balancers.remove(balancer.id);
        estate.elasticAddresses.remove(balancer.id);
        estate.lifecycle("balancer", balancer.id, Happened.REMOVED);
        return JsonNodeFactory.instance.objectNode();
    }

    ObjectNode setDeleteProtection(ApiCall call) {
        Balancer balancer = estate.balancer(call.text("LoadBalancerId"));
        balancer.deleteProtection =
                call.oneOf("DeleteProtection", List.of("on", "off"), "").equals("on");
        return changed(balancer);
    }

    ObjectNode setModificationProtection(ApiCall call) {
        Balancer balancer = estate.balancer(call.text("LoadBalancerId"));
        balancer.modificationProtectionReason = NewBalancer.protectionReason(call);
        return changed(balancer);
    }

    ObjectNode setName(ApiCall call) {
        Balancer balancer = estate.balancer(call.text("LoadBalancerId"));
        NewBalancer.checkName("LoadBalancerName", call.text("LoadBalancerName"));
        balancer.name = call.text("LoadBalancerName");
        return changed(balancer);
    }

    ObjectNode setStatus(ApiCall call) {
        Balancer balancer = estate.balancer(call.text("LoadBalancerId"));
        estate.requireIdle(balancer, BUSY);
        balancer.active = call.oneOf("LoadBalancerStatus", List.of("active", "inactive"), "")
                .equals("active");
        balancer.listeners.values().forEach(pools::changed);
        estate.configuring(balancer);
        return changed(balancer);
    }

    ObjectNode modifySpec(ApiCall call) {
        Balancer balancer = estate.balancer(call.text("LoadBalancerId"));
        requireBySpec(balancer);
        Balancer.Charge before = balancer.charge;
        balancer.charge = new Balancer.Charge(
                before.instance(),
                call.oneOf("LoadBalancerSpec", NewBalancer.SPECS, ""),
                before.internet(),
                before.bandwidthMbps());
        return changed(balancer).put("OrderId", estate.count("order"));
    }

    private static void requireBySpec(Balancer balancer) {
        unless(
                balancer.charge.instance().equals("PayBySpec"),
                "OperationDenied.PayByCLCU",
                "The operation is not allowed because the instanceChargeType of loadbalancer is PayByCLCU.");
    }

    /// What it pays for traffic; for an internet one only.
    ObjectNode modifyInternetSpec(ApiCall call) {
        Balancer balancer = estate.balancer(call.text("LoadBalancerId"));
        requireBySpec(balancer);
        unless(
                balancer.placement.addressType().equals("internet"),
                "Operation.NotAllowed",
                "Operation Denied. The address type of the load balancer is intranet.");
        Balancer.Charge before = balancer.charge;
        String internet =
                call.oneOf("InternetChargeType", List.of("paybytraffic", "paybybandwidth"), before.internet());
        boolean byBandwidth = internet.equals("paybybandwidth");
        unless(
                !byBandwidth || call.body().has("Bandwidth") || before.bandwidthMbps() > 0,
                "InvalidParameter.Bandwidth",
                "The param Bandwidth is invalid.");
        int bandwidth = byBandwidth ? call.within("Bandwidth", 1, 5000, before.bandwidthMbps()) : -1;
        balancer.charge = new Balancer.Charge(before.instance(), before.spec(), internet, bandwidth);
        return changed(balancer).put("OrderId", estate.count("order"));
    }

    ObjectNode modifyInstanceChargeType(ApiCall call) {
        Balancer balancer = estate.balancer(call.text("LoadBalancerId"));
        String instance = call.oneOf("InstanceChargeType", List.of("PayBySpec", "PayByCLCU"), "");
        boolean bySpec = instance.equals("PayBySpec");
        unless(
                !bySpec || call.body().has("LoadBalancerSpec"),
                "MissingParam.LoadBalancerSpec",
                "The param LoadBalancerSpec is required.");
        String internet = call.oneOf("InternetChargeType", List.of("paybytraffic", "paybybandwidth"), "paybytraffic");
        unless(
                bySpec || internet.equals("paybytraffic"),
                "Instance.InternetChargeTypeNotAllowed",
                "Illegal parameter. The specified InternetChargeType not allowed.");
        boolean byBandwidth = internet.equals("paybybandwidth");
        balancer.charge = new Balancer.Charge(
                instance,
                bySpec ? call.oneOf("LoadBalancerSpec", NewBalancer.SPECS, "") : "",
                internet,
                byBandwidth ? call.within("Bandwidth", 1, 5120, 0) : -1);
        return changed(balancer);
    }

    private ObjectNode changed(Balancer balancer) {
        estate.lifecycle("balancer", balancer.id, Happened.CHANGED);
        return JsonNodeFactory.instance.objectNode();
    }
}
