package io.plumbline.it.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.it.commandline.Script.Ended;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// In the clone that is being built: nothing is stale here, so nothing is built under the running build's feet.
class BinPlumblineTest {
    @Test
    void onStandardOutputIsThePlanAlone() throws IOException {
        Ended plan =
                plumbline("plan", "-f", "manifests/examples/tencent-direct", "--provider", "tencent", "-o", "json");

        assertThat(plan.exitCode()).isEqualTo(2);
        assertThat(plan.out()).endsWith("}\n").containsOnlyOnce("\n");
        JsonNode json = new ObjectMapper().readTree(plan.out());
        assertThat(json.get("changes").get(0).get("kind").asText()).isEqualTo("LoadBalancer");
        assertThat(plan.err()).isEmpty();
    }

    @Test
    void unknownCommandIsAnErrorWithAHint() {
        Ended ended = plumbline("simulat");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("simulat'", "Did you mean: plumbline simulate", "Try: plumbline --help");
    }

    @Test
    void helpNamesEveryCommand() {
        Ended help = plumbline("--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("run ", "plan ", "simulate ", "demo ");
        assertThat(Stream.of("run", "plan", "simulate", "demo").map(name -> plumbline(name, "--help")))
                .allSatisfy(ended -> assertThat(ended.out()).contains("Usage: plumbline"));
    }

    @Test
    void aSignalReachesTheProgramItself() throws Exception {
        Process simulate = Script.process(
                        Script.checkout(), List.of("bin/plumbline", "simulate", "--clouds", "tencent"), Map.of())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(simulate.getInputStream(), StandardCharsets.UTF_8))) {
            JsonNode first = new ObjectMapper().readTree(String.valueOf(out.readLine()));
            URI state = URI.create(first.get("tencent").get("endpoint").asText() + "/__simulation/state");
            assertThat(status(state)).isEqualTo(200);

            // SIGTERM to that very process, and to no other; Process.destroy would close its output as well.
            simulate.toHandle().destroy();

            assertThat(simulate.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(out.readLine()).as("a second line").isNull();
        } finally {
            simulate.destroyForcibly();
        }
    }

    @Test
    void makeHelpListsTheTargets() {
        Ended help = Script.run(Script.checkout(), List.of("make", "--no-print-directory", "help"), Map.of());

        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("help ", "demo ", "verify ", "golden ");
    }

    private static int status(URI uri) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private static Ended plumbline(String... arguments) {
        List<String> command =
                Stream.concat(Stream.of("bin/plumbline"), Stream.of(arguments)).toList();
        return Script.run(Script.checkout(), command, Map.of());
    }
}
