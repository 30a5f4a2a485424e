package io.plumbline.aws;

import static io.plumbline.aws.Examples.KEY;
import static io.plumbline.aws.Examples.MARK;
import static io.plumbline.aws.Examples.creation;
import static io.plumbline.aws.Examples.group;
import static io.plumbline.aws.Examples.ids;
import static io.plumbline.aws.Examples.listener;
import static io.plumbline.aws.Examples.loadBalancer;
import static io.plumbline.aws.Examples.node;
import static io.plumbline.aws.Examples.pod;
import static io.plumbline.aws.Examples.pool;
import static io.plumbline.aws.Examples.poolKey;
import static io.plumbline.aws.Examples.remove;
import static io.plumbline.aws.Examples.request;
import static io.plumbline.aws.Examples.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.aws.Call.Forward;
import io.plumbline.aws.Lowering.Step;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.Ids;
import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.Pool.Targets;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.model.Stickiness;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoweringTest {
    @Test
    void aLoadBalancerIsOneCallWithItsMark() {
        List<Step> steps = steps(Ids.none(), List.of(), creation(loadBalancer(AwsLoadBalancerOptions.unmanaged())));

        assertThat(steps).hasSize(1);
        assertThat(steps.getFirst().calls())
                .singleElement()
                .isInstanceOfSatisfying(Call.CreateLoadBalancer.class, create -> {
                    assertThat(create.name())
                            .isEqualTo(Names.loadBalancer(MARK, KEY))
                            .hasSizeLessThanOrEqualTo(32);
                    assertThat(create.tags())
                            .containsEntry(Names.CLUSTER_TAG, "cluster-1")
                            .containsEntry(Names.OBJECT_TAG, "uid-1");
                });
    }

    @Test
    void anAttributeThatANewOneHasAnywayCostsNoCall() {
        TreeMap<String, String> attributes = new TreeMap<>();
        attributes.put(TargetGroupAttributes.PROXY_PROTOCOL, "false");
        attributes.put(TargetGroupAttributes.DEREGISTRATION_DELAY, "300");

        assertThat(steps(ids(), List.of(), creation(with(attributes, false))))
                .singleElement()
                .satisfies(step -> assertThat(step.calls()).hasSize(1));
        attributes.put(TargetGroupAttributes.PROXY_PROTOCOL, "true");
        assertThat(steps(ids(), List.of(), creation(with(attributes, true)))
                        .getFirst()
                        .calls())
                .hasSize(2)
                .last()
                .isInstanceOfSatisfying(
                        Call.ModifyTargetGroupAttributes.class,
                        modify -> assertThat(modify.attributes())
                                .containsEntry(TargetGroupAttributes.PROXY_PROTOCOL, "true")
                                .containsEntry(TargetGroupAttributes.STICKINESS, "true")
                                .containsEntry(TargetGroupAttributes.STICKINESS_TYPE, "source_ip")
                                .doesNotContainKey(TargetGroupAttributes.DEREGISTRATION_DELAY));
    }

    private static Pool with(Map<String, String> attributes, boolean sticky) {
        Pool pool = pool(80, Targets.PODS);
        AwsPoolOptions options = AwsPoolOptions.of(pool.options());
        return new Pool(
                pool.key(),
                pool.transport(),
                pool.targets(),
                pool.healthCheck(),
                new Stickiness(Setting.managed(sticky), Setting.unmanaged()),
                pool.scheduling(),
                new AwsPoolOptions(
                        options.protocol(),
                        options.ipAddressType(),
                        options.checkPort(),
                        options.checkTls(),
                        options.leftover(),
                        options.tags(),
                        TargetGroupAttributes.of(attributes)));
    }

    @Test
    void membersGoInBatchesOfTwoHundred() {
        Change[] changes = IntStream.rangeClosed(1, 401)
                .mapToObj(number -> creation(pod(80, number)))
                .toArray(Change[]::new);

        List<Step> steps = steps(ids(80), List.of(pool(80, Targets.PODS)), changes);

        assertThat(steps)
                .extracting(step ->
                        ((Call.Register) step.calls().getFirst()).targets().size())
                .containsExactly(200, 200, 1);
    }

    @Test
    void eachTargetGroupHasItsOwnCallAndItsSecurityGroupsAreOpenedFirst() {
        List<Step> steps = steps(
                ids(80, 443),
                List.of(pool(80, Targets.PODS), pool(443, Targets.PODS)),
                creation(pod(80, 1)),
                creation(pod(443, 1)),
                creation(pod(80, 2)));

        assertThat(steps).hasSize(2);
        assertThat(steps.getFirst().changes()).containsExactly(0, 2);
        assertThat(((Call.Register) steps.getFirst().calls().getFirst()).open()).contains("sg-backend");
    }

    @Test
    void fromPodsToNodesTheNewGroupJoinsWithoutTrafficAndItsMembersFollow() {
        Pool wanted = pool(80, Targets.NODES);

        List<Step> steps =
                steps(ids(80), List.of(wanted), update(pool(80, Targets.PODS), wanted), creation(node(80, 1)));

        String name = Names.targetGroup(MARK, KEY, poolKey(80), GroupKind.NODES);
        assertThat(steps.get(0).calls()).hasSize(2);
        assertThat(((Call.ModifyListener) steps.get(0).calls().getLast()).forwards())
                .containsExactly(new Forward(group(80, Targets.PODS), 1), new Forward(Call.made(name), 0));
        assertThat(((Call.Register) steps.get(1).calls().getFirst()).group()).isEqualTo(Call.made(name));
    }

    @Test
    void fromOneFamilyToTheOtherTheNewGroupJoinsWithoutTrafficAndItsMembersFollow() {
        Pool was = pool(80, GroupKind.PODS);
        Pool wanted = pool(80, GroupKind.PODS_IPV6);
        Backend pod = pod(80, new Address.Ip("2001:db8::7"));

        List<Step> steps = steps(ids(80), List.of(wanted), update(was, wanted), creation(pod));

        Call.CreateTargetGroup made =
                (Call.CreateTargetGroup) steps.get(0).calls().getFirst();
        assertThat(made.name()).endsWith("-ip6").hasSizeLessThanOrEqualTo(32);
        assertThat(Requests.of(made, "vpc-1").ipAddressTypeAsString()).isEqualTo("ipv6");
        assertThat(((Call.ModifyListener) steps.get(0).calls().getLast()).forwards())
                .containsExactly(new Forward(group(80, Targets.PODS), 1), new Forward(Call.made(made.name()), 0));
        assertThat(((Call.Register) steps.get(1).calls().getFirst()).group()).isEqualTo(Call.made(made.name()));
    }

    /// All old members have gone by themselves.
    @Test
    void theListenerGoesOverWhereNobodyIsLeftBehindIt() {
        String old = group(80, Targets.PODS);
        String next = old.replace("-ip/", "-ip6/");
        Ids ids = ids(80).and(Ids.of(
                poolKey(80), new GroupIds(Optional.of(old), Optional.of(next), Optional.empty()).text()));
        Pool wanted = pool(80, GroupKind.PODS_IPV6);

        List<Step> steps = steps(ids, List.of(wanted), update(withLeftover(wanted, true), withLeftover(wanted, false)));

        assertThat(steps)
                .singleElement()
                .satisfies(step -> assertThat(step.calls())
                        .singleElement()
                        .isInstanceOfSatisfying(
                                Call.ModifyListener.class,
                                over -> assertThat(over.forwards()).containsExactly(new Forward(next, 1))));
    }

    /// The one that is wanted again has lost its members meanwhile.
    @Test
    void theListenerDoesNotGoBackToNobody() {
        String nodes = group(80, Targets.NODES);
        String pods = group(80, Targets.PODS);
        Ids ids = ids(80).and(Ids.of(
                poolKey(80), new GroupIds(Optional.of(pods), Optional.of(nodes), Optional.empty()).text()));

        List<Step> steps = steps(
                ids,
                List.of(pool(80, Targets.PODS)),
                update(withLeftover(pool(80, Targets.NODES), true), pool(80, Targets.PODS)));

        assertThat(steps)
                .singleElement()
                .satisfies(step -> assertThat(step.calls())
                        .singleElement()
                        .isInstanceOfSatisfying(
                                Call.ModifyListener.class,
                                both -> assertThat(both.forwards())
                                        .containsExactly(new Forward(nodes, 1), new Forward(pods, 0))));
    }

    private static Pool withLeftover(Pool pool, boolean leftover) {
        AwsPoolOptions options = AwsPoolOptions.of(pool.options());
        return new Pool(
                pool.key(),
                pool.transport(),
                pool.targets(),
                pool.healthCheck(),
                pool.stickiness(),
                pool.scheduling(),
                new AwsPoolOptions(
                        options.protocol(),
                        options.ipAddressType(),
                        options.checkPort(),
                        options.checkTls(),
                        Setting.managed(leftover),
                        options.tags(),
                        options.attributes()));
    }

    @Test
    void machinesDoNotGoFromOneFamilyToTheOther() {
        Pool wanted = pool(80, GroupKind.NODES_IPV6);

        Lowering.Lowered lowered =
                Lowering.lower(request(ids(80), List.of(wanted), List.of(update(pool(80, GroupKind.NODES), wanted))));

        assertThat(lowered.steps()).isEmpty();
        assertThat(lowered.settled().get(0))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.message())
                                .contains("remove its port from the Service and add it again"));
    }

    @Test
    void theListenerGoesOverOnceBeforeThoseThatWereReplacedLeave() {
        String pods = group(80, Targets.PODS);
        String nodes = group(80, Targets.NODES);
        Ids ids = ids(80).and(Ids.of(
                poolKey(80), new GroupIds(Optional.of(pods), Optional.of(nodes), Optional.empty()).text()));

        List<Step> steps = steps(ids, List.of(pool(80, Targets.NODES)), remove(pod(80, 1)), remove(pod(80, 2)));

        assertThat(steps).singleElement().satisfies(step -> {
            assertThat(((Call.ModifyListener) step.calls().getFirst()).forwards())
                    .containsExactly(new Forward(nodes, 1));
            assertThat(((Call.Deregister) step.calls().getLast()).targets()).hasSize(2);
            assertThat(step.changes()).containsExactly(0, 1);
        });
    }

    @Test
    void removingTheLoadBalancerLiftsTheProtectionThatWasSeen() {
        TreeMap<String, String> on = new TreeMap<>();
        on.put(LoadBalancerAttributes.DELETION_PROTECTION, "true");
        AwsLoadBalancerOptions some = AwsLoadBalancerOptions.unmanaged();
        AwsLoadBalancerOptions isProtected = new AwsLoadBalancerOptions(
                some.name(),
                some.subnets(),
                some.groups(),
                some.rulesForPrivateLink(),
                some.addresses(),
                some.tags(),
                some.frontend(),
                LoadBalancerAttributes.of(on));

        assertThat(steps(ids(), List.of(), remove(loadBalancer(isProtected)))
                        .getFirst()
                        .calls())
                .hasSize(2)
                .last()
                .isInstanceOf(Call.DeleteLoadBalancer.class);
        assertThat(steps(ids(), List.of(), remove(loadBalancer(some)))
                        .getFirst()
                        .calls())
                .hasSize(1);
    }

    @Test
    void aTlsListenerWithoutCertificateIsRefusedWithTheRemedy() {
        AwsListenerOptions open = AwsListenerOptions.unmanaged();

        assertThat(List.of(open, open.withProtocol(Setting.managed("TLS"))))
                .allSatisfy(options -> assertThat(outcomes(creationOfListener(options)))
                        .containsValue(new Outcome.Rejected(
                                Outcome.Because.INVALID,
                                "a TLS port needs a certificate: name one in"
                                        + " service.beta.kubernetes.io/aws-load-balancer-ssl-cert")));
    }

    private static Change creationOfListener(AwsListenerOptions options) {
        Listener.Tcp any = (Listener.Tcp) listener(443);
        return creation(new Listener.Tcp(any.key(), any.pool(), any.accessList(), true, options));
    }

    private static Map<Integer, Outcome> outcomes(Change change) {
        return Lowering.lower(request(ids(443), List.of(pool(443, Targets.PODS)), List.of(change)))
                .settled();
    }

    @Test
    void whatIsNotKnownIsReadAgain() {
        assertThat(Lowering.lower(request(Ids.none(), List.of(), List.of(creation(pod(80, 1)))))
                        .settled()
                        .values())
                .allMatch(outcome -> outcome instanceof Outcome.Retry retry && retry.why() == Outcome.Why.STALE);
    }

    private static List<Step> steps(Ids ids, List<Pool> pools, Change... changes) {
        return Lowering.lower(request(ids, pools, List.of(changes))).steps();
    }
}
