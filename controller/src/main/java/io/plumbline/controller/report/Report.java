package io.plumbline.controller.report;

import io.plumbline.controller.snapshot.ClusterSnapshot;
import io.plumbline.spi.objects.ObjectKey;
import java.time.Instant;
import java.util.List;

/// What was decided and what became of it -> what each claimant is told. Pure, and silent where nothing
/// changed.
public final class Report {
    private Report() {}

    /// One report for each claimant of the snapshot, in the snapshot's order; those that need be told
    /// nothing are silent.
    ///
    /// @param seen the snapshot that the round began with; its Services hold the status that is compared
    /// @param now becomes the transition time of a condition whose status changes
    public static List<ObjectReport> of(ClusterSnapshot seen, Round round, Instant now) {
        return Conclusions.of(seen, round, now).stream()
                .map(conclusion -> Comparison.report(conclusion, now))
                .toList();
    }

    /// Whether nothing of a released object is left, but what stays for good: its finalizer may go. The others of a
    /// shared load balancer need not be done for that.
    public static boolean hasLeft(Round.Planned round, ObjectKey object) {
        return round.desired().claimants().stream()
                        .anyMatch(claimant ->
                                claimant.released() && claimant.mark().object().equals(object))
                && Releasing.hasLeft(new Ledger(round), object);
    }
}
