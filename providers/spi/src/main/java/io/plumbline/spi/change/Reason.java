package io.plumbline.spi.change;

/// Why something is done, or is not.
///
/// @param code for programs: a Kubernetes condition reason where a person must see it (`HeldBack`,
///     `AlreadyManaged`)
/// @param text for people, one line
public record Reason(String code, String text) {
    public static final String DESIRED = "Desired";
    public static final String DIFFERS = "Differs";
    public static final String UNWANTED = "Unwanted";
    public static final String TERMINATING = "Terminating";
    public static final String GONE = "Gone";
    public static final String NOT_READY = "NotReady";
    public static final String REGISTERED_FOR_ANOTHER = "RegisteredForAnother";
    public static final String AWAITING_REPLACEMENT = "AwaitingReplacement";
    public static final String FOREIGN = "Foreign";
    public static final String HELD_BACK = "HeldBack";
    public static final String IMMUTABLE = "Immutable";
    public static final String TRUNCATED = "Truncated";
    public static final String MODE = "Mode";
    /// Wanted by several, and somebody else has it.
    public static final String CONFLICT = "Conflict";
    /// The cloud does not know the target yet.
    public static final String UNRESOLVED = "Unresolved";
    /// A new load balancer is made in place of this one.
    public static final String REPLACING = "Replacing";
    /// Removed before its successor is made, since both cannot exist at once.
    public static final String MOVED = "Moved";
    /// Whoever owned it is gone without having let go of it.
    public static final String ORPHANED = "Orphaned";
    /// Protected from deletion by its user.
    public static final String PROTECTED = "Protected";
    /// The user said that nothing is to be done.
    public static final String UNTOUCHED = "Untouched";

    /// The last that serves is held back until somebody else does, for which health is asked often.
    public static final Reason LAST_SERVING =
            new Reason(HELD_BACK, "the last that serves stays until another one does");

    @Override
    public String toString() {
        return text;
    }
}
