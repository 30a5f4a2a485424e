package io.plumbline.it.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.plumbline.spi.Capabilities.Mutability;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.Plan;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.change.Verb;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Kind;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A load balancer that cannot become what is wanted, and the one that takes its place.
interface ReplacementContract {
    /// A new, empty cloud.
    ContractCloud cloud();

    @Test
    default void aReplacementStandsBesideTheOneThatItReplaces() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = replacing(cloud);
            Wish old = Wish.of("shop", Port.of(80, Member.of(1)));
            Wish next = old.replaced(1).being(Scheme.INTERNAL);
            Actual before = bench.settle(old);

            Actual made = bench.settle(next);

            assertThat(cloud.loadBalancers()).isEqualTo(2);
            assertThat(id(made)).isNotEqualTo(id(before));
            assertThat(scheme(made)).isEqualTo(Scheme.INTERNAL);
            assertThat(bench.read(old).ids()).isEqualTo(before.ids());
        }
    }

    @Test
    default void everyIncarnationIsFoundAgainByItsOwnMark() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = replacing(cloud);
            Wish first = Wish.of("shop", Port.of(80, Member.of(1)));
            List<Wish> all = List.of(first, first.replaced(1).being(Scheme.INTERNAL), first.replaced(2));
            List<String> ids = all.stream().map(wish -> id(bench.settle(wish))).toList();

            Bench restarted = new Bench(cloud);

            assertThat(all.stream().map(wish -> id(restarted.read(wish)))).containsExactlyElementsOf(ids);
            assertThat(ids).doesNotHaveDuplicates();
            assertThat(all).allMatch(wish -> restarted.plan(wish).converged());
            assertThat(restarted.read(first.replaced(3)).loadBalancer()).isEmpty();
        }
    }

    @Test
    default void theOldOneGoesAndTheNewOneStays() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = replacing(cloud);
            Wish old = Wish.of("shop", Port.of(80, Member.of(1)));
            Wish next = old.replaced(1).being(Scheme.INTERNAL);
            bench.settle(old);
            Actual made = bench.settle(next);

            bench.settle(old.releasing("shop"));

            assertThat(cloud.loadBalancers()).isEqualTo(1);
            assertThat(bench.read(next).ids()).isEqualTo(made.ids());
            assertThat(bench.plan(next).converged()).isTrue();
        }
    }

    /// The old one must not be taken for it while both exist.
    @Test
    default void aLostAnswerMakesNoSecondReplacement() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = replacing(cloud);
            Wish old = Wish.of("shop", Port.of(80, Member.of(1)));
            bench.settle(old);
            cloud.loseReplyOfCreating(Kind.LOAD_BALANCER);

            bench.settle(old.replaced(1).being(Scheme.INTERNAL));

            assertThat(cloud.loadBalancers()).isEqualTo(2);
        }
    }

    @Test
    default void withoutConsentItIsRefusedAndTheRestGoesOn() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = replacing(cloud);
            Actual before = bench.settle(Wish.of("shop", Port.of(80, Member.of(1))));
            Wish internal =
                    Wish.of("shop", Port.of(80, Member.of(1), Member.of(2))).being(Scheme.INTERNAL);

            Actual after = bench.settle(internal);

            assertThat(scheme(after)).isEqualTo(Scheme.INTERNET);
            assertThat(id(after)).isEqualTo(id(before));
            assertThat(Seen.members(after)).hasSize(2);
            assertThat(bench.plan(internal).problems())
                    .filteredOn(problem -> problem.reason().equals(Reason.IMMUTABLE))
                    .isNotEmpty();
            assertThat(cloud.loadBalancers()).isEqualTo(1);
        }
    }

    @Test
    default void withConsentThePlanIsAReplacement() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = replacing(cloud);
            Wish wish = Wish.of("shop", Port.of(80, Member.of(1)));
            bench.settle(wish);

            Plan plan = bench.plan(wish.being(Scheme.INTERNAL).allowingReplacement());

            assertThat(plan.changes()).extracting(Change::verb).contains(Verb.REPLACE);
            assertThat(plan.problems()).isEmpty();
        }
    }

    private static Bench replacing(ContractCloud cloud) {
        Bench bench = new Bench(cloud);
        assumeThat(bench.capabilities().mutability()).containsEntry("LoadBalancer.scheme", Mutability.REPLACE);
        return bench;
    }

    private static String id(Actual actual) {
        return actual.loadBalancer().orElseThrow().id();
    }

    private static Scheme scheme(Actual actual) {
        return actual.loadBalancer()
                .orElseThrow()
                .resource()
                .value()
                .scheme()
                .asOptional()
                .orElseThrow();
    }
}
