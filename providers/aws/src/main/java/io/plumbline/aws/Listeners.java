package io.plumbline.aws;

import io.plumbline.spi.model.AccessListKey;
import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.Setting;
import java.util.Optional;

/// What listeners of all kinds have.
final class Listeners {
    private Listeners() {}

    static Setting<Optional<AccessListKey>> accessList(Listener listener) {
        return switch (listener) {
            case Listener.Tcp tcp -> tcp.accessList();
            case Listener.Udp udp -> udp.accessList();
            case Listener.TcpUdp both -> both.accessList();
            case Listener.Tls tls -> tls.accessList();
            case Listener.Http http -> http.accessList();
            case Listener.Https https -> https.accessList();
        };
    }

    /// Empty at layer 7, which this load balancer does not serve.
    static Optional<PoolKey> pool(Listener listener) {
        return switch (listener) {
            case Listener.Tcp tcp -> Optional.of(tcp.pool());
            case Listener.Udp udp -> Optional.of(udp.pool());
            case Listener.TcpUdp both -> Optional.of(both.pool());
            case Listener.Tls tls -> Optional.of(tls.pool());
            case Listener.Http http -> Optional.empty();
            case Listener.Https https -> Optional.empty();
        };
    }
}
