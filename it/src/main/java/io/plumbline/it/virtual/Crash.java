package io.plumbline.it.virtual;

/// The death of the controller's process, as far as a test in one process can have it.
public final class Crash extends RuntimeException {
    public Crash(String where) {
        super("crash at " + where);
    }
}
