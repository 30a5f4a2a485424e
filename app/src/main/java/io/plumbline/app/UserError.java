package io.plumbline.app;

/// Something that whoever calls the program can mend; its message says how, and no stack trace is shown.
public final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UserError(String message) {
        super(message);
    }
}
