package io.plumbline.aws;

import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.HealthCheck;
import io.plumbline.spi.model.HealthCheck.Probe;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.Pool.Targets;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.model.Stickiness;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Matcher;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/// One target group of ours as the cloud shows it.
///
/// @param key the pool that it is, or a part of
record ReadGroup(
        PoolKey key,
        Mark mark,
        TargetGroup shown,
        SortedMap<String, String> tags,
        SortedMap<String, String> attributes,
        List<TargetHealthDescription> targets) {
    ReadGroup {
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
        targets = List.copyOf(targets);
    }

    String arn() {
        return shown.targetGroupArn();
    }

    GroupKind kind() {
        return GroupKind.of(
                shown.targetType() == TargetTypeEnum.INSTANCE ? Targets.NODES : Targets.PODS,
                Optional.ofNullable(shown.ipAddressTypeAsString()).orElse(GroupKind.IPV4));
    }

    /// One that has been deregistered is shown until its connections have ended.
    static boolean isMember(TargetHealthDescription target) {
        return !"draining".equals(target.targetHealth().stateAsString());
    }

    List<BackendKey> members() {
        return targets.stream()
                .filter(ReadGroup::isMember)
                .map(target -> key(key, arn(), target))
                .sorted()
                .toList();
    }

    static BackendKey key(PoolKey pool, String group, TargetHealthDescription target) {
        String id = target.target().id();
        boolean node = Names.kind(group)
                .filter(kind -> kind.targets() == Targets.NODES)
                .isPresent();
        Address address = node ? new Address.Instance(id) : new Address.Ip(Cidr.address(id));
        int port = Optional.ofNullable(target.target().port()).orElse(0);
        return new BackendKey(pool, address, port);
    }

    /// @param leftover another target group of the same pool has nothing left to do
    Pool pool(boolean leftover) {
        return new Pool(
                key,
                LoweringParts.transport(key.name()),
                kind().targets(),
                healthCheck(),
                new Stickiness(
                        Setting.of(Optional.ofNullable(attributes.get(TargetGroupAttributes.STICKINESS))
                                .map(Boolean::valueOf)),
                        Setting.unmanaged()),
                Setting.unmanaged(),
                new AwsPoolOptions(
                        Setting.managed(shown.protocolAsString()),
                        Setting.managed(kind().ipAddressType()),
                        Setting.of(Optional.ofNullable(shown.healthCheckPort())),
                        Setting.managed("HTTPS".equals(shown.healthCheckProtocolAsString())),
                        Setting.managed(leftover),
                        Setting.managed(Names.asked(tags)),
                        TargetGroupAttributes.of(attributes)));
    }

    private HealthCheck healthCheck() {
        return new HealthCheck(
                Setting.of(Optional.ofNullable(shown.healthCheckEnabled())),
                seconds(shown.healthCheckIntervalSeconds()),
                seconds(shown.healthCheckTimeoutSeconds()),
                Setting.of(Optional.ofNullable(shown.healthyThresholdCount())),
                Setting.of(Optional.ofNullable(shown.unhealthyThresholdCount())),
                Setting.unmanaged(),
                Setting.managed(probe()));
    }

    private Probe probe() {
        String path = Optional.ofNullable(shown.healthCheckPath()).orElse("");
        String codes =
                Optional.ofNullable(shown.matcher()).map(Matcher::httpCode).orElse("");
        return switch (Optional.ofNullable(shown.healthCheckProtocolAsString()).orElse("TCP")) {
            case "HTTP", "HTTPS" -> new Probe.Http("GET", "", path, codes);
            default -> new Probe.Connect();
        };
    }

    private static Setting<Duration> seconds(Integer seconds) {
        return Setting.of(Optional.ofNullable(seconds).map(Duration::ofSeconds));
    }
}
