package io.plumbline.aliyun;

import static io.plumbline.aliyun.Examples.MARKED;
import static io.plumbline.aliyun.Examples.backend;
import static io.plumbline.aliyun.Examples.creation;
import static io.plumbline.aliyun.Examples.drain;
import static io.plumbline.aliyun.Examples.every;
import static io.plumbline.aliyun.Examples.ids;
import static io.plumbline.aliyun.Examples.listener;
import static io.plumbline.aliyun.Examples.loadBalancer;
import static io.plumbline.aliyun.Examples.node;
import static io.plumbline.aliyun.Examples.pool;
import static io.plumbline.aliyun.Examples.remove;
import static io.plumbline.aliyun.Examples.request;
import static io.plumbline.aliyun.Examples.settings;
import static io.plumbline.aliyun.Examples.update;
import static io.plumbline.aliyun.Examples.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.aliyun.Call.OfTargets;
import io.plumbline.aliyun.Call.Plain;
import io.plumbline.aliyun.Call.Target;
import io.plumbline.aliyun.Call.What;
import io.plumbline.aliyun.Lowering.Lowered;
import io.plumbline.aliyun.Lowering.Step;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.model.AccessList;
import io.plumbline.spi.model.AccessListKey;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.Ids;
import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Options;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Changes -> calls, as plain data.
class LoweringTest {
    private static List<Call> calls(Ids ids, Change... changes) {
        return lower(ids, changes).steps().stream().map(Step::call).toList();
    }

    private static Lowered lower(Ids ids, Change... changes) {
        List<Pool> pools = List.of(pool(80, every(2)), pool(443, every(5)));
        return Lowering.lower(request(ids, pools, List.of(changes)), settings());
    }

    @Test
    void aLoadBalancerIsMadeInOneCallWithItsMark() {
        List<Call> calls =
                calls(Ids.none(), creation(loadBalancer(Scheme.INTERNET, AliyunLoadBalancerOptions.unmanaged())));

        assertThat(calls).singleElement().isInstanceOfSatisfying(Call.CreateLoadBalancer.class, create -> {
            assertThat(create.token()).isEqualTo(Examples.MARK.token(1));
            assertThat(create.vSwitches()).isEmpty();
            assertThat(create.parameters())
                    .containsAllEntriesOf(Map.of(
                            "AddressType", "internet",
                            "AddressIPVersion", "ipv4",
                            "InstanceChargeType", "PayByCLCU",
                            "LoadBalancerName", "plumbline_web_shop",
                            "Tag.1.Key", "plumbline.io/cluster",
                            "Tag.1.Value", "cluster-1",
                            "Tag.2.Key", "plumbline.io/object",
                            "Tag.2.Value", "uid-1"));
        });
    }

    @Test
    void anInternalOneStandsInOneOfTheVSwitches() {
        List<Call> calls =
                calls(Ids.none(), creation(loadBalancer(Scheme.INTERNAL, AliyunLoadBalancerOptions.unmanaged())));

        assertThat(calls).singleElement().isInstanceOfSatisfying(Call.CreateLoadBalancer.class, create -> {
            assertThat(create.vSwitches()).containsExactlyInAnyOrder("vsw-1", "vsw-2");
            assertThat(create.parameters()).containsEntry("VpcId", "vpc-1");
        });
    }

    /// 3 + ceil(max(0, N - 20) / 20) for a port.
    @Test
    void aGroupIsMadeWithItsFirstTwentyMembersAndTheOthersFollow() {
        List<Backend> members =
                IntStream.range(0, 45).mapToObj(host -> backend(80, host)).toList();
        List<Change> changes = new ArrayList<>(List.of(creation(pool(80, every(2)))));
        members.forEach(member -> changes.add(creation(member)));

        Lowered lowered = lower(with(ids(), members), changes.toArray(Change[]::new));

        assertThat(lowered.steps())
                .extracting(step -> step.call().action() + " " + step.changes().size())
                .containsExactly(
                        "CreateVServerGroup 21", "AddVServerGroupBackendServers 20", "AddVServerGroupBackendServers 5");
        assertThat(lowered.steps().getFirst().changes().getFirst()).isZero();
    }

