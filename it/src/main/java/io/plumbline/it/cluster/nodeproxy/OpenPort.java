package io.plumbline.it.cluster.nodeproxy;

import java.io.IOException;
import java.net.InetSocketAddress;

/// A socket of a node that is open.
sealed interface OpenPort extends AutoCloseable permits TcpPort, UdpPort, HealthPort {
    /// New connections follow this rule from now on.
    void follow(Rule rule);

    /// Takes no more connections; those that are there go on. Returns when the port is free.
    @Override
    void close();

    /// Ends the connections that are left.
    void cut();

    /// Opens what the rule asks for.
    ///
    /// @throws IOException if somebody has the port
    static OpenPort open(Place place, InetSocketAddress socket, Rule rule) throws IOException {
        return switch (rule) {
            case Rule.Health health -> HealthPort.open(socket, health);
            case Rule.Forward forward ->
                switch (place.transport()) {
                    case TCP -> TcpPort.open(socket, forward);
                    case UDP -> UdpPort.open(socket, forward);
                };
        };
    }
}
