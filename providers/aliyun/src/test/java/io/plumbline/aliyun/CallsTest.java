package io.plumbline.aliyun;

import static io.plumbline.aliyun.Examples.KEY;
import static io.plumbline.aliyun.Examples.MARK;
import static io.plumbline.aliyun.Examples.MARKED;
import static io.plumbline.aliyun.Examples.backend;
import static io.plumbline.aliyun.Examples.creation;
import static io.plumbline.aliyun.Examples.every;
import static io.plumbline.aliyun.Examples.ids;
import static io.plumbline.aliyun.Examples.listener;
import static io.plumbline.aliyun.Examples.loadBalancer;
import static io.plumbline.aliyun.Examples.pool;
import static io.plumbline.aliyun.Examples.remove;
import static io.plumbline.aliyun.Examples.request;
import static io.plumbline.aliyun.Examples.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import io.plumbline.spi.Answer;
import io.plumbline.spi.Answer.Got;
import io.plumbline.spi.Answer.Missed;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.Outcome.Because;
import io.plumbline.spi.Outcome.Done;
import io.plumbline.spi.Outcome.Why;
import io.plumbline.spi.Provider.ReadRequest;
import io.plumbline.spi.Scope;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Ids;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Owned;
import io.plumbline.spi.model.Ownership.Borrowed;
import io.plumbline.spi.model.Ownership.Foreign;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Single calls through the real SDK over real sockets, with replies as the cloud gives them.
class CallsTest {
    private static final String OUR_TAGS = "{'TagKey':'plumbline.io/cluster','TagValue':'cluster-1'},"
            + "{'TagKey':'plumbline.io/object','TagValue':'uid-1'}";

    private static String balancers(String vpc, String tags) {
        return "{'TotalCount':1,'LoadBalancers':{'LoadBalancer':["
                + "{'LoadBalancerId':'lb-1','LoadBalancerName':'n','LoadBalancerStatus':'active','Address':'47.1.2.3',"
                + "'AddressType':'internet','AddressIPVersion':'ipv4','NetworkType':'classic','VpcId':'" + vpc + "',"
                + "'InstanceChargeType':'PayByCLCU','InternetChargeType':'4','DeleteProtection':'on',"
                + "'ModificationProtectionStatus':'ConsoleProtection','Tags':{'Tag':[" + tags + "]}}]}}";
    }

    private static Answer<Actual> read(Wire wire, LoadBalancerKey key, Ids known) {
        return wire.provider.read(new ReadRequest(key, new Scope.Whole(), MARK, List.of(MARK), known));
    }

    private static void answersWhole(Wire wire) {
        wire.answers("DescribeLoadBalancers", balancers("", OUR_TAGS));
        wire.answers("DescribeAccessControlLists", "{'Acls':{'Acl':[]},'TotalCount':0}");
        wire.answers(
                "DescribeLoadBalancerListeners",
                "{'Listeners':[{'LoadBalancerId':'lb-1','ListenerPort':80,'ListenerProtocol':'tcp','Status':'running',"
                        + "'Description':'" + MARKED + "','VServerGroupId':'rsp-1','Scheduler':'wrr','AclStatus':'off',"
                        + "'TCPListenerConfig':{'HealthCheck':'on','HealthCheckType':'tcp','HealthCheckInterval':2,"
                        + "'HealthCheckConnectTimeout':5,'HealthyThreshold':3,'UnhealthyThreshold':3,"
                        + "'HealthCheckConnectPort':-520,'PersistenceTimeout':0,'EstablishedTimeout':900,"
                        + "'ConnectionDrain':'off','ProxyProtocolV2Enabled':'false'}},"
                        + "{'LoadBalancerId':'lb-1','ListenerPort':9000,'ListenerProtocol':'tcp','Status':'stopped',"
                        + "'Description':'a stranger'}]}");
        wire.answers(
                "DescribeVServerGroups",
                "{'VServerGroups':{'VServerGroup':[{'VServerGroupId':'rsp-1','VServerGroupName':'" + MARKED
                        + "/tcp/80'},{'VServerGroupId':'rsp-9','VServerGroupName':'k8s/80/a/b/c'}]}}");
        wire.answers(
                "DescribeVServerGroupAttribute",
                "{'VServerGroupId':'rsp-1','BackendServers':{'BackendServer':["
                        + "{'ServerId':'eni-1','ServerIp':'10.0.0.2','Port':8080,'Type':'eni','Weight':100,"
                        + "'Description':'" + MARKED + "/0123456789abcdef'},"
                        + "{'ServerId':'i-1','ServerIp':'10.1.0.1','Port':30080,'Type':'ecs','Weight':0,"
                        + "'Description':'" + MARKED + "'}]}}");
    }

