package io.plumbline.it.virtual;

/// The death of the controller's process, as far as a test in one process can have it. It is an error,
/// so that nobody on its way up takes it for a failed call.
public final class Crash extends Error {
    public Crash(String where) {
        super("crash at " + where);
    }
}
