package io.plumbline.tencent;

import io.plumbline.spi.Provider.ApplyRequest;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.HealthCheck;
import io.plumbline.spi.model.Ids;
import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.ListenerKey;
import io.plumbline.spi.model.LoadBalancer;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Options;
import io.plumbline.spi.model.Owned;
import io.plumbline.spi.model.Ownership;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.Resource;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.model.Stickiness;
import io.plumbline.spi.model.Transport;
import io.plumbline.spi.objects.CustomObject;
import io.plumbline.spi.objects.Metadata;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.ServiceView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One Service `web/shop` with its load balancer, and pieces of them.
final class Examples {
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    static final ObjectKey SHOP = ObjectKey.service("web", "shop");
    static final Mark MARK = new Mark("cluster-1", SHOP, "uid-1");
    static final LoadBalancerKey KEY = new LoadBalancerKey.Managed(SHOP, "uid-1");
    static final String LISTENER_NAME = "plumbline-" + MARK.hash();
    static final Reason REASON = new Reason(Reason.DESIRED, "desired");

    private Examples() {}

    static Metadata metadata(ObjectKey key, Map<String, String> labels, Map<String, String> annotations) {
        return new Metadata(
                key, "uid-1", "1", 1, NOW, false, new TreeMap<>(labels), new TreeMap<>(annotations), List.of());
    }

    /// With TCP ports 80 and 443, and UDP port 53.
    static ServiceView service(Map<String, String> annotations) {
        return new ServiceView(
                metadata(SHOP, Map.of(), annotations),
                "LoadBalancer",
                Optional.empty(),
                new TreeMap<>(Map.of("app", "shop")),
                List.of(
                        servicePort(Transport.TCP, 80),
                        servicePort(Transport.TCP, 443),
                        servicePort(Transport.UDP, 53)),
                new ServiceView.Traffic("Cluster", true, Optional.empty(), List.of(), "None", false),
                List.of("IPv4"),
                List.of(),
                List.of());
    }

    private static ServiceView.Port servicePort(Transport transport, int port) {
        return new ServiceView.Port(
                transport.text() + "-" + port,
                transport,
                port,
                String.valueOf(port),
                Optional.empty(),
                Optional.empty());
    }

    static CustomObject config(String name, Map<String, Object> loadBalancer) {
        return new CustomObject(
                new ObjectKey("TkeServiceConfig", "web", name), "uid-2", Map.of("loadBalancer", loadBalancer));
    }

    static PoolKey pool(int port) {
        return PoolKey.of(SHOP, Transport.TCP, port);
    }

    static Pool pool(int port, HealthCheck check) {
        return new Pool(
                pool(port),
                Transport.TCP,
                Pool.Targets.PODS,
                check,
                Stickiness.unmanaged(),
                Setting.unmanaged(),
                TencentPoolOptions.unmanaged());
    }

    /// Checked every `seconds`.
    static HealthCheck every(int seconds) {
        return new HealthCheck(
                Setting.managed(true),
                Setting.managed(Duration.ofSeconds(seconds)),
                Setting.unmanaged(),
                Setting.managed(2),
                Setting.unmanaged(),
                Setting.unmanaged(),
                Setting.managed(new HealthCheck.Probe.Connect()));
    }

    static LoadBalancer loadBalancer(Scheme scheme, TencentLoadBalancerOptions options) {
        return new LoadBalancer(
                KEY, Setting.managed(scheme), Setting.managed(LoadBalancer.AddressFamily.IPV4), options);
    }

    static Listener listener(int port) {
        return new Listener.Tcp(
                new ListenerKey(KEY, Transport.TCP, port), pool(port), Setting.unmanaged(), true, new Options.None());
    }

    static Backend backend(int port, int host) {
        Address address = new Address.Ip("10.0." + host / 200 + "." + (host % 200 + 1));
        return new Backend(
                new BackendKey(pool(port), address, 8000 + port), Setting.managed(10), Optional.of("pod-" + host));
    }

    /// As if a reading had shown that it is ours.
    static <T> Owned<T> owned(T value) {
        Owned<String> mark = (Owned<String>) Ownership.decideByHash(MARK, Optional.of(MARK.hash()), "");
        return Ownership.partOf(mark, value);
    }

    static Change creation(Resource desired) {
        return new Change.Create(desired, REASON, List.of());
    }

    static Change remove(Resource gone) {
        return new Change.Remove(owned(gone), REASON, List.of());
    }

    static Change drain(Backend backend) {
        return new Change.Drain(owned(backend), REASON, List.of());
    }

    static Change update(Resource was, Resource desired) {
        return new Change.Update(owned(was), desired, List.of(), REASON, List.of());
    }

    /// Everything that exists: `lb-1`, and a listener `lbl-<port>` with its pool for each of these ports.
    static Ids ids(int... ports) {
        Ids.Collector ids = new Ids.Collector().put(KEY, "lb-1");
        for (int port : ports) {
            ids.put(new ListenerKey(KEY, Transport.TCP, port), "lbl-" + port).put(pool(port), "lbl-" + port);
        }
        return ids.collect();
    }

    static ApplyRequest request(Ids ids, List<Pool> pools, List<Change> changes) {
        return new ApplyRequest(KEY, MARK, List.of(MARK), 1, ids, pools, changes);
    }
}
