package io.plumbline.readinessgate.webhook;

import java.util.SortedMap;

/// The cluster's namespaces.
public interface Namespaces {
    /// A namespace's annotations, read afresh: a Pod often comes milliseconds after its namespace.
    ///
    /// @throws Unreadable if they could not be read within a second
    SortedMap<String, String> annotations(String namespace) throws Unreadable;

    /// They could not be read.
    final class Unreadable extends Exception {
        public Unreadable(String why, Throwable cause) {
            super(why, cause);
        }
    }
}
