package io.plumbline.it.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.plumbline.it.laboratory.Laboratory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What the controller's ServiceAccount asked of the API server, and what it may ask.
///
/// @param used each as `verb resource.group`
/// @param refused what was answered 403
/// @param granted by the shipped roles
record Permissions(SortedSet<String> used, SortedSet<String> refused, SortedSet<String> granted) {
    private static final String USER = "system:serviceaccount:kube-system:plumbline";
    private static final int FORBIDDEN = 403;
    private static final ObjectMapper JSON = new ObjectMapper();

    /// A place in the audit log.
    record Mark(long line) {}

    static final Mark BEGINNING = new Mark(0);

    /// Here.
    static Mark mark(Laboratory laboratory) {
        try (Stream<String> lines = Files.lines(laboratory.cluster().auditLog())) {
            return new Mark(lines.count());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Of everything from there on.
    static Permissions since(Mark mark, Laboratory laboratory) {
        TreeSet<String> used = new TreeSet<>();
        TreeSet<String> refused = new TreeSet<>();
        requests(mark, laboratory).forEach(request -> {
            JsonNode object = request.path("objectRef");
            String text = text(
                    request.path("verb").asText(),
                    object.path("apiGroup").asText(""),
                    object.path("resource").asText("")
                            + (object.has("subresource")
                                    ? "/" + object.path("subresource").asText()
                                    : ""));
            (request.path("responseStatus").path("code").asInt() == FORBIDDEN ? refused : used).add(text);
        });
        return new Permissions(used, refused, granted(laboratory));
    }

    /// What was granted and never used.
    SortedSet<String> unused() {
        TreeSet<String> unused = new TreeSet<>(granted);
        unused.removeAll(used);
        return unused;
    }

    private static List<JsonNode> requests(Mark mark, Laboratory laboratory) {
        try (Stream<String> lines = Files.lines(laboratory.cluster().auditLog())) {
            return lines.skip(mark.line())
                    .map(Permissions::parse)
                    .filter(event ->
                            event.path("user").path("username").asText().equals(USER))
                    .filter(event -> event.path("objectRef").has("resource"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SortedSet<String> granted(Laboratory laboratory) {
        TreeSet<String> granted = new TreeSet<>();
        Stream.of("/manifests/base/rbac.yaml", laboratory.rbac())
                .flatMap(file -> laboratory.objects(file, Laboratory.NAMESPACE).stream())
                .flatMap(object -> switch (object) {
                    case ClusterRole role -> role.getRules().stream();
                    case Role role -> role.getRules().stream();
                    default -> Stream.<PolicyRule>of();
                })
                .forEach(rule -> rule.getApiGroups()
                        .forEach(group -> rule.getResources()
                                .forEach(resource ->
                                        rule.getVerbs().forEach(verb -> granted.add(text(verb, group, resource))))));
        return granted;
    }

    private static String text(String verb, String group, String resource) {
        return verb + " " + resource + (group.isEmpty() ? "" : "." + group);
    }
}
