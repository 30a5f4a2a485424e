package io.plumbline.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.aws.Failures.Meaning;
import io.plumbline.aws.Failures.Result;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.Outcome.Rejected;
import io.plumbline.spi.Outcome.Retry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkClientException;

class FailuresTest {
    @ParameterizedTest
    @CsvSource({
        "Throttling, 400, THROTTLED",
        "ThrottlingException, 400, THROTTLED",
        "RequestLimitExceeded, 503, THROTTLED",
        "TooManyRequestsException, 429, THROTTLED",
        "ExpiredToken, 403, CREDENTIALS",
        "ExpiredTokenException, 400, CREDENTIALS",
        "InvalidClientTokenId, 403, CREDENTIALS",
        "UnrecognizedClientException, 400, CREDENTIALS",
        "SignatureDoesNotMatch, 403, CREDENTIALS",
        "AuthFailure, 401, CREDENTIALS",
        "AccessDenied, 403, DENIED",
        "AccessDeniedException, 400, DENIED",
        "UnauthorizedOperation, 403, DENIED",
        "ResourceInUse, 400, BUSY",
        "DependencyViolation, 400, BUSY",
        "LoadBalancerNotFound, 400, ABSENT",
        "TargetGroupNotFound, 400, ABSENT",
        "ListenerNotFound, 400, ABSENT",
        "InvalidGroup.NotFound, 400, ABSENT",
        "InvalidPermission.NotFound, 400, ABSENT",
        "SubnetNotFound, 400, INVALID",
        "CertificateNotFound, 400, INVALID",
        "AllocationIdNotFound, 400, INVALID",
        "DuplicateLoadBalancerName, 400, EXISTS",
        "DuplicateTargetGroupName, 400, EXISTS",
        "DuplicateListener, 400, EXISTS",
        "InvalidGroup.Duplicate, 400, EXISTS",
        "InvalidPermission.Duplicate, 400, EXISTS",
        "TargetGroupAssociationLimit, 400, STALE",
        "TooManyTargets, 400, QUOTA",
        "TooManyRegistrationsForTargetId, 400, QUOTA",
        "TooManyLoadBalancers, 400, QUOTA",
        "SecurityGroupLimitExceeded, 400, QUOTA",
        "RulesPerSecurityGroupLimitExceeded, 400, QUOTA",
        "OperationNotPermitted, 400, PROTECTED",
        "InvalidTarget, 400, INVALID",
        "ValidationError, 400, INVALID",
        "InvalidConfigurationRequest, 400, INVALID",
        "SomethingNew, 400, INVALID",
        "InternalFailure, 500, CLOUD_FAILURE",
        "ServiceUnavailable, 503, CLOUD_FAILURE",
        "SomethingNew, 502, CLOUD_FAILURE",
        "RequestTimeout, 408, UNREACHABLE",
    })
    void aCodeHasItsClass(String code, int status, String expected) {
        assertThat(kind(Failures.meaning(code, status, "what the cloud says"))).isEqualTo(expected);
    }

    @Test
    void whatTheSdkCannotSendIsUnreachable() {
        assertThat(refused("Unable to execute HTTP request: Connection refused"))
                .isEqualTo("UNREACHABLE");
    }

    @Test
    void missingCredentialsAreNoTroubleOfTheNetwork() {
        assertThat(refused("Unable to load credentials from any of the providers in the chain"))
                .isEqualTo("CREDENTIALS");
    }

    private static String refused(String message) {
        Result<String> result = Failures.attempt("DescribeTags", () -> {
            throw SdkClientException.create(message);
        });
        return kind(((Result.Refused<String>) result).meaning());
    }

    private static String kind(Meaning meaning) {
        return switch (meaning) {
            case Meaning.Absent absent -> "ABSENT";
            case Meaning.Exists exists -> "EXISTS";
            case Meaning.Failed(Outcome.Failure failure) ->
                switch (failure) {
                    case Retry retry -> retry.why().name();
                    case Rejected rejected -> rejected.because().name();
                };
        };
    }
}
