package io.plumbline.controller.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.controller.snapshot.Manifests.Reading;
import io.plumbline.spi.objects.CustomObject;
import io.plumbline.spi.objects.NodeView;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.PodView;
import io.plumbline.spi.objects.ServiceView;
import io.plumbline.spi.objects.SliceView;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files in all the forms in which people have them.
class ManifestsTest {
    private static final String SERVICE =
            "apiVersion: v1\nkind: Service\nmetadata: {name: %s}\nspec: {type: LoadBalancer}\n";
    private static final String JSON =
            "{\n\t\"apiVersion\": \"v1\",\n\t\"kind\": \"Service\",\n\t\"metadata\": {\"name\": \"json\"}\n}";

    @TempDir
    private Path folder;

    @Test
    void everyFormIsRead() throws IOException {
        // Given
        Path documents =
                write("documents.yaml", "---\n" + SERVICE.formatted("a") + "---\n---\n" + SERVICE.formatted("b"));
        Path list = write(
                "list.yaml",
                "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Service\n  metadata: {name: c}\n");
        Path typed = write("typed.yaml", "apiVersion: v1\nkind: ServiceList\nitems:\n- metadata: {name: d}\n");
        Path sub = Files.createDirectory(folder.resolve("sub"));
        Files.writeString(sub.resolve("e.yml"), SERVICE.formatted("e"));
        Files.writeString(sub.resolve("f.json"), JSON);
        Files.writeString(sub.resolve("g.json"), JSON.replace("json", "g") + "\n" + JSON.replace("json", "h"));
        Files.writeString(sub.resolve("i.yaml"), "{apiVersion: v1, kind: Service, metadata: {name: i}}");
        Files.writeString(sub.resolve("notes.txt"), "not ours");
        // When
        ClusterObjects objects = read(
                List.of(documents.toString(), list.toString(), typed.toString(), sub.toString(), "-"),
                SERVICE.formatted("stdin"));
        // Then
        assertThat(objects.services())
                .extracting(service -> service.key().name())
                .containsExactly("a", "b", "c", "d", "e", "g", "h", "i", "json", "stdin");
    }

