package io.plumbline.it.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.it.clouds.BalancerView;
import io.plumbline.it.laboratory.Laboratory;
import io.plumbline.it.laboratory.LaboratoryCloud.Wish;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// A change that no cloud makes to a load balancer that exists: another one takes its place, if its owner says so.
@Tag("laboratory")
@ExtendWith(OnBench.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReplacementTest {
    private static final int REPLICAS = 3;

    private final Bench bench;
    private final Laboratory laboratory;

    ReplacementTest(Bench bench) {
        this.bench = bench;
        this.laboratory = bench.laboratory();
    }

    @AfterAll
    void everythingWasAllowed() {
        assertThat(bench.permissions().refused()).isEmpty();
    }

    @Test
    void withoutConsentItIsRefusedOnceAndToldHow() {
        // Given
        Example example = Example.asShipped(laboratory, "unreplaced");
        example.awaitServing(REPLICAS);
        BalancerView before = example.balancer().orElseThrow();

        // When
        example.want(Wish.INTERNAL);

        // Then
        example.waitFor("an event that tells how", () -> consentEvents(example) > 0);
        example.waitFor("the condition", () -> example.is("Ready", "False"));
        long told = consentEvents(example);
        example.scale(REPLICAS + 1);
        example.awaitServing(REPLICAS + 1);
        assertThat(consentEvents(example)).isEqualTo(told);
        assertThat(example.balancer().map(BalancerView::id)).contains(before.id());

        // When
        example.want(Wish.PUBLIC);

        // Then
        example.waitFor("condition Ready", () -> example.is("Ready", "True"));
    }

    @Test
    void withConsentTheAddressInTheStatusMovesAndNoRequestIsLost() throws InterruptedException {
        // Given
        Example example = Example.careful(laboratory, "replaced");
        example.awaitRolledOut(REPLICAS);
        example.annotate("plumbline.io/replace", "allow");
        String uid = example.uid();
        String first = example.address().orElseThrow();
        Traffic traffic = Traffic.on(example);

        // When
        example.want(Wish.INTERNAL);
        example.waitFor(
                "another address in the status",
                () -> example.address().filter(now -> !now.equals(first)).isPresent());

        // Then
        String second = example.address().orElseThrow();
        traffic.flowOn();
        assertThat(example.serving(second)).isEqualTo(example.podBackends());
        assertThat(example.balancers(uid).stream().map(BalancerView::vip)).contains(first, second);

        // When
        example.want(Wish.PUBLIC);
        example.waitFor(
                "an address in the status that is not the second",
                () -> example.address().filter(now -> !now.equals(second)).isPresent());

        // Then
        traffic.endUnharmed();
        assertThat(example.serving(example.address().orElseThrow())).isEqualTo(example.podBackends());

        // When
        example.delete();

        // Then
        example.waitFor("the Service to be gone", () -> example.found().isEmpty());
        assertThat(example.balancers(uid)).isEmpty();
    }

    private static long consentEvents(Example example) {
        return example.events().stream()
                .filter(event -> event.getMessage().contains("plumbline.io/replace"))
                .count();
    }
}
