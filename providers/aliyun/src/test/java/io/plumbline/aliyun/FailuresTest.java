package io.plumbline.aliyun;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.aliyun.Failures.Meaning;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.Outcome.Because;
import io.plumbline.spi.Outcome.Rejected;
import io.plumbline.spi.Outcome.Retry;
import io.plumbline.spi.Outcome.Why;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {
    @ParameterizedTest
    @CsvSource({
        "Throttling, THROTTLED",
        "Throttling.User, THROTTLED",
        "Throttling.Api, THROTTLED",
        "BackendServer.configuring, BUSY",
        "ServiceIsConfiguring, BUSY",
        "ServiceIsStopping, BUSY",
        "SystemBusy, BUSY",
        "OperationBusy, BUSY",
        "VServerGroupProcessing, BUSY",
        "DomainExtensionProcessing, BUSY",
        "OperationFailed.TokenIsProcessing, BUSY",
        "OperationFailed.ListenerStatusNotSupport, BUSY",
        "Operation.Conflict, BUSY",
        "OperationConflict, BUSY",
        "ProcessingSameRequest, BUSY",
        "ResourceInOperating, BUSY",
        "OperationFailed.ServiceGroupProcessing, BUSY",
        "VpcSystemBusy, BUSY",
        "SignatureNonceUsed, UNREACHABLE",
        "'', UNREACHABLE",
        "LX_REQUEST_TOKEN_CONFLICT, STALE",
        "ListenerAlreadyExists, STALE",
        "InvalidBackendServers.ServerIpConflict, STALE",
        "DomainExist, STALE",
        "InvalidLoadBalancerId.NotFound, STALE",
        "InvalidRuleId.NotFound, STALE",
        "ResourceNotFound.VServerGroup, STALE",
        "ResourceNotFound.vServers, STALE",
        "AclAlreadyExist, STALE",
        "LocationServiceTimeout, CLOUD_FAILURE",
        "InternalError, CLOUD_FAILURE",
        "OperationFailed, CLOUD_FAILURE",
        "ServiceUnavailable, CLOUD_FAILURE"
    })
    void whatMayBeTriedAgainSaysWhy(String code, Why why) {
        assertThat(outcome(code)).isInstanceOfSatisfying(Retry.class, retry -> {
            assertThat(retry.why()).isEqualTo(why);
            assertThat(retry.after()).isPositive();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "InstanceBackendServerNumberOverLimit, QUOTA",
        "BackendServersNumberOverLimit, QUOTA",
        "ListenerNumberOverLimit, QUOTA",
        "AclEntryNumberOverLimit, QUOTA",
        "OverQuota, QUOTA",
        "PAY.INSUFFICIENT_BALANCE, QUOTA",
        "VSwitchAvailableIpNotExist, QUOTA",
        "ObtainIpFail, QUOTA",
        "QuotaLimitExceeds.TotalAclEntry, QUOTA",
        "AclListenerOverLimit, QUOTA",
        "OperationFailed.RegionResourceLimit, QUOTA",
        "OperationFailed.ZoneResourceLimit, QUOTA",
        "OperationFailed.UnpaidBillsExist, QUOTA",
        "InsufficientBalance, QUOTA",
        "ServiceIsInUse, CONFLICT",
        "OperationFailed.ServerGroupInUse, CONFLICT",
        "LbStatusNotSupport, CONFLICT",
        "HighRiskOperationDenied, PROTECTED",
        "OperationDenied.PayByCLCU, INVALID",
        "Forbidden.AccessKeyDisabled, CREDENTIALS",
        "AuthenticationFail.NoPermission, CREDENTIALS",
        "Forbbiden.SubUser, DENIED",
        "RspoolVipExist, CONFLICT",
        "AclInUsed, CONFLICT",
        "OperationDenied.DeleteProtectionIsOn, PROTECTED",
        "OperationDenied, PROTECTED",
        "Forbidden.RAM, DENIED",
        "NoPermission, DENIED",
        "InvalidAccessKeyId.NotFound, CREDENTIALS",
        "InvalidAccessKeyId.Inactive, CREDENTIALS",
        "InvalidSecurityToken.Expired, CREDENTIALS",
        "SignatureDoesNotMatch, CREDENTIALS",
        "IncompleteSignature, CREDENTIALS",
        "InvalidParameter, INVALID",
        "MissingParameter, INVALID",
        "CertificateNotExist, INVALID",
        "SomethingNew, INVALID"
    })
    void whatIsRefusedSaysWhy(String code, Because because) {
        assertThat(outcome(code))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.because()).isEqualTo(because));
    }

    private static Outcome outcome(String code) {
        return Failures.failure(Failures.meaning(code, code + ": said the cloud"));
    }

    /// The API has no code of its own for these.
    @ParameterizedTest
    @ValueSource(strings = {"The specified VServerGroupId does not exist.", "The specified resource does not exist."})
    void onlyTheMessageTellsThatAGroupOrListenerIsGone(String message) {
        assertThat(Failures.meaning("InvalidParameter", message)).isEqualTo(new Meaning.Absent(message));
    }

    @Test
    void whateverIsThrownIsAValue() {
        Failures.Result result = Failures.attempt("DescribeLoadBalancers", () -> {
            throw new IllegalStateException("no JSON");
        });

        assertThat(result)
                .isInstanceOfSatisfying(
                        Failures.Result.Refused.class,
                        refused -> assertThat(Failures.failure(refused.meaning()))
                                .isInstanceOfSatisfying(
                                        Retry.class,
                                        retry -> assertThat(retry.why()).isEqualTo(Why.UNREACHABLE)));
    }
}
