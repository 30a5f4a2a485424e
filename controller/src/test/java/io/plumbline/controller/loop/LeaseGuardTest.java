package io.plumbline.controller.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.spi.CallGate;
import io.plumbline.spi.CallGate.Permission;
import io.plumbline.spi.CallGate.Sort;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LeaseGuardTest {
    private final AtomicLong nanos = new AtomicLong(1);
    private final LeaseGuard guard = new LeaseGuard(Duration.ofSeconds(10), nanos::get);
    private final CallGate gate = guard.before(CallGate.OPEN);

    @Test
    void nobodyWritesBeforeTheLeaseIsHeld() {
        assertThat(gate.ask("Create", Sort.CREATE)).isInstanceOf(Permission.NotNow.class);
        assertThat(gate.ask("Describe", Sort.READ)).isInstanceOf(Permission.Go.class);
    }

    @Test
    void aRenewalCountsFromTheMomentItWasSent() {
        guard.renewed(nanos.get());

        nanos.addAndGet(Duration.ofSeconds(10).toNanos() - 1);
        assertThat(gate.ask("Create", Sort.CREATE)).isInstanceOf(Permission.Go.class);

        nanos.incrementAndGet();
        assertThat(gate.ask("Create", Sort.CREATE)).isInstanceOf(Permission.NotNow.class);
        assertThat(gate.ask("Deregister", Sort.DEREGISTER)).isInstanceOf(Permission.NotNow.class);
    }

    @Test
    void aLostLeaseStopsWritesAtOnce() {
        guard.renewed(nanos.get());
        guard.lost();

        assertThat(guard.held()).isFalse();
    }
}
