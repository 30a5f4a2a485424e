package io.plumbline.tencent;

import io.plumbline.spi.model.Setting;
import io.plumbline.spi.model.Transport;
import io.plumbline.spi.objects.CustomObject;
import io.plumbline.spi.objects.ServiceView;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// A TkeServiceConfig, as far as a Service is concerned. Its sections are matched to the Service's ports by protocol
/// and port; it never makes a listener.
///
/// @param bandwidth in Mbit/s, of a public load balancer
/// @param listeners by `tcp/80`
record ServiceConfig(Setting<Integer> bandwidth, SortedMap<String, ListenerConfig> listeners) {
    static final CustomObject.Kind KIND =
            new CustomObject.Kind("cloud.tencent.com", "v1alpha1", "tkeserviceconfigs", "TkeServiceConfig");

    /// Says nothing.
    static ServiceConfig silent() {
        return new ServiceConfig(Setting.unmanaged(), new TreeMap<>());
    }

    ListenerConfig listener(ServiceView.Port port) {
        return listeners.getOrDefault(name(port.transport(), port.port()), ListenerConfig.silent());
    }

    static ServiceConfig read(CustomObject object, ServiceView service, Complaints complaints) {
        String owner = KIND.kind() + " " + object.key().text();
        Section spec = new Section(owner, "spec", object.spec(), complaints);
        ServiceConfig config = spec.section("loadBalancer")
                .map(section -> loadBalancer(section, service))
                .orElseGet(ServiceConfig::silent);
        spec.reportUnknown();
        return config;
    }

    private static ServiceConfig loadBalancer(Section section, ServiceView service) {
        Setting<Integer> bandwidth = section.integer("internetMaxBandwidthOut", 0, 2048);
        SortedMap<String, ListenerConfig> listeners = listeners(section.sections("l4Listeners"), service);
        if (!section.sections("l7Listeners").isEmpty()) {
            section.complain("l7Listeners", "has no effect on a Service, whose ports are served at layer 4");
        }
        section.reportUnknown();
        return new ServiceConfig(bandwidth, listeners);
    }

    private static SortedMap<String, ListenerConfig> listeners(List<Section> entries, ServiceView service) {
        SortedMap<String, ListenerConfig> listeners = new TreeMap<>();
        SortedMap<String, String> seen = new TreeMap<>();
        TreeSet<String> ambiguous = new TreeSet<>();
        for (Section entry : entries) {
            Optional<Transport> transport = transport(entry);
            Optional<String> name = transport.flatMap(protocol -> port(entry).map(port -> name(protocol, port)));
            if (name.isEmpty()) {
                continue;
            }
            ListenerConfig config = ListenerConfig.read(entry, transport.get());
            Optional<String> earlier = Optional.ofNullable(seen.putIfAbsent(name.get(), entry.path()));
            if (earlier.isPresent()) {
                ambiguous.add(name.get());
                entry.complain(
                        "port",
                        "names " + name.get() + " again, as " + earlier.get()
                                + " does: remove one of the two; until then neither has an effect");
            } else if (exists(name.get(), service)) {
                listeners.put(name.get(), config);
            } else {
                entry.complain(
                        "port",
                        "names " + name.get() + ", which " + service.key().text()
                                + " does not have: add that port to the Service or remove this entry");
            }
        }
        listeners.keySet().removeAll(ambiguous);
        return listeners;
    }

    private static boolean exists(String name, ServiceView service) {
        return service.ports().stream()
                .anyMatch(port -> name(port.transport(), port.port()).equals(name));
    }

    private static Optional<Transport> transport(Section entry) {
        if (!entry.has("protocol")) {
            entry.complain("protocol", "is missing: set it to TCP or UDP");
        }
        return entry.oneOf("protocol", List.of("TCP", "UDP")).asOptional().map(Transport::valueOf);
    }

    private static Optional<Integer> port(Section entry) {
        if (!entry.has("port")) {
            entry.complain("port", "is missing: set it to a port of the Service");
        }
        return entry.integer("port", 1, 65535).asOptional();
    }

    private static String name(Transport transport, int port) {
        return transport.name().toLowerCase(Locale.ROOT) + "/" + port;
    }

    ServiceConfig {
        listeners = Collections.unmodifiableSortedMap(new TreeMap<>(listeners));
    }
}
