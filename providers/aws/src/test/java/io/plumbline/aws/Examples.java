package io.plumbline.aws;

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
import io.plumbline.spi.model.LoadBalancer.AddressFamily;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Owned;
import io.plumbline.spi.model.Ownership;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.Pool.Targets;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.Resource;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.model.Stickiness;
import io.plumbline.spi.model.Transport;
import io.plumbline.spi.objects.Metadata;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.ServiceView;
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
    static final Reason WANTED = new Reason(Reason.DESIRED, "desired");
    static final Reason UNWANTED = new Reason(Reason.UNWANTED, "no longer wanted");
    static final String ARN = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:";

    private Examples() {}

    /// With TCP ports 80 (`http`) and 443 (`https`), and UDP port 53.
    static ServiceView service(Map<String, String> annotations) {
        return service(
                annotations, new ServiceView.Traffic("Cluster", true, Optional.empty(), List.of(), "None", false));
    }

    static ServiceView service(Map<String, String> annotations, ServiceView.Traffic traffic) {
        return service(
                annotations,
                traffic,
                List.of(
                        port("http", Transport.TCP, 80),
                        port("https", Transport.TCP, 443),
                        port("dns", Transport.UDP, 53)));
    }

    static ServiceView service(
            Map<String, String> annotations, ServiceView.Traffic traffic, List<ServiceView.Port> ports) {
        Metadata metadata =
                new Metadata(SHOP, "uid-1", "1", 1, NOW, false, new TreeMap<>(), new TreeMap<>(annotations), List.of());
        return new ServiceView(
                metadata,
                "LoadBalancer",
                Optional.empty(),
                new TreeMap<>(Map.of("app", "shop")),
                ports,
                traffic,
                List.of("IPv4"),
                List.of(),
                List.of());
    }

    /// Of these families, with one TCP port.
    static ServiceView service(Map<String, String> annotations, String... ipFamilies) {
        ServiceView service = service(
                annotations,
                new ServiceView.Traffic("Cluster", true, Optional.empty(), List.of(), "None", false),
                List.of(port("http", Transport.TCP, 80)));
        return new ServiceView(
                service.metadata(),
                service.type(),
                service.loadBalancerClass(),
                service.selector(),
                service.ports(),
                service.traffic(),
                List.of(ipFamilies),
                List.of(),
                List.of());
    }

    static ServiceView.Port port(String name, Transport transport, int port) {
        return new ServiceView.Port(
                name, transport, port, String.valueOf(8000 + port), Optional.of(30000 + port), Optional.empty());
    }

    static PoolKey poolKey(int port) {
        return PoolKey.of(SHOP, Transport.TCP, port);
    }

    static Pool pool(int port, GroupKind kind) {
        Pool pool = pool(port, kind.targets());
        AwsPoolOptions options = AwsPoolOptions.of(pool.options());
        return new Pool(
                pool.key(),
                pool.transport(),
                pool.targets(),
                pool.healthCheck(),
                pool.stickiness(),
                pool.scheduling(),
                new AwsPoolOptions(
                        options.protocol(),
                        Setting.managed(kind.ipAddressType()),
                        options.checkPort(),
                        options.checkTls(),
                        options.leftover(),
                        options.tags(),
                        options.attributes()));
    }

    static Pool pool(int port, Targets targets) {
        return new Pool(
                poolKey(port),
                Transport.TCP,
                targets,
                HealthCheck.unmanaged(),
                Stickiness.unmanaged(),
                Setting.unmanaged(),
                AwsPoolOptions.unmanaged());
    }

    static LoadBalancer loadBalancer(AwsLoadBalancerOptions options) {
        return new LoadBalancer(KEY, Setting.managed(Scheme.INTERNET), Setting.managed(AddressFamily.IPV4), options);
    }

    static Listener listener(int port) {
        return new Listener.Tcp(
                new ListenerKey(KEY, Transport.TCP, port),
                poolKey(port),
                Setting.unmanaged(),
                true,
                AwsListenerOptions.unmanaged().withProtocol(Setting.managed("TCP")));
    }

    static Backend pod(int port, Address address) {
        return new Backend(
                new BackendKey(poolKey(port), address, 8000 + port), Setting.unmanaged(), Optional.of("pod"));
    }

    static Backend pod(int port, int number) {
        Address address = new Address.Ip("10.0." + number / 200 + "." + (number % 200 + 1));
        return new Backend(
                new BackendKey(poolKey(port), address, 8000 + port), Setting.unmanaged(), Optional.of("pod-" + number));
    }

    static Backend node(int port, int number) {
        return new Backend(
                new BackendKey(poolKey(port), new Address.Instance("i-" + number), 30000 + port),
                Setting.unmanaged(),
                Optional.empty());
    }

    static String group(int port, Targets targets) {
        return ARN + "targetgroup/" + Names.targetGroup(MARK, KEY, poolKey(port), GroupKind.of(targets, GroupKind.IPV4))
                + "/" + port;
    }

    /// As if a reading had shown that it is ours.
    static <T> Owned<T> owned(T value) {
        Owned<String> mark = (Owned<String>) Ownership.decideByHash(MARK, Optional.of(MARK.hash()), "");
        return Ownership.partOf(mark, value);
    }

    static Change creation(Resource desired) {
        return new Change.Create(desired, WANTED, List.of());
    }

    static Change remove(Resource gone) {
        return new Change.Remove(owned(gone), UNWANTED, List.of());
    }

    static Change update(Resource was, Resource desired) {
        return new Change.Update(owned(was), desired, List.of(), WANTED, List.of());
    }

    /// The load balancer, its security groups, and a listener and target group of Pods for each of these ports.
    static Ids ids(int... ports) {
        Ids.Collector ids = new Ids.Collector()
                .put(KEY, ARN + "loadbalancer/net/web/1")
                .put(Normalize.accessListKey(KEY), "sg-frontend")
                .put(BackendGroup.KEY, "sg-backend");
        for (int port : ports) {
            ids.put(new ListenerKey(KEY, Transport.TCP, port), ARN + "listener/net/web/1/" + port)
                    .put(poolKey(port), group(port, Targets.PODS));
        }
        return ids.collect();
    }

    static ApplyRequest request(Ids ids, List<Pool> pools, List<Change> changes) {
        return new ApplyRequest(KEY, MARK, List.of(MARK), 1, ids, pools, changes);
    }
}
