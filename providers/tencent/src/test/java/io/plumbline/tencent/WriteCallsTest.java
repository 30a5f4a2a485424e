package io.plumbline.tencent;

import static io.plumbline.tencent.Examples.KEY;
import static io.plumbline.tencent.Examples.LISTENER_NAME;
import static io.plumbline.tencent.Examples.MARK;
import static io.plumbline.tencent.Examples.SHOP;
import static io.plumbline.tencent.Examples.backend;
import static io.plumbline.tencent.Examples.creation;
import static io.plumbline.tencent.Examples.drain;
import static io.plumbline.tencent.Examples.every;
import static io.plumbline.tencent.Examples.ids;
import static io.plumbline.tencent.Examples.listener;
import static io.plumbline.tencent.Examples.loadBalancer;
import static io.plumbline.tencent.Examples.pool;
import static io.plumbline.tencent.Examples.remove;
import static io.plumbline.tencent.Examples.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import com.google.gson.JsonParser;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.Outcome.Because;
import io.plumbline.spi.Outcome.Done;
import io.plumbline.spi.Outcome.Pending;
import io.plumbline.spi.Outcome.Rejected;
import io.plumbline.spi.Outcome.Retry;
import io.plumbline.spi.Outcome.Task;
import io.plumbline.spi.Outcome.Why;
import io.plumbline.spi.Provider.ApplyRequest;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.model.Ids;
import io.plumbline.spi.model.LoadBalancer;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Setting;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Single calls that write: what is sent, and what is made of the answer.
class WriteCallsTest {
    private static final String REGISTER = "BatchRegisterTargets";
    private static final TencentLoadBalancerOptions PAID = new TencentLoadBalancerOptions(
            Setting.unmanaged(),
            Setting.managed("TRAFFIC_POSTPAID_BY_HOUR"),
            Setting.managed(20),
            Setting.unmanaged(),
            Setting.unmanaged());

    private final Wire wire = new Wire();

    @AfterEach
    void close() {
        wire.close();
    }

    @Test
    void aNewLoadBalancerCarriesItsMarkAndATokenOfTheAttempt() {
        wire.answers("CreateLoadBalancer", "{'LoadBalancerIds':['lb-1'],'DealName':'d','RequestId':'r-1'}");

        Outcome outcome = apply(Ids.none(), creation(loadBalancer(Scheme.INTERNET, PAID)));

        assertThat(outcome)
                .isEqualTo(
                        new Pending(new Task("r-1", "CreateLoadBalancer", Ids.of(KEY, "lb-1")), Duration.ofSeconds(1)));
        assertThat(wire.sent("CreateLoadBalancer")).containsExactly(json("""
                {"LoadBalancerType":"OPEN","Forward":1,"LoadBalancerName":"plumbline_web_shop","VpcId":"vpc-1",
                 "Number":1,"InternetAccessible":{"InternetChargeType":"TRAFFIC_POSTPAID_BY_HOUR",
                 "InternetMaxBandwidthOut":20},"ClientToken":"%s","Tags":[
                 {"TagKey":"plumbline.io/cluster","TagValue":"cluster-1"},
                 {"TagKey":"plumbline.io/object","TagValue":"uid-1"}]}""".formatted(MARK.token(1))));
        assertThat(wire.asked()).containsExactly("CreateLoadBalancer CREATE");
        assertThat(wire.requests().getFirst().getHeader("Authorization")).startsWith("TC3-HMAC-SHA256");
    }

    @Test
    void aReplacementCarriesItsNumberAndATokenOfItsOwn() {
        wire.answers("CreateLoadBalancer", "{'LoadBalancerIds':['lb-2'],'DealName':'d','RequestId':'r-1'}");
        LoadBalancerKey next = new LoadBalancerKey.Managed(SHOP, "uid-1", 1);
        Change change = creation(new LoadBalancer(
                next, Setting.managed(Scheme.INTERNET), Setting.unmanaged(), TencentLoadBalancerOptions.unmanaged()));

        wire.provider.apply(new ApplyRequest(next, MARK, List.of(MARK), 1, Ids.none(), List.of(), List.of(change)));

        assertThat(wire.sent("CreateLoadBalancer")).containsExactly(json("""
                {"LoadBalancerType":"OPEN","Forward":1,"LoadBalancerName":"plumbline_web_shop_1","VpcId":"vpc-1",
                 "Number":1,"ClientToken":"%s","Tags":[
                 {"TagKey":"plumbline.io/cluster","TagValue":"cluster-1"},
                 {"TagKey":"plumbline.io/object","TagValue":"uid-1"},
                 {"TagKey":"plumbline.io/incarnation","TagValue":"1"}]}""".formatted(MARK.token(1, 1))));
        assertThat(MARK.token(1, 1)).isNotEqualTo(MARK.token(1));
    }

