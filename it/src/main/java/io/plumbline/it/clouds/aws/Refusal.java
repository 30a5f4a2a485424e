package io.plumbline.it.clouds.aws;

/// An API refuses a request. Thrown where the reason is found and turned into a reply in one place.
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String code;

    Refusal(String code, String message) {
        super(message, null, false, false);
        this.code = ErrorCodes.known(code);
    }

    /// What a fault script asks for.
    ///
    /// @throws IllegalArgumentException when none of the APIs has such a code
    static Refusal scripted(String code) {
        return new Refusal(code, "by the fault script");
    }

    String code() {
        return code;
    }

    String message() {
        return String.valueOf(getMessage());
    }

    /// Refuses unless the condition holds.
    static void unless(boolean condition, String code, String message) {
        if (!condition) {
            throw new Refusal(code, message);
        }
    }
}
