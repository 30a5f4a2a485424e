package io.plumbline.fake;

import io.plumbline.fake.Reply.Refusal;
import io.plumbline.spi.Answer;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.change.Verb;
import java.time.Duration;

/// The cloud's refusals -> outcomes. Pure.
final class Failures {
    private static final Duration SOON = Duration.ofSeconds(1);

    private Failures() {}

    /// What a refusal of `verb` means: removing or draining what is not there is done.
    static Outcome outcome(Verb verb, Refusal refusal) {
        boolean absentIsDone = verb == Verb.REMOVE || verb == Verb.DRAIN;
        return refusal.code() == Reply.Code.NOT_FOUND && absentIsDone ? new Outcome.Done() : (Outcome) failure(refusal);
    }

    static Outcome.Failure failure(Refusal refusal) {
        String message = refusal.message();
        return switch (refusal.code()) {
            case THROTTLED -> new Outcome.Retry(SOON, Outcome.Why.THROTTLED, message);
            case BUSY -> new Outcome.Retry(SOON, Outcome.Why.BUSY, message);
            case INTERNAL_ERROR -> new Outcome.Retry(SOON, Outcome.Why.CLOUD_FAILURE, message);
            case NOT_FOUND -> new Outcome.Retry(Duration.ZERO, Outcome.Why.STALE, message);
            case ALREADY_EXISTS, IN_USE -> new Outcome.Rejected(Outcome.Because.CONFLICT, message);
            case INVALID -> new Outcome.Rejected(Outcome.Because.INVALID, message);
            case QUOTA_EXCEEDED -> new Outcome.Rejected(Outcome.Because.QUOTA, message);
            case PROTECTED -> new Outcome.Rejected(Outcome.Because.PROTECTED, message);
            case FORBIDDEN -> new Outcome.Rejected(Outcome.Because.DENIED, message);
            case BAD_CREDENTIALS -> new Outcome.Rejected(Outcome.Because.CREDENTIALS, message);
        };
    }

    static Outcome.Retry noAnswer() {
        return new Outcome.Retry(SOON, Outcome.Why.UNREACHABLE, "the connection broke");
    }

    static <T> Answer<T> answer(Reply<T> reply) {
        return switch (reply) {
            case Reply.Ok<T>(T value) -> new Answer.Got<>(value);
            case Reply.Refused<T>(Refusal refusal) -> new Answer.Missed<>(failure(refusal));
            case Reply.NoAnswer<T>() -> new Answer.Missed<>(noAnswer());
            case Reply.Held<T>(Outcome.Retry retry) -> new Answer.Missed<>(retry);
        };
    }
}
