package io.plumbline.aws;

import static io.plumbline.aws.Examples.creation;
import static io.plumbline.aws.Examples.group;
import static io.plumbline.aws.Examples.ids;
import static io.plumbline.aws.Examples.node;
import static io.plumbline.aws.Examples.pod;
import static io.plumbline.aws.Examples.pool;
import static io.plumbline.aws.Examples.poolKey;
import static io.plumbline.aws.Examples.remove;
import static io.plumbline.aws.Examples.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.model.Ids;
import io.plumbline.spi.model.Pool.Targets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Single calls, as they end on a real socket: each is sent once, whatever becomes of it.
class WireTest {
    private static final String ACTION = "DeregisterTargets";
    private static final Change CHANGE = remove(pod(80, 1));

    @Test
    void anAcceptedCallIsDone() {
        try (Wire wire = new Wire()) {
            accepts(wire, ACTION);

            assertThat(apply(wire)).isEqualTo(new Outcome.Done());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, Throttling, THROTTLED",
        "403, ExpiredToken, CREDENTIALS",
        "403, AccessDenied, DENIED",
        "500, InternalFailure, CLOUD_FAILURE",
        "400, InvalidTarget, INVALID",
    })
    void aRefusalIsToldForWhatItIsAndNotTriedAgain(int status, String code, String kind) {
        try (Wire wire = new Wire()) {
            wire.refuses(ACTION, status, code);

            assertThat(kind(apply(wire))).isEqualTo(kind);
            assertThat(wire.sent(ACTION)).isEqualTo(1);
        }
    }

    @Test
    void whatIsGoneIsRemoved() {
        try (Wire wire = new Wire()) {
            wire.refuses(ACTION, 400, "TargetGroupNotFound");

            assertThat(apply(wire)).isEqualTo(new Outcome.Done());
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aBrokenConnectionMeansThatNothingIsKnown(Fault fault) {
        try (Wire wire = new Wire()) {
            wire.breaks(ACTION, fault);

            assertThat(kind(apply(wire))).isEqualTo("UNREACHABLE");
            assertThat(wire.sent(ACTION)).isEqualTo(1);
        }
    }

    @Test
    void aReplyThatIsNoneMeansThatNothingIsKnown() {
        try (Wire wire = new Wire()) {
            wire.answers("CreateTargetGroup", 200, "<html>no</html>");

            assertThat(kind(wire.provider
                            .apply(request(ids(), List.of(), List.of(creation(pool(80, Targets.PODS)))))
                            .getFirst()))
                    .isEqualTo("UNREACHABLE");
        }
    }

    @Test
    void nobodyWaitsForASlowCloudForLong() {
        try (Wire wire = new Wire()) {
            wire.isSlow(ACTION);

            assertThat(kind(apply(wire))).isEqualTo("UNREACHABLE");
        }
    }

    /// Its Pods have taken over from nodes: the target group that serves from now on is told, so that the way back
    /// begins there.
    @Test
    void whoLeavesWithTheListenerTellsWhichGroupServesNow() {
        try (Wire wire = new Wire()) {
            accepts(wire, "ModifyListener");
            accepts(wire, ACTION);

            assertThat(leave(wire))
                    .isEqualTo(new Outcome.Done(Ids.of(
                            poolKey(80),
                            new GroupIds(
                                            Optional.of(group(80, Targets.PODS)),
                                            Optional.empty(),
                                            Optional.of(group(80, Targets.NODES)))
                                    .text())));
        }
    }

    /// Where only the first half of it was done, what is known is out of date.
    @Test
    void aListenerThatWentOverAheadOfItsMembersMakesWhatIsKnownStale() {
        try (Wire wire = new Wire()) {
            accepts(wire, "ModifyListener");
            wire.refuses(ACTION, 400, "Throttling");

            assertThat(kind(leave(wire))).isEqualTo("STALE");
        }
    }

    private static Outcome leave(Wire wire) {
        GroupIds both = new GroupIds(
                Optional.of(group(80, Targets.NODES)), Optional.of(group(80, Targets.PODS)), Optional.empty());
        return wire.provider
                .apply(request(
                        ids(80).and(Ids.of(poolKey(80), both.text())),
                        List.of(pool(80, Targets.PODS)),
                        List.of(remove(node(80, 1)))))
                .getFirst();
    }

    private static void accepts(Wire wire, String action) {
        wire.answers(
                action,
                200,
                "<%1$sResponse><%1$sResult/><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></%1$sResponse>"
                        .formatted(action));
    }

    private static Outcome apply(Wire wire) {
        return wire.provider
                .apply(request(ids(80), List.of(pool(80, Targets.PODS)), List.of(CHANGE)))
                .getFirst();
    }

    private static String kind(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> "DONE";
            case Outcome.Pending pending -> "PENDING";
            case Outcome.Retry retry -> retry.why().name();
            case Outcome.Rejected rejected -> rejected.because().name();
        };
    }
}
