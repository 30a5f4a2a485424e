package io.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialSourceTest {
    private static final List<CredentialSource> SOURCES = List.of(
            CredentialSource.keys("ID", "SECRET", "TOKEN"),
            CredentialSource.tokenFile("web identity", "TOKEN_FILE", "ROLE"));

    @TempDir
    private Path folder = Path.of("");

    @Test
    void theFirstThatIsCompleteCounts() throws IOException {
        String file = Files.writeString(folder.resolve("token"), "t").toString();

        assertThat(CredentialSource.first(SOURCES, given(Map.of("ID", "i", "ROLE", "r", "TOKEN_FILE", file))))
                .contains(SOURCES.getLast());
        assertThat(CredentialSource.first(
                        SOURCES, given(Map.of("ID", "i", "SECRET", "s", "ROLE", "r", "TOKEN_FILE", file))))
                .contains(SOURCES.getFirst());
    }

    @Test
    void whereThereIsNothingEveryWayIsNamed() {
        assertThat(CredentialSource.missing(SOURCES, given(Map.of())))
                .contains("credentials: keys (ID, SECRET; for temporary ones also TOKEN), or web identity"
                        + " (ROLE, TOKEN_FILE)");
    }

    @Test
    void whatIsBegunIsToBeCompleted() {
        assertThat(CredentialSource.missing(SOURCES, given(Map.of("ROLE", "r", "ID", " "))))
                .contains("credentials: environment variable TOKEN_FILE (for web identity (ROLE, TOKEN_FILE))");
    }

    @Test
    void aTokenFileThatIsNotThereIsNamed() {
        assertThat(CredentialSource.missing(SOURCES, given(Map.of("ROLE", "r", "TOKEN_FILE", "/absent"))))
                .contains("credentials: a file that can be read at TOKEN_FILE=/absent"
                        + " (mount the ServiceAccount's token there)");
    }

    @Test
    void aProviderWithoutCredentialsNeedsNone() {
        assertThat(CredentialSource.missing(List.of(), given(Map.of()))).isEmpty();
    }

    private static ProviderSettings given(Map<String, String> environment) {
        return new ProviderSettings(Map.of(), environment);
    }
}
