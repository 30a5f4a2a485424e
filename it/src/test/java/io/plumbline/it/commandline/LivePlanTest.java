package io.plumbline.it.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Service;
import io.plumbline.app.Program;
import io.plumbline.it.cluster.Waiting;
import io.plumbline.it.commandline.Script.Ended;
import io.plumbline.it.laboratory.Laboratory;
import io.plumbline.it.laboratory.LaboratoryClouds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `plan --live` against a real API server and a cloud, with no more rights than the controller has.
@Tag("laboratory")
class LivePlanTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String EXAMPLE = "/manifests/examples/tencent-direct/";
    private static final String NAME = "nginx-service-eni";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void whatIsMissingIsPlannedAndWhatStandsIsNot() throws IOException {
        try (Laboratory laboratory = Laboratory.start(LaboratoryClouds.named("tencent"), 2)) {
            laboratory.apply(EXAMPLE + "1-service.yaml", "default");
            laboratory.apply(EXAMPLE + "2-deployment.yaml", "default");
            Waiting.until("three Pods", PATIENCE, () -> plan(laboratory, "Backend") == 3);

            Ended before = live(laboratory);
            assertThat(before.exitCode()).as(before.err()).isEqualTo(2);
            assertThat(keys(before))
                    .contains("create LoadBalancer default/" + NAME, "create Listener default/" + NAME + ":tcp/80");

            try (Program controller = laboratory.controller()) {
                Waiting.until("the Service to be Ready", PATIENCE, () -> ready(laboratory));
                Ended served = live(laboratory);
                assertThat(keys(served)).isEmpty();
                assertThat(served.exitCode()).as(served.out()).isZero();

                Ended another = live(laboratory, "-f", withAnotherPort().toString());
                assertThat(another.exitCode()).isEqualTo(2);
                assertThat(keys(another)).containsExactly("create Listener default/" + NAME + ":tcp/81");
                assertThat(controller.ready()).isTrue();
            }
        }
    }

    private static boolean ready(Laboratory laboratory) {
        Service service = laboratory
                .cluster()
                .client()
                .services()
                .inNamespace("default")
                .withName(NAME)
                .get();
        return service.getStatus().getConditions().stream()
                .anyMatch(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"));
    }

    /// How many of a kind would be made.
    private static long plan(Laboratory laboratory, String kind) {
        return keys(live(laboratory)).stream()
                .filter(change -> change.startsWith("create " + kind + " "))
                .count();
    }

    private static Ended live(Laboratory laboratory, String... more) {
        Program.Settings settings = laboratory.settings(laboratory.cluster().server());
        List<String> command = new ArrayList<>(List.of(
                "bin/plumbline",
                "plan",
                "--live",
                "--provider",
                "tencent",
                "--claim-classless",
                "tencent",
                "-o",
                "json"));
        command.addAll(
                List.of("--kubeconfig", settings.kubeconfig().orElseThrow().toString()));
        command.addAll(settings.clouds().arguments());
        command.addAll(List.of(more));
        return Script.run(Script.checkout(), command, settings.clouds().environment());
    }

    private static List<String> keys(Ended plan) {
        try {
            JsonNode changes = new ObjectMapper().readTree(plan.out()).path("changes");
            return changes.valueStream()
                    .map(change -> Stream.of("action", "kind", "key")
                            .map(name -> change.get(name).asText())
                            .reduce((one, other) -> one + " " + other)
                            .orElseThrow())
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(plan.out() + plan.err(), e);
        }
    }

    private Path withAnotherPort() throws IOException {
        Path shipped = Path.of("..", EXAMPLE, "1-service.yaml");
        String service = Files.readString(shipped)
                .replace("metadata:\n", "metadata:\n  namespace: default\n")
                .replace("  selector:\n", "    - {name: more, port: 81, protocol: TCP, targetPort: 81}\n  selector:\n");
        return Files.writeString(folder.resolve("service.yaml"), service);
    }
}
