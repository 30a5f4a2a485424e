package io.plumbline.tencent;

import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import io.plumbline.spi.Answer;
import io.plumbline.spi.Outcome.Because;
import io.plumbline.spi.Outcome.Failure;
import io.plumbline.spi.Outcome.Rejected;
import io.plumbline.spi.Outcome.Retry;
import io.plumbline.spi.Outcome.Why;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What went wrong -> what to do about it. The only place that catches what the SDK throws.
///
/// The codes are listed, though not explained action by action, at
/// https://cloud.tencent.com/document/api/214/30697. What they mean for a load balancer that is locked is
/// taken from tkestack/tke-extend-network-controller and bk-bcs, which run against the real cloud.
final class Failures {
    private static final Duration SOON = Duration.ofMillis(500);
    private static final Duration LATER = Duration.ofSeconds(1);
    private static final Duration MUCH_LATER = Duration.ofMinutes(1);

    private Failures() {}

    /// A call through the SDK.
    interface SdkCall<T> {
        @Nullable
        T call() throws TencentCloudSDKException;
    }

    /// What a failed call means.
    sealed interface Meaning {
        /// What it names is not there.
        record Absent(String message) implements Meaning {}

        /// The cloud asks whether that is really meant: targets are bound, or traffic flows.
        record AsksForForce(String message) implements Meaning {}

        /// For the caller.
        record Failed(Failure failure) implements Meaning {}
    }

    /// An answer, or what its absence means.
    sealed interface Result<T> {
        record Replied<T>(T reply) implements Result<T> {}

        record Refused<T>(Meaning meaning) implements Result<T> {}

        default Answer<T> asAnswer() {
            return switch (this) {
                case Replied<T>(T reply) -> new Answer.Got<>(reply);
                case Refused<T>(Meaning meaning) -> new Answer.Missed<>(failure(meaning));
            };
        }
    }

    /// Calls, and turns whatever is thrown into a value. The SDK throws unchecked exceptions too where a
    /// reply is not what it expects (3.1.1481: a body without `Response`).
    static <T> Result<T> attempt(String action, SdkCall<T> call) {
        try {
            T reply = call.call();
            return reply == null
                    ? new Result.Refused<>(new Meaning.Failed(broken(action + ": an empty reply")))
                    : new Result.Replied<>(reply);
        } catch (TencentCloudSDKException e) {
            String code = Optional.ofNullable(e.getErrorCode()).orElse("");
            String message = Optional.ofNullable(e.getMessage()).orElse("");
            return new Result.Refused<>(meaning(code, action + ": " + text(code, message)));
        } catch (RuntimeException e) {
            return new Result.Refused<>(new Meaning.Failed(broken(action + ": " + e)));
        }
    }

    private static String text(String code, String message) {
        return message.contains(code) || code.isEmpty() ? message : code + ": " + message;
    }

    /// Where nothing better can be made of it.
    static Failure failure(Meaning meaning) {
        return switch (meaning) {
            case Meaning.Absent(String message) -> stale(message);
            case Meaning.AsksForForce(String message) -> new Rejected(Because.PROTECTED, message);
            case Meaning.Failed(Failure failure) -> failure;
        };
    }

    /// As whom we come is not known, whatever else may be wrong.
    static Meaning credentials(String message) {
        return new Meaning.Failed(new Rejected(Because.CREDENTIALS, message));
    }

    /// Of the security token service: what it refuses, it refuses to give us credentials.
    ///
    /// @param what was to come whence
    static Meaning ofIdentity(String what, Meaning meaning) {
        return switch (meaning) {
            case Meaning.Absent(String message) -> credentials(what + ": " + message);
            case Meaning.AsksForForce(String message) -> credentials(what + ": " + message);
            case Meaning.Failed(Rejected rejected) -> credentials(what + ": " + rejected.message());
            case Meaning.Failed failed -> failed;
        };
    }

    /// What we know is out of date.
    static Retry stale(String message) {
        return new Retry(SOON, Why.STALE, message);
    }

    /// A reply that cannot be understood says nothing about what is there or was done.
    static Retry broken(String message) {
        return new Retry(LATER, Why.UNREACHABLE, message);
    }

    /// The cloud tried and did not manage.
    static Retry cloud(String message) {
        return new Retry(LATER, Why.CLOUD_FAILURE, message);
    }

    /// Not sent: another call of the same load balancer comes first.
    static Retry postponed(Duration after, String message) {
        return new Retry(after, Why.POSTPONED, message);
    }