    @Test
    void aLoadBalancerIsReadWhole() {
        try (Wire wire = new Wire()) {
            answersWhole(wire);

            Actual actual = read(wire, KEY, Ids.none()).asOptional().orElseThrow();

            assertThat(actual.loadBalancer().orElseThrow().resource()).isInstanceOf(Owned.class);
            assertThat(actual.deletionProtected()).isTrue();
            assertThat(actual.listeners())
                    .extracting(found -> found.id() + " " + (found.resource() instanceof Owned))
                    .containsExactly("lb-1/tcp/80 true", "lb-1/tcp/9000 false");
            assertThat(actual.pools()).singleElement().satisfies(pool -> {
                assertThat(pool.pool().id()).isEqualTo("rsp-1");
                assertThat(pool.members())
                        .extracting(member ->
                                member.key().endpoint() + " " + member.id().orElse("-") + " "
                                        + member.backend().value().registrant().orElse("-") + " " + member.draining())
                        .containsExactlyInAnyOrder("10.0.0.2:8080 eni-1 0123456789abcdef false", "i-1:30080 - - true");
            });
            assertThat(wire.asked()).allMatch(asked -> asked.endsWith(" READ"));
        }
    }

    @Test
    void aLoadBalancerThatNobodyKnowsIsSearchedByItsTags() {
        try (Wire wire = new Wire()) {
            answersWhole(wire);
            wire.answers("DescribeLoadBalancers", "{'TotalCount':0,'LoadBalancers':{'LoadBalancer':[]}}");

            Actual actual = read(wire, KEY, Ids.none()).asOptional().orElseThrow();

            assertThat(actual.loadBalancer()).isEmpty();
            assertThat(Wire.parameter(wire.sent("DescribeLoadBalancers").getFirst(), "Tags"))
                    .contains("plumbline.io/cluster", "cluster-1", "uid-1");
        }
    }

    @Test
    void oneInAnotherNetworkOrOfAnotherControllerIsNotBorrowed() {
        LoadBalancerKey existing = new LoadBalancerKey.Existing("aliyun", "cn-beijing", "lb-1");
        try (Wire wire = new Wire()) {
            answersWhole(wire);

            wire.answers("DescribeLoadBalancers", balancers("vpc-2", ""));
            Object elsewhere = resource(read(wire, existing, Ids.none()));
            wire.answers("DescribeLoadBalancers", balancers("vpc-1", "{'TagKey':'ack.aliyun.com','TagValue':'c'}"));
            Object others = resource(read(wire, existing, Ids.none()));
            wire.answers("DescribeLoadBalancers", balancers("vpc-1", ""));
            Object free = resource(read(wire, existing, Ids.none()));

            assertThat(elsewhere).isInstanceOf(Foreign.class);
            assertThat(others).isInstanceOf(Foreign.class);
            assertThat(free).isInstanceOf(Borrowed.class);
        }
    }

    private static Object resource(Answer<Actual> answer) {
        return answer.asOptional().orElseThrow().loadBalancer().orElseThrow().resource();
    }

