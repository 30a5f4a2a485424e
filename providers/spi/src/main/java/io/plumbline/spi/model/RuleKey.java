package io.plumbline.spi.model;

/// Names a rule of a layer 7 listener by what it matches; an empty host matches every host.
public record RuleKey(ListenerKey listener, String host, String path) implements Key {
    @Override
    public Kind kind() {
        return Kind.RULE;
    }

    @Override
    public String text() {
        return listener.text() + " " + host + path;
    }
}
