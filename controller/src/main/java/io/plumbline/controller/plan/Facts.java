package io.plumbline.controller.plan;

import io.plumbline.controller.desired.Settings;
import io.plumbline.spi.Capabilities;
import io.plumbline.spi.Dialect;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Desired;
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
        Evidence evidence) {}
