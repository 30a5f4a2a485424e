package io.plumbline.it.clouds.tencent;

import java.time.Instant;
import java.util.Optional;

/// One registration of a backend at a listener. The same address registered again is another registration.
final class Target {
    final long registration;
    final String address;
    final int port;
    final Optional<String> instanceId;
    final Optional<String> tag;
    final Instant registeredAt;
    int weight;

    Target(long registration, Endpoint endpoint, Instant registeredAt) {
        this.registration = registration;
        this.address = endpoint.address();
        this.port = endpoint.port();
        this.instanceId = endpoint.instanceId();
        this.tag = endpoint.tag();
        this.weight = endpoint.weight();
        this.registeredAt = registeredAt;
    }

    String name() {
        return address + ":" + port;
    }

    /// A backend as a request names it.
    ///
    /// @param address its private address, also for an instance
    record Endpoint(String address, int port, Optional<String> instanceId, Optional<String> tag, int weight) {
        String name() {
            return address + ":" + port;
        }
    }
}
