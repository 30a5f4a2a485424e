package io.plumbline.controller.report;

/// What a condition says, without its times.
///
/// @param message free of times and counters, so that it stays equal while nothing changes
record Verdict(Status status, String reason, String message) {
    /// Of a condition, as Kubernetes writes it.
    enum Status {
        TRUE("True"),
        FALSE("False"),
        UNKNOWN("Unknown");

        private final String text;

        Status(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    static Verdict yes(String reason, String message) {
        return new Verdict(Status.TRUE, reason, message);
    }

    static Verdict no(String reason, String message) {
        return new Verdict(Status.FALSE, reason, message);
    }

    static Verdict unknown(String reason, String message) {
        return new Verdict(Status.UNKNOWN, reason, message);
    }

    boolean isTrue() {
        return status == Status.TRUE;
    }
}
