package io.plumbline.it.clouds.aws;

import static io.plumbline.it.clouds.aws.Refusal.unless;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// The actions that tell of load balancers and of the account.
final class BalancerReads {
    private static final int MOST_NAMED = 20;

    private final Estate estate;

    BalancerReads(Estate estate) {
        this.estate = estate;
    }

    ObjectNode describe(ApiCall call) {
        List<String> arns = call.texts("LoadBalancerArns");
        List<String> names = call.texts("Names");
        unless(
                arns.isEmpty() || names.isEmpty(),
                "ValidationError",
                "Load balancer names and load balancer ARNs cannot be specified at the same time");
        unless(
                arns.size() <= MOST_NAMED && names.size() <= MOST_NAMED,
                "ValidationError",
                "You cannot specify more than '" + MOST_NAMED + "' load balancers");
        arns.forEach(estate::balancer);
        List<Balancer> found = estate.balancers.values().stream()
                .filter(balancer -> arns.isEmpty() || arns.contains(balancer.arn))
                .filter(balancer -> names.isEmpty() || names.contains(balancer.name))
                .toList();
        unless(
                names.isEmpty() || found.size() == names.stream().distinct().count(),
                "LoadBalancerNotFound",
                "Load balancers '" + names + "' not found");
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        Pages.put(
                call,
                reply,
                "LoadBalancers",
                found,
                Pages.Names.ELASTIC_LOAD_BALANCING,
                balancer -> BalancerText.of(balancer, estate));
        return reply;
    }

    ObjectNode attributes(ApiCall call) {
        return BalancerText.attributes(estate.balancer(call.text("LoadBalancerArn")).attributes);
    }

    /// The names of DescribeAccountLimits.
    ObjectNode accountLimits() {
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        ArrayNode limits = reply.putArray("Limits");
        limit(limits, "network-load-balancers", Limit.NETWORK_BALANCERS);
        limit(limits, "target-groups", Limit.TARGET_GROUPS);
        limit(limits, "listeners-per-network-load-balancer", Limit.LISTENERS_PER_BALANCER);
        limit(limits, "targets-per-target-group", Limit.TARGETS_PER_TARGET_GROUP);
        limit(limits, "targets-per-availability-zone-per-network-load-balancer", Limit.TARGETS_PER_ZONE);
        return reply;
    }

    private void limit(ArrayNode limits, String name, Limit limit) {
        limits.addObject().put("Name", name).put("Max", Long.toString(estate.limits.of(limit)));
    }
}
