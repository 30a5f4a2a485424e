package io.plumbline.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Who knows one provider finds the way in every other: the same thing is in a file of the same name.
class AlikeTest {
    /// What every provider is made of; `X` stands for its name.
    private static final List<String> PARTS = List.of(
            "XProvider",
            "XDialect",
            "Annotations",
            "Normalize",
            "Reader",
            "Lowering",
            "Calls",
            "Call",
            "Failures",
            "Limits");

    /// What a cloud has beside that. `Replies` only where those of its SDK lack something.
    private static final List<String> PARTS_OF_A_CLOUD = List.of(
            "Annotation",
            "Reading",
            "Requests",
            "Names",
            "Batches",
            "ServiceAnnotations",
            "XSettings",
            "XLoadBalancerOptions",
            "XListenerOptions",
            "XPoolOptions");

    static List<String> providers() {
        return Repository.PROVIDERS;
    }

    static List<String> clouds() {
        return Repository.CLOUDS;
    }

    @ParameterizedTest
    @MethodSource("providers")
    void everyProviderHasTheSameParts(String provider) {
        assertThat(PARTS.stream().map(part -> file(provider, part))).allMatch(Files::exists);
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void everyCloudHasTheSameParts(String cloud) {
        assertThat(PARTS_OF_A_CLOUD.stream().map(part -> file(cloud, part))).allMatch(Files::exists);
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void everyCloudHasItsDocumentsAndManifests(String cloud) {
        assertThat(Stream.of(
                                "docs/guide-" + cloud + ".md",
                                "manifests/overlays/" + cloud + "/kustomization.yaml",
                                "manifests/policies/" + cloud + ".json",
                                "app/src/main/java/io/plumbline/app/" + capitalised(cloud) + "Entry.java")
                        .map(Repository.ROOT::resolve))
                .allMatch(Files::exists);
    }

    private static Path file(String provider, String part) {
        String name = part.startsWith("X") ? capitalised(provider) + part.substring(1) : part;
        return Repository.ROOT.resolve(
                "providers/%s/src/main/java/io/plumbline/%s/%s.java".formatted(provider, provider, name));
    }

    private static String capitalised(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }
}
