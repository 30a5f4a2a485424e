package io.plumbline.it.clouds.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// GetResources: what carries tags. It is strictly consistent here; the real one lags behind.
final class Tagging {
    private final Estate estate;

    private record Tagged(String arn, String type, Map<String, String> tags) {}

    Tagging(Estate estate) {
        this.estate = estate;
    }

    ObjectNode resources(ApiCall call) {
        call.supports("TagFilters", "ResourceTypeFilters", "ResourceARNList", "ResourcesPerPage", "PaginationToken");
        List<Tagged> found = all().stream()
                .filter(each -> !each.tags().isEmpty())
                .filter(each -> !call.has("ResourceARNList")
                        || call.texts("ResourceARNList").contains(each.arn()))
                .filter(each -> isOfType(each, call.texts("ResourceTypeFilters")))
                .filter(each -> passes(each, call.body().path("TagFilters")))
                .toList();
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        Pages.put(call, reply, "ResourceTagMappingList", found, Pages.Names.TAGGING, each -> {
            ObjectNode text = JsonNodeFactory.instance.objectNode().put("ResourceARN", each.arn());
            text.set("Tags", Tags.text(each.tags()));
            return text;
        });
        if (!reply.has("PaginationToken")) {
            reply.put("PaginationToken", "");
        }
        return reply;
    }

    private List<Tagged> all() {
        List<Tagged> all = new ArrayList<>();
        for (Balancer balancer : estate.balancers.values()) {
            all.add(new Tagged(balancer.arn, "elasticloadbalancing:loadbalancer/net", balancer.tags));
            balancer.listeners
                    .values()
                    .forEach(listener ->
                            all.add(new Tagged(listener.arn, "elasticloadbalancing:listener/net", listener.tags)));
        }
        estate.targetGroups
                .values()
                .forEach(group -> all.add(new Tagged(group.arn, "elasticloadbalancing:targetgroup", group.tags)));
        estate.securityGroups
                .values()
                .forEach(group -> all.add(new Tagged(
                        estate.account.arn("ec2", "security-group/" + group.id), "ec2:security-group", group.tags)));
        estate.account
                .subnetIds()
                .forEach(id -> all.add(new Tagged(
                        estate.account.arn("ec2", "subnet/" + id),
                        "ec2:subnet",
                        estate.vpcTags.getOrDefault(id, Map.of()))));
        return all;
    }

    /// A filter names a service, or a type with what stands behind it.
    private static boolean isOfType(Tagged each, List<String> types) {
        return types.isEmpty()
                || types.stream()
                        .anyMatch(type -> each.type().equals(type)
                                || each.type().startsWith(type + ":")
                                || each.type().startsWith(type + "/"));
    }

    private static boolean passes(Tagged each, JsonNode filters) {
        for (JsonNode filter : filters) {
            String key = filter.path("Key").asText();
            boolean any = each.tags().containsKey(key) && filter.path("Values").isEmpty();
            for (JsonNode value : filter.path("Values")) {
                any |= value.asText().equals(each.tags().get(key));
            }
            if (!any) {
                return false;
            }
        }
        return true;
    }
}
