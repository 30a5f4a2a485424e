package io.plumbline.controller.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.spi.Outcome;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.Plan;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.objects.ObjectKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final Outcome.Rejected QUOTA = new Outcome.Rejected(Outcome.Because.QUOTA, "no room");
    private static final ObjectKey SHOP = ObjectKey.service("web", "shop");

    private final Refusals refusals = new Refusals();

    @Test
    void theSameChangeIsTriedAgainAfterFiveMinutes() {
        refusals.note(register(10), QUOTA, T0);

        assertThat(refusals.standing(register(10), T0.plusSeconds(299))).contains(QUOTA);
        assertThat(refusals.standing(register(10), T0.plusSeconds(300))).isEmpty();
        assertThat(refusals.nextRetry()).contains(T0.plusSeconds(300));
    }

    @Test
    void oneThatAsksForSomethingElseIsTriedAtOnce() {
        refusals.note(register(10), QUOTA, T0);

        assertThat(refusals.standing(register(20), T0)).isEmpty();
    }

    @Test
    void refusedAgainItWaitsTwiceAsLongAndNeverMoreThanHalfAnHour() {
        refusals.note(register(10), QUOTA, T0);
        refusals.note(register(10), QUOTA, T0);
        assertThat(refusals.nextRetry()).contains(T0.plusSeconds(600));

        for (int again = 0; again < 10; again++) {
            refusals.note(register(10), QUOTA, T0);
        }

        assertThat(refusals.nextRetry()).contains(T0.plusSeconds(1800));
    }

    @Test
    void whatIsDoneOrNoLongerPlannedIsForgotten() {
        refusals.note(register(10), QUOTA, T0);
        refusals.note(register(10), new Outcome.Done(), T0);
        assertThat(refusals.nextRetry()).isEmpty();

        refusals.note(register(10), QUOTA, T0);
        refusals.keepOnly(new Plan(new LoadBalancerKey.Managed(SHOP, "uid"), List.of(), List.of()));
        assertThat(refusals.nextRetry()).isEmpty();
    }

    @Test
    void refusedCredentialsAreNothingAgainstTheChange() {
        refusals.note(register(10), new Outcome.Rejected(Outcome.Because.CREDENTIALS, "expired"), T0);

        assertThat(refusals.standing(register(10), T0)).isEmpty();
    }

    private static Change register(int weight) {
        BackendKey key = new BackendKey(new PoolKey(SHOP, "tcp/80"), new Address.Ip("10.0.3.7"), 80);
        return new Change.Create(
                new Backend(key, Setting.managed(weight), Optional.empty()),
                new Reason(Reason.DESIRED, "desired"),
                List.of());
    }
}
