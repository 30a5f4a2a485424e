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

    /// A pool that is attached without getting traffic, so that a cloud that reports the health of attached pools
    /// only tells whether it could take over. A listener of layer 7 has pools of weight 0 for that.
    default Optional<PoolKey> standby() {
        return Optional.empty();
    }

    /// A layer 4 listener that leads to `pool`, with that standby; one of layer 7 as it is.
    default Listener leadingTo(PoolKey pool, Optional<PoolKey> standby) {
        return switch (this) {
            case Tcp tcp -> new Tcp(tcp.key, pool, standby, tcp.accessList, tcp.running, tcp.options);
            case Udp udp -> new Udp(udp.key, pool, standby, udp.accessList, udp.running, udp.options);
            case TcpUdp both -> new TcpUdp(both.key, pool, standby, both.accessList, both.running, both.options);
            case Tls tls -> new Tls(tls.key, pool, standby, tls.certificates, tls.accessList, tls.running, tls.options);
            case Http http -> http;
            case Https https -> https;
        };
    }

    /// The same listener with other settings of its cloud.
    default Listener withOptions(Options options) {
        return switch (this) {
            case Tcp tcp -> new Tcp(tcp.key, tcp.pool, tcp.standby, tcp.accessList, tcp.running, options);
            case Udp udp -> new Udp(udp.key, udp.pool, udp.standby, udp.accessList, udp.running, options);
            case TcpUdp both -> new TcpUdp(both.key, both.pool, both.standby, both.accessList, both.running, options);
            case Tls tls ->
                new Tls(tls.key, tls.pool, tls.standby, tls.certificates, tls.accessList, tls.running, options);
            case Http http -> new Http(http.key, http.defaultAction, http.accessList, http.running, options);
            case Https https ->
                new Https(https.key, https.defaultAction, https.certificates, https.accessList, https.running, options);
        };
    }

    /// The same listener under another key.
    default Listener withKey(ListenerKey key) {
        return switch (this) {
            case Tcp tcp -> new Tcp(key, tcp.pool, tcp.standby, tcp.accessList, tcp.running, tcp.options);
            case Udp udp -> new Udp(key, udp.pool, udp.standby, udp.accessList, udp.running, udp.options);
            case TcpUdp both -> new TcpUdp(key, both.pool, both.standby, both.accessList, both.running, both.options);
            case Tls tls ->
                new Tls(key, tls.pool, tls.standby, tls.certificates, tls.accessList, tls.running, tls.options);
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
            Optional<PoolKey> standby,
            Setting<Optional<AccessListKey>> accessList,
            boolean running,
            Options options)
            implements Listener {
        public Tcp(
                ListenerKey key,
                PoolKey pool,
                Setting<Optional<AccessListKey>> accessList,
                boolean running,
                Options options) {
            this(key, pool, Optional.empty(), accessList, running, options);
        }
    }

    /// Layer 4, UDP.
    record Udp(
            ListenerKey key,
            PoolKey pool,
            Optional<PoolKey> standby,
            Setting<Optional<AccessListKey>> accessList,
            boolean running,
            Options options)
            implements Listener {
        public Udp(
                ListenerKey key,
                PoolKey pool,
                Setting<Optional<AccessListKey>> accessList,
                boolean running,
                Options options) {
            this(key, pool, Optional.empty(), accessList, running, options);
        }
    }

    /// Layer 4, TCP and UDP on one port.
    record TcpUdp(
            ListenerKey key,
            PoolKey pool,
            Optional<PoolKey> standby,
            Setting<Optional<AccessListKey>> accessList,
            boolean running,
            Options options)
            implements Listener {
        public TcpUdp(
                ListenerKey key,
                PoolKey pool,
                Setting<Optional<AccessListKey>> accessList,
                boolean running,
                Options options) {
            this(key, pool, Optional.empty(), accessList, running, options);
        }
    }

    /// Layer 4, TLS ended at the load balancer.
    record Tls(
            ListenerKey key,
            PoolKey pool,
            Optional<PoolKey> standby,
            List<CertificateKey> certificates,
            Setting<Optional<AccessListKey>> accessList,
            boolean running,
            Options options)
            implements Listener {
        public Tls {
            certificates = List.copyOf(certificates);
        }

        public Tls(
                ListenerKey key,
                PoolKey pool,
                List<CertificateKey> certificates,
                Setting<Optional<AccessListKey>> accessList,
                boolean running,
                Options options) {
            this(key, pool, Optional.empty(), certificates, accessList, running, options);
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
