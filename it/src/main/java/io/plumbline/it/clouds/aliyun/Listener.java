package io.plumbline.it.clouds.aliyun;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A listener of a CLB. It has no id but its balancer, protocol and port.
final class Listener {
    final Balancer balancer;
    final Protocol protocol;
    final int port;
    final Instant createdAt;
    final Map<String, String> settings = new TreeMap<>();
    final Map<String, String> tags = new LinkedHashMap<>();
    final Map<String, DomainExtension> domains = new LinkedHashMap<>();
    Optional<Group> group = Optional.empty();
    boolean running;

    Listener(Balancer balancer, Protocol protocol, int port, Instant createdAt) {
        this.balancer = balancer;
        this.protocol = protocol;
        this.port = port;
        this.createdAt = createdAt;
    }

    /// An additional domain of an HTTPS listener and its certificate.
    static final class DomainExtension {
        final String id;
        final String domain;
        String certificateId;

        DomainExtension(String id, String domain, String certificateId) {
            this.id = id;
            this.domain = domain;
            this.certificateId = certificateId;
        }
    }

    /// The pool's name in the change log and in the data plane.
    String pool() {
        return balancer.id + "/" + protocol.wireName() + ":" + port;
    }

    /// A setting by its name in Describe replies; empty text where it has none.
    String setting(String name) {
        return settings.getOrDefault(name, "");
    }

    int number(String name) {
        return Integer.parseInt(setting(name));
    }

    boolean isOn(String name) {
        return setting(name).equals("on");
    }

    List<String> accessLists() {
        return setting("AclId").isEmpty() ? List.of() : List.of(setting("AclId").split(","));
    }

    /// Whether the data plane has it.
    boolean carriesTraffic() {
        return running && balancer.active && !isOn("ListenerForward");
    }
}
