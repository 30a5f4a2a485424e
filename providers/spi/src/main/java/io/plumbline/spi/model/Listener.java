package io.plumbline.spi.model;

import java.util.List;
import java.util.Optional;

/// A port that accepts traffic. `running` is a wish like any other, so that a crash between creating and starting a
/// listener heals.
///
/// Its access list, where that is managed, is one or none: everybody may connect.
public sealed interface Listener extends Resource {
    @Override
    ListenerKey key();

    boolean running();

    Options options();

    /// The pools that the listener itself (not one of its rules) leads to.
    default List<PoolKey> pools() {
        return switch (this) {
            case Tcp tcp -> List.of(tcp.pool());
            case Udp udp -> List.of(udp.pool());
            case TcpUdp tcpUdp -> List.of(tcpUdp.pool());
            case Tls tls -> List.of(tls.pool());
            case Http http -> http.defaultAction().pools();
            case Https https -> https.defaultAction().pools();
        };
    }

    /// The same listener under another key.
    default Listener withKey(ListenerKey key) {
        return switch (this) {
            case Tcp(
                    ListenerKey old,
                    PoolKey pool,
                    Setting<Optional<AccessListKey>> list,
                    boolean running,
                    Options options) -> new Tcp(key, pool, list, running, options);
            case Udp(
                    ListenerKey old,
                    PoolKey pool,
                    Setting<Optional<AccessListKey>> list,
                    boolean running,
                    Options options) -> new Udp(key, pool, list, running, options);
            case TcpUdp(
                    ListenerKey old,
                    PoolKey pool,
                    Setting<Optional<AccessListKey>> list,
                    boolean running,
                    Options options) -> new TcpUdp(key, pool, list, running, options);
            case Tls tls ->
                new Tls(key, tls.pool(), tls.certificates(), tls.accessList(), tls.running(), tls.options());
            case Http http -> new Http(key, http.defaultAction(), http.accessList(), http.running(), http.options());
            case Https https ->
                new Https(
                        key,
                        https.defaultAction(),
                        https.certificates(),
                        https.accessList(),
                        https.running(),
                        https.options());
        };
    }

    /// Layer 4, TCP.
    record Tcp(
            ListenerKey key,
            PoolKey pool,
            Setting<Optional<AccessListKey>> accessList,
            boolean running,
            Options options)
            implements Listener {}

    /// Layer 4, UDP.
    record Udp(
            ListenerKey key,
            PoolKey pool,
            Setting<Optional<AccessListKey>> accessList,
            boolean running,
            Options options)
            implements Listener {}

    /// Layer 4, TCP and UDP on one port.
    record TcpUdp(
            ListenerKey key,
            PoolKey pool,
            Setting<Optional<AccessListKey>> accessList,
            boolean running,
            Options options)
            implements Listener {}

    /// Layer 4, TLS ended at the load balancer.
    record Tls(
            ListenerKey key,
            PoolKey pool,
            List<CertificateKey> certificates,
            Setting<Optional<AccessListKey>> accessList,
            boolean running,
            Options options)
            implements Listener {
        public Tls {
            certificates = List.copyOf(certificates);
        }
    }

    /// Layer 7 without TLS; requests that no rule matches get `defaultAction`.
    record Http(
            ListenerKey key,
            RuleAction defaultAction,
            Setting<Optional<AccessListKey>> accessList,
            boolean running,
            Options options)
            implements Listener {}

    /// Layer 7 with TLS; the first certificate is the default one.
    record Https(
            ListenerKey key,
            RuleAction defaultAction,
            List<CertificateKey> certificates,
            Setting<Optional<AccessListKey>> accessList,
            boolean running,
            Options options)
            implements Listener {
        public Https {
            certificates = List.copyOf(certificates);
        }
    }
}
