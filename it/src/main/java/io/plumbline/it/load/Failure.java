package io.plumbline.it.load;

/// Why a request failed.
public enum Failure {
    REFUSED("refused"),
    RESET("reset"),
    TIMEOUT("timeout"),
    SERVER_ERROR("serverError");

    private final String text;

    Failure(String text) {
        this.text = text;
    }

    /// As reports print it.
    public String text() {
        return text;
    }
}
