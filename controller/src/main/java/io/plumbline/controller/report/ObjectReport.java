package io.plumbline.controller.report;

import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.ServiceView.Condition;
import io.plumbline.spi.objects.ServiceView.PublishedAddress;
import java.util.List;
import java.util.Optional;

/// What one object is told.
///
/// @param uid of the object that was seen: another of the same name gets none of this
/// @param status empty where it already says all this
public record ObjectReport(ObjectKey object, String uid, Optional<StatusPatch> status, List<Event> events) {
    public ObjectReport {
        events = List.copyOf(events);
    }

    /// Nothing has changed.
    public boolean silent() {
        return status.isEmpty() && events.isEmpty();
    }

    /// What the status becomes.
    ///
    /// @param addresses the whole of `status.loadBalancer.ingress`; empty where it stays as it is
    /// @param conditions all of ours: one of our types that is not among them goes, those of others stay
    public record StatusPatch(Optional<List<PublishedAddress>> addresses, List<Condition> conditions) {
        public StatusPatch {
            addresses = addresses.map(List::copyOf);
            conditions = List.copyOf(conditions);
        }
    }

    /// An event to be recorded.
    public record Event(Sort sort, String reason, String message) {
        /// As Kubernetes sorts them.
        public enum Sort {
            NORMAL("Normal"),
            WARNING("Warning");

            private final String text;

            Sort(String text) {
                this.text = text;
            }

            /// `Normal` or `Warning`.
            public String text() {
                return text;
            }
        }
    }
}
