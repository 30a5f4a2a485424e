package io.plumbline.it.clouds;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/// One planned trouble.
///
/// @param action the API action that it strikes; `*` is any, `*write` any that changes something
/// @param nth which such call since the script was set, from 1; empty strikes every one
/// @param kind what happens
/// @param code the cloud's error code, for `ERROR`, and for `TASK_FAIL` part of its message
/// @param delay how long the reply is held back, in addition to whatever else happens
public record Fault(String action, OptionalInt nth, Kind kind, Optional<String> code, Duration delay) {
    public Fault {
        if (nth.isPresent() && nth.getAsInt() < 1) {
            throw new IllegalArgumentException("nth counts from 1");
        }
        if (kind == Kind.ERROR && code.isEmpty()) {
            throw new IllegalArgumentException("an error needs a code");
        }
        if (kind == Kind.DELAY && delay.isZero()) {
            throw new IllegalArgumentException("a delay needs its ms");
        }
    }

    /// What a fault does.
    public enum Kind {
        /// Done as ever, answered late.
        DELAY,
        /// Not done; answered with the error code.
        ERROR,
        /// Not done; the connection is cut.
        DROP,
        /// Done; the connection is cut before the reply.
        LOSE,
        /// Accepted; the asynchronous task then fails and changes nothing.
        TASK_FAIL,
        /// A batch call does all but the last pool that it names, and says so in its reply.
        PARTIAL
    }

    /// A fault without code or delay that strikes the nth call of an action.
    public static Fault nth(String action, int nth, Kind kind) {
        return new Fault(action, OptionalInt.of(nth), kind, Optional.empty(), Duration.ZERO);
    }

    /// An error that strikes every call of an action.
    public static Fault always(String action, String code) {
        return new Fault(action, OptionalInt.empty(), Kind.ERROR, Optional.of(code), Duration.ZERO);
    }

    /// An error that strikes the nth call of an action.
    public static Fault error(String action, int nth, String code) {
        return new Fault(action, OptionalInt.of(nth), Kind.ERROR, Optional.of(code), Duration.ZERO);
    }
}
