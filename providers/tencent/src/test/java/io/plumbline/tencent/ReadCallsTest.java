package io.plumbline.tencent;

import static io.plumbline.tencent.Examples.KEY;
import static io.plumbline.tencent.Examples.LISTENER_NAME;
import static io.plumbline.tencent.Examples.MARK;
import static io.plumbline.tencent.Examples.NOW;
import static io.plumbline.tencent.Examples.SHOP;
import static io.plumbline.tencent.Examples.ids;
import static io.plumbline.tencent.Examples.pool;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.spi.Answer;
import io.plumbline.spi.Outcome.Because;
import io.plumbline.spi.Outcome.Rejected;
import io.plumbline.spi.Outcome.Retry;
import io.plumbline.spi.Outcome.Why;
import io.plumbline.spi.Provider.HealthQuestion;
import io.plumbline.spi.Provider.ReadRequest;
import io.plumbline.spi.Scope;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Actual.PublicAddress;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Health;
import io.plumbline.spi.model.Ids;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Owned;
import io.plumbline.spi.model.Ownership;
import io.plumbline.spi.model.PoolKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Single calls that read: what is asked, and what is made of the answer.
class ReadCallsTest {
    private static final String OURS =
            "{'TagKey':'plumbline.io/cluster','TagValue':'cluster-1'},{'TagKey':'plumbline.io/object','TagValue':'uid-1'}";

    private static final LoadBalancerKey EXISTING = new LoadBalancerKey.Existing("tencent", "ap-guangzhou", "lb-1");

    private final Wire wire = new Wire();

    @AfterEach
    void close() {
        wire.close();
    }

    @Test
    void aLoadBalancerIsFoundByItsTags() {
        wire.answers("DescribeLoadBalancers", page(balancer("lb-1", OURS, "'LoadBalancerVips':['1.2.3.4']")));

        Actual actual = read(KEY, new Scope.Existence(), Ids.none());

        assertThat(actual.loadBalancer().orElseThrow().resource()).isInstanceOf(Owned.class);
        assertThat(actual.addresses()).containsExactly(new PublicAddress(PublicAddress.Form.IP, "1.2.3.4", false));
        assertThat(actual.readAt()).isEqualTo(NOW);
        assertThat(wire.sent("DescribeLoadBalancers").getFirst().toString())
                .contains("{\"Name\":\"tag:plumbline.io/cluster\",\"Values\":[\"cluster-1\"]}")
                .contains("{\"Name\":\"tag:plumbline.io/object\",\"Values\":[\"uid-1\"]}");
    }

    @Test
    void whatTheFilterLetsThroughIsComparedAgain() {
        String others = OURS.replace("uid-1", "uid-2");
        wire.answers("DescribeLoadBalancers", page(balancer("lb-2", others, "'LoadBalancerVips':[]")));

        assertThat(read(KEY, new Scope.Existence(), Ids.none()).loadBalancer()).isEmpty();
    }

    @Test
    void pagesAreReadToTheEnd() {
        String hundred = IntStream.range(0, 100)
                .mapToObj(index -> balancer("lb-x" + index, "", "'Status':1"))
                .collect(Collectors.joining(","));
        wire.answersInTurn(
                "DescribeLoadBalancers",
                "{'TotalCount':101,'LoadBalancerSet':[" + hundred + "],'RequestId':'r-1'}",
                "{'TotalCount':101,'LoadBalancerSet':[" + balancer("lb-1", OURS, "'Status':1")
                        + "],'RequestId':'r-2'}");

        assertThat(read(KEY, new Scope.Existence(), Ids.none())
                        .loadBalancer()
                        .orElseThrow()
                        .id())
                .isEqualTo("lb-1");
        assertThat(wire.sent("DescribeLoadBalancers").get(1).get("Offset").getAsInt())
                .isEqualTo(100);
    }

    @Test
    void aLoadBalancerWithADomainIsPublishedByItsName() {
        wire.answers(
                "DescribeLoadBalancers",
                page(balancer("lb-1", OURS, "'LoadBalancerVips':[],'LoadBalancerDomain':'lb-1.clb.example.com'")));

        assertThat(read(KEY, new Scope.Existence(), Ids.none()).addresses())
                .containsExactly(new PublicAddress(PublicAddress.Form.HOSTNAME, "lb-1.clb.example.com", false));
    }

