package io.plumbline.tencent;

import com.tencentcloudapi.clb.v20180317.models.HealthCheck;
import io.plumbline.spi.Provider.ReadRequest;
import io.plumbline.spi.model.Actual.Found;
import io.plumbline.spi.model.Actual.State;
import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.ListenerKey;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Ownership;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.Pool.Scheduling;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.RuleAction;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.model.Stickiness;
import io.plumbline.spi.model.Transport;
import io.plumbline.spi.objects.ObjectKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One listener as the cloud shows it, and the pool that it holds.
record ReadListener(String id, Ownership<Listener> listener, Pool pool) {
    ListenerKey key() {
        return listener.value().key();
    }

    /// Listeners have no state of their own here: they serve from the end of their creation.
    Found<Listener> found() {
        return new Found<>(id, listener, State.ACTIVE);
    }

    static ReadListener of(com.tencentcloudapi.clb.v20180317.models.Listener shown, ReadRequest request) {
        String name = Optional.ofNullable(shown.getListenerName()).orElse("");
        Optional<Mark> claimant = Names.hash(name)
                .flatMap(hash -> request.claimants().stream()
                        .filter(mark -> mark.hash().equals(hash))
                        .findFirst());
        Transport transport = transport(shown.getProtocol());
        ListenerKey key =
                new ListenerKey(request.key(), transport, shown.getPort().intValue());
        PoolKey poolKey =
                PoolKey.of(claimant.map(Mark::object).orElseGet(() -> stranger(shown)), transport, key.port());
        Listener value =
                listener(shown.getProtocol(), key, poolKey, new TencentListenerOptions(Setting.of(Names.suffix(name))));
        Mark expected = claimant.orElse(request.owner());
        return new ReadListener(
                shown.getListenerId(),
                Ownership.decideByHash(expected, Names.hash(name), value),
                pool(shown, poolKey, transport));
    }

    /// Stands for the owner of a listener whom we do not know.
    private static ObjectKey stranger(com.tencentcloudapi.clb.v20180317.models.Listener shown) {
        return new ObjectKey("Listener", "", shown.getListenerId());
    }

    /// QUIC runs over UDP; everything else that this cloud has runs over TCP.
    private static Transport transport(String protocol) {
        return protocol.equals("UDP") || protocol.equals("QUIC") ? Transport.UDP : Transport.TCP;
    }

    private static Listener listener(String protocol, ListenerKey key, PoolKey pool, TencentListenerOptions options) {
        RuleAction none = new RuleAction.Fixed(404, "", "");
        return switch (protocol) {
            case "UDP", "QUIC" -> new Listener.Udp(key, pool, Setting.unmanaged(), true, options);
            case "TCP_SSL" -> new Listener.Tls(key, pool, List.of(), Setting.unmanaged(), true, options);
            case "HTTP" -> new Listener.Http(key, none, Setting.unmanaged(), true, options);
            case "HTTPS" -> new Listener.Https(key, none, List.of(), Setting.unmanaged(), true, options);
            default -> new Listener.Tcp(key, pool, Setting.unmanaged(), true, options);
        };
    }

    private static Pool pool(
            com.tencentcloudapi.clb.v20180317.models.Listener shown, PoolKey key, Transport transport) {
        Optional<HealthCheck> check = Optional.ofNullable(shown.getHealthCheck());
        return new Pool(
                key,
                transport,
                Pool.Targets.PODS,
                check.map(HealthChecks::read).orElseGet(io.plumbline.spi.model.HealthCheck::unmanaged),
                stickiness(Optional.ofNullable(shown.getSessionExpireTime()).orElse(0L)),
                Setting.of(Optional.ofNullable(shown.getScheduler()).flatMap(ReadListener::scheduling)),
                check.map(HealthChecks::readOptions).orElseGet(TencentPoolOptions::unmanaged));
    }

    private static Stickiness stickiness(long seconds) {
        return new Stickiness(
                Setting.managed(seconds > 0),
                seconds > 0 ? Setting.managed(Duration.ofSeconds(seconds)) : Setting.unmanaged());
    }

    private static Optional<Scheduling> scheduling(String name) {
        return switch (name) {
            case "WRR" -> Optional.of(Scheduling.WEIGHTED_ROUND_ROBIN);
            case "LEAST_CONN" -> Optional.of(Scheduling.LEAST_CONNECTIONS);
            case "IP_HASH" -> Optional.of(Scheduling.SOURCE_HASH);
            default -> Optional.empty();
        };
    }
}
