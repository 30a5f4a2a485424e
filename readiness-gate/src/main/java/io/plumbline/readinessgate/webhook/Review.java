package io.plumbline.readinessgate.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.readinessgate.webhook.Admission.Operation;
import io.plumbline.readinessgate.webhook.IncomingPod.Container;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// `admission.k8s.io/v1` as JSON.
final class Review {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String VERSION = "admission.k8s.io/v1";

    /// API servers cut a warning that is longer.
    private static final int WARNING_LENGTH = 256;

    private Review() {}

    /// What was asked.
    sealed interface Asked {
        /// About a Pod that is being created.
        record AboutPod(String uid, IncomingPod pod) implements Asked {}

        /// About something else, which is none of our business.
        record AboutOther(String uid) implements Asked {}

        /// No review of this version.
        record Malformed(String why) implements Asked {}
    }

    static Asked read(byte[] body) {
        try {
            JsonNode review = JSON.readTree(body);
            String uid = review.path("request").path("uid").asText();
            if (!review.path("apiVersion").asText().equals(VERSION)
                    || !review.path("kind").asText().equals("AdmissionReview")
                    || uid.isEmpty()) {
                return new Asked.Malformed("not an AdmissionReview of " + VERSION + " with a request");
            }
            return about(uid, review.path("request"));
        } catch (IOException e) {
            return new Asked.Malformed("not JSON");
        }
    }

    private static Asked about(String uid, JsonNode request) {
        boolean newPod = request.path("operation").asText().equals("CREATE")
                && request.path("kind").path("group").asText().isEmpty()
                && request.path("kind").path("kind").asText().equals("Pod")
                && request.path("subResource").asText().isEmpty()
                && request.path("object").path("spec").isObject();
        return newPod ? new Asked.AboutPod(uid, pod(request)) : new Asked.AboutOther(uid);
    }

    private static IncomingPod pod(JsonNode request) {
        JsonNode metadata = request.path("object").path("metadata");
        JsonNode spec = request.path("object").path("spec");
        JsonNode grace = spec.path("terminationGracePeriodSeconds");
        return new IncomingPod(
                request.path("namespace").asText(),
                metadata.path("name").asText(),
                texts(metadata.path("labels")),
                texts(metadata.path("annotations")),
                gates(spec.path("readinessGates")),
                grace.isIntegralNumber() ? Optional.of(grace.asLong()) : Optional.empty(),
                containers(spec.path("containers")));
    }

    private static SortedMap<String, String> texts(JsonNode object) {
        SortedMap<String, String> texts = new TreeMap<>();
        object.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }

    private static Optional<List<String>> gates(JsonNode array) {
        if (!array.isArray()) {
            return Optional.empty();
        }
        List<String> types = new ArrayList<>();
        array.forEach(gate -> types.add(gate.path("conditionType").asText()));
        return Optional.of(types);
    }

    private static List<Container> containers(JsonNode array) {
        List<Container> containers = new ArrayList<>();
        array.forEach(container -> containers.add(new Container(
                container.path("name").asText(),
                Injection.lifecycle(
                        container.path("lifecycle").isObject(),
                        container.path("lifecycle").path("preStop").isObject()))));
        return containers;
    }

    /// The answer: always allowed.
    static byte[] write(String uid, Admission admission) {
        ObjectNode review = JSON.createObjectNode().put("apiVersion", VERSION).put("kind", "AdmissionReview");
        ObjectNode response = review.putObject("response").put("uid", uid).put("allowed", true);
        if (!admission.operations().isEmpty()) {
            response.put("patchType", "JSONPatch").put("patch", bytes(patch(admission.operations())));
        }
        if (!admission.warnings().isEmpty()) {
            ArrayNode warnings = response.putArray("warnings");
            admission.warnings().forEach(warning -> warnings.add(cut("plumbline: " + warning)));
        }
        return bytes(review);
    }

    private static String cut(String warning) {
        return warning.substring(0, Math.min(warning.length(), WARNING_LENGTH));
    }

    private static ArrayNode patch(List<Operation> operations) {
        ArrayNode patch = JSON.createArrayNode();
        operations.forEach(operation -> patch.addObject()
                .put("op", "add")
                .put("path", operation.path())
                .set("value", JSON.valueToTree(operation.value())));
        return patch;
    }

    private static byte[] bytes(JsonNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new AssertionError("a tree can be written", e);
        }
    }
}
