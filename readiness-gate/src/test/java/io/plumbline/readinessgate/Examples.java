package io.plumbline.readinessgate;

import io.plumbline.readinessgate.gate.GateSettings;
import io.plumbline.readinessgate.gate.LatestHealth;
import io.plumbline.spi.PodRegistrations.Probing;
import io.plumbline.spi.PodRegistrations.Registration;
import io.plumbline.spi.PodRegistrations.Selection;
import io.plumbline.spi.PodRegistrations.Standing;
import io.plumbline.spi.PodRegistrations.State;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Health;
import io.plumbline.spi.model.Ids;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.Transport;
import io.plumbline.spi.objects.Metadata;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.PodView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Pods and registrations for tests.
public final class Examples {
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    public static final Probing FIVE_SECONDS_TWICE = new Probing(Duration.ofSeconds(5), 2);
    public static final String NATIVE = "cloud.example/load-balancer-ready";
    public static final String NATIVE_OF_SERVICE = "ready.cloud.example/<service>";

    private Examples() {}

    public static GateSettings settings() {
        return GateSettings.usual(List.of(NATIVE, NATIVE_OF_SERVICE));
    }

    /// A Pod with ready containers whose gates of these types are all closed.
    public static PodView pod(String name, String... gateTypes) {
        return pod(name, true, gateTypes);
    }

    public static PodView pod(String name, boolean containersReady, String... gateTypes) {
        Metadata metadata = new Metadata(
                ObjectKey.pod("default", name),
                "uid-" + name,
                "17",
                1,
                START,
                false,
                new TreeMap<>(),
                new TreeMap<>(),
                List.of());
        List<PodView.Gate> gates = List.of(gateTypes).stream()
                .map(type -> new PodView.Gate(type, false))
                .toList();
        return new PodView(
                metadata,
                "Running",
                List.of("10.0.3.7"),
                Optional.of("node-1"),
                false,
                containersReady,
                gates,
                List.of(),
                new TreeSet<>(),
                Optional.empty());
    }

    public static LoadBalancerKey loadBalancer(String service) {
        return new LoadBalancerKey.Managed(ObjectKey.service("default", service), "uid-of-" + service);
    }

    public static Registration registration(String service, State state) {
        return registration(service, "10.0.3.7", state, FIVE_SECONDS_TWICE);
    }

    public static Registration registration(String service, String ip, State state, Probing probing) {
        PoolKey pool = PoolKey.of(ObjectKey.service("default", service), Transport.TCP, 80);
        LoadBalancerKey loadBalancer = loadBalancer(service);
        Ids ids = Ids.of(loadBalancer, "lb-" + service).and(Ids.of(pool, "pool-" + service));
        return new Registration(loadBalancer, new BackendKey(pool, new Address.Ip(ip), 80), state, probing, ids);
    }

    public static Standing direct(Registration... registrations) {
        return new Standing(Selection.DIRECT, false, List.of(registrations));
    }

    public static State registeredAt(Instant at) {
        return new State.Registered(at);
    }

    /// An answer that says `status` of every registration.
    public static LatestHealth answer(Instant askedAt, Health.Status status, Registration... registrations) {
        LatestHealth answers = LatestHealth.none();
        for (Registration registration : registrations) {
            TreeMap<BackendKey, Health.Status> byBackend = new TreeMap<>();
            byBackend.put(registration.backend(), status);
            answers = answers.and(
                    registration.loadBalancer(),
                    List.of(registration.backend().pool()),
                    new Health(byBackend, askedAt));
        }
        return answers;
    }
}
