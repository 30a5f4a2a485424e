package io.plumbline.it.clouds.aliyun;

/// The API refuses a request. Thrown where the reason is found and turned into a reply in one place.
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String code;
    private final int status;

    Refusal(String code, String message) {
        super(message, null, false, false);
        this.code = code;
        this.status = ErrorCodes.status(code);
    }

    /// What a fault script asks for.
    ///
    /// @throws IllegalArgumentException when the API has no such code
    static Refusal scripted(String code) {
        return new Refusal(code, "by the fault script");
    }

    /// A parameter that is not what it may be.
    static Refusal invalid(String parameter, String expected) {
        return new Refusal(
                "InvalidParameter",
                "The specified parameter is not valid. The parameter " + parameter + " must be " + expected + ".");
    }

    String code() {
        return code;
    }

    int status() {
        return status;
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

    /// Refuses a parameter unless the condition holds.
    static void valid(boolean condition, String parameter, String expected) {
        if (!condition) {
            throw invalid(parameter, expected);
        }
    }
}
