package io.plumbline.fake;

import io.plumbline.spi.Outcome;
import io.plumbline.spi.model.Health;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the cloud answers.
sealed interface Reply<T> {
    record Ok<T>(T value) implements Reply<T> {}

    record Refused<T>(Refusal refusal) implements Reply<T> {}

    /// The connection broke: what was asked may have been done.
    record NoAnswer<T>() implements Reply<T> {}

    /// The caller's gate is shut for now: nothing was sent.
    record Held<T>(Outcome.Retry retry) implements Reply<T> {}

    /// Why something was not done.
    record Refusal(Code code, String message) {}

    /// The cloud's error codes.
    enum Code {
        THROTTLED,
        BUSY,
        INTERNAL_ERROR,
        NOT_FOUND,
        ALREADY_EXISTS,
        IN_USE,
        INVALID,
        QUOTA_EXCEEDED,
        PROTECTED,
        FORBIDDEN,
        BAD_CREDENTIALS
    }

    /// What a write answers.
    ///
    /// @param id of what was made, empty otherwise
    /// @param task that the cloud works on; empty where all is done
    /// @param failures of the members that failed, by their place in the call
    record Receipt(String id, Optional<String> task, SortedMap<Integer, Refusal> failures) {
        public Receipt {
            failures = Collections.unmodifiableSortedMap(new TreeMap<>(failures));
        }
    }

    /// How a task is doing.
    sealed interface TaskStatus {
        record Working(Duration left) implements TaskStatus {}

        record Succeeded() implements TaskStatus {}

        record Failed() implements TaskStatus {}

        record Unknown() implements TaskStatus {}
    }

    /// Members of one group and how they are.
    record GroupHealth(String group, List<MemberHealth> members) {
        public GroupHealth {
            members = List.copyOf(members);
        }
    }

    /// One member and how it is.
    record MemberHealth(FakeState.Member member, Health.Status status) {}
}
