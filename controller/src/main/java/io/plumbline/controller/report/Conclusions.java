package io.plumbline.controller.report;

import io.plumbline.controller.snapshot.ClusterSnapshot;
import io.plumbline.spi.objects.ServiceView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A round -> what it means for each claimant.
final class Conclusions {
    private Conclusions() {}

    static List<Conclusion> of(ClusterSnapshot seen, Round round) {
        return List.of();
    }

    /// What one Service is told, before it is compared with what it already says.
    record Conclusion(ServiceView service) {
        ObjectReport report(Instant now) {
            return new ObjectReport(service.key(), service.uid(), Optional.empty(), List.of());
        }
    }
}
