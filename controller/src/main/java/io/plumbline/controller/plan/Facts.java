package io.plumbline.controller.plan;

import io.plumbline.controller.desired.Settings;
import io.plumbline.spi.Capabilities;
import io.plumbline.spi.Dialect;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.PoolKey;
import java.time.Instant;

/// What guards decide by, beside the plan itself.
public record Facts(
        Instant now,
        Mode mode,
        Settings settings,
        Desired desired,
        Actual actual,
        Capabilities capabilities,
        Dialect dialect,
        History history,
        Evidence evidence) {
    /// Whether a pool is still wanted.
    boolean wants(PoolKey pool) {
        return desired.pools().stream().anyMatch(wanted -> wanted.pool().key().equals(pool));
    }
}
