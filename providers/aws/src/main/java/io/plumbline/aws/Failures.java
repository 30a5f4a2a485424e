package io.plumbline.aws;

import io.plumbline.spi.Answer;
import io.plumbline.spi.Outcome.Because;
import io.plumbline.spi.Outcome.Failure;
import io.plumbline.spi.Outcome.Rejected;
import io.plumbline.spi.Outcome.Retry;
import io.plumbline.spi.Outcome.Why;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/// What went wrong -> what to do about it. The only place that catches what the SDK throws.
///
/// The codes are those of the API descriptions
/// (https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Operations.html,
/// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html), and those that every service
/// has.
final class Failures {
    private static final Duration SOON = Duration.ofMillis(500);
    private static final Duration LATER = Duration.ofSeconds(1);
    private static final Duration INTERFACES_LEAVE = Duration.ofSeconds(5);
    private static final int SERVER_ERROR = 500;

    private Failures() {}

    /// A call through the SDK.
    interface SdkCall<T> {
        T call();
    }

    /// What a failed call means.
    sealed interface Meaning {
        /// What it names is not there.
        record Absent(String message) implements Meaning {}

        /// What it makes is there already, though perhaps not ours, or not so.
        record Exists(String message) implements Meaning {}

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

    /// Calls, and turns whatever is thrown into a value.
    static <T> Result<T> attempt(String action, SdkCall<T> call) {
        try {
            return new Result.Replied<>(call.call());
        } catch (NoCredentials e) {
            return new Result.Refused<>(new Meaning.Failed(e.failure(action)));
        } catch (AwsServiceException e) {
            Optional<AwsErrorDetails> details = Optional.ofNullable(e.awsErrorDetails());
            String code = details.map(AwsErrorDetails::errorCode).orElse("");
            String message = details.map(AwsErrorDetails::errorMessage).orElseGet(() -> String.valueOf(e.getMessage()));
            return new Result.Refused<>(meaning(code, e.statusCode(), action + ": " + text(code, message)));
        } catch (SdkClientException e) {
            return new Result.Refused<>(new Meaning.Failed(ofClient(action + ": " + e.getMessage())));
        } catch (SdkException e) {
            return new Result.Refused<>(new Meaning.Failed(broken(action + ": " + e.getMessage())));
        } catch (RuntimeException e) {
            return new Result.Refused<>(new Meaning.Failed(broken(action + ": " + e)));
        }
    }

    /// There are no credentials, and why.
    @SuppressWarnings("serial") // Nobody writes it anywhere.
    private static final class NoCredentials extends RuntimeException {
        private final Failure failure;

        NoCredentials(Failure failure, Throwable cause) {
            super(failure.message(), cause);
            this.failure = failure;
        }

        /// The same, of the call that wanted them.
        Failure failure(String action) {
            return switch (failure) {
                case Retry retry -> new Retry(retry.after(), retry.why(), action + ": " + retry.message());
                case Rejected rejected -> new Rejected(rejected.because(), action + ": " + rejected.message());
            };
        }
    }

    /// Credentials, or a refusal that says whence they were to come. Whatever the token service refuses, it refuses
    /// to give us credentials; its own trouble passes.
    static <T> T credentials(String whence, SdkCall<T> call) {
        try {
            return call.call();
        } catch (AwsServiceException e) {
            Optional<AwsErrorDetails> details = Optional.ofNullable(e.awsErrorDetails());
            String code = details.map(AwsErrorDetails::errorCode).orElse("");
            String said = details.map(AwsErrorDetails::errorMessage).orElseGet(() -> String.valueOf(e.getMessage()));
            String message = "no credentials of " + whence + ": " + text(code, said);
            throw new NoCredentials(
                    failure(meaning(code, e.statusCode(), message)) instanceof Retry retry
                            ? retry
                            : new Rejected(Because.CREDENTIALS, message),
                    e);
        } catch (RuntimeException e) {
            String message = "no credentials of " + whence + ": " + said(e);
            throw new NoCredentials(unreachable(e) ? broken(message) : new Rejected(Because.CREDENTIALS, message), e);
        }
    }

    /// The agent's own words stand in the cause.
    private static String said(Throwable thrown) {
        return String.join(
                " ",
                causes(thrown)
                        .flatMap(each -> Stream.ofNullable(each.getMessage()))
                        .distinct()
                        .toList());
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, each -> each != null, Throwable::getCause);
    }

    /// A file that cannot be read is none of the network's.
    private static boolean unreachable(Throwable thrown) {
        return causes(thrown).anyMatch(each -> each instanceof IOException && !(each instanceof FileSystemException));
    }

    private static String text(String code, String message) {
        return code.isEmpty() ? message : code + ": " + message;
    }

