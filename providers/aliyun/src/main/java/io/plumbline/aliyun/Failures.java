package io.plumbline.aliyun;

import com.aliyun.credentials.exception.CredentialException;
import com.aliyun.tea.TeaException;
import io.plumbline.spi.Answer;
import io.plumbline.spi.Outcome.Because;
import io.plumbline.spi.Outcome.Failure;
import io.plumbline.spi.Outcome.Rejected;
import io.plumbline.spi.Outcome.Retry;
import io.plumbline.spi.Outcome.Why;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// What went wrong -> what to do about it. The only place that catches what the SDK throws.
///
/// Codes: https://error-center.aliyun.com/status/product/Slb; what they mean for a load balancer that
/// is locked is taken from cloud-provider-alibaba-cloud and terraform-provider-alicloud, which run
/// against the real cloud.
final class Failures {
    private static final Duration SOON = Duration.ofMillis(500);
    private static final Duration LATER = Duration.ofSeconds(1);
    private static final Duration MUCH_LATER = Duration.ofSeconds(5);
    private static final int SERVER_FAILED = 500;

    /// There is no such access control list.
    static final String NO_LIST = "AclNotExist";

    private Failures() {}

    /// A call through the SDK.
    interface SdkCall {
        Map<String, ?> call() throws Exception;
    }

    /// What a failed call means.
    sealed interface Meaning {
        /// What it names is not there.
        record Absent(String message) implements Meaning {}

        /// It is there already.
        record Present(String message) implements Meaning {}

        /// Something else still uses it.
        record InUse(String message) implements Meaning {}

        /// It is protected from deletion.
        record Protected(String message) implements Meaning {}

        /// There is no address left where it should stand.
        record NoAddress(String message) implements Meaning {}

        /// For the caller.
        record Failed(Failure failure) implements Meaning {}
    }

    /// An answer, or what its absence means.
    sealed interface Result {
        record Replied(Fields reply) implements Result {}

        record Refused(Meaning meaning) implements Result {}

        default Answer<Fields> asAnswer() {
            return switch (this) {
                case Replied(Fields reply) -> new Answer.Got<>(reply);
                case Refused(Meaning meaning) -> new Answer.Missed<>(failure(meaning));
            };
        }
    }

    /// Calls, and turns whatever is thrown into a value. The SDK throws unchecked exceptions too where
    /// a reply is not what it expects (tea-openapi 0.3.15: a body that is no JSON).
    static Result attempt(String action, SdkCall call) {
        try {
            return call.call().get("body") instanceof Map<?, ?> body
                    ? new Result.Replied(new Fields(body))
                    : new Result.Refused(new Meaning.Failed(broken(action + ": an empty reply")));
        } catch (TeaException e) {
            return new Result.Refused(meaning(e, action));
        } catch (CredentialException e) {
            boolean unreachable = e.getCause() instanceof IOException;
            String message = action + ": " + e.getMessage();
            Failure failure = unreachable ? broken(message) : new Rejected(Because.CREDENTIALS, message);
            return new Result.Refused(new Meaning.Failed(failure));
        } catch (Exception e) {
            return new Result.Refused(new Meaning.Failed(broken(action + ": " + cause(e))));
        }
    }

    /// What the credentials' library gives, or its refusal with words that say whence they were to come.
    static <T> T credentials(String whence, Supplier<T> call) {
        try {
            return call.get();
        } catch (CredentialException e) {
            throw new CredentialException("no credentials of " + whence + ": " + e.getMessage(), e.getCause());
        }
    }

    /// The SDK wraps what really happened, and prints the whole request around it.
    private static String cause(Throwable thrown) {
        Throwable cause = Optional.ofNullable(thrown.getCause()).orElse(thrown);
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }

    private static Meaning meaning(TeaException e, String action) {
        String code = Optional.ofNullable(e.getCode()).orElse("");
        String said = Optional.ofNullable(e.getMessage()).orElse("");
        String message = action + ": " + code + (code.isEmpty() ? "" : ": ") + said;
        boolean broken = Optional.ofNullable(e.getStatusCode())
                        .filter(status -> status >= SERVER_FAILED)
                        .isPresent()
                && ROWS.stream().noneMatch(row -> row.matches(code, message));
        return broken ? new Meaning.Failed(cloud(message)) : meaning(code, message);
    }

