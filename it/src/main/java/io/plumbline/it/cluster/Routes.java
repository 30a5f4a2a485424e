package io.plumbline.it.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.plumbline.it.cluster.controlplane.EgressSocket;
import io.plumbline.it.cluster.kubelet.Loopback;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Where the API server finds what it wants to reach: Pods and nodes at their [Loopback] places, Services where a
/// test has routed them.
final class Routes implements EgressSocket.Reach {

    private record Target(String namespace, String service, int port) {}

    private final Map<Target, InetSocketAddress> routes = new ConcurrentHashMap<>();
    private volatile Optional<KubernetesClient> client = Optional.empty();

    /// Services' addresses are looked up with this client; until then only their names are known.
    void lookUpWith(KubernetesClient found) {
        client = Optional.of(found);
    }

    void add(String namespace, String service, int port, InetSocketAddress place) {
        routes.put(new Target(namespace, service, port), place);
    }

    @Override
    public Optional<InetSocketAddress> place(String host, int port) {
        return routes.entrySet().stream()
                .filter(route -> route.getKey().port() == port)
                .filter(route -> isNamed(route.getKey(), host) || hasAddress(route.getKey(), host))
                .map(Map.Entry::getValue)
                .findFirst()
                .or(() -> Loopback.place(host, port));
    }

    private static boolean isNamed(Target target, String host) {
        String name = target.service() + "." + target.namespace() + ".svc";
        return host.equals(name) || host.startsWith(name + ".");
    }

    private boolean hasAddress(Target target, String host) {
        return client.map(api -> api.services()
                        .inNamespace(target.namespace())
                        .withName(target.service())
                        .get())
                .filter(service -> host.equals(service.getSpec().getClusterIP()))
                .isPresent();
    }
}
