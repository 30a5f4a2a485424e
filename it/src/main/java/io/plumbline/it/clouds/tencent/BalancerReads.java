package io.plumbline.it.clouds.tencent;

import static io.plumbline.it.clouds.tencent.Refusal.unless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The actions that tell of load balancers, quotas and tasks.
final class BalancerReads {
    private static final List<String> PARAMETERS = List.of(
            "LoadBalancerIds",
            "LoadBalancerType",
            "LoadBalancerName",
            "LoadBalancerVips",
            "VpcId",
            "Forward",
            "Offset",
            "Limit",
            "Filters");

    private final Estate estate;
    private final Tasks tasks;

    BalancerReads(Estate estate, Tasks tasks) {
        this.estate = estate;
        this.tasks = tasks;
    }

    /// Newest first, a page of at most 100. Unknown ids are just absent.
    ObjectNode describe(ApiCall call) {
        call.supports(PARAMETERS);
        JsonNode body = call.body();
        unless(
                body.path("LoadBalancerIds").size() <= 20,
                "InvalidParameterValue.Length",
                "LoadBalancerIds has at most 20 elements.");
        long limit = body.path("Limit").asLong(20);
        long offset = body.path("Offset").asLong(0);
        unless(limit >= 1 && limit <= 100, "InvalidParameterValue.Range", "Limit must be from 1 to 100.");
        unless(offset >= 0, "InvalidParameterValue.Range", "Offset must not be negative.");
        BalancerFilter filter = BalancerFilter.read(body);
        List<Balancer> found = new ArrayList<>(
                estate.balancers.values().stream().filter(filter::matches).toList());
        List<Balancer> page =
                found.reversed().stream().skip(offset).limit(limit).toList();
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        ArrayNode set = reply.putArray("LoadBalancerSet");
        page.forEach(balancer -> set.add(BalancerText.of(balancer, estate.account)));
        return reply.put("TotalCount", found.size());
    }

    ObjectNode quota(ApiCall call) {
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        ArrayNode set = reply.putArray("QuotaSet");
        quota(set, "TOTAL_OPEN_CLB_QUOTA", Limit.OPEN_BALANCERS, Optional.of(count("OPEN")));
        quota(set, "TOTAL_INTERNAL_CLB_QUOTA", Limit.INTERNAL_BALANCERS, Optional.of(count("INTERNAL")));
        quota(set, "TOTAL_LISTENER_QUOTA", Limit.LISTENERS_PER_BALANCER, Optional.empty());
        quota(set, "TOTAL_TARGET_BIND_QUOTA", Limit.TARGETS_PER_LISTENER, Optional.empty());
        return reply;
    }

    private long count(String type) {
        return estate.balancers.values().stream()
                .filter(balancer -> balancer.type.equals(type))
                .count();
    }

    private void quota(ArrayNode set, String id, Limit limit, Optional<Long> current) {
        ObjectNode quota = set.addObject().put("QuotaId", id).put("QuotaLimit", estate.limits.of(limit));
        current.ifPresentOrElse(value -> quota.put("QuotaCurrent", value), () -> quota.putNull("QuotaCurrent"));
    }

    ObjectNode taskStatus(ApiCall call) {
        Optional<String> id = call.optionalText("TaskId");
        Optional<String> deal = call.optionalText("DealName");
        unless(
                id.isPresent() || deal.isPresent(),
                "MissingParameter",
                "The request needs one of `TaskId` and `DealName`.");
        unless(
                id.isEmpty() || deal.isEmpty(),
                "InvalidParameterCombination",
                "The request has only one of `TaskId` and `DealName`.");
        Tasks.Task task = id.flatMap(tasks::byTaskId)
                .or(() -> deal.flatMap(tasks::byDeal))
                .orElseThrow(() -> new Refusal("InvalidParameter", "the task is not found"));
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        reply.put("Status", task.status()).put("Message", task.message());
        ArrayNode ids = reply.putArray("LoadBalancerIds");
        if (task.status() == 0) {
            task.balancerIds().forEach(ids::add);
        }
        return reply;
    }
}
