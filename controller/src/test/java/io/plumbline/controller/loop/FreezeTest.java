package io.plumbline.controller.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.controller.loop.Freeze.Standing;
import io.plumbline.spi.Outcome;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FreezeTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final Outcome.Rejected REFUSED =
            new Outcome.Rejected(Outcome.Because.CREDENTIALS, "the key has expired");

    private final Freeze freeze = new Freeze();

    @Test
    void refusedCredentialsFreezeEverybodyButOneProbeNowAndThen() {
        freeze.failed(REFUSED, T0);

        assertThat(freeze.standing(T0)).isInstanceOf(Standing.Frozen.class);
        assertThat(freeze.standing(T0.plusSeconds(15))).isEqualTo(new Standing.Probe());
        assertThat(freeze.standing(T0.plusSeconds(15))).isInstanceOf(Standing.Frozen.class);
    }

    @Test
    void anAnswerEndsIt() {
        freeze.failed(REFUSED, T0);
        freeze.over();

        assertThat(freeze.standing(T0)).isEqualTo(new Standing.Free());
    }

    @Test
    void otherFailuresFreezeNothing() {
        freeze.failed(new Outcome.Rejected(Outcome.Because.DENIED, "not allowed"), T0);
        freeze.failed(new Outcome.Retry(Duration.ZERO, Outcome.Why.UNREACHABLE, "no answer"), T0);

        assertThat(freeze.standing(T0)).isEqualTo(new Standing.Free());
    }
}
