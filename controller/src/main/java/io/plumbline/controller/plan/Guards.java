package io.plumbline.controller.plan;

import io.plumbline.spi.change.Plan;

/// Holds back what no evidence supports.
public final class Guards {
    private Guards() {}

    public static Guarded guard(Plan plan, Facts facts) {
        return new Guarded.Safe(plan);
    }
}
