package io.plumbline.aws;

import io.plumbline.aws.Reader.SeenListener;
import io.plumbline.spi.Provider.ReadRequest;
import io.plumbline.spi.model.Actual.Found;
import io.plumbline.spi.model.Actual.State;
import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.ListenerKey;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Ownership;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.model.Transport;
import io.plumbline.spi.objects.ObjectKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Certificate;

/// One listener as the cloud shows it.
record ReadListener(String id, Ownership<Listener> listener) {
    ListenerKey key() {
        return listener.value().key();
    }

    /// Listeners have no state of their own here.
    Found<Listener> found() {
        return new Found<>(id, listener, State.ACTIVE);
    }

    static ReadListener of(SeenListener seen, List<ReadGroup> groups, ReadRequest request) {
        Optional<Mark> claimant = Reader.claimant(seen.tags(), request);
        String protocol = seen.shown().protocolAsString();
        int port = Optional.ofNullable(seen.shown().port()).orElse(1);
        ListenerKey key = new ListenerKey(request.key(), transport(protocol), port);
        Listener value = value(key, pool(seen, groups, key), options(seen, protocol));
        Mark expected = claimant.orElse(request.owner());
        return new ReadListener(seen.shown().listenerArn(), Ownership.decide(expected, claimant, value));
    }

    private static Listener value(ListenerKey key, PoolKey pool, AwsListenerOptions options) {
        return switch (key.transport()) {
            case TCP -> new Listener.Tcp(key, pool, Setting.unmanaged(), true, options);
            case UDP -> new Listener.Udp(key, pool, Setting.unmanaged(), true, options);
            case TCP_UDP -> new Listener.TcpUdp(key, pool, Setting.unmanaged(), true, options);
        };
    }

    private static Transport transport(String protocol) {
        return switch (protocol) {
            case "UDP", "QUIC" -> Transport.UDP;
            case "TCP_UDP", "TCP_QUIC" -> Transport.TCP_UDP;
            default -> Transport.TCP;
        };
    }

    /// That of ours which it leads to; a stranger's has a name of its own.
    private static PoolKey pool(SeenListener seen, List<ReadGroup> groups, ListenerKey key) {
        List<String> arns = forwards(seen.shown()).map(Call.Forward::group).toList();
        return groups.stream()
                .filter(group -> arns.contains(group.arn()))
                .map(ReadGroup::key)
                .findFirst()
                .orElseGet(() -> PoolKey.of(
                        new ObjectKey("Listener", "", seen.shown().listenerArn()), key.transport(), key.port()));
    }

    /// Target groups that it leads to, with their shares; one without a share is the only one.
    static Stream<Call.Forward> forwards(software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener shown) {
        return shown.defaultActions().stream().flatMap(ReadListener::forwards).distinct();
    }

    private static Stream<Call.Forward> forwards(Action action) {
        Stream<Call.Forward> several = Stream.ofNullable(action.forwardConfig())
                .flatMap(config -> config.targetGroups().stream())
                .map(tuple -> new Call.Forward(
                        tuple.targetGroupArn(),
                        Optional.ofNullable(tuple.weight()).orElse(1)));
        return action.targetGroupArn() == null ? several : Stream.of(new Call.Forward(action.targetGroupArn(), 1));
    }

    private static AwsListenerOptions options(SeenListener seen, String protocol) {
        boolean tls = AwsListenerOptions.TLS.equals(protocol);
        Setting<String> certificate = Setting.of(seen.shown().certificates().stream()
                .map(Certificate::certificateArn)
                .findFirst());
        return new AwsListenerOptions(
                Setting.managed(protocol),
                certificate,
                tls ? Setting.managed(seen.certificates()) : Setting.unmanaged(),
                Setting.of(Optional.ofNullable(seen.shown().sslPolicy())),
                tls
                        ? Setting.managed(
                                seen.shown().alpnPolicy().stream().findFirst().orElse("None"))
                        : Setting.unmanaged(),
                Setting.of(Optional.ofNullable(seen.attributes().get(AwsListenerOptions.IDLE_TIMEOUT))));
    }
}
