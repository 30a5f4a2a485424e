package io.plumbline.readinessgate.webhook;

/// What the webhook may do.
///
/// @param injecting false while the controller observes only
/// @param sleepAction whether this cluster knows `lifecycle.preStop.sleep`
public record WebhookSettings(boolean injecting, SleepAction sleepAction) {
    /// `preStop.sleep` is on by default from Kubernetes 1.30 on (KEP-3960). An older API server refuses a
    /// Pod that has it, so where the version is not known it is not used.
    public enum SleepAction {
        KNOWN,
        TOO_OLD,
        UNTOLD;

        private static final int FIRST_MINOR = 30;

        /// By the API server's `/version`; its minor may read `30+`.
        public static SleepAction of(String major, String minor) {
            try {
                int majorNumber = Integer.parseInt(major);
                int minorNumber = Integer.parseInt(minor.replaceAll("\\D.*$", ""));
                return majorNumber > 1 || minorNumber >= FIRST_MINOR ? KNOWN : TOO_OLD;
            } catch (NumberFormatException e) {
                return UNTOLD;
            }
        }
    }
}
