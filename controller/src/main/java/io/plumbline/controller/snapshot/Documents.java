package io.plumbline.controller.snapshot;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.controller.snapshot.Manifests.Malformed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Text -> the objects in it, as trees; lists of objects are taken apart.
final class Documents {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Documents() {}

    /// @param source named in what is thrown
    static List<Map<?, ?>> objects(String source, String text) throws Malformed {
        List<Map<?, ?>> objects = new ArrayList<>();
        int number = 0;
        for (Object document : documents(source, text)) {
            number++;
            collect(source + ", document " + number, document, objects);
        }
        return objects;
    }

    /// JSON is tried by itself, since YAML does not allow the tabs that JSON may be indented with.
    private static List<Object> documents(String source, String text) throws Malformed {
        Optional<List<Object>> json = text.stripLeading().startsWith("{") ? json(text) : Optional.empty();
        return json.isPresent() ? json.get() : yaml(source, text);
    }

    private static Optional<List<Object>> json(String text) {
        try (MappingIterator<Object> values = JSON.readerFor(Object.class).readValues(text)) {
            return Optional.of(values.readAll());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static List<Object> yaml(String source, String text) throws Malformed {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(source)
                .setCodePointLimit(Integer.MAX_VALUE)
                .build();
        try {
            List<Object> documents = new ArrayList<>();
            new Load(settings).loadAllFromString(text).forEach(documents::add);
            documents.removeIf(document -> document == null);
            return documents;
        } catch (YamlEngineException e) {
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
