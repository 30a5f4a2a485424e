package io.plumbline.aliyun;

/// One annotation key of a Service: a row of [Annotations], of the user guide, and of the check for
/// unknown keys.
///
/// @param key as written in full, under the first prefix where it has two
/// @param values what may be written
/// @param absent what counts where it is not written, or no longer
/// @param whenChanged what a later change does
/// @param meaning what it asks for, or what happens instead where it is not supported
record Annotation(String key, Support support, String values, String absent, WhenChanged whenChanged, String meaning) {
    /// Whether we act on it.
    enum Support {
        SUPPORTED,
        /// Known, not acted on: whoever sets it is told.
        LATER,
        /// Written by a controller for people to read, never read by us.
        READ_ONLY
    }

    /// What becomes of a change after the load balancer was made.
    enum WhenChanged {
        /// It is carried out.
        CARRIED_OUT("carried out"),
        /// It needs a new load balancer or listener, and so its user's consent.
        WITH_CONSENT("carried out by replacing, with `plumbline.io/replace: allow`; else refused, with a condition"),
        /// It is refused, and a condition says how to get it.
        REFUSED("refused, with a condition"),
        /// Nothing reads it.
        NONE("-");

        private final String text;

        WhenChanged(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }
}
