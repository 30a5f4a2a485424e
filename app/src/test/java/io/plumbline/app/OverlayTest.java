package io.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapKeySelector;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The shipped overlay of a cloud gives its provider all that it needs, once the ConfigMap is filled in as the
/// guide says.
class OverlayTest {
    @TempDir
    private Path folder = Path.of("");

    static Stream<String> clouds() {
        return Providers.ALL.stream()
                .filter(entry -> !entry.credentials().isEmpty())
                .map(ProviderEntry::name);
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void theOverlayGivesWhatTheProviderNeeds(String cloud) throws IOException {
        assertThat(entry(cloud).needs(environment(cloud))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void theGuideFillsInEveryKeyOfTheConfigMap(String cloud) throws IOException {
        String guide = Files.readString(Path.of("..", "docs", "guide-" + cloud + ".md"));

        assertThat(keys(cloud)).allSatisfy(key -> assertThat(guide).contains("--from-literal=" + key + "="));
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void withoutTheConfigMapAllOfItIsNamed(String cloud) {
        Optional<String> needs = entry(cloud).needs(new ProviderSettings(new TreeMap<>(), new TreeMap<>()));

        assertThat(needs.orElse(""))
                .contains("--" + cloud + "-region", "--" + cloud + "-vpc-id")
                .contains(entry(cloud).credentials().stream()
                        .map(CredentialSource::text)
                        .toList());
    }

    private ProviderSettings environment(String cloud) throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "t");
        TreeMap<String, String> environment = new TreeMap<>();
        for (EnvVar variable : variables(cloud)) {
            environment.put(variable.getName(), variable.getValue() == null ? "given" : token.toString());
        }
        return new ProviderSettings(new TreeMap<>(), environment);
    }

    private static List<String> keys(String cloud) throws IOException {
        return variables(cloud).stream()
                .filter(variable -> variable.getValueFrom() != null)
                .map(variable -> variable.getValueFrom().getConfigMapKeyRef())
                .map(ConfigMapKeySelector::getKey)
                .toList();
    }

    private static List<EnvVar> variables(String cloud) throws IOException {
        Path file = Path.of("..", "manifests", "overlays", cloud, "deployment.yaml");
        return new KubernetesSerialization()
                .unmarshal(Files.readString(file), Deployment.class)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getEnv();
    }

    private static ProviderEntry entry(String name) {
        return Providers.ALL.stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
