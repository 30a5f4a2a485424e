package io.plumbline.spi.model;

/// Where a backend is reached.
public sealed interface Address {
    /// As keys print it.
    String text();

    /// The address of a Pod, or of whatever else has an address of its own in the network.
    record Ip(String ip) implements Address {
        @Override
        public String text() {
            return ip.contains(":") ? "[" + ip + "]" : ip;
        }
    }

    /// A node, by the identifier that its cloud gives the machine.
    record Instance(String id) implements Address {
        @Override
        public String text() {
            return id;
        }
    }
}