    /// The first row that the code equals, or that it begins with and continues with a dot.
    static Meaning meaning(String code, String message) {
        return ROWS.stream()
                .filter(row -> row.matches(code, message))
                .findFirst()
                .map(row -> row.make.of(message))
                .orElseGet(() -> new Meaning.Failed(new Rejected(Because.INVALID, message)));
    }

    private interface Make {
        Meaning of(String message);
    }

    private record Row(String code, String part, Make make) {
        Row(String code, Make make) {
            this(code, "", make);
        }

        boolean matches(String seen, String message) {
            return (seen.equals(code) || (!code.isEmpty() && seen.startsWith(code + "."))) && message.contains(part);
        }
    }

    private static Make retry(Duration after, Why why) {
        return message -> new Meaning.Failed(new Retry(after, why, message));
    }

    private static Make rejected(Because because) {
        return message -> new Meaning.Failed(new Rejected(because, message));
    }

    /// From the special to the general. What no row knows is refused and shown to the user.
    private static final List<Row> ROWS = List.of(
            // No code: the SDK's own trouble (no connection, no or a broken reply).
            new Row("", retry(LATER, Why.UNREACHABLE)),
            new Row("ClientNetworkError", retry(LATER, Why.UNREACHABLE)),
            new Row("ClientSideError", retry(LATER, Why.UNREACHABLE)),
            new Row("ServerSideError", retry(LATER, Why.UNREACHABLE)),
            new Row("FailedOperation.RequestTimeout", retry(LATER, Why.UNREACHABLE)),
            // Throttled.
            new Row("RequestLimitExceeded", retry(LATER, Why.THROTTLED)),
            new Row("FailedOperation.RateLimitExceeded", retry(LATER, Why.THROTTLED)),
            // 30 deletions in 5 minutes; nothing overrides it.
            new Row("FailedOperation.FrequencyCheckRisk", retry(MUCH_LATER, Why.THROTTLED)),
            // One write task a load balancer; older paths say InternalError for the same lock.
            new Row("FailedOperation.ResourceInOperating", retry(SOON, Why.BUSY)),
            new Row("FailedOperation.ResourceInCloning", retry(LATER, Why.BUSY)),
            new Row("FailedOperation.InvalidLBStatus", retry(SOON, Why.BUSY)),
            new Row("InternalError", retry(SOON, Why.BUSY)),
            // Not there.
            new Row("InvalidParameter.LBIdNotFound", Meaning.Absent::new),
            new Row("InvalidParameter.ListenerIdNotFound", Meaning.Absent::new),
            new Row("InvalidParameter.LocationNotFound", Meaning.Absent::new),
            new Row("ResourceNotFound", Meaning.Absent::new),
            new Row("InvalidParameter", "some ListenerId", Meaning.Absent::new),
            new Row("FailedOperation.NoListenerInLB", Meaning.Absent::new),
            // What we saw is no longer so; an idempotency token whose order failed needs another attempt.
            new Row("InvalidParameter.PortCheckFailed", retry(SOON, Why.STALE)),
            new Row("InvalidParameterValue.Duplicate", retry(SOON, Why.STALE)),
            new Row("InvalidParameter.RewriteAlreadyExist", retry(SOON, Why.STALE)),
            new Row("InvalidParameter.ClientTokenLimitExceeded", retry(SOON, Why.STALE)),
            // The cloud asks back before it deletes.
            new Row("FailedOperation.TargetNumCheckRisk", Meaning.AsksForForce::new),
            new Row("FailedOperation.TrafficCheckRisk", Meaning.AsksForForce::new),
            new Row("FailedOperation.EipTrafficCheckRisk", rejected(Because.PROTECTED)),
            // Quota and money.
            new Row("LimitExceeded", rejected(Because.QUOTA)),
            new Row("ResourceInsufficient", rejected(Because.QUOTA)),
            new Row("ResourcesSoldOut", rejected(Because.QUOTA)),
            new Row("FailedOperation.InsufficientBalance", rejected(Because.QUOTA)),
            // Who we are, and what we may do.
            new Row("AuthFailure.UnauthorizedOperation", rejected(Because.DENIED)),
            new Row("UnauthorizedOperation", rejected(Because.DENIED)),
            new Row("AuthFailure", rejected(Because.CREDENTIALS)),
            // For the user.
            new Row("OperationDenied", rejected(Because.PROTECTED)),
            new Row("ResourceInUse", rejected(Because.CONFLICT)),
            // The cloud's own trouble.
            new Row("FailedOperation", retry(LATER, Why.CLOUD_FAILURE)),
            new Row("ResourceUnavailable", retry(LATER, Why.CLOUD_FAILURE)));
}
