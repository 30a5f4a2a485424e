package io.plumbline.spi;

import io.plumbline.spi.model.Ids;
import java.time.Duration;

/// What became of a change. Expected trouble is a value; an exception is a bug.
public sealed interface Outcome {
    /// Done, or found to be done already.
    ///
    /// @param ids identifiers that came with it. With a change of a member, that of its pool says that the pool
    ///     is no longer as it was read: it is read again
    record Done(Ids ids) implements Outcome {
        public Done() {
            this(Ids.none());
        }
    }

    /// Accepted; the cloud works on it.
    record Pending(Task task, Duration pollAfter) implements Outcome {}

    /// Not done, or not known to be done; it may be tried again as it is.
    record Retry(Duration after, Why why, String message) implements Failure {}

    /// Refused; trying again helps only when something else changes.
    record Rejected(Because because, String message) implements Failure {}

    /// The two outcomes that are not a success.
    sealed interface Failure extends Outcome permits Retry, Rejected {
        String message();
    }

    /// Why a call may be tried again.
    enum Why {
        /// Too many calls: slow down.
        THROTTLED,
        /// The cloud works on something else of this load balancer.
        BUSY,
        /// Not sent: something else of this load balancer goes first. Nothing that we know has become doubtful.
        POSTPONED,
        /// No answer, or a broken one: what was asked may have been done.
        UNREACHABLE,
        /// The cloud failed.
        CLOUD_FAILURE,
        /// What we knew is out of date: read again, plan again.
        STALE
    }

    /// Why a call was refused.
    enum Because {
        /// The credentials are wrong or expired: the whole provider stands still, and nothing is taken as empty.
        CREDENTIALS,
        /// This one action is not allowed to us.
        DENIED,
        /// A value that the user must change.
        INVALID,
        /// A quota or the account's balance is used up.
        QUOTA,
        /// Something else stands in its place.
        CONFLICT,
        /// A protection that the user or the cloud has put on it.
        PROTECTED
    }

    /// Work that the cloud does after its answer.
    ///
    /// @param id the cloud's own
    /// @param ids identifiers that are valid once it is done
    record Task(String id, String action, Ids ids) {}
}
