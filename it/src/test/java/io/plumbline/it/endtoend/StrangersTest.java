package io.plumbline.it.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.it.clouds.BalancerView;
import io.plumbline.it.clouds.BalancerView.ListenerView;
import io.plumbline.it.clouds.ChangeLog.Call;
import io.plumbline.it.clouds.ChangeLog.CallKind;
import io.plumbline.it.laboratory.Laboratory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// Others use the same account. What is theirs stays theirs, and what they take away is made again.
@Tag("laboratory")
@ExtendWith(OnBench.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StrangersTest {
    private static final int THEIRS = 9000;

    private final Bench bench;
    private final Laboratory laboratory;
    private final Stranger stranger;

    StrangersTest(Bench bench) {
        this.bench = bench;
        this.laboratory = bench.laboratory();
        this.stranger = bench.cloud().stranger(laboratory);
    }

    @AfterAll
    void everythingWasAllowed() {
        assertThat(bench.permissions().refused()).isEmpty();
    }

    @Test
    void aStrangersBalancerIsNeverTouched() {
        // Given
        String theirs = stranger.createBalancer("theirs", Map.of());
        BalancerView before = balancer(theirs);
        int mark = laboratory.cloud().log().size();
        Example example = Example.asShipped(laboratory, "beside");
        example.awaitBound(3);

        // When
        example.scale(1);
        example.awaitBound(1);
        example.delete();
        example.waitFor("the Service to be gone", () -> example.found().isEmpty());

        // Then
        assertThat(balancer(theirs)).isEqualTo(before);
        assertThat(laboratory.cloud().log().since(mark).stream()
                        .filter(entry -> entry instanceof Call call
                                && call.kind() == CallKind.WRITE
                                && call.resource().equals(theirs)))
                .isEmpty();
    }

    @Test
    void aForeignListenerIsLeftAloneAndItsBalancerIsNotDeleted() {
        // Given
        Example example = Example.asShipped(laboratory, "foreign");
        example.awaitBound(3);
        String uid = example.uid();
        stranger.createListener(example.balancer().orElseThrow(), "theirs", THEIRS);
        ListenerView theirs = listener(example);

        // When
        example.scale(2);
        example.awaitBound(2);

        // Then
        assertThat(listener(example)).isEqualTo(theirs);

        // When
        example.delete();

        // Then
        example.waitFor("the Service to be gone", () -> example.found().isEmpty());
        BalancerView left = example.balancers(uid).getFirst();
        assertThat(left.listeners()).containsExactly(theirs);
        assertThat(example.events()).anyMatch(event -> event.getMessage().contains(left.id() + " stays behind"));
        stranger.deleteBalancer(left);
    }

    @Test
    void aBalancerDeletedByHandIsMadeAgain() {
        // Given
        Example example = Example.asShipped(laboratory, "by-hand");
        example.awaitBound(3);
        BalancerView before = example.balancer().orElseThrow();

        // When
        stranger.deleteBalancer(before);
        example.scale(4);

        // Then
        example.awaitBound(4);
        BalancerView after = example.balancer().orElseThrow();
        assertThat(after.id()).isNotEqualTo(before.id());
        example.waitFor(
                "the new address in the status",
                () -> example.ingress()
                        .flatMap(laboratory::vip)
                        .filter(after.vip()::equals)
                        .isPresent());
        assertThat(example.balancers(example.uid())).hasSize(1);
    }

    private BalancerView balancer(String id) {
        List<BalancerView> found = laboratory.cloud().balancers().stream()
                .filter(balancer -> balancer.id().equals(id))
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static ListenerView listener(Example example) {
        return example.balancer().orElseThrow().listeners().stream()
                .filter(listener -> listener.port() == THEIRS)
                .findFirst()
                .orElseThrow();
    }
}
