package io.plumbline.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What goes wrong, and when. Thread-safe; counts each action from the moment a fault was added.
public final class Faults {
    private final List<Armed> armed = new ArrayList<>();
    private boolean staleReads;
    private boolean badCredentials;

    /// Every call.
    public static final String ANY = "*";

    /// Every call that changes something.
    public static final String ANY_WRITE = "write";

    /// What happens to a call.
    public enum Effect {
        /// Refused, too many calls; nothing is done.
        THROTTLE,
        /// The cloud fails before it does anything.
        ERROR,
        /// This action is not allowed to us.
        FORBID,
        /// It is done, and the answer is lost.
        LOSE_REPLY,
        /// The connection breaks before anything is done.
        BREAK,
        /// Every second member in the call fails, beginning with the second; the others are done.
        PARTIAL,
        /// It is accepted, and its task fails later. Where the cloud works without tasks, as ERROR.
        FAIL_TASK,
        /// The controller dies before the call.
        CRASH_BEFORE,
        /// The controller dies after the call.
        CRASH_AFTER
    }

    /// A fault: calls number `nth` to `nth + times - 1` of `action` meet `effect`.
    ///
    /// @param action a call's name (`CreateBalancer`, `AddMembers`, `DescribeBalancers`...), [#ANY] or
    ///     [#ANY_WRITE]
    public record Fault(String action, int nth, int times, Effect effect) {
        /// The first such call.
        public static Fault first(String action, Effect effect) {
            return new Fault(action, 1, 1, effect);
        }
    }

    /// The death of the controller's process, as far as a test in one process can have it.
    public static final class Crash extends RuntimeException {
        Crash(String action) {
            super("crash at " + action);
        }
    }

    public synchronized void add(Fault fault) {
        armed.add(new Armed(fault));
    }

    public synchronized void clear() {
        armed.clear();
        staleReads = false;
        badCredentials = false;
    }

    /// Whether reads show the cloud as it was one consistency window ago.
    public synchronized void staleReads(boolean on) {
        staleReads = on;
    }

    /// Whether every call is refused because the credentials have expired.
    public synchronized void badCredentials(boolean on) {
        badCredentials = on;
    }

    synchronized boolean staleReads() {
        return staleReads;
    }

    synchronized boolean badCredentials() {
        return badCredentials;
    }

    /// Counts this call, and says what happens to it.
    synchronized Optional<Effect> meet(String action, boolean write) {
        List<Armed> meeting =
                armed.stream().filter(one -> one.meets(action, write)).toList();
        return meeting.stream().map(one -> one.fault.effect()).findFirst();
    }

    private static final class Armed {
        private final Fault fault;
        private int seen;

        Armed(Fault fault) {
            this.fault = fault;
        }

        boolean meets(String action, boolean write) {
            boolean named = fault.action().equals(ANY)
                    || fault.action().equals(action)
                    || (write && fault.action().equals(ANY_WRITE));
            if (!named) {
                return false;
            }
            seen++;
            return seen >= fault.nth() && seen < fault.nth() + fault.times();
        }
    }
}
