package io.plumbline.aws;

import static io.plumbline.aws.Examples.KEY;
import static io.plumbline.aws.Examples.MARK;
import static io.plumbline.aws.Examples.group;
import static io.plumbline.aws.Examples.poolKey;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.aws.Reader.SeenListener;
import io.plumbline.spi.model.Actual.FoundPool;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.Pool.Targets;
import io.plumbline.spi.model.Setting;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ForwardActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealth;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/// What is read of a pool that has Pods, nodes, or both while it changes from one to the other.
class ReadPoolTest {
    private static final String PODS = group(80, Targets.PODS);
    private static final String NODES = group(80, Targets.NODES);

    @Test
    void oneThatServesAloneIsThePool() {
        FoundPool found = read(List.of(pods("healthy")), forwarding(PODS, 1));

        assertThat(found.pool().id()).isEqualTo(PODS);
        assertThat(pool(found).targets()).isEqualTo(Targets.PODS);
        assertThat(found.members()).hasSize(1);
    }

    @Test
    void oneThatNoListenerLeadsToYetIsThePoolAsWell() {
        assertThat(read(List.of(pods("unused"))).pool().id()).isEqualTo(PODS);
    }

    @Test
    void whatHasBeenDeregisteredIsNoMember() {
        assertThat(read(List.of(pods("draining")), forwarding(PODS, 1)).members())
                .isEmpty();
    }

    @Test
    void whatComesWithoutTrafficSaysWhatThePoolIsToBe() {
        FoundPool found = read(List.of(pods("healthy"), nodes("initial")), forwarding(PODS, 1), forwarding(NODES, 0));

        assertThat(found.pool().id()).isEqualTo(PODS + " +" + NODES);
        assertThat(pool(found).targets()).isEqualTo(Targets.NODES);
        assertThat(found.members())
                .extracting(member -> member.key().address())
                .containsExactlyInAnyOrder(new Address.Ip("10.0.0.1"), new Address.Instance("i-1"));
    }

    @Test
    void whatIsLeftOverIsToldWhenItIsEmpty() {
        FoundPool busy = read(List.of(pods("unused"), nodes("healthy")), forwarding(NODES, 1));
        FoundPool empty = read(List.of(pods("draining"), nodes("healthy")), forwarding(NODES, 1));

        assertThat(busy.pool().id()).isEqualTo(NODES + " -" + PODS);
        assertThat(leftover(busy)).isEqualTo(Setting.managed(false));
        assertThat(leftover(empty)).isEqualTo(Setting.managed(true));
    }

    private static Setting<Boolean> leftover(FoundPool found) {
        return AwsPoolOptions.of(pool(found).options()).leftover();
    }

    private static Pool pool(FoundPool found) {
        return found.pool().resource().value();
    }

    private static FoundPool read(List<ReadGroup> groups, TargetGroupTuple... forwards) {
        Listener listener = Listener.builder()
                .listenerArn("listener-1")
                .protocol("TCP")
                .port(80)
                .defaultActions(Action.builder()
                        .type("forward")
                        .forwardConfig(ForwardActionConfig.builder()
                                .targetGroups(forwards)
                                .build())
                        .build())
                .build();
        return ReadPool.of(
                        groups,
                        Stream.of(listener)
                                .map(shown -> new SeenListener(shown, new TreeMap<>(), new TreeMap<>(), List.of()))
                                .toList())
                .found();
    }

    private static TargetGroupTuple forwarding(String group, int weight) {
        return TargetGroupTuple.builder().targetGroupArn(group).weight(weight).build();
    }

    private static ReadGroup pods(String state) {
        return shown(PODS, TargetTypeEnum.IP, "10.0.0.1", state);
    }

    private static ReadGroup nodes(String state) {
        return shown(NODES, TargetTypeEnum.INSTANCE, "i-1", state);
    }

    private static ReadGroup shown(String arn, TargetTypeEnum type, String target, String state) {
        TargetGroup group = TargetGroup.builder()
                .targetGroupArn(arn)
                .targetType(type)
                .protocol("TCP")
                .build();
        TargetHealthDescription health = TargetHealthDescription.builder()
                .target(TargetDescription.builder().id(target).port(8080).build())
                .targetHealth(TargetHealth.builder().state(state).build())
                .build();
        return new ReadGroup(poolKey(80), MARK, group, Names.tags(MARK, KEY), new TreeMap<>(), List.of(health));
    }
}
