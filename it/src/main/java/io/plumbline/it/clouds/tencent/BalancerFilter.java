package io.plumbline.it.clouds.tencent;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Which load balancers DescribeLoadBalancers is asked for: all conditions must hold, each by any of its values.
///
/// @param conditions one for every parameter and every element of Filters
record BalancerFilter(List<Predicate<Balancer>> conditions) {
    BalancerFilter {
        conditions = List.copyOf(conditions);
    }

    boolean matches(Balancer balancer) {
        return conditions.stream().allMatch(condition -> condition.test(balancer));
    }

    static BalancerFilter read(JsonNode body) {
        List<Predicate<Balancer>> conditions = new ArrayList<>();
        List<String> ids = texts(body.path("LoadBalancerIds"));
        List<String> vips = texts(body.path("LoadBalancerVips"));
        conditions.add(balancer -> ids.isEmpty() || ids.contains(balancer.id));
        conditions.add(balancer -> vips.isEmpty() || vips.contains(balancer.vip));
        conditions.add(balancer -> same(body, "LoadBalancerType", balancer.type));
        conditions.add(balancer -> same(body, "LoadBalancerName", balancer.name));
        conditions.add(balancer -> same(body, "VpcId", balancer.vpcId));
        // Forward 0 asks for classic balancers, which the simulation has none of; -1 for both kinds.
        conditions.add(balancer -> body.path("Forward").asInt(-1) != 0);
        JsonNode filters = body.path("Filters");
        Refusal.unless(filters.size() <= 10, "InvalidParameterValue.Length", "Filters has at most 10 elements.");
        filters.forEach(filter -> conditions.add(condition(filter)));
        return new BalancerFilter(conditions);
    }

    private static boolean same(JsonNode body, String field, String value) {
        return body.path(field).asText(value).equals(value);
    }

    private static Predicate<Balancer> condition(JsonNode filter) {
        String name = filter.path("Name").asText();
        List<String> values = texts(filter.path("Values"));
        Refusal.unless(
                !values.isEmpty() && values.size() <= 100,
                "InvalidParameterValue.Length",
                "Filter.Values must have 1 to 100 elements.");
        if (name.equals("tag-key")) {
            return balancer -> values.stream().anyMatch(balancer.tags::containsKey);
        }
        if (name.startsWith("tag:")) {
            String key = name.substring("tag:".length());
            return balancer -> balancer.tags.containsKey(key) && values.contains(balancer.tags.get(key));
        }
        throw new Refusal("InvalidParameterValue.InvalidFilter", "The simulation does not support the filter " + name);
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(element -> texts.add(element.asText()));
        return texts;
    }
}
