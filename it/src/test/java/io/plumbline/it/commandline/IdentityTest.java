package io.plumbline.it.commandline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

import io.plumbline.app.Main;
import io.plumbline.it.clouds.ChangeLog;
import io.plumbline.it.clouds.CloudServer;
import io.plumbline.it.clouds.SimulatedCloud;
import io.plumbline.it.commandline.Script.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The program in a process of its own, with nothing but the cluster's token: it takes that for keys at the
/// simulated token service, and calls the simulated cloud with them.
class IdentityTest {
    private static final Duration LATER = Duration.ofHours(1);
    private static final Duration BEFORE = Duration.ofHours(-1);

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @EnumSource
    void aTokenIsEnough(Identity identity) throws IOException {
        Seen seen = plan(identity, identity.token(LATER), identity.role());

        assertThat(seen.plan().exitCode()).as(seen.plan().err()).isEqualTo(2);
        assertThat(seen.plan().out()).contains("LoadBalancer");
        assertThat(seen.calls())
                .as("answered")
                .anyMatch(call -> call.startsWith("Describe") || call.equals("GetResources"));
    }

    @ParameterizedTest
    @EnumSource
    void aTokenThatHasExpiredIsToldWithItsFile(Identity identity) throws IOException {
        Seen seen = plan(identity, identity.token(BEFORE), identity.role());

        assertThat(seen.plan().exitCode()).isEqualTo(1);
        assertThat(seen.plan().err())
                .contains("plumbline plan: the cloud does not answer: ", " for the token in " + file() + ": ")
                .containsIgnoringCase("expired")
                .hasLineCount(1);
        assertThat(seen.calls()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "POD_IDENTITY")
    void aRoleThatIsNotThereIsTold(Identity identity) throws IOException {
        Seen seen = plan(identity, identity.token(LATER), identity.unknownRole());

        assertThat(seen.plan().exitCode()).isEqualTo(1);
        assertThat(seen.plan().err())
                .contains("no credentials of role " + identity.unknownRole() + " for the token in " + file() + ": ")
                .hasLineCount(1);
        assertThat(seen.calls()).isEmpty();
    }

    /// @param calls those of the cloud itself that were answered
    private record Seen(Ended plan, List<String> calls) {
        Seen {
            calls = List.copyOf(calls);
        }
    }

    private Path file() {
        return folder.resolve("token");
    }

    private Seen plan(Identity identity, String token, String role) throws IOException {
        Files.writeString(file(), token);
        try (SimulatedCloud cloud = identity.cloud();
                CloudServer server = CloudServer.serve(cloud);
                TlsFront tls = new TlsFront(server, folder);
                EmptyApiServer cluster = new EmptyApiServer()) {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.add("-XX:TieredStopAtLevel=1");
            tls.properties().forEach((name, value) -> command.add("-D" + name + "=" + value));
            command.addAll(List.of(
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName(),
                    "plan",
                    "--live",
                    "-f",
                    "manifests/examples/" + identity.provider() + "-direct/1-service.yaml",
                    "--provider",
                    identity.provider(),
                    "--cluster-id",
                    "cluster-1",
                    "--kubeconfig",
                    cluster.kubeconfig(folder).toString()));
            Ended ended = Script.run(
                    Script.checkout(),
                    command,
                    identity.environment(server.endpoint(), tls.hostAndPort(), role, file()));
            return new Seen(
                    ended,
                    cloud.log().calls().stream()
                            .filter(call -> call.code().isEmpty())
                            .map(ChangeLog.Call::action)
                            .filter(action -> !action.startsWith("AssumeRole"))
                            .toList());
        }
    }
}
