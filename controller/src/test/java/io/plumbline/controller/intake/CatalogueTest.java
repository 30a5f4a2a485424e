package io.plumbline.controller.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.plumbline.controller.intake.Catalogue.Put;
import io.plumbline.controller.snapshot.Projections;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.PodView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    private final Catalogue catalogue = new Catalogue();

    @Test
    void anOlderStateOfTheSameObjectIsRefused() {
        catalogue.put(view("uid", "7"));

        assertThat(catalogue.put(view("uid", "6"))).isInstanceOf(Put.Refused.class);
        assertThat(catalogue.put(view("uid", "8"))).isInstanceOf(Put.Taken.class);
    }

    @Test
    void anotherObjectOfTheSameNameIsTakenWhateverItsVersion() {
        catalogue.put(view("uid", "7"));

        assertThat(catalogue.put(view("other-uid", "3"))).isInstanceOf(Put.Taken.class);
        assertThat(catalogue.pod(ObjectKey.pod("web", "shop-1")).map(PodView::uid))
                .contains("other-uid");
    }

    @Test
    void anEmptySelectorSelectsNobody() {
        catalogue.put(view("uid", "7"));

        assertThat(catalogue.selected("web", new TreeMap<>())).isEmpty();
        assertThat(catalogue.selected("web", new TreeMap<>(Map.of("app", "shop"))))
                .hasSize(1);
        assertThat(catalogue.selected("other", new TreeMap<>(Map.of("app", "shop"))))
                .isEmpty();
    }

    @Test
    void anInformerKeepsNothingOfAnObjectButItsNameAndVersion() {
        // Given
        List<Pod> arrived = new ArrayList<>();
        List<Pod> left = new ArrayList<>();
        ProjectingStore<Pod> store = new ProjectingStore<>(Pod::new, arrived::add, left::add);
        Pod pod = pod("uid", "7");

        // When
        store.put(store.getKey(pod), pod);

        // Then
        assertThat(arrived).containsExactly(pod);
        assertThat(store.values()).singleElement().satisfies(shell -> {
            assertThat(shell.getSpec()).isNull();
            assertThat(shell.getMetadata().getLabels()).isEmpty();
            assertThat(shell.getMetadata().getResourceVersion()).isEqualTo("7");
        });
        assertThat(store.getKey(store.values().findFirst().orElseThrow())).isEqualTo(store.getKey(pod));

        // When
        store.remove(store.getKey(pod));

        // Then
        assertThat(left).hasSize(1);
        assertThat(store.size()).isZero();
    }

    private static PodView view(String uid, String version) {
        return Projections.pod(pod(uid, version));
    }

    private static Pod pod(String uid, String version) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("web")
                .withName("shop-1")
                .withUid(uid)
                .withResourceVersion(version)
                .withLabels(Map.of("app", "shop"))
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .build();
    }
}
