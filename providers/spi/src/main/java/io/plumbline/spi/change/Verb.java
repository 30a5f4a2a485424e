package io.plumbline.spi.change;

import java.util.Locale;

/// What a change does.
public enum Verb {
    CREATE('+'),
    UPDATE('~'),
    REPLACE('±'),
    DRAIN('>'),
    REMOVE('-'),
    AWAIT('?'),
    LEAVE('.');

    private final char symbol;

    Verb(char symbol) {
        this.symbol = symbol;
    }

    /// The first character of its line in a printed plan.
    public char symbol() {
        return symbol;
    }

    /// As JSON shows it: `create`.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