    /// The next write would be refused for a while: the task of the batch tells when that is over.
    @Test
    void aLongBatchIsDoneWhenItsTaskIs() {
        wire.answers(REGISTER, "{'FailListenerIdSet':[],'Message':'','RequestId':'r-1'}");
        Change[] many = IntStream.range(0, Limits.LONG_BATCH)
                .mapToObj(host -> creation(backend(80, host)))
                .toArray(Change[]::new);

        List<Outcome> outcomes = wire.provider.apply(request(ids(80), List.of(), List.of(many)));

        assertThat(outcomes)
                .allMatch(outcome ->
                        outcome.equals(new Pending(new Task("r-1", REGISTER, Ids.none()), Limits.POLL_LISTENER)));
    }

    @Test
    void idsThatAreMissingInTheReplyComeWithTheTask() {
        wire.answers("CreateLoadBalancer", "{'LoadBalancerIds':[],'DealName':'d','RequestId':'r-1'}");
        wire.answersInTurn(
                "DescribeTaskStatus",
                "{'Status':2,'LoadBalancerIds':[],'RequestId':'r-2'}",
                "{'Status':0,'LoadBalancerIds':['lb-9'],'RequestId':'r-3'}");

        Pending pending = (Pending) apply(Ids.none(), creation(loadBalancer(Scheme.INTERNET, PAID)));

        assertThat(wire.provider.poll(KEY, pending.task())).isEqualTo(pending);
        assertThat(wire.provider.poll(KEY, pending.task())).isEqualTo(new Done(Ids.of(KEY, "lb-9")));
        assertThat(wire.sent("DescribeTaskStatus")).contains(json("{\"TaskId\":\"r-1\"}"));
    }

    @Test
    void aTaskThatFailedAsksForANewReading() {
        wire.answers("DescribeTaskStatus", "{'Status':1,'Message':'no capacity','RequestId':'r-2'}");

        Outcome outcome = wire.provider.poll(KEY, new Task("r-1", "CreateListener", Ids.none()));

        assertThat(why(outcome)).isEqualTo(Why.STALE);
        assertThat(((Retry) outcome).message()).contains("no capacity");
    }

    @Test
    void anUnknownTaskAsksForANewReading() {
        wire.refuses("DescribeTaskStatus", "InvalidParameter", "no such task");

        assertThat(why(wire.provider.poll(KEY, new Task("r-1", "CreateListener", Ids.none()))))
                .isEqualTo(Why.STALE);
    }

