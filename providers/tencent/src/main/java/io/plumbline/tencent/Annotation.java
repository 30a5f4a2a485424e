package io.plumbline.tencent;

/// One annotation key of a Service: a row of [Annotations], of the user guide, and of the check for unknown keys.
///
/// @param values what may be written
/// @param whenChanged what a later change does
/// @param meaning what it asks for, or what happens instead where it is not supported
record Annotation(String key, Support support, String values, WhenChanged whenChanged, String meaning) {
    /// Whether we act on it.
    enum Support {
        SUPPORTED,
        /// Known, not acted on yet: whoever sets it is told.
        LATER,
        /// Written by a controller for people to read, never read by us.
        READ_ONLY
    }

    /// What becomes of a change after the load balancer was made.
    enum WhenChanged {
        /// It is carried out.
        CARRIED_OUT("carried out"),
        /// It needs a new load balancer: refused until the user consents.
        REPLACES("a new load balancer, with `plumbline.io/replace: allow`; else refused, with a condition"),
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