    @Test
    void aLoadBalancerThatTkeMadeIsForeignEvenWithOurTags() {
        String tags = OURS + ",{'TagKey':'tke-createdBy-flag','TagValue':'yes'}";
        wire.answers("DescribeLoadBalancers", page(balancer("lb-1", tags, "'Status':1")));

        assertThat(read(KEY, new Scope.Existence(), Ids.none())
                        .loadBalancer()
                        .orElseThrow()
                        .resource())
                .isInstanceOf(Ownership.Foreign.class);
    }

    @Test
    void aKnownIdIsVerifiedAndNeverTrusted() {
        wire.answers("DescribeLoadBalancers", page(balancer("lb-1", "", "'Status':1")));

        assertThat(read(KEY, new Scope.Existence(), ids())
                        .loadBalancer()
                        .orElseThrow()
                        .resource())
                .isInstanceOf(Ownership.Foreign.class);
        assertThat(wire.sent("DescribeLoadBalancers").getFirst().toString()).contains("\"LoadBalancerIds\":[\"lb-1\"]");
    }

    @Test
    void aKnownIdThatIsGoneIsSearchedByTags() {
        wire.answersInTurn(
                "DescribeLoadBalancers",
                "{'Error':{'Code':'InvalidParameter.LBIdNotFound','Message':'lb-1'},'RequestId':'r-1'}",
                page(""));

        assertThat(read(KEY, new Scope.Whole(), ids()).loadBalancer()).isEmpty();
        assertThat(wire.sent("DescribeLoadBalancers")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'TagKey':'plumbline.io/cluster','TagValue':'cluster-1'} | vpc-1 | made for another Service",
                "{'TagKey':'plumbline.io/cluster','TagValue':'cluster-2'} | vpc-1 | another cluster",
                "{'TagKey':'tke-lb-serviceuuid','TagValue':'u'} | vpc-1 | it belongs to TKE (tag tke-lb-serviceuuid)",
                "{'TagKey':'tke-clusterId','TagValue':'cls-1'} | vpc-1 | it belongs to TKE (tag tke-clusterId)",
                "{'TagKey':'env','TagValue':'prod'} | vpc-2 | it is in another network (vpc-2)"
            })
    void aLoadBalancerThatTheUserNamedIsRefusedWhereSomebodyHasIt(String tag, String vpcId, String why) {
        wire.answers("DescribeLoadBalancers", page(balancer("lb-1", tag, "'VpcId':'" + vpcId + "'")));

        assertThat(read(EXISTING, new Scope.Existence(), Ids.none())
                        .loadBalancer()
                        .orElseThrow()
                        .resource())
                .isInstanceOfSatisfying(
                        Ownership.Foreign.class,
                        foreign -> assertThat(foreign.why()).contains(why));
    }

    @Test
    void aLoadBalancerThatTheUserNamedIsBorrowedWhereNobodyHasIt() {
        String tag = "{'TagKey':'env','TagValue':'prod'}";
        wire.answers("DescribeLoadBalancers", page(balancer("lb-1", tag, "'VpcId':'vpc-1'")));

        assertThat(read(EXISTING, new Scope.Existence(), Ids.none())
                        .loadBalancer()
                        .orElseThrow()
                        .resource())
                .isInstanceOf(Ownership.Borrowed.class);
        assertThat(wire.sent("DescribeLoadBalancers").getFirst().toString()).contains("\"LoadBalancerIds\":[\"lb-1\"]");
    }

    @Test
    void ofSeveralIncarnationsEachIsFoundByItsNumber() {
        String second = OURS + ",{'TagKey':'plumbline.io/incarnation','TagValue':'1'}";
        wire.answers(
                "DescribeLoadBalancers",
                page(balancer("lb-1", OURS, "'Status':1") + "," + balancer("lb-2", second, "'Status':1")));

        assertThat(found(0)).contains("lb-1");
        assertThat(found(1)).contains("lb-2");
        assertThat(found(2)).isEmpty();
        assertThat(read(new LoadBalancerKey.Managed(SHOP, "uid-1", 2), new Scope.Existence(), Ids.of(KEY, "lb-1"))
                        .loadBalancer())
                .isEmpty();
    }

    private Optional<String> found(int incarnation) {
        return read(new LoadBalancerKey.Managed(SHOP, "uid-1", incarnation), new Scope.Existence(), Ids.none())
                .loadBalancer()
                .map(Actual.Found::id);
    }

    @Test
    void listenersWithoutOurMarkAreForeignAndTheirTargetsAreNotAskedFor() {
        wire.answers("DescribeLoadBalancers", page(balancer("lb-1", OURS, "'Status':1")));
        wire.answers("DescribeListeners", """
                {'Listeners':[
                 {'ListenerId':'lbl-80','ListenerName':'%s-shop','Protocol':'TCP','Port':80,'Scheduler':'WRR',
                  'SessionExpireTime':0,'HealthCheck':{'HealthSwitch':1,'IntervalTime':5,'TimeOut':2,'HealthNum':3,
                  'UnHealthNum':3,'CheckType':'TCP','SourceIpType':0,'CheckPort':null}},
                 {'ListenerId':'lbl-81','ListenerName':'by-hand','Protocol':'HTTP','Port':81}],
                 'TotalCount':2,'RequestId':'r-1'}""".formatted(LISTENER_NAME));
        wire.answers("DescribeTargets", """
                {'Listeners':[{'ListenerId':'lbl-80','Targets':[
                 {'Type':'ENI','Port':8080,'Weight':0,'PrivateIpAddresses':['10.0.0.1'],'Tag':'abc'},
                 {'Type':'CVM','InstanceId':'ins-1','Port':30080,'Weight':10,'PrivateIpAddresses':['10.0.0.9']}]}],
                 'RequestId':'r-2'}""");

        Actual actual = read(KEY, new Scope.Whole(), Ids.none());

        assertThat(actual.listeners()).hasSize(2);
        assertThat(actual.listeners().get(0).resource()).isInstanceOf(Owned.class);
        assertThat(actual.listeners().get(1).resource()).isInstanceOf(Ownership.Foreign.class);
        assertThat(wire.sent("DescribeTargets").getFirst().get("ListenerIds").toString())
                .isEqualTo("[\"lbl-80\"]");
        assertThat(actual.pools().getFirst().members())
                .extracting(member -> member.backend().value().key().endpoint() + " " + member.state())
                .containsExactlyInAnyOrder("10.0.0.1:8080 STOPPED", "ins-1:30080 ACTIVE");
        assertThat(actual.pools()
                        .getFirst()
                        .members()
                        .getFirst()
                        .backend()
                        .value()
                        .registrant())
                .contains("abc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DescribeLoadBalancers", "DescribeListeners", "DescribeTargets"})
    void aReplyWithoutWhatWasAskedForIsNeverTakenAsEmpty(String action) {
        answerAll();
        wire.answers(action, "{'RequestId':'r-1'}");

        assertThat(missed(new Scope.Whole()))
                .isInstanceOfSatisfying(
                        Retry.class, retry -> assertThat(retry.why()).isEqualTo(Why.UNREACHABLE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DescribeLoadBalancers", "DescribeListeners", "DescribeTargets"})
    void wrongCredentialsAreNeverTakenAsEmpty(String action) {
        answerAll();
        wire.refuses(action, "AuthFailure.TokenFailure", "expired");

        assertThat(missed(new Scope.Whole()))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.because()).isEqualTo(Because.CREDENTIALS));
    }

    @Test
    void aListenerThatVanishesBetweenTwoCallsAsksForANewReading() {
        answerAll();
        wire.refuses("DescribeTargets", "InvalidParameter.ListenerIdNotFound", "lbl-80");

        assertThat(missed(new Scope.Whole()))
                .isInstanceOfSatisfying(
                        Retry.class, retry -> assertThat(retry.why()).isEqualTo(Why.STALE));
    }

    @Test
    void theHealthOfAMachineIsToldUnderItsName() {
        wire.answers("DescribeTargetHealth", """
                {'LoadBalancers':[{'LoadBalancerId':'lb-1','Listeners':[{'ListenerId':'lbl-80','Rules':[{'LocationId':'',
                 'Targets':[
                  {'IP':'10.0.0.9','Port':30080,'HealthStatus':true,'TargetId':'ins-1','HealthStatusDetail':'Alive'}]}]}]}],
                 'RequestId':'r-1'}""");

        Health health = wire.provider
                .health(List.of(new HealthQuestion(KEY, List.of(pool(80)), ids(80))))
                .asOptional()
                .orElseThrow()
                .getFirst();

        assertThat(health.of(new BackendKey(pool(80), new Address.Instance("ins-1"), 30080)))
                .contains(Health.Status.HEALTHY);
    }

    @Test
    void healthIsReadByListenerForSeveralLoadBalancersInOneCall() {
        LoadBalancerKey other = new LoadBalancerKey.Managed(SHOP, "uid-2");
        wire.answers("DescribeTargetHealth", """
                {'LoadBalancers':[{'LoadBalancerId':'lb-1','Listeners':[{'ListenerId':'lbl-80','Rules':[{'LocationId':'',
                 'Targets':[
                  {'IP':'10.0.0.1','Port':80,'HealthStatus':true,'TargetId':'','HealthStatusDetail':'Alive'},
                  {'IP':'10.0.0.2','Port':80,'HealthStatus':false,'TargetId':'','HealthStatusDetail':'Dead'},
                  {'IP':'10.0.0.3','Port':80,'HealthStatus':false,'TargetId':'','HealthStatusDetail':'Unknown'},
                  {'IP':'10.0.0.4','Port':80,'HealthStatus':false,'TargetId':'','HealthStatusDetail':'Close'}]}]}]},
                 {'LoadBalancerId':'lb-2','Listeners':null}],'RequestId':'r-1'}""");

        Answer<List<Health>> answer = wire.provider.health(List.of(
                new HealthQuestion(KEY, List.of(pool(80)), ids(80)),
                new HealthQuestion(other, List.of(pool(80)), Ids.of(other, "lb-2"))));

        List<Health> health = answer.asOptional().orElseThrow();
        assertThat(health.get(0).byBackend().values())
                .containsExactly(
                        Health.Status.HEALTHY, Health.Status.UNHEALTHY, Health.Status.PROBING, Health.Status.UNCHECKED);
        assertThat(health.get(0).of(backendKey(pool(80), "10.0.0.1"))).contains(Health.Status.HEALTHY);
        assertThat(health.get(1).byBackend()).isEmpty();
        assertThat(wire.sent("DescribeTargetHealth")).hasSize(1);
    }

    @Test
    void aLoadBalancerThatIsGoneDoesNotHideTheHealthOfTheOthers() {
        LoadBalancerKey gone = new LoadBalancerKey.Managed(SHOP, "uid-2");
        String absent = "{'Error':{'Code':'InvalidParameter.LBIdNotFound','Message':'lb-0'},'RequestId':'r-1'}";
        wire.answersInTurn("DescribeTargetHealth", absent, absent, """
                {'LoadBalancers':[{'LoadBalancerId':'lb-1','Listeners':[{'ListenerId':'lbl-80','Rules':[{
                 'Targets':[{'IP':'10.0.0.1','Port':80,'HealthStatusDetail':'Alive'}]}]}]}],'RequestId':'r-1'}""");

        List<Health> health = wire.provider
                .health(List.of(
                        new HealthQuestion(KEY, List.of(pool(80)), ids(80)),
                        new HealthQuestion(gone, List.of(), Ids.of(gone, "lb-0"))))
                .asOptional()
                .orElseThrow();

        assertThat(health.get(0).byBackend()).hasSize(1);
        assertThat(health.get(1).byBackend()).isEmpty();
    }

    private void answerAll() {
        wire.answers("DescribeLoadBalancers", page(balancer("lb-1", OURS, "'Status':1")));
        wire.answers("DescribeListeners", """
                {'Listeners':[{'ListenerId':'lbl-80','ListenerName':'%s','Protocol':'TCP','Port':80}],
                 'TotalCount':1,'RequestId':'r-1'}""".formatted(LISTENER_NAME));
        wire.answers("DescribeTargets", "{'Listeners':[{'ListenerId':'lbl-80','Targets':[]}],'RequestId':'r-2'}");
    }

    private Object missed(Scope scope) {
        return switch (wire.provider.read(new ReadRequest(KEY, scope, MARK, List.of(MARK), Ids.none()))) {
            case Answer.Missed<Actual>(var failure) -> failure;
            case Answer.Got<Actual>(Actual actual) -> actual;
        };
    }

    private Actual read(LoadBalancerKey key, Scope scope, Ids known) {
        return wire.provider
                .read(new ReadRequest(key, scope, MARK, List.of(MARK), known))
                .asOptional()
                .orElseThrow();
    }

    private static BackendKey backendKey(PoolKey pool, String ip) {
        return new BackendKey(pool, new Address.Ip(ip), 80);
    }

    private static String page(String balancers) {
        return "{'TotalCount':%d,'LoadBalancerSet':[%s],'RequestId':'r-1'}"
                .formatted(balancers.isEmpty() ? 0 : 1, balancers);
    }

    private static String balancer(String id, String tags, String more) {
        return "{'LoadBalancerId':'%s','LoadBalancerType':'OPEN','Tags':[%s],'NetworkAttributes':null,%s}"
                .formatted(id, tags, more);
    }
}
