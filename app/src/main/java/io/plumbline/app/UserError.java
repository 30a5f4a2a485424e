package io.plumbline.app;

/// Something that whoever calls the program can mend; its message says how, and no stack trace is shown.
public final class UserError extends RuntimeException {
    public UserError(String message) {
        super(message);
    }
}
