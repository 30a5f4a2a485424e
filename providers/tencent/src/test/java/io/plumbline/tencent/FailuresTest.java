package io.plumbline.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.spi.Outcome;
import io.plumbline.spi.Outcome.Rejected;
import io.plumbline.spi.Outcome.Retry;
import io.plumbline.tencent.Failures.Meaning;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTest {
    @ParameterizedTest
    @CsvSource({
        "'', UNREACHABLE",
        "ServerSideError, UNREACHABLE",
        "RequestLimitExceeded, THROTTLED",
        "RequestLimitExceeded.UinLimitExceeded, THROTTLED",
        "FailedOperation.RateLimitExceeded, THROTTLED",
        "FailedOperation.FrequencyCheckRisk, THROTTLED",
        "FailedOperation.ResourceInOperating, BUSY",
        "FailedOperation.ResourceInCloning, BUSY",
        "FailedOperation.InvalidLBStatus, BUSY",
        "InternalError, BUSY",
        "InvalidParameter.LBIdNotFound, ABSENT",
        "InvalidParameter.ListenerIdNotFound, ABSENT",
        "ResourceNotFound, ABSENT",
        "InvalidParameter.PortCheckFailed, STALE",
        "InvalidParameterValue.Duplicate, STALE",
        "InvalidParameter.ClientTokenLimitExceeded, STALE",
        "FailedOperation.TargetNumCheckRisk, ASKS",
        "FailedOperation.TrafficCheckRisk, ASKS",
        "LimitExceeded, QUOTA",
        "ResourceInsufficient, QUOTA",
        "FailedOperation.InsufficientBalance, QUOTA",
        "AuthFailure.SignatureExpire, CREDENTIALS",
        "AuthFailure.SecretIdNotFound, CREDENTIALS",
        "AuthFailure.UnauthorizedOperation, DENIED",
        "UnauthorizedOperation, DENIED",
        "OperationDenied, PROTECTED",
        "ResourceInUse, CONFLICT",
        "InvalidParameter, INVALID",
        "InvalidParameterValue.Range, INVALID",
        "MissingParameter, INVALID",
        "UnsupportedOperation, INVALID",
        "InvalidAction, INVALID",
        "FailedOperation, CLOUD_FAILURE",
        "ResourceUnavailable, CLOUD_FAILURE",
    })
    void aCodeHasItsClass(String code, String expected) {
        assertThat(kind(Failures.meaning(code, "what the cloud says"))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"InvalidParameter, some ListenerId(lbl-1) of lb-1 not found, ABSENT"})
    void someAreKnownByTheirMessage(String code, String message, String expected) {
        assertThat(kind(Failures.meaning(code, message))).isEqualTo(expected);
    }

    private static String kind(Meaning meaning) {
        return switch (meaning) {
            case Meaning.Absent absent -> "ABSENT";
            case Meaning.AsksForForce asks -> "ASKS";
            case Meaning.Failed(Outcome.Failure failure) ->
                switch (failure) {
                    case Retry retry -> retry.why().name();
                    case Rejected rejected -> rejected.because().name();
                };
        };
    }
}
