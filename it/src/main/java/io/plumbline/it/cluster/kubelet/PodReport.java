package io.plumbline.it.cluster.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// What the kubelet says of a Pod, as patches of its status (pure). Each carries the Pod's UID: the API server
/// refuses it with 422 where another Pod has taken the name.
///
/// @param containersReady whether all containers answer their readiness probes
record PodReport(ContainerState state, boolean containersReady, int restarts) {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /// Ready is containersReady and every readiness gate's condition; the kubelet computes it, not the API
    /// server.
    boolean ready(PodFacts facts, Pod latest) {
        return containersReady && facts.gates().stream().allMatch(gate -> isTrue(latest, gate));
    }

    /// Whether the API server's Pod already says all this.
    boolean isSaidBy(PodFacts facts, Pod latest) {
        return isTrue(latest, "ContainersReady") == containersReady
                && isTrue(latest, "Ready") == ready(facts, latest)
                && phase().equals(latest.getStatus().getPhase());
    }

    private static boolean isTrue(Pod pod, String type) {
        return condition(pod, type)
                .map(PodCondition::getStatus)
                .filter("True"::equals)
                .isPresent();
    }

    private static Optional<PodCondition> condition(Pod pod, String type) {
        return pod.getStatus().getConditions().stream()
                .filter(condition -> type.equals(condition.getType()))
                .findFirst();
    }

    /// Succeeded and Failed once the containers have ended for good.
    private String phase() {
        return switch (state) {
            case ContainerState.Waiting _ -> restarts == 0 ? "Pending" : "Running";
            case ContainerState.Running _ -> "Running";
            case ContainerState.Terminated terminated -> terminated.exitCode() == 0 ? "Succeeded" : "Failed";
        };
    }

    /// A merge patch with the Pod's addresses.
    static String addresses(PodFacts facts, String podAddress, String nodeAddress, Instant startedAt) {
        ObjectNode patch = identified(facts);
        ObjectNode status = patch.putObject("status");
        status.put("podIP", podAddress).put("hostIP", nodeAddress).put("startTime", time(startedAt));
        status.putArray("podIPs").addObject().put("ip", podAddress);
        status.putArray("hostIPs").addObject().put("ip", nodeAddress);
        return patch.toString();
    }

    /// A strategic merge patch with phase, conditions and containers.
    String status(PodFacts facts, Pod latest, Instant now) {
        ObjectNode patch = identified(facts);
        ObjectNode status = patch.putObject("status");
        status.put("phase", phase());
        ArrayNode conditions = status.putArray("conditions");
        conditions.add(condition(latest, "PodReadyToStartContainers", true, "", now));
        conditions.add(condition(latest, "Initialized", true, "", now));
        conditions.add(condition(latest, "ContainersReady", containersReady, "ContainersNotReady", now));
        String why = containersReady ? "ReadinessGatesNotReady" : "ContainersNotReady";
        conditions.add(condition(latest, "Ready", ready(facts, latest), why, now));
        status.set("containerStatuses", containers(facts));
        return patch.toString();
    }

    private static ObjectNode identified(PodFacts facts) {
        ObjectNode patch = JSON.objectNode();
        patch.putObject("metadata").put("uid", facts.uid());
        return patch;
    }

    private static JsonNode condition(Pod latest, String type, boolean holds, String whyNot, Instant now) {
        String status = holds ? "True" : "False";
        String since = condition(latest, type)
                .filter(before -> status.equals(before.getStatus()))
                .map(PodCondition::getLastTransitionTime)
                .orElse(time(now));
        ObjectNode condition = JSON.objectNode().put("type", type).put("status", status);
        condition.put("lastTransitionTime", since);
        condition.put("reason", holds ? "" : whyNot);
        return condition;
    }

    private ArrayNode containers(PodFacts facts) {
        ArrayNode statuses = JSON.arrayNode();
        for (PodFacts.Image image : facts.containers()) {
            ObjectNode status = statuses.addObject();
            status.put("name", image.container()).put("image", image.image()).put("imageID", "");
            status.put("ready", containersReady).put("started", state instanceof ContainerState.Running);
            status.put("restartCount", restarts);
            status.put("containerID", "laboratory://" + facts.uid() + "-" + restarts);
            status.set("state", stateJson());
        }
        return statuses;
    }

    private ObjectNode stateJson() {
        ObjectNode json = JSON.objectNode();
        switch (state) {
            case ContainerState.Waiting waiting -> json.putObject("waiting").put("reason", waiting.reason());
            case ContainerState.Running running -> json.putObject("running").put("startedAt", time(running.since()));
            case ContainerState.Terminated terminated ->
                json.putObject("terminated")
                        .put("exitCode", terminated.exitCode())
                        .put("reason", terminated.reason())
                        .put("finishedAt", time(terminated.at()));
        }
        return json;
    }

    private static String time(Instant instant) {
        return DateTimeFormatter.ISO_INSTANT.format(instant.truncatedTo(ChronoUnit.SECONDS));
    }
}