    /// The SDK's own trouble. It has no type of its own for credentials that it does not find.
    private static Failure ofClient(String message) {
        return message.contains("credentials") || message.contains("WebIdentityToken")
                ? new Rejected(Because.CREDENTIALS, message)
                : broken(message);
    }

    /// Where nothing better can be made of it.
    static Failure failure(Meaning meaning) {
        return switch (meaning) {
            case Meaning.Absent(String message) -> stale(message);
            case Meaning.Exists(String message) -> new Rejected(Because.CONFLICT, message);
            case Meaning.Failed(Failure failure) -> failure;
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

    /// Not sent: something else comes first.
    static Retry postponed(Duration after, String message) {
        return new Retry(after, Why.POSTPONED, message);
    }

    /// The first row that fits; what no row knows is judged by its status.
    static Meaning meaning(String code, int status, String message) {
        return ROWS.stream()
                .filter(row -> row.code.matcher(code).matches())
                .findFirst()
                .map(row -> row.make.of(message))
                .orElseGet(() -> byStatus(status, message));
    }

    private static Meaning byStatus(int status, String message) {
        return new Meaning.Failed(
                switch (status) {
                    case 429 -> new Retry(LATER, Why.THROTTLED, message);
                    case 401 -> new Rejected(Because.CREDENTIALS, message);
                    case 403 -> new Rejected(Because.DENIED, message);
                    default ->
                        status >= SERVER_ERROR
                                ? new Retry(LATER, Why.CLOUD_FAILURE, message)
                                : new Rejected(Because.INVALID, message);
                });
    }

    private interface Make {
        Meaning of(String message);
    }

    private record Row(Pattern code, Make make) {
        Row(String code, Make make) {
            this(Pattern.compile(code), make);
        }
    }

    private static Make retry(Duration after, Why why) {
        return message -> new Meaning.Failed(new Retry(after, why, message));
    }

    private static Make rejected(Because because) {
        return message -> new Meaning.Failed(new Rejected(because, message));
    }

    /// From the special to the general.
    private static final List<Row> ROWS = List.of(
            // Too many calls.
            new Row("Throttl.*|RequestThrottled.*|TooManyRequests.*|RequestLimitExceeded", retry(LATER, Why.THROTTLED)),
            new Row("BandwidthLimitExceeded|SlowDown|PriorRequestNotComplete", retry(LATER, Why.THROTTLED)),
            // Who we are.
            new Row("ExpiredToken.*|RequestExpired|InvalidClientTokenId", rejected(Because.CREDENTIALS)),
            new Row("UnrecognizedClientException|SignatureDoesNotMatch", rejected(Because.CREDENTIALS)),
            new Row("InvalidSignature.*|IncompleteSignature|AuthFailure", rejected(Because.CREDENTIALS)),
            new Row("MissingAuthenticationToken|InvalidAccessKeyId", rejected(Because.CREDENTIALS)),
            new Row("InvalidIdentityToken.*|OptInRequired|Blocked", rejected(Because.CREDENTIALS)),
            // What we may do.
            new Row("AccessDenied.*|UnauthorizedOperation|Client.Unauthorized.*", rejected(Because.DENIED)),
            new Row("NotAuthorized", rejected(Because.DENIED)),
            // Something else holds on to it for a while.
            new Row("ResourceInUse", retry(SOON, Why.BUSY)),
            new Row("DependencyViolation", retry(INTERFACES_LEAVE, Why.BUSY)),
            new Row("OperationInProgress|IncorrectState", retry(SOON, Why.BUSY)),
            // Not there: of ours; what a user has named is wrong instead.
            new Row("LoadBalancerNotFound|TargetGroupNotFound|ListenerNotFound|RuleNotFound", Meaning.Absent::new),
            new Row("InvalidGroup.NotFound|InvalidPermission.NotFound", Meaning.Absent::new),
            // There already.
            new Row("DuplicateLoadBalancerName|DuplicateTargetGroupName|DuplicateListener", Meaning.Exists::new),
            new Row("InvalidGroup.Duplicate|InvalidPermission.Duplicate", Meaning.Exists::new),
            // What we saw is no longer so.
            new Row("TargetGroupAssociationLimit", retry(SOON, Why.STALE)),
            // Quotas.
            new Row("TooMany.*", rejected(Because.QUOTA)),
            new Row(".*LimitExceeded", rejected(Because.QUOTA)),
            new Row("InsufficientFreeAddresses.*|CapacityUnitsLimitExceeded", rejected(Because.QUOTA)),
            // Protected from deletion.
            new Row("OperationNotPermitted", rejected(Because.PROTECTED)),
            // The cloud's own trouble.
            new Row(
                    "Internal.*|ServiceUnavailable|Unavailable|ServiceUnavailableException",
                    retry(LATER, Why.CLOUD_FAILURE)),
            new Row("RequestTimeout.*", retry(LATER, Why.UNREACHABLE)));
}