    /// A whole cluster, dumped: YAML readers stop at 3 MB unless told otherwise.
    @Test
    void largeFilesAreRead() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int number = 0; number < 2000; number++) {
            text.append("---\n")
                    .append(SERVICE.formatted("s" + number))
                    .append("# ".repeat(900))
                    .append('\n');
        }
        Path file = write("large.yaml", text.toString());

        assertThat(Files.size(file)).isGreaterThan(3 * 1024 * 1024);
        assertThat(read(List.of(file.toString()), "").services()).hasSize(2000);
    }

    @Test
    void otherKindsArePassedOver() {
        ClusterObjects objects = Given.cluster(
                "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 3}",
                "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}",
                "apiVersion: example.com/v1\nkind: Unheard\nanything: [1, 2]",
                Given.web());

        assertThat(objects.services()).hasSize(1);
    }

    @Test
    void whatTheApiServerFillsInIsFilledIn() {
        ServiceView service = Given.service(SERVICE.formatted("web"));

        assertThat(service.key()).isEqualTo(ObjectKey.service("default", "web"));
        assertThat(service.uid())
                .isEqualTo(Given.service(SERVICE.formatted("web")).uid())
                .startsWith("offline-");
        assertThat(service.metadata().created()).isEqualTo(Instant.EPOCH);
        assertThat(Given.service(SERVICE.formatted("other")).uid()).isNotEqualTo(service.uid());
    }

    /// A UID on one side only is no match: somebody knows something that the other does not say.
    @ParameterizedTest(name = "Pod {0}, slice {1}: {2}")
    @CsvSource({"without, without, true", "with, with, true", "with, without, false", "without, with, false"})
    void podAndSliceMatchByNameWhereNeitherHasAUid(String pod, String slice, boolean match) {
        ClusterObjects objects = Given.cluster(
                pod.equals("with") ? Given.pod("web-1", "10.0.0.1") : without(Given.pod("web-1", "10.0.0.1")),
                slice.equals("with") ? Given.slice("web-1@10.0.0.1") : without(Given.slice("web-1@10.0.0.1")));

        PodView view = objects.pod(ObjectKey.pod("default", "web-1")).orElseThrow();
        SliceView.Target target = objects.slices(Given.WEB)
                .getFirst()
                .endpoints()
                .getFirst()
                .target()
                .orElseThrow();
        assertThat(target.uid().equals(view.uid())).isEqualTo(match);
    }

    private static String without(String manifest) {
        return manifest.replace("  uid: web-1-uid\n", "").replace(", uid: web-1-uid", "");
    }

    @Test
    void customObjectsOfTheDialectsKindsAreRead() throws IOException {
        Path file = write("config.yaml", """
            apiVersion: cloud.example/v1alpha1
            kind: ServiceConfig
            metadata: {name: config}
            spec: {listeners: [{port: 80, healthy: true}]}
            ---
            apiVersion: cloud.example/v2
            kind: ServiceConfig
            metadata: {name: newer}
            """);

        Reading reading = Manifests.read(
                List.of(file.toString()),
                InputStream.nullInputStream(),
                List.of(new CustomObject.Kind("cloud.example", "v1alpha1", "serviceconfigs", "ServiceConfig")));

        assertThat(((Reading.Read) reading).objects().customByKey().values())
                .singleElement()
                .satisfies(config -> assertThat(config.spec())
                        .isEqualTo(Map.of("listeners", List.of(Map.of("port", 80, "healthy", true)))));
    }

    @Test
    void lastOfTwoWithTheSameNameCounts() {
        ClusterObjects objects =
                Given.cluster(SERVICE.formatted("web"), SERVICE.formatted("web").replace("LoadBalancer", "NodePort"));

        assertThat(objects.services()).extracting(ServiceView::type).containsExactly("NodePort");
    }

    @Test
    void nodesKeepWhatDecisionsNeed() {
        NodeView node = Given.cluster(Given.node("n1", "Unknown")).nodes().getFirst();

        assertThat(node.ready()).isEqualTo("Unknown");
        assertThat(node.providerId()).contains("fake://n1-machine");
        assertThat(node.metadata().key()).isEqualTo(ObjectKey.node("n1"));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            kind: [unclosed                                              | is neither YAML nor JSON
            {"kind": "Service",                                          | is neither YAML nor JSON
            just words                                                   | it has no kind
            {"apiVersion": "v1", "kind": "Service"}                      | has no metadata.name
            {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "w"}, "spec": {"ports": [{"port": "eighty"}]}} | Service w
            """)
    void whatCannotBeReadIsNamed(String content, String expected) throws IOException {
        Path file = write("broken.yaml", content);

        Reading reading = Manifests.read(List.of(file.toString()), InputStream.nullInputStream(), List.of());

        assertThat(reading)
                .isInstanceOfSatisfying(
                        Reading.Unreadable.class,
                        unreadable -> assertThat(unreadable.message())
                                .contains("broken.yaml")
                                .contains(expected));
    }

    @Test
    void missingFileIsNamed() {
        Reading reading = Manifests.read(List.of("/no/such/file"), InputStream.nullInputStream(), List.of());

        assertThat(reading)
                .isInstanceOfSatisfying(
                        Reading.Unreadable.class,
                        unreadable -> assertThat(unreadable.message()).contains("/no/such/file"));
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static ClusterObjects read(List<String> paths, String standardInput) {
        Reading reading = Manifests.read(
                paths, new ByteArrayInputStream(standardInput.getBytes(StandardCharsets.UTF_8)), List.of());
        return switch (reading) {
            case Reading.Read(ClusterObjects objects) -> objects;
            case Reading.Unreadable(String message) -> throw new AssertionError(message);
        };
    }
}