    @Test
    void listenersCarryOurMarkInTheirNamesAndTheirPoolsSettings() {
        wire.answers("CreateListener", "{'ListenerIds':['lbl-80','lbl-443'],'RequestId':'r-1'}");

        List<Outcome> outcomes = wire.provider.apply(request(
                ids(),
                List.of(pool(80, every(5)), pool(443, every(5))),
                List.of(creation(listener(80)), creation(listener(443)))));

        assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome).isEqualTo(outcomes.getFirst()));
        assertThat(((Pending) outcomes.getFirst()).task().ids()).isEqualTo(withoutLoadBalancer(ids(80, 443)));
        assertThat(wire.sent("CreateListener")).containsExactly(json("""
                {"LoadBalancerId":"lb-1","Ports":[80,443],"Protocol":"TCP","ListenerNames":["%1$s","%1$s"],
                 "HealthCheck":{"HealthSwitch":1,"IntervalTime":5,"HealthNum":2,"CheckType":"TCP"}}""".formatted(LISTENER_NAME)));
    }

    @Test
    void aListenerThatIsThereAlreadyAndOursIsDone() {
        wire.refuses("CreateListener", "InvalidParameter.PortCheckFailed", "port 80 is used");
        wire.answers("DescribeListeners", """
                {'Listeners':[{'ListenerId':'lbl-80','ListenerName':'%s-x','Protocol':'TCP','Port':80}],
                 'TotalCount':1,'RequestId':'r-1'}""".formatted(LISTENER_NAME));

        assertThat(wire.provider.apply(request(ids(), List.of(pool(80, every(5))), List.of(creation(listener(80))))))
                .containsExactly(new Done(withoutLoadBalancer(ids(80))));
    }

    @Test
    void aPortThatSomebodyElseHasAsksForANewReading() {
        wire.refuses("CreateListener", "InvalidParameter.PortCheckFailed", "port 80 is used");
        wire.answers("DescribeListeners", """
                {'Listeners':[{'ListenerId':'lbl-1','ListenerName':'by-hand','Protocol':'TCP','Port':80}],
                 'TotalCount':1,'RequestId':'r-1'}""");

        assertThat(why(wire.provider
                        .apply(request(ids(), List.of(pool(80, every(5))), List.of(creation(listener(80)))))
                        .getFirst()))
                .isEqualTo(Why.STALE);
    }

    @Test
    void aTargetIsBoundWithItsWeightAndALabelOfItsPod() {
        wire.answers(REGISTER, "{'FailListenerIdSet':[],'RequestId':'r-1'}");

        assertThat(apply(ids(80), creation(backend(80, 0)))).isEqualTo(new Done());
        assertThat(wire.sent(REGISTER))
                .containsExactly(json("""
                {"LoadBalancerId":"lb-1","Targets":[{"ListenerId":"lbl-80","Port":8080,"EniIp":"10.0.0.1",
                 "Weight":10,"Tag":"%s"}]}""".formatted(io.plumbline.spi.model.Mark.shortHash("pod-0"))));
    }

    @Test
    void drainingSetsTheWeightToZeroAndRemovingDeregisters() {
        wire.answers("BatchModifyTargetWeight", "{'RequestId':'r-1'}");
        wire.answers("BatchDeregisterTargets", "{'FailListenerIdSet':null,'RequestId':'r-2'}");

        assertThat(apply(ids(80), drain(backend(80, 0)))).isInstanceOf(Pending.class);
        assertThat(apply(ids(80), remove(backend(80, 0)))).isEqualTo(new Done());
        assertThat(wire.sent("BatchModifyTargetWeight")).containsExactly(json("""
                {"LoadBalancerId":"lb-1","ModifyList":[{"ListenerId":"lbl-80","Weight":0,
                 "Targets":[{"Port":8080,"EniIp":"10.0.0.1"}]}]}"""));
        assertThat(wire.sent("BatchDeregisterTargets")).containsExactly(json("""
                {"LoadBalancerId":"lb-1","Targets":[{"ListenerId":"lbl-80","Port":8080,"EniIp":"10.0.0.1"}]}"""));
        assertThat(wire.asked())
                .containsExactly("BatchModifyTargetWeight DEREGISTER", "BatchDeregisterTargets DEREGISTER");
    }

    @Test
    void ofABatchThatFailedInPartOnlyThatPartIsTriedAgain() {
        wire.answers(REGISTER, "{'FailListenerIdSet':['lbl-80'],'Message':'busy','RequestId':'r-1'}");
        wire.answers("DescribeTargets", targets("lbl-80", ""));

        List<Outcome> outcomes = wire.provider.apply(
                request(ids(80, 81), List.of(), List.of(creation(backend(80, 0)), creation(backend(81, 0)))));

        assertThat(why(outcomes.get(0))).isEqualTo(Why.CLOUD_FAILURE);
        assertThat(outcomes.get(1)).isEqualTo(new Done());
    }

    @Test
    void aTargetThatIsBoundAlreadyOrUnboundAlreadyIsDone() {
        wire.answers(REGISTER, "{'FailListenerIdSet':['lbl-80'],'RequestId':'r-1'}");
        wire.answers("BatchDeregisterTargets", "{'FailListenerIdSet':['lbl-80'],'RequestId':'r-2'}");
        wire.answers(
                "DescribeTargets", targets("lbl-80", """
                {'Type':'ENI','InstanceId':'','Port':8080,'Weight':10,'PrivateIpAddresses':['10.0.0.1'],'Tag':'%s'}""".formatted(io.plumbline.spi.model.Mark.shortHash("pod-0"))));

        assertThat(apply(ids(80), creation(backend(80, 0)))).isEqualTo(new Done());
        assertThat(apply(ids(80), remove(backend(80, 1)))).isEqualTo(new Done());
        assertThat(why(apply(ids(80), remove(backend(80, 0))))).isEqualTo(Why.CLOUD_FAILURE);
    }

    @Test
    void oneTargetThatTheCloudRefusesDoesNotHoldBackTheOthers() {
        wire.answersInTurn(
                REGISTER,
                "{'Error':{'Code':'InvalidParameterValue','Message':'no such address'},'RequestId':'r-1'}",
                "{'FailListenerIdSet':[],'RequestId':'r-2'}",
                "{'Error':{'Code':'InvalidParameterValue','Message':'no such address'},'RequestId':'r-3'}");

        List<Outcome> outcomes = wire.provider.apply(
                request(ids(80), List.of(), List.of(creation(backend(80, 0)), creation(backend(80, 1)))));

        assertThat(outcomes.get(0)).isEqualTo(new Done());
        assertThat(((Rejected) outcomes.get(1)).because()).isEqualTo(Because.INVALID);
    }

    @Test
    void afterATaskHasBegunNothingMoreIsSent() {
        wire.answers("BatchModifyTargetWeight", "{'RequestId':'r-1'}");

        List<Outcome> outcomes = wire.provider.apply(
                request(ids(80), List.of(), List.of(drain(backend(80, 0)), creation(backend(80, 1)))));

        assertThat(outcomes.get(0)).isInstanceOf(Pending.class);
        assertThat(why(outcomes.get(1))).isEqualTo(Why.POSTPONED);
        assertThat(wire.sent(REGISTER)).isEmpty();
    }

    @Test
    void aLockedLoadBalancerStopsTheRound() {
        wire.refuses("BatchDeregisterTargets", "FailedOperation.ResourceInOperating", "locked");

        List<Outcome> outcomes = wire.provider.apply(
                request(ids(80), List.of(), List.of(remove(backend(80, 0)), creation(backend(80, 1)))));

        assertThat(outcomes).extracting(outcome -> why(outcome)).containsExactly(Why.BUSY, Why.POSTPONED);
        assertThat(wire.sent(REGISTER)).isEmpty();
    }

    @Test
    void wrongCredentialsStopTheRoundAndADeniedActionOnlyItsOwnChanges() {
        wire.refuses("BatchDeregisterTargets", "AuthFailure.SecretIdNotFound", "who are you");
        List<Change> changes = List.of(remove(backend(80, 0)), creation(backend(80, 1)));

        assertThat(wire.provider.apply(request(ids(80), List.of(), changes)))
                .allSatisfy(
                        outcome -> assertThat(((Rejected) outcome).because()).isEqualTo(Because.CREDENTIALS));

        wire.refuses("BatchDeregisterTargets", "UnauthorizedOperation", "not you");
        wire.answers(REGISTER, "{'FailListenerIdSet':[],'RequestId':'r-1'}");
        List<Outcome> outcomes = wire.provider.apply(request(ids(80), List.of(), changes));
        assertThat(((Rejected) outcomes.get(0)).because()).isEqualTo(Because.DENIED);
        assertThat(outcomes.get(1)).isEqualTo(new Done());
    }

    @Test
    void deletingAsksFirstAndConfirmsWhenTheCloudAsksBack() {
        wire.answersInTurn(
                "DeleteLoadBalancer",
                "{'Error':{'Code':'FailedOperation.TargetNumCheckRisk','Message':'50 targets'},'RequestId':'r-1'}",
                "{'RequestId':'r-2'}");

        assertThat(apply(ids(), removal())).isInstanceOf(Pending.class);
        assertThat(wire.sent("DeleteLoadBalancer"))
                .containsExactly(
                        json("{\"LoadBalancerIds\":[\"lb-1\"]}"),
                        json("{\"LoadBalancerIds\":[\"lb-1\"],\"ForceDelete\":true}"));
    }

    @Test
    void whatIsGoneAlreadyIsDone() {
        wire.refuses("DeleteLoadBalancer", "InvalidParameter.LBIdNotFound", "lb-1");
        wire.refuses("DeleteLoadBalancerListeners", "InvalidParameter", "some ListenerId(lbl-80) not found");

        assertThat(apply(ids(), removal())).isEqualTo(new Done());
        assertThat(apply(ids(80), remove(listener(80)))).isEqualTo(new Done());
    }

    @Test
    void oneListenerThatIsGoneSaysNothingAboutTheOthersOfItsBatch() {
        wire.refuses("DeleteLoadBalancerListeners", "InvalidParameter", "some ListenerId(lbl-80) not found");

        List<Outcome> outcomes = wire.provider.apply(
                request(ids(80, 81), List.of(), List.of(remove(listener(80)), remove(listener(81)))));

        assertThat(outcomes).allSatisfy(outcome -> assertThat(why(outcome)).isEqualTo(Why.STALE));
    }

    @Test
    void aProtectedLoadBalancerStays() {
        wire.refuses("DeleteLoadBalancer", "OperationDenied", "deletion protection is on");

        assertThat(((Rejected) apply(ids(), removal())).because()).isEqualTo(Because.PROTECTED);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aBrokenConnectionLeavesItOpenWhatWasDoneAndIsNotRepeated(Fault fault) {
        wire.breaks("CreateLoadBalancer", fault);

        assertThat(why(apply(Ids.none(), creation(loadBalancer(Scheme.INTERNET, PAID)))))
                .isEqualTo(Why.UNREACHABLE);
        assertThat(wire.sent("CreateLoadBalancer")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "not json",
                "{\"Response\":null}",
                "{\"Response\":{}}",
                "{\"Response\":{\"ListenerIds\":[],\"RequestId\":\"r-1\"}}",
                "{\"Response\":{\"ListenerIds\":\"lbl-80\",\"RequestId\":\"r-1\"}}",
                "{\"Response\":{\"ListenerIds\":[\"lbl-80\"]",
                "<html>gateway</html>"
            })
    void aBrokenReplyLeavesItOpenWhatWasDone(String body) {
        wire.says("CreateListener", body);

        assertThat(why(wire.provider
                        .apply(request(ids(), List.of(pool(80, every(5))), List.of(creation(listener(80)))))
                        .getFirst()))
                .isEqualTo(Why.UNREACHABLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 403, 429, 500, 503})
    void anHttpErrorLeavesItOpenWhatWasDone(int status) {
        wire.answersWithStatus(REGISTER, status);

        assertThat(why(apply(ids(80), creation(backend(80, 0))))).isEqualTo(Why.UNREACHABLE);
    }

    @Test
    void aSlowReplyEndsAtTheTimeout() {
        wire.isSlow(REGISTER);

        assertThat(why(apply(ids(80), creation(backend(80, 0))))).isEqualTo(Why.UNREACHABLE);
    }

    private Outcome apply(Ids ids, Change change) {
        return wire.provider.apply(request(ids, List.of(), List.of(change))).getFirst();
    }

    private static Change removal() {
        return remove(loadBalancer(Scheme.INTERNET, PAID));
    }

    private static Why why(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Retry.class);
        return ((Retry) outcome).why();
    }

    private static Ids withoutLoadBalancer(Ids ids) {
        Ids.Collector rest = new Ids.Collector();
        ids.byKey().forEach((key, id) -> {
            if (!key.equals(KEY)) {
                rest.put(key, id);
            }
        });
        return rest.collect();
    }

    private static String targets(String listener, String target) {
        return "{'Listeners':[{'ListenerId':'%s','Protocol':'TCP','Port':80,'Targets':[%s]}],'RequestId':'r-9'}"
                .formatted(listener, target);
    }

    private static com.google.gson.JsonObject json(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }
}
