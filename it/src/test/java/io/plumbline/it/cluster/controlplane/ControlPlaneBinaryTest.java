package io.plumbline.it.cluster.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ControlPlaneBinaryTest {

    @Test
    void readyBinaryMayBeNamed(@TempDir Path folder) throws IOException {
        Path binary = executable(folder.resolve("ready"));
        assertThat(ControlPlaneBinary.locate(Map.of("PLUMBLINE_CONTROLPLANE", binary.toString())))
                .isEqualTo(binary);
    }

    @Test
    void namedBinaryMustBeThere(@TempDir Path folder) {
        Map<String, String> environment =
                Map.of("PLUMBLINE_CONTROLPLANE", folder.resolve("absent").toString());
        assertThatThrownBy(() -> ControlPlaneBinary.locate(environment))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("PLUMBLINE_CONTROLPLANE");
    }

    @Test
    void builtBinaryIsFoundByTheHashOfItsSources(@TempDir Path cache) throws IOException {
        Path folder = Files.createDirectory(cache.resolve("plumbline"));
        Path binary = executable(folder.resolve("controlplane-" + ControlPlaneBinary.sourceHash()));
        assertThat(ControlPlaneBinary.locate(Map.of("XDG_CACHE_HOME", cache.toString())))
                .isEqualTo(binary);
    }

    private static Path executable(Path path) throws IOException {
        Files.writeString(path, "");
        assertThat(path.toFile().setExecutable(true)).isTrue();
        return path;
    }
}
