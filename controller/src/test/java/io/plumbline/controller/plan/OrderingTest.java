package io.plumbline.controller.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.ChangeName;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.change.Verb;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderingTest {
    private static final Reason REASON = new Reason(Reason.DESIRED, "because");
    private static final Change BALANCER = new Change.Create(Examples.balancer(Scheme.INTERNET), REASON, List.of());
    private static final Change LISTENER = new Change.Create(Examples.listener(), REASON, List.of(BALANCER.name()));
    private static final Change MEMBER =
            new Change.Create(Examples.backend("10.0.3.1"), REASON, List.of(LISTENER.name()));

    @Test
    void whatIsNeededComesFirst() {
        assertThat(Ordering.order(List.of(MEMBER, LISTENER, BALANCER))).containsExactly(BALANCER, LISTENER, MEMBER);
    }

    @Test
    void theOrderOfTheInputDoesNotMatter() {
        assertThat(Ordering.order(List.of(LISTENER, MEMBER, BALANCER)))
                .isEqualTo(Ordering.order(List.of(BALANCER, LISTENER, MEMBER)));
    }

    @Test
    void aNeedThatNothingFulfilsIsDropped() {
        assertThat(Ordering.order(List.of(MEMBER)).getFirst().needs()).isEmpty();
    }

    @Test
    void waitingThatNobodyNeedsIsDropped() {
        Change await = new Change.Await(Examples.POOL, 1, Examples.NOW, REASON, List.of());

        assertThat(Ordering.order(List.of(await))).isEmpty();
    }

    @Test
    void changesThatNeedEachOtherAreABug() {
        ChangeName member = new ChangeName(Verb.CREATE, MEMBER.key());
        Change circular = LISTENER.needing(List.of(member));

        assertThatIllegalStateException().isThrownBy(() -> Ordering.order(List.of(MEMBER, circular)));
    }
}
