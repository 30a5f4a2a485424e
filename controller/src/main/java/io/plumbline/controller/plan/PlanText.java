package io.plumbline.controller.plan;

import io.plumbline.spi.change.Plan;

/// Prints a plan for people.
public final class PlanText {
    private PlanText() {}

    public static String print(Plan plan) {
        return plan.toString();
    }
}
