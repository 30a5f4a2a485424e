package io.plumbline.it.clouds.aws;

import static io.plumbline.it.clouds.aws.Refusal.unless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The actions that tell of target groups and of the health of their targets.
final class TargetGroupReads {
    private final Estate estate;
    private final Pools pools;

    TargetGroupReads(Estate estate, Pools pools) {
        this.estate = estate;
        this.pools = pools;
    }

    ObjectNode describe(ApiCall call) {
        List<String> arns = call.texts("TargetGroupArns");
        List<String> names = call.texts("Names");
        String balancerArn = call.text("LoadBalancerArn");
        unless(
                Stream.of(!arns.isEmpty(), !names.isEmpty(), !balancerArn.isEmpty())
                                .filter(given -> given)
                                .count()
                        <= 1,
                "ValidationError",
                "You can specify only one of load balancer ARN, target group ARNs and target group names");
        arns.forEach(estate::targetGroup);
        if (!balancerArn.isEmpty()) {
            estate.balancer(balancerArn);
        }
        List<TargetGroup> found = estate.targetGroups.values().stream()
                .filter(group -> arns.isEmpty() || arns.contains(group.arn))
                .filter(group -> names.isEmpty() || names.contains(group.name()))
                .filter(group -> balancerArn.isEmpty() || isOf(group, balancerArn))
                .toList();
        unless(
                names.isEmpty() || found.size() == names.stream().distinct().count(),
                "TargetGroupNotFound",
                "One or more target groups not found");
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        Pages.put(
                call,
                reply,
                "TargetGroups",
                found,
                Pages.Names.ELASTIC_LOAD_BALANCING,
                group -> BalancerText.of(group, estate));
        return reply;
    }

    private boolean isOf(TargetGroup group, String balancerArn) {
        return estate.listenersOf(group).stream().anyMatch(listener -> listener.balancer.arn.equals(balancerArn));
    }

    ObjectNode attributes(ApiCall call) {
        return BalancerText.attributes(estate.targetGroup(call.text("TargetGroupArn")).attributes);
    }

    /// All targets, or those asked for, also when they are not registered.
    ObjectNode health(ApiCall call) {
        call.supports("TargetGroupArn", "Targets");
        TargetGroup group = estate.targetGroup(call.text("TargetGroupArn"));
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        ArrayNode list = reply.putArray("TargetHealthDescriptions");
        if (!call.has("Targets")) {
            all(group).forEach(target -> list.add(text(group, target, pools.health(group, target))));
            return reply;
        }
        for (JsonNode asked : call.body().path("Targets")) {
            int port = asked.path("Port").asInt(group.settings.port());
            String key = asked.path("Id").asText() + ":" + port;
            Optional<Target> known = all(group).stream()
                    .filter(target -> target.key().equals(key))
                    .findFirst();
            list.add(known.map(target -> text(group, target, pools.health(group, target)))
                    .orElseGet(() -> text(
                            group, new Target(0, asked.path("Id").asText(), "", port, ""), Health.NOT_REGISTERED)));
        }
        return reply;
    }

    private static List<Target> all(TargetGroup group) {
        List<Target> all = new ArrayList<>(group.targets.values());
        all.addAll(group.draining.values());
        return all;
    }

    private static ObjectNode text(TargetGroup group, Target target, Health health) {
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        ObjectNode named = text.putObject("Target").put("Id", target.id()).put("Port", target.port());
        if (!target.zone().isEmpty()) {
            named.put("AvailabilityZone", target.zone());
        }
        text.put("HealthCheckPort", Integer.toString(group.healthCheck.portOf(target)));
        ObjectNode state = text.putObject("TargetHealth").put("State", health.state);
        if (!health.reason.isEmpty()) {
            state.put("Reason", health.reason).put("Description", health.description);
        }
        return text;
    }
}
