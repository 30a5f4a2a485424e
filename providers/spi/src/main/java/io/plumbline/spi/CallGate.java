package io.plumbline.spi;

/// Stands in front of every single call to a cloud. The caller's side of it paces, counts, and refuses a write when
/// the lease is no longer held.
public interface CallGate {
    /// Lets everything pass.
    CallGate OPEN = (action, sort) -> Permission.GO;

    Permission ask(String action, Sort sort);

    /// What a call does, most urgent first.
    enum Sort {
        /// Takes something out of service.
        DEREGISTER,
        REGISTER,
        HEALTH,
        CREATE,
        READ,
        POLL
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
