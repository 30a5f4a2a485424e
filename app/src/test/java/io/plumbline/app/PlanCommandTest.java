package io.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {
    private static final String EXAMPLE =
            Path.of("..", "manifests", "examples", "tencent-direct").toString();
    private static final String CLUSTER =
            Path.of("src", "test", "resources", "cluster").toString();
    private static final String SERVICE = """
            apiVersion: v1
            kind: Service
            metadata: {name: shop%s}
            spec: {type: LoadBalancer, selector: {app: shop}, ports: [{port: 80}]%s}
            """;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void eachBackendHasAnEntryOfItsOwn() throws IOException {
        Called called = plan("-f", EXAMPLE, "-f", CLUSTER, "--provider", "tencent", "-o", "json");

        assertThat(called.err()).isEmpty();
        assertThat(called.exitCode()).isEqualTo(2);
        assertThat(called.out()).endsWith("}\n").containsOnlyOnce("\n");
        JsonNode plan = new ObjectMapper().readTree(called.out());
        assertThat(names(plan)).containsExactly("changes", "problems");
        assertThat(each(plan.get("changes"), "kind"))
                .containsExactly("LoadBalancer", "Listener", "Backend", "Backend", "Backend");
        assertThat(each(plan.get("changes"), "key"))
                .containsExactly(
                        "default/nginx-service-eni",
                        "default/nginx-service-eni:tcp/80",
                        "default/nginx-service-eni:tcp/80/10.244.1.7:80",
                        "default/nginx-service-eni:tcp/80/10.244.2.7:80",
                        "default/nginx-service-eni:tcp/80/10.244.3.7:80");
        assertThat(each(plan.get("changes"), "action")).containsOnly("create");
        assertThat(plan.get("problems")).isEmpty();
        assertThat(plan.get("changes")).allSatisfy(change -> {
            assertThat(names(change)).containsExactly("action", "kind", "key", "reason", "fields");
            assertThat(change.get("reason").asText()).isNotBlank();
            assertThat(change.get("fields").isObject()).isTrue();
        });
        assertThat(plan.get("changes").get(2).get("fields").get("weight").asText())
                .isEqualTo("10");
    }

    @Test
    void theOrderOfTheFilesDoesNotMatter() {
        Called once = plan("-f", EXAMPLE, "-f", CLUSTER, "--provider", "tencent", "-o", "json");
        Called again = plan(
                "--provider",
                "tencent",
                "-o",
                "json",
                "-f",
                CLUSTER + "/slices.yaml",
                "-f",
                CLUSTER + "/pods.yaml",
                "-f",
                EXAMPLE,
                "-f",
                CLUSTER + "/nodes.yaml");

        assertThat(again.out()).isEqualTo(once.out()).contains("10.244.2.7");
    }

    @Test
    void textIsForPeople() {
        Called called = plan("-f", EXAMPLE, "-f", CLUSTER, "--provider", "tencent");

        assertThat(called.exitCode()).isEqualTo(2);
        assertThat(called.out())
                .contains("+ LoadBalancer  default/nginx-service-eni")
                .contains("10.244.1.7:80, 10.244.2.7:80, 10.244.3.7:80")
                .contains("Plan: 5 create");
    }

    @Test
    void standardInputAndListsAndSeveralDocumentsAreRead() {
        String list =
                "{apiVersion: v1, kind: List, items: [" + inline("a") + ", " + inline("b") + "]}\n---\n" + inline("c");

        Called called = withInput(list, "-f", "-", "--provider", "tencent");

        assertThat(called.out()).contains("default/a:\n", "default/b:\n", "default/c:\n");
        assertThat(called.exitCode()).isEqualTo(2);
    }

    @Test
    void nothingToPlanIsNoError() {
        Called called =
                withInput("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}", "-f", "-", "--provider", "tencent");

        assertThat(called).isEqualTo(new Called(0, "No Service of type LoadBalancer to plan for.\n", ""));
    }

    @Test
    void aServiceThatIsToBeLeftAloneIsNothingToDo() throws IOException {
        Called called = plan(
                "-f",
                file(SERVICE.formatted(", annotations: {service.cloud.tencent.com/mode: skip}", "")),
                "--provider",
                "tencent");

        assertThat(called.exitCode()).isZero();
        assertThat(called.out()).startsWith(". LoadBalancer  default/shop").contains("Plan: 1 left alone");
    }

    @Test
    void aServiceOfAnotherClassIsAProblemInWords() throws IOException {
        Called called = plan(
                "-f",
                file(SERVICE.formatted("", ", loadBalancerClass: example.com/other")),
                "--provider",
                "tencent",
                "-o",
                "json");

        assertThat(called.exitCode()).isEqualTo(1);
        JsonNode plan = new ObjectMapper().readTree(called.out());
        assertThat(plan.get("changes")).isEmpty();
        JsonNode problem = plan.get("problems").get(0);
        assertThat(names(problem)).containsExactly("object", "field", "message");
        assertThat(problem.get("object").asText()).isEqualTo("default/shop");
        assertThat(problem.get("field").asText()).isEqualTo("spec.loadBalancerClass");
        assertThat(problem.get("message").asText()).contains("example.com/other", "plumbline.io/tencent");
    }

    @Test
    void aServiceOfAnotherControllerIsAProblemAndTheOthersArePlanned() throws IOException {
        String foreign = SERVICE.formatted(", finalizers: [service.kubernetes.io/load-balancer-cleanup]", "");
        Path file = Files.writeString(folder.resolve("foreign.yaml"), foreign);

        Called alone = plan("-f", file.toString(), "--provider", "tencent");
        Called withOthers = plan("-f", file.toString(), "-f", EXAMPLE, "--provider", "tencent");

        assertThat(alone.exitCode()).isEqualTo(1);
        assertThat(alone.out()).startsWith("! default/shop metadata.finalizers: another controller manages");
        assertThat(withOthers.exitCode()).isEqualTo(2);
        assertThat(withOthers.out())
                .contains("+ LoadBalancer  default/nginx-service-eni")
                .contains("! default/shop");
    }

    @Test
    void aWrongAnnotationIsAProblemBesideThePlan() throws IOException {
        Called called = plan(
                "-f",
                file(SERVICE.formatted(", annotations: {service.cloud.tencent.com/direct-access: \"perhaps\"}", "")),
                "--provider",
                "tencent",
                "-o",
                "json");

        JsonNode plan = new ObjectMapper().readTree(called.out());
        assertThat(called.exitCode()).isEqualTo(2);
        assertThat(plan.get("changes")).isNotEmpty();
        assertThat(plan.get("problems").get(0).get("message").asText()).contains("perhaps");
    }

    @Test
    void podsCountAsDirectWhereTheNetworkGivesEachAnAddress() throws IOException {
        String pods = Files.readString(Path.of(CLUSTER, "pods.yaml"))
                .replaceAll("annotations: \\{.*}", "annotations: {}")
                .replaceAll(", resources: \\{limits: \\{.*?}}", "");
        String[] files = {
            "-f",
            EXAMPLE,
            "-f",
            CLUSTER + "/slices.yaml",
            "-f",
            CLUSTER + "/nodes.yaml",
            "-f",
            file(pods),
            "--provider",
            "tencent"
        };

        Called bySigns = plan(files);
        Called byNetwork = plan(Stream.concat(Stream.of(files), Stream.of("--pod-network", "vpc"))
                .toArray(String[]::new));

        assertThat(bySigns.out()).contains("Plan: 2 create").contains("nginx-1");
        assertThat(byNetwork.out()).contains("Plan: 5 create");
    }

    @Test
    void wrongCallsAreToldOnStandardErrorAlone() throws IOException {
        assertFails(plan("--provider", "tencent"), "give -f FILE, or --live");
        assertFails(plan("-f", EXAMPLE), "--provider");
        assertFails(plan("-f", EXAMPLE, "--provider", "nimbus"), "no provider is called nimbus; there are ");
        assertFails(plan("-f", EXAMPLE, "--provider", "tencent", "-o", "yaml"), "it is text or json, not yaml");
        assertFails(plan("-f", "absent.yaml", "--provider", "tencent"), "absent.yaml does not exist");
        assertFails(plan("-f", file("a: ["), "--provider", "tencent"), "is neither YAML nor JSON");
    }

    @Test
    void theLiveClusterMustBeReachable() throws IOException {
        Path absent = folder.resolve("absent");
        String nobody = file("""
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "http://127.0.0.1:1"}}]
                users: [{name: u, user: {}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """);

        assertFails(plan("--live", "--provider", "fake", "--kubeconfig", absent.toString()), "does not exist");
        assertFails(
                plan("--live", "--provider", "fake", "--kubeconfig", CLUSTER + "/pods.yaml"),
                "pods.yaml cannot be understood");
        Called unanswered = plan("--live", "--provider", "fake", "--kubeconfig", nobody);
        assertFails(unanswered, "the API server at http://127.0.0.1:1/ does not answer: no connection");
        assertThat(unanswered.err()).containsOnlyOnce("\n");
    }

    private static void assertFails(Called called, String message) {
        assertThat(called.exitCode()).isEqualTo(1);
        assertThat(called.out()).isEmpty();
        assertThat(called.err()).contains(message).doesNotContain("\tat ");
    }

    private String file(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "objects", ".yaml"), text)
                .toString();
    }

    private static String inline(String name) {
        return "{apiVersion: v1, kind: Service, metadata: {name: " + name
                + "}, spec: {type: LoadBalancer, ports: [{port: 80}]}}";
    }

    private static Called plan(String... arguments) {
        return Called.plumbline(
                Stream.concat(Stream.of("plan"), Stream.of(arguments)).toArray(String[]::new));
    }

    private static Called withInput(String input, String... arguments) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            return plan(arguments);
        } finally {
            System.setIn(before);
        }
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(entry -> entry.getKey()).toList();
    }

    private static List<String> each(JsonNode array, String field) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(entry -> entry.get(field).asText())
                .toList();
    }
}
