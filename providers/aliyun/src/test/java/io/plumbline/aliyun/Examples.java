package io.plumbline.aliyun;

import io.plumbline.spi.Dialect.Interpretation;
import io.plumbline.spi.Provider.ApplyRequest;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.FieldChange;
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
import io.plumbline.spi.model.Transport;
import io.plumbline.spi.objects.Metadata;
import io.plumbline.spi.objects.NodeView;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.ServiceView;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
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
    static final String MARKED = "plumbline-" + MARK.hash();
    static final Reason REASON = new Reason(Reason.DESIRED, "desired");

    private Examples() {}

    static AliyunSettings settings() {
        return AliyunSettings.of("cn-beijing", "vpc-1", () -> new AliyunSettings.Keys("an-id", "a-key"))
                .in(List.of("vsw-1", "vsw-2"));
    }

    static Metadata metadata(ObjectKey key, Map<String, String> labels, Map<String, String> annotations) {
        return new Metadata(
                key, "uid-1", "1", 1, NOW, false, new TreeMap<>(labels), new TreeMap<>(annotations), List.of());
    }

    /// With TCP ports 80 and 443, and UDP port 53.
    static ServiceView service(Map<String, String> annotations) {
        return service(annotations, traffic("Cluster"));
    }

    static ServiceView service(Map<String, String> annotations, ServiceView.Traffic traffic) {
        return service(metadata(SHOP, Map.of(), annotations), "LoadBalancer", traffic);
    }

    static ServiceView service(Metadata metadata, String type, ServiceView.Traffic traffic) {
        return new ServiceView(
                metadata,
                type,
                Optional.empty(),
                new TreeMap<>(Map.of("app", "shop")),
                List.of(
                        servicePort(Transport.TCP, 80),
                        servicePort(Transport.TCP, 443),
                        servicePort(Transport.UDP, 53)),
                traffic,
                List.of("IPv4"),
                List.of(),
                List.of());
    }

    static ServiceView.Traffic traffic(String policy, String... sourceRanges) {
        return new ServiceView.Traffic(
                policy,
                true,
                policy.equals("Local") ? Optional.of(32100) : Optional.empty(),
                List.of(sourceRanges),
                "None",
                false);
    }

    private static ServiceView.Port servicePort(Transport transport, int port) {
        return new ServiceView.Port(
                transport.text() + "-" + port,
                transport,
                port,
                String.valueOf(port),
                Optional.of(30000 + port),
                Optional.empty());
    }

    /// `loadbalancer-...` keys, under the first prefix.
    static Map<String, String> annotations(String... keysAndValues) {
        Map<String, String> annotations = new TreeMap<>();
        for (int place = 0; place < keysAndValues.length; place += 2) {
            String key = keysAndValues[place];
            annotations.put(key.contains("/") ? key : Annotations.full(key), keysAndValues[place + 1]);
        }
        return annotations;
    }

    static Interpretation read(String... keysAndValues) {
        return interpret(service(annotations(keysAndValues)));
    }

    static Interpretation interpret(ServiceView service) {
        return new AliyunDialect("cn-beijing").interpret(service, List.of(), true);
    }

    static NodeView node(String name, Optional<String> providerId, Map<String, String> labels) {
        return new NodeView(
                metadata(ObjectKey.node(name), labels, Map.of()),
                "True",
                false,
                List.of(),
                providerId,
                List.of("172.16.132.150"));
    }

    static PoolKey pool(int port) {
        return PoolKey.of(SHOP, Transport.TCP, port);
    }

    static ListenerKey listenerKey(int port) {
        return new ListenerKey(KEY, Transport.TCP, port);
    }

    static Pool pool(int port, HealthCheck check) {
        return new Pool(
                pool(port),
                Transport.TCP,
                Pool.Targets.PODS,
                check,
                HealthChecks.NOT_STICKY,
                Setting.unmanaged(),
                new AliyunPoolOptions(Setting.managed("wrr"), Setting.unmanaged()));
    }

    /// Checked every `seconds`.
    static HealthCheck every(int seconds) {
        return new HealthCheck(
                Setting.managed(true),
                Setting.managed(Duration.ofSeconds(seconds)),
                Setting.unmanaged(),
                Setting.managed(2),
                Setting.unmanaged(),
                Setting.managed(Limits.BACKENDS_OWN_PORT),
                Setting.managed(new HealthCheck.Probe.Connect()));
    }

    static LoadBalancer loadBalancer(Scheme scheme, AliyunLoadBalancerOptions options) {
        return new LoadBalancer(
                KEY, Setting.managed(scheme), Setting.managed(LoadBalancer.AddressFamily.IPV4), options);
    }

    static Listener listener(int port) {
        return new Listener.Tcp(listenerKey(port), pool(port), Setting.unmanaged(), true, new Options.None());
    }

    static Backend backend(int port, int host) {
        Address address = new Address.Ip("10.0." + host / 200 + "." + (host % 200 + 1));
        return new Backend(
                new BackendKey(pool(port), address, 8000 + port), Setting.managed(100), Optional.of("pod-" + host));
    }

    static Backend node(int port, int number) {
        return new Backend(
                new BackendKey(pool(port), new Address.Instance("i-" + number), 30000 + port),
                Setting.managed(100),
                Optional.empty());
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

    static Change update(Resource was, Resource desired, String... fields) {
        return new Change.Update(
                owned(was),
                desired,
                Arrays.stream(fields)
                        .map(field -> new FieldChange(field, "", ""))
                        .toList(),
                REASON,
                List.of());
    }

    /// Everything that exists: `lb-1`, and a listener with its group `rsp-<port>` for each of these ports.
    static Ids.Collector ids(int... ports) {
        Ids.Collector ids = new Ids.Collector().put(KEY, "lb-1");
        for (int port : ports) {
            ids.put(listenerKey(port), "lb-1/tcp/" + port).put(pool(port), "rsp-" + port);
        }
        return ids;
    }

    /// And the network interfaces `eni-<host>` of these members.
    static Ids with(Ids.Collector ids, List<Backend> members) {
        members.forEach(member ->
                ids.put(member.key(), "eni-" + member.registrant().orElse("").replace("pod-", "")));
        return ids.collect();
    }

    static ApplyRequest request(Ids ids, List<Pool> pools, List<Change> changes) {
        return new ApplyRequest(KEY, MARK, List.of(MARK), 1, ids, pools, changes);
    }
}
