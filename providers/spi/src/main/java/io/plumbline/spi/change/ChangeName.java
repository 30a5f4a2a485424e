package io.plumbline.spi.change;

import io.plumbline.spi.model.Key;

/// Names a change within a plan.
public record ChangeName(Verb verb, Key key) {
    /// `create Backend default/web:tcp/80/10.0.3.7:80`.
    public String text() {
        return verb.text() + " " + key.kind().text() + " " + key.text();
    }
}
