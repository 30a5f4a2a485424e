package io.plumbline.controller.plan;

import io.plumbline.spi.Capabilities;
import io.plumbline.spi.change.Plan;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.Health;
import java.time.Instant;
import java.util.List;

/// Derives what leads from a load balancer as it is to the one that is wanted.
public final class Planner {
    private Planner() {}

    /// @param desired with the cloud's defaults filled in
    /// @param health as far as it was asked for; unknown is fine
    public static Plan plan(
            Desired desired, Actual actual, Health health, Capabilities capabilities, Instant now, History history) {
        return new Plan(desired.key(), List.of(), desired.problems());
    }
}
