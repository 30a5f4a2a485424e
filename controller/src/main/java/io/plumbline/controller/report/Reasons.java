package io.plumbline.controller.report;

import io.plumbline.spi.Outcome.Because;
import io.plumbline.spi.change.Reason;

/// Types and reasons of conditions. `docs/conditions.md` says of each what it means and what to do; a test
/// holds it to that.
public final class Reasons {
    /// The load balancer and all its valid listeners stand.
    public static final String PROGRAMMED = "Programmed";

    /// Every backend that is wanted is registered.
    public static final String BACKENDS_COMPLETE = "BackendsComplete";

    /// Sums up the two others and all problems.
    public static final String READY = "Ready";

    static final String COMPLETE = "Complete";
    static final String WAITING = "Waiting";
    static final String FAILED = "Failed";

    /// The address to be published is for the user to provide.
    static final String PENDING = "Pending";

    static final String RELEASING = "Releasing";
    static final String NO_PORTS = "NoPorts";

    static final String CREDENTIALS_REJECTED = "CredentialsRejected";
    static final String DENIED = "Denied";
    static final String REJECTED = "Rejected";
    static final String QUOTA_EXCEEDED = "QuotaExceeded";

    private Reasons() {}

    /// Of something that the cloud refused.
    static String of(Because because) {
        return switch (because) {
            case CREDENTIALS -> CREDENTIALS_REJECTED;
            case DENIED -> DENIED;
            case INVALID -> REJECTED;
            case QUOTA -> QUOTA_EXCEEDED;
            case CONFLICT -> Reason.CONFLICT;
            case PROTECTED -> Reason.PROTECTED;
        };
    }
}
