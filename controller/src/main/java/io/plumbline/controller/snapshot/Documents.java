package io.plumbline.controller.snapshot;

import com.fasterxml.jackson.core.type.TypeReference;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.plumbline.controller.snapshot.Manifests.Malformed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Text -> the objects in it, as trees; lists of objects are taken apart.
final class Documents {
    private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

    private Documents() {}

    /// @param source named in what is thrown
    static List<Map<?, ?>> objects(String source, String text, KubernetesSerialization serialization) throws Malformed {
        List<Map<?, ?>> objects = new ArrayList<>();
        int number = 0;
        for (Object document : documents(source, text, serialization)) {
            number++;
            collect(source + ", document " + number, document, objects);
        }
        return objects;
    }

    /// JSON goes its own way: YAML does not allow the tabs that JSON may be indented with.
    private static List<Object> documents(String source, String text, KubernetesSerialization serialization)
            throws Malformed {
        try {
            if (text.stripLeading().startsWith("{")) {
                return List.of(serialization.unmarshal(text, TREE));
            }
            List<Object> documents = new ArrayList<>();
            LoadSettings settings = LoadSettings.builder().setLabel(source).build();
            for (Object document : new Load(settings).loadAllFromString(text)) {
                if (document != null) {
                    documents.add(document);
                }
            }
            return documents;
        } catch (YamlEngineException | KubernetesClientException e) {
            throw new Malformed(source + " is neither YAML nor JSON: " + e.getMessage());
        }
    }

    private static void collect(String place, Object document, List<Map<?, ?>> objects) throws Malformed {
        if (!(document instanceof Map<?, ?> object) || object.get("kind") == null) {
            throw new Malformed(place + " is no Kubernetes object: it has no kind");
        }
        if (!(object.get("items") instanceof List<?> items)) {
            objects.add(object);
            return;
        }
        for (Object item : items) {
            collect(place, typed(item, object), objects);
        }
    }

    /// The items of a `ServiceList` need not repeat their kind.
    private static Object typed(Object item, Map<?, ?> list) {
        String kind = String.valueOf(list.get("kind"));
        if (!(item instanceof Map<?, ?> map) || map.get("kind") != null || kind.equals("List")) {
            return item;
        }
        Map<Object, Object> typed = new LinkedHashMap<>(map);
        typed.put("kind", kind.replaceFirst("List$", ""));
        typed.put("apiVersion", list.get("apiVersion"));
        return typed;
    }
}
