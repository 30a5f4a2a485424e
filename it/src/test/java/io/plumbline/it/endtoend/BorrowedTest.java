package io.plumbline.it.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.plumbline.it.clouds.BalancerView;
import io.plumbline.it.clouds.BalancerView.ListenerView;
import io.plumbline.it.clouds.BalancerView.TargetView;
import io.plumbline.it.laboratory.Annotations;
import io.plumbline.it.laboratory.Laboratory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// Load balancers that somebody else made and lent: Services share them, with each other and with his listeners.
@Tag("laboratory")
@ExtendWith(OnBench.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BorrowedTest {
    private static final int THEIRS = 9000;
    private static final int FIRST = 80;
    private static final int SECOND = 8080;
    private static final int REPLICAS = 3;

    private final Bench bench;
    private final Laboratory laboratory;
    private final Stranger stranger;

    BorrowedTest(Bench bench) {
        this.bench = bench;
        this.laboratory = bench.laboratory();
        this.stranger = bench.cloud().stranger(laboratory);
    }

    @AfterAll
    void everythingWasAllowed() {
        assertThat(bench.permissions().refused()).isEmpty();
    }

    @Test
    void twoServicesShareOneAndEachGetsItsOwnTraffic() throws Exception {
        // Given
        BalancerView lent = lent("lent-to-two");
        Example first = Example.onBorrowed(laboratory, "borrows-first", on(lent), FIRST);
        Example second = Example.onBorrowed(laboratory, "borrows-second", on(lent), SECOND);

        // Then
        awaitServing(lent, FIRST, first);
        awaitServing(lent, SECOND, second);
        awaitAddress(first, lent);
        awaitAddress(second, lent);
        assertThat(first.podNames()).contains(Answers.of(lent.vip(), FIRST));
        assertThat(second.podNames()).contains(Answers.of(lent.vip(), SECOND));

        // When
        first.delete();
        first.waitFor("the Service to be gone", () -> first.found().isEmpty());

        // Then
        assertThat(ports(lent)).containsExactlyInAnyOrder(SECOND, THEIRS);
        assertThat(second.podNames()).contains(Answers.of(lent.vip(), SECOND));

        // When
        second.delete();
        second.waitFor("the Service to be gone", () -> second.found().isEmpty());

        // Then
        isAsItWas(lent);
    }

    @Test
    void whoComesLaterIsToldThatThePortIsTakenAndGetsItWhenItIsFree() {
        // Given
        BalancerView lent = lent("wanted-by-two");
        Example holder = Example.onBorrowed(laboratory, "holds", on(lent), FIRST);
        awaitServing(lent, FIRST, holder);

        // When
        Example later = Example.onBorrowed(laboratory, "comes-later", on(lent), FIRST);

        // Then
        later.waitFor("the conflict to be told", () -> later.isTold(List.of("holds/" + holder.service())));
        assertThat(serving(lent, FIRST)).isEqualTo(holder.podBackends());
        holder.waitFor("condition Ready", () -> holder.is("Ready", "True"));

        // When
        holder.delete();

        // Then
        awaitServing(lent, FIRST, later);
        later.waitFor("condition Ready", () -> later.is("Ready", "True"));
        later.delete();
        later.waitFor("the Service to be gone", () -> later.found().isEmpty());
        isAsItWas(lent);
    }

    @Test
    void itsOwnersListenerKeepsItsPort() {
        // Given
        BalancerView lent = lent("whose-port");

        // When
        Example example = Example.onBorrowed(laboratory, "wants-theirs", on(lent), THEIRS);

        // Then
        example.waitFor("the conflict to be told", () -> example.isTold(List.of(String.valueOf(THEIRS))));
        isAsItWas(lent);
        example.delete();
        example.waitFor("the Service to be gone", () -> example.found().isEmpty());
        isAsItWas(lent);
    }

    @Test
    void oneServiceMovesFromOneToAnother() throws Exception {
        // Given
        BalancerView left = lent("moved-from");
        BalancerView taken = lent("moved-to");
        Example example = Example.onBorrowed(laboratory, "moves", on(left), FIRST);
        awaitServing(left, FIRST, example);

        // When
        example.annotate(on(taken));

        // Then
        awaitServing(taken, FIRST, example);
        awaitAddress(example, taken);
        assertThat(example.podNames()).contains(Answers.of(taken.vip(), FIRST));
        example.waitFor("nothing to be left on the first", () -> ports(left).equals(List.of(THEIRS)));
        isAsItWas(left);

        // When
        example.delete();

        // Then
        example.waitFor("the Service to be gone", () -> example.found().isEmpty());
        isAsItWas(taken);
    }

    private BalancerView lent(String name) {
        assumeThat(laboratory.kind().existing("any"))
                .as("Services name existing load balancers")
                .isPresent();
        String id = stranger.createBalancer(name, Map.of());
        laboratory.lend(id);
        stranger.createListener(bench.balancer(id).orElseThrow(), "theirs", THEIRS);
        return bench.balancer(id).orElseThrow();
    }

    private Annotations on(BalancerView balancer) {
        return laboratory.kind().existing(balancer.id()).orElseThrow();
    }

    private void isAsItWas(BalancerView lent) {
        assertThat(bench.balancer(lent.id())).contains(lent);
    }

    private void awaitAddress(Example example, BalancerView balancer) {
        example.waitFor(
                "its address in the status",
                () -> example.address().filter(balancer.vip()::equals).isPresent());
    }

    private void awaitServing(BalancerView balancer, int port, Example example) {
        example.waitFor(
                "its Pods to serve port " + port + " of " + balancer.name(),
                () -> example.pods().size() == REPLICAS
                        && serving(balancer, port).equals(example.podBackends()));
    }

    private List<Integer> ports(BalancerView balancer) {
        return listeners(balancer).stream().map(ListenerView::port).sorted().toList();
    }

    private List<String> serving(BalancerView balancer, int port) {
        return listeners(balancer).stream()
                .filter(listener -> listener.port() == port)
                .flatMap(listener -> listener.targets().stream())
                .filter(TargetView::serving)
                .map(TargetView::name)
                .sorted()
                .toList();
    }

    private List<ListenerView> listeners(BalancerView balancer) {
        return bench.balancer(balancer.id()).orElseThrow().listeners();
    }
}