    @Test
    void aListenerIsMadeWithItsPoolsSettingsAndStarted() {
        List<Call> calls = calls(ids().put(Examples.pool(80), "rsp-80").collect(), creation(listener(80)));

        assertThat(calls)
                .extracting(Call::action)
                .containsExactly("CreateLoadBalancerTCPListener", "StartLoadBalancerListener");
        assertThat(((Plain) calls.getFirst()).parameters())
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("LoadBalancerId", "lb-1"),
                        Map.entry("ListenerPort", "80"),
                        Map.entry("Description", MARKED),
                        Map.entry("Bandwidth", "-1"),
                        Map.entry("VServerGroupId", "rsp-80"),
                        Map.entry("Scheduler", "wrr"),
                        Map.entry("PersistenceTimeout", "0"),
                        Map.entry("HealthCheckSwitch", "on"),
                        Map.entry("HealthCheckType", "tcp"),
                        Map.entry("HealthCheckConnectPort", "-520"),
                        Map.entry("HealthyThreshold", "2"),
                        Map.entry("healthCheckInterval", "2")));
        assertThat(((Plain) calls.getLast()).parameters()).containsEntry("ListenerProtocol", "tcp");
    }

    @Test
    void aStoppedListenerIsOnlyStarted() {
        List<Call> calls = calls(ids(80).collect(), update(listener(80), listener(80), "running"));

        assertThat(calls).extracting(Call::action).containsExactly("StartLoadBalancerListener");
    }

    @Test
    void settingsOfAPoolAndOfItsListenerGoTogether() {
        Pool before = pool(80, every(2));

        List<Call> calls = calls(
                ids(80).collect(),
                update(before, pool(80, every(9)), "healthCheck.interval"),
                update(listener(80), listener(80), "options.layer4.establishedTimeout"));

        assertThat(calls).singleElement().isInstanceOfSatisfying(Plain.class, set -> {
            assertThat(set.action()).isEqualTo("SetLoadBalancerTCPListenerAttribute");
            assertThat(set.parameters()).containsEntry("VServerGroup", "on").containsKey("HealthCheckInterval");
        });
    }

    /// The listener that is made later carries them.
    @Test
    void aPoolWithoutAListenerHasNothingToBeTold() {
        Lowered lowered = lower(
                ids().put(Examples.pool(80), "rsp-80").collect(),
                update(pool(80, every(2)), pool(80, every(9)), "healthCheck.interval"));

        assertThat(lowered.steps()).isEmpty();
        assertThat(lowered.settled()).containsEntry(0, new Outcome.Done());
    }

    @Test
    void membersOfOneGroupGoTogetherAndTakeTurnsWithNobodyOfTheirs() {
        List<Backend> members = List.of(backend(80, 1), backend(80, 2), backend(80, 3), backend(443, 1));

        List<Call> calls = calls(
                with(ids(80, 443), members),
                remove(members.get(0)),
                remove(members.get(1)),
                creation(members.get(2)),
                remove(members.get(3)));

        assertThat(calls)
                .extracting(call -> ((OfTargets) call).what() + " "
                        + ((OfTargets) call).group().orElse("") + " "
                        + ((OfTargets) call).targets().size())
                .containsExactly("REMOVE rsp-80 2", "ADD rsp-80 1", "REMOVE rsp-443 1");
    }

    @Test
    void aMemberSaysWhoseItIs() {
        Backend pod = backend(80, 7);

        List<Call> calls = calls(with(ids(80), List.of(pod)), creation(pod), creation(node(80, 1)));

        assertThat(((OfTargets) calls.getFirst()).targets())
                .containsExactly(
                        new Target("eni-7", Optional.of("10.0.0.8"), 8080, 100, MARKED + "/" + Mark.shortHash("pod-7")),
                        new Target("i-1", Optional.empty(), 30080, 100, MARKED));
    }

    @Test
    void aMemberIsDrainedByItsWeight() {
        Backend pod = backend(80, 7);

        List<Call> calls = calls(with(ids(80), List.of(pod)), drain(pod));

        assertThat(calls).singleElement().isInstanceOfSatisfying(OfTargets.class, set -> {
            assertThat(set.what()).isEqualTo(What.SET);
            assertThat(set.targets()).extracting(Target::weight).containsExactly(0);
            assertThat(set.removes()).isTrue();
        });
    }

    @Test
    void aMemberWhoseInterfaceIsUnknownIsNotSent() {
        Lowered lowered = lower(ids(80).collect(), creation(backend(80, 7)));

        assertThat(lowered.steps()).isEmpty();
        assertThat(lowered.settled().get(0)).isInstanceOf(Outcome.Retry.class);
    }

    @Test
    void aLoadBalancerTakesAllThatIsOnItWithIt() {
        Backend pod = backend(80, 7);
        AliyunLoadBalancerOptions isProtected = new AliyunLoadBalancerOptions(
                Setting.unmanaged(),
                Setting.unmanaged(),
                Setting.unmanaged(),
                Setting.unmanaged(),
                Setting.unmanaged(),
                Setting.managed(true),
                Setting.unmanaged(),
                Setting.unmanaged(),
                AliyunLoadBalancerOptions.Placement.unmanaged());

        Lowered lowered = lower(
                with(ids(80), List.of(pod)),
                remove(pod),
                remove(listener(80)),
                remove(pool(80, every(2))),
                remove(loadBalancer(Scheme.INTERNET, isProtected)));

        assertThat(lowered.steps())
                .extracting(step -> step.call().action())
                .containsExactly("SetLoadBalancerDeleteProtection", "DeleteLoadBalancer");
        assertThat(lowered.steps().getLast().changes()).containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    @Test
    void aWhiteListIsNeverEmpty() {
        AccessList none = new AccessList(new AccessListKey("web/shop"), List.of(), new Options.None());

        assertThat(lower(Ids.none(), creation(none)).settled().get(0)).isInstanceOf(Outcome.Rejected.class);
    }

    @Test
    void ourAccessListIsAWhiteListOfTheListener() {
        AccessListKey key = new AccessListKey("web/shop");
        Listener listener = new Listener.Tcp(
                Examples.listenerKey(80),
                Examples.pool(80),
                Setting.managed(Optional.of(key)),
                true,
                new Options.None());

        List<Call> calls =
                calls(ids().put(Examples.pool(80), "rsp-80").put(key, "acl-1").collect(), creation(listener));

        assertThat(((Plain) calls.getFirst()).parameters())
                .containsAllEntriesOf(Map.of("AclStatus", "on", "AclType", "white", "AclId", "acl-1"));
    }

    @Test
    void theSameChangesGiveTheSameCalls() {
        List<Backend> members = List.of(backend(80, 1), backend(80, 2));
        Ids ids = with(ids(80), members);

        assertThat(calls(ids, creation(members.get(0)), creation(members.get(1))))
                .isEqualTo(calls(ids, creation(members.get(0)), creation(members.get(1))));
    }
}
