package io.plumbline.it.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A folder with a kustomization, and what becomes of it: as much of kustomize as the shipped files use. Whatever
/// else they might say is refused.
record Kustomized(Path folder, List<String> resources, List<String> patches) {
    private static final String FILE = "kustomization.yaml";
    private static final KubernetesSerialization YAML = new KubernetesSerialization();
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Lists whose elements a strategic merge patch tells apart, and by what.
    private static final Map<String, String> MERGE_KEYS = Map.of(
            "containers",
            "name",
            "env",
            "name",
            "volumes",
            "name",
            "ports",
            "containerPort",
            "volumeMounts",
            "mountPath");

    static Kustomized in(Path folder) {
        ObjectNode file = documents(folder.resolve(FILE)).getFirst();
        file.fieldNames()
                .forEachRemaining(name -> require(
                        List.of("apiVersion", "kind", "resources", "patches").contains(name),
                        folder + " uses " + name));
        List<String> resources =
                elements(file.path("resources")).map(JsonNode::asText).toList();
        List<String> patches = elements(file.path("patches"))
                .map(patch -> {
                    require(patch.size() == 1 && patch.has("path"), folder + " patches otherwise than by a file");
                    return patch.get("path").asText();
                })
                .toList();
        return new Kustomized(folder, resources, patches);
    }

    /// Every file that it names.
    List<String> files() {
        return Stream.concat(resources.stream(), patches.stream())
                .filter(name -> name.endsWith(".yaml"))
                .toList();
    }

    /// What `kustomize build` would print.
    List<HasMetadata> objects() {
        return built().stream()
                .map(tree -> YAML.unmarshal(tree.toString(), HasMetadata.class))
                .toList();
    }

    /// The patches as they stand in their files.
    List<JsonNode> patchTrees() {
        return patches.stream()
                .flatMap(patch -> documents(folder.resolve(patch)).stream())
                .map(JsonNode.class::cast)
                .toList();
    }

    private List<ObjectNode> built() {
        List<ObjectNode> objects = new ArrayList<>();
        for (String resource : resources) {
            Path path = folder.resolve(resource).normalize();
            objects.addAll(Files.isDirectory(path) ? in(path).built() : documents(path));
        }
        for (JsonNode patch : patchTrees()) {
            List<ObjectNode> targets =
                    objects.stream().filter(object -> same(object, patch)).toList();
            require(targets.size() == 1, folder + " patches what is not there: " + name(patch));
            merge(targets.getFirst(), patch);
        }
        return objects;
    }

    private static boolean same(JsonNode object, JsonNode patch) {
        return name(object).equals(name(patch));
    }

    private static String name(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        return Stream.of(
                        object.path("apiVersion"),
                        object.path("kind"),
                        metadata.path("namespace"),
                        metadata.path("name"))
                .map(JsonNode::asText)
                .toList()
                .toString();
    }

    private static void merge(ObjectNode into, JsonNode patch) {
        patch.properties().forEach(field -> {
            JsonNode there = into.get(field.getKey());
            JsonNode given = field.getValue();
            if (there instanceof ObjectNode object && given.isObject()) {
                merge(object, given);
            } else if (there instanceof ArrayNode list && MERGE_KEYS.containsKey(field.getKey())) {
                given.forEach(element -> mergeElement(list, element, MERGE_KEYS.get(field.getKey())));
            } else {
                into.set(field.getKey(), given);
            }
        });
    }

    private static void mergeElement(ArrayNode list, JsonNode element, String key) {
        Optional<ObjectNode> namesake = elements(list)
                .filter(one -> one.path(key).equals(element.path(key)))
                .map(ObjectNode.class::cast)
                .findFirst();
        namesake.ifPresentOrElse(one -> merge(one, element), () -> list.add(element));
    }

    static List<ObjectNode> documents(Path file) {
        try {
            return Stream.of(Files.readString(file).split("(?m)^---$"))
                    .map(document -> JSON.<ObjectNode>valueToTree(YAML.unmarshal(document, Object.class)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return list.valueStream();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
