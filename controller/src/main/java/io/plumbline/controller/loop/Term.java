package io.plumbline.controller.loop;

import java.time.Instant;

/// Everything that is remembered for one lease term and forgotten with it.
public final class Term {
    private final Instant started;

    public Term(Instant started) {
        this.started = started;
    }

    public Instant started() {
        return started;
    }
}
