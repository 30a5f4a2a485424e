package io.plumbline.aws;

/// One annotation key of a Service: a row of [Annotations], of the user guide, and of the check for unknown keys.
///
/// @param key without its prefix; one that ends in `.` continues with a port
/// @param values what may be written
/// @param whenChanged what a later change does
/// @param meaning what it asks for, or what happens instead where it is not supported
/// @param absent what counts without it, or once it is removed
record Annotation(String key, Support support, String values, WhenChanged whenChanged, String absent, String meaning) {
    /// Whether we act on it.
    enum Support {
        SUPPORTED,
        /// Known, not acted on yet: whoever sets it is told.
        LATER,
        /// Of Classic Load Balancers alone: whoever sets it is told what does the same here.
        CLASSIC,
        /// Written by a controller for people to read, never read by us.
        READ_ONLY
    }

    /// What becomes of a change after the load balancer was made.
    enum WhenChanged {
        /// It is carried out.
        CARRIED_OUT("carried out"),
        /// A new load balancer takes the place of the old one, where the Service consents.
        REPLACES("a new load balancer, with `plumbline.io/replace: allow`"),
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