    @Test
    void aReplyThatLacksWhatWasAskedForIsNotTakenAsEmpty() {
        try (Wire wire = new Wire()) {
            answersWhole(wire);
            wire.answers("DescribeVServerGroups", "{'RequestId':'r'}");

            assertThat(read(wire, KEY, Ids.none())).isInstanceOf(Missed.class);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"EMPTY_RESPONSE", "CONNECTION_RESET_BY_PEER", "MALFORMED_RESPONSE_CHUNK"})
    void aBrokenAnswerIsUnreachableAndSentOnce(Fault fault) {
        try (Wire wire = new Wire()) {
            wire.breaks("CreateLoadBalancer", fault);

            List<Outcome> outcomes = apply(wire, Ids.none(), creation(aLoadBalancer()));

            assertThat(outcomes).singleElement().satisfies(CallsTest::isUnreachable);
            assertThat(wire.sent("CreateLoadBalancer")).hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void aSlowAnswerIsUnreachable() {
        try (Wire wire = new Wire()) {
            wire.isSlow("DescribeHealthStatus");

            Answer<?> health = wire.provider.health(List.of(
                    new io.plumbline.spi.Provider.HealthQuestion(KEY, List.of(Examples.pool(80)), ids(80).collect())));

            assertThat(health)
                    .isInstanceOfSatisfying(
                            Missed.class, missed -> isUnreachable((Outcome) ((Missed<?>) missed).failure()));
        }
    }

    @Test
    void anAnswerOfAProxyIsNoAnswer() {
        try (Wire wire = new Wire()) {
            wire.saysNothingOfSense("CreateLoadBalancer", 502);

            List<Outcome> outcomes = apply(wire, Ids.none(), creation(aLoadBalancer()));

            assertThat(outcomes)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Outcome.Retry.class,
                            retry -> assertThat(retry.why()).isIn(Why.UNREACHABLE, Why.CLOUD_FAILURE));
        }
    }

    private static void isUnreachable(Outcome outcome) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Retry.class, retry -> assertThat(retry.why()).isEqualTo(Why.UNREACHABLE));
    }

    private static io.plumbline.spi.model.LoadBalancer aLoadBalancer() {
        return loadBalancer(Scheme.INTERNET, AliyunLoadBalancerOptions.unmanaged());
    }

    private static List<Outcome> apply(Wire wire, Ids ids, Change... changes) {
        return wire.provider.apply(request(ids, List.of(pool(80, every(2))), List.of(changes)));
    }

    @Test
    void aLoadBalancerIsMadeUnderAToken() {
        try (Wire wire = new Wire()) {
            wire.answers("CreateLoadBalancer", "{'LoadBalancerId':'lb-7'}");

            List<Outcome> outcomes = apply(wire, Ids.none(), creation(aLoadBalancer()));

            assertThat(outcomes).containsExactly(new Done(Ids.of(KEY, "lb-7")));
            assertThat(Wire.parameter(wire.sent("CreateLoadBalancer").getFirst(), "ClientToken"))
                    .isEqualTo(MARK.token(1));
            assertThat(wire.asked()).containsExactly("CreateLoadBalancer CREATE");
        }
    }

    @Test
    void theNextVSwitchIsTriedWhereOneIsFull() {
        try (Wire wire = new Wire()) {
            wire.refuses("CreateLoadBalancer", 400, "VSwitchAvailableIpNotExist", "none left");

            List<Outcome> outcomes = apply(
                    wire, Ids.none(), creation(loadBalancer(Scheme.INTERNAL, AliyunLoadBalancerOptions.unmanaged())));

            assertThat(wire.sent("CreateLoadBalancer"))
                    .extracting(sent -> Wire.parameter(sent, "VSwitchId"))
                    .containsExactlyInAnyOrder("vsw-1", "vsw-2");
            assertThat(wire.sent("CreateLoadBalancer"))
                    .extracting(sent -> Wire.parameter(sent, "ClientToken"))
                    .doesNotHaveDuplicates();
            assertThat(outcomes).singleElement().isInstanceOf(Outcome.Rejected.class);
        }
    }

    /// Else it would be deleted by others, or asked for again and again.
    @Test
    void aGroupThatSomebodyUsesIsAConflictAndOneThatNobodyUsesIsSoonFree() {
        try (Wire wire = new Wire()) {
            wire.refuses("DeleteVServerGroup", 400, "RspoolVipExist", "in use");
            wire.answers(
                    "DescribeVServerGroups",
                    "{'VServerGroups':{'VServerGroup':[{'VServerGroupId':'rsp-80','VServerGroupName':'x',"
                            + "'AssociatedObjects':{'Listeners':{'Listener':[{'Port':9000,'Protocol':'tcp'}]}}}]}}");
            List<Outcome> used = apply(wire, ids(80).collect(), remove(pool(80, every(2))));
            wire.answers(
                    "DescribeVServerGroups",
                    "{'VServerGroups':{'VServerGroup':[{'VServerGroupId':'rsp-80','VServerGroupName':'x'}]}}");

            List<Outcome> unused = apply(wire, ids(80).collect(), remove(pool(80, every(2))));

            assertThat(used)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Outcome.Rejected.class,
                            rejected -> assertThat(rejected.because()).isEqualTo(Because.CONFLICT));
            assertThat(unused)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Outcome.Retry.class,
                            retry -> assertThat(retry.why()).isEqualTo(Why.BUSY));
        }
    }

    @Test
    void whatHasNoRoomIsRefusedAndTheRestIsAdded() {
        try (Wire wire = new Wire()) {
            wire.refuses(
                    "AddVServerGroupBackendServers", 400, "InstanceBackendServerNumberOverLimit", "over the limit");
            List<Backend> members = List.of(backend(80, 1), backend(80, 2), backend(80, 3));

            List<Outcome> outcomes = apply(
                    wire,
                    with(ids(80), members),
                    creation(members.get(0)),
                    creation(members.get(1)),
                    creation(members.get(2)));

            assertThat(outcomes)
                    .hasSize(3)
                    .allSatisfy(outcome -> assertThat(outcome)
                            .isInstanceOfSatisfying(
                                    Outcome.Rejected.class,
                                    rejected -> assertThat(rejected.because()).isEqualTo(Because.QUOTA)));
            assertThat(wire.sent("AddVServerGroupBackendServers")).hasSize(5);
        }
    }

    @Test
    void whatIsRefusedAsBusyAfterOurOwnWriteIsPostponedAndTheRestIsNotSent() {
        try (Wire wire = new Wire()) {
            List<Backend> members = List.of(backend(80, 1), backend(443, 1));
            wire.answers("RemoveVServerGroupBackendServers", "{'VServerGroupId':'rsp-80'}");
            wire.refuses("AddVServerGroupBackendServers", 400, "BackendServer.configuring", "pending");

            List<Outcome> outcomes =
                    apply(wire, with(ids(80, 443), members), remove(members.get(0)), creation(members.get(1)));

            assertThat(outcomes.getFirst()).isEqualTo(new Done());
            assertThat(outcomes.getLast())
                    .isInstanceOfSatisfying(
                            Outcome.Retry.class,
                            retry -> assertThat(retry.why()).isEqualTo(Why.POSTPONED));
        }
    }

    @Test
    void aListenerThatCannotBeStartedYetIsStartedLater() {
        try (Wire wire = new Wire()) {
            wire.answers("CreateLoadBalancerTCPListener", "{'RequestId':'r'}");
            wire.refuses("StartLoadBalancerListener", 400, "ServiceIsConfiguring", "pending");
            Ids ids = ids().put(Examples.pool(80), "rsp-80").collect();

            Outcome pending = apply(wire, ids, creation(listener(80))).getFirst();
            wire.answers("StartLoadBalancerListener", "{'RequestId':'r'}");
            Outcome.Task task = ((Outcome.Pending) pending).task();
            Outcome ended = wire.provider.poll(KEY, task);

            assertThat(ended).isEqualTo(new Done(Ids.of(Examples.listenerKey(80), "lb-1/tcp/80")));
        }
    }

    @Test
    void addressesAreLookedUpAHundredAtOnce() {
        try (Wire wire = new Wire()) {
            wire.answers(
                    "DescribeNetworkInterfaces",
                    "{'NetworkInterfaceSets':{'NetworkInterfaceSet':[{'NetworkInterfaceId':'eni-1',"
                            + "'PrivateIpSets':{'PrivateIpSet':[{'PrivateIpAddress':'10.0.0.1'},"
                            + "{'PrivateIpAddress':'10.0.0.9'}]}}]}}");

            Answer<?> answer = wire.provider.resolve(
                    List.of(new Address.Ip("10.0.0.1"), new Address.Ip("10.0.0.2"), new Address.Instance("i-1")));

            assertThat(answer).isInstanceOf(Got.class);
            assertThat(answer.toString())
                    .contains("eni-1", "Resolution[known=false, target=]", "Resolution[known=true, target=i-1]");
            assertThat(wire.sent("DescribeNetworkInterfaces")).hasSize(1).allSatisfy(sent -> {
                assertThat(Wire.parameter(sent, "PrivateIpAddress.2")).isEqualTo("10.0.0.2");
                assertThat(Wire.parameter(sent, "VpcId")).isEqualTo("vpc-1");
            });
        }
    }

    @Test
    void healthIsAskedOnceForAllPorts() {
        try (Wire wire = new Wire()) {
            wire.answers(
                    "DescribeHealthStatus",
                    "{'BackendServers':{'BackendServer':["
                            + "{'ListenerPort':80,'Protocol':'tcp','ServerId':'eni-1','ServerIp':'10.0.0.2',"
                            + "'Port':8080,'ServerHealthStatus':'normal'},"
                            + "{'ListenerPort':443,'Protocol':'tcp','ServerId':'i-1','ServerIp':'10.1.0.1',"
                            + "'Port':30443,'ServerHealthStatus':'abnormal'}]}}");

            io.plumbline.spi.model.Health health = wire.provider
                    .health(List.of(new io.plumbline.spi.Provider.HealthQuestion(
                            KEY,
                            List.of(Examples.pool(80), Examples.pool(443)),
                            ids(80, 443).collect())))
                    .asOptional()
                    .orElseThrow()
                    .getFirst();

            assertThat(health.byBackend())
                    .containsEntry(
                            new BackendKey(Examples.pool(80), new Address.Ip("10.0.0.2"), 8080),
                            io.plumbline.spi.model.Health.Status.HEALTHY)
                    .containsEntry(
                            new BackendKey(Examples.pool(443), new Address.Instance("i-1"), 30443),
                            io.plumbline.spi.model.Health.Status.UNHEALTHY)
                    .hasSize(2);
            assertThat(wire.asked()).containsExactly("DescribeHealthStatus HEALTH");
        }
    }

    @Test
    void nobodysSecretIsShown() {
        assertThat(new AliyunSettings.Keys("an-id", "a-secret", Optional.of("a-token")).toString())
                .isEqualTo("Keys[an-id]");
    }
}
