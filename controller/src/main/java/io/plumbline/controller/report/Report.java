package io.plumbline.controller.report;

import io.plumbline.controller.snapshot.ClusterSnapshot;
import java.time.Instant;
import java.util.List;

/// What was decided and what became of it -> what each claimant is told. Pure, and silent where nothing changed.
public final class Report {
    private Report() {}

    /// One report for each claimant of the snapshot that is ours to speak to, in the snapshot's order.
    ///
    /// @param seen the snapshot that the round began with; its Services hold the status that is compared
    /// @param now becomes the transition time of a condition whose status changes
    public static List<ObjectReport> of(ClusterSnapshot seen, Round round, Instant now) {
        return Conclusions.of(seen, round).stream()
                .map(conclusion -> conclusion.report(now))
                .toList();
    }
}
