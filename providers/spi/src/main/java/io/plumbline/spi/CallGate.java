package io.plumbline.spi;

/// Stands in front of every single call to a cloud. The caller's side of it paces, counts, and refuses a write when
/// the lease is no longer held.
public interface CallGate {
    /// Lets everything pass.
    CallGate OPEN = (action, sort) -> Permission.GO;

    Permission ask(String action, Sort sort);

    /// The gate for the calls of one reading. They are of use only together: the first is let pass or not, the others
    /// follow it. A gate that stands before another one asks that one's.
    default CallGate reading(Provider.ReadRequest request) {
        return this;
    }

    /// What a call does, most urgent first.
    enum Sort {
        /// Takes something out of service.
        DEREGISTER,
        REGISTER,
        HEALTH,
        CREATE,
        READ,
        POLL,
        /// Looks whether something still is as it was; nobody waits for it.
        VERIFY
    }

    /// The answer.
    sealed interface Permission {
        Permission GO = new Go();

        /// Call now.
        record Go() implements Permission {}

        /// Do not call; the verb returns `Retry` with this.
        record NotNow(Outcome.Retry retry) implements Permission {}
    }
}
