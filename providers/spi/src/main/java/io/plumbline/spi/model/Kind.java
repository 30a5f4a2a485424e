package io.plumbline.spi.model;

/// The kinds of resources that a plan names.
public enum Kind {
    LOAD_BALANCER("LoadBalancer"),
    LISTENER("Listener"),
    RULE("Rule"),
    POOL("Pool"),
    BACKEND("Backend"),
    ACCESS_LIST("AccessList"),
    CERTIFICATE("Certificate");

    private final String text;

    Kind(String text) {
        this.text = text;
    }

    /// As plans print it.
    public String text() {
        return text;
    }
}