    /// Where nothing better can be made of it.
    static Failure failure(Meaning meaning) {
        return switch (meaning) {
            case Meaning.Absent(String message) -> stale(message);
            case Meaning.Present(String message) -> stale(message);
            case Meaning.InUse(String message) -> new Rejected(Because.CONFLICT, message);
            case Meaning.Protected(String message) -> new Rejected(Because.PROTECTED, message);
            case Meaning.NoAddress(String message) -> new Rejected(Because.QUOTA, message);
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

    /// The cloud tried and did not manage.
    static Retry cloud(String message) {
        return new Retry(LATER, Why.CLOUD_FAILURE, message);
    }

    /// The cloud works on something else of the same load balancer.
    static Retry busy(String message) {
        return new Retry(SOON, Why.BUSY, message);
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

    /// @param part of the message, where the code alone does not tell
    private record Row(List<String> codes, String part, Make make) {
        boolean matches(String seen, String message) {
            return message.contains(part)
                    && codes.stream()
                            .anyMatch(code -> seen.equals(code) || (!code.isEmpty() && seen.startsWith(code + ".")));
        }
    }

    private static Row row(Make make, String... codes) {
        return new Row(List.of(codes), "", make);
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
            row(retry(LATER, Why.UNREACHABLE), ""),
            // Throttled.
            row(retry(LATER, Why.THROTTLED), "Throttling", "ThrottlingUser", "ThrottlingApi", "FlowControl"),
            // One write a load balancer: a previous one is not through yet.
            row(
                    retry(SOON, Why.BUSY),
                    "BackendServer.configuring",
                    "ServiceIsConfiguring",
                    "ServiceIsStopping",
                    "VServerGroupProcessing",
                    "DomainExtensionProcessing",
                    "OperationBusy",
                    "OperationFailed.TokenIsProcessing",
                    "OperationFailed.ListenerStatusNotSupport",
                    "Operation.Conflict",
                    "OperationConflict",
                    "ProcessingSameRequest",
                    "OperationFailed.ServiceGroupProcessing",
                    "ResourceInOperating"),
            row(retry(LATER, Why.BUSY), "SystemBusy", "VpcSystemBusy"),
            // Signed anew, it is another call.
            row(retry(SOON, Why.UNREACHABLE), "SignatureNonceUsed"),
            // Not there. Of a group and of a listener only the message tells.
            row(
                    Meaning.Absent::new,
                    "InvalidLoadBalancerId.NotFound",
                    "InvalidVServerGroupId.NotFound",
                    "ResourceNotFound.VServerGroup",
                    "ResourceNotFound.vServers",
                    "InvalidListenerPort.NotFound",
                    "InvalidDomainExtensionId.NotFound",
                    NO_LIST,
                    "InvalidRuleId.NotFound"),
            new Row(List.of("InvalidParameter"), "The specified VServerGroupId does not exist", Meaning.Absent::new),
            new Row(List.of("InvalidParameter"), "The specified resource does not exist", Meaning.Absent::new),
            // There already.
            row(
                    Meaning.Present::new,
                    "ListenerAlreadyExists",
                    "InvalidBackendServers.ServerIpConflict",
                    "AclNameExist",
                    "AclAlreadyExist",
                    "DomainExist"),
            row(
                    Meaning.InUse::new,
                    "RspoolVipExist",
                    "AclInUsed",
                    "ServiceIsInUse",
                    "OperationFailed.ServerGroupInUse"),
            row(Meaning.Protected::new, "OperationDenied.DeleteProtectionIsOn"),
            row(Meaning.NoAddress::new, "VSwitchAvailableIpNotExist", "ObtainIpFail"),
            // An order under this token was another: the next attempt has another token.
            row(retry(SOON, Why.STALE), "LX_REQUEST_TOKEN_CONFLICT", "IdempotentParameterMismatch"),
            // Quota and money.
            row(
                    rejected(Because.QUOTA),
                    "InstanceBackendServerNumberOverLimit",
                    "BackendServersNumberOverLimit",
                    "ListenerNumberOverLimit",
                    "AclNumberOverLimit",
                    "AclEntryNumberOverLimit",
                    "DomainExtensionNumberOverLimit",
                    "OverQuota",
                    "QuotaExceeded",
                    "QuotaLimitExceeds",
                    "AclListenerOverLimit",
                    "OperationFailed.RegionResourceLimit",
                    "OperationFailed.ZoneResourceLimit",
                    "OperationFailed.UnpaidBillsExist",
                    "InsufficientBalance",
                    "PAY.INSUFFICIENT_BALANCE"),
            // Who we are, and what we may do.
            row(
                    rejected(Because.CREDENTIALS),
                    "Forbidden.AccessKeyDisabled",
                    "AuthenticationFail",
                    "InvalidAccessKeyId",
                    "InvalidSecurityToken",
                    "SignatureDoesNotMatch",
                    "IncompleteSignature",
                    "MissingSecurityToken",
                    "InvalidTimeStamp"),
            row(
                    rejected(Because.DENIED),
                    "Forbidden",
                    "Forbbiden", // The API's own spelling.
                    "NoPermission",
                    "UnauthorizedOperation"),
            // Not what such a load balancer can do; what its user has locked; one that is stopped, or overdue.
            row(rejected(Because.INVALID), "OperationDenied.PayByCLCU"),
            row(rejected(Because.PROTECTED), "OperationDenied", "HighRiskOperationDenied"),
            row(rejected(Because.CONFLICT), "LbStatusNotSupport"),
            // The cloud's own trouble.
            row(
                    retry(LATER, Why.CLOUD_FAILURE),
                    "InternalError",
                    "OperationFailed",
                    "UnknownError",
                    "LocationServiceTimeout"),
            row(retry(MUCH_LATER, Why.CLOUD_FAILURE), "ServiceUnavailable"));
}
