package io.plumbline.it.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Namespace;
import io.plumbline.app.Program;
import io.plumbline.it.clouds.BalancerView;
import io.plumbline.it.cluster.Waiting;
import io.plumbline.it.laboratory.Laboratory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A laboratory with a controller in it, which all tests of one cloud use one after the other.
final class Bench implements AutoCloseable {
    private static final int NODES = 3;
    private static final Duration CLEARING = Duration.ofMinutes(3);

    /// What a controller in another cluster of the same account would mark its own with.
    private static final Map<String, String> TWIN = Map.of(
            "plumbline.io/cluster", "7ec00000-0000-4000-8000-000000000001",
            "plumbline.io/object", "7ec00000-0000-4000-8000-000000000002",
            "plumbline.io/service", "default/nginx");

    private final CloudUnderTest cloud;
    private final Laboratory laboratory;
    private final List<BalancerView> foreign;
    private Optional<Program> controller = Optional.empty();
    private Permissions.Mark mark = Permissions.BEGINNING;

    private Bench(CloudUnderTest cloud, Laboratory laboratory) {
        this.cloud = cloud;
        this.laboratory = laboratory;
        this.foreign = List.of(foreign("a-strangers-own", Map.of()), foreign("plumbline-7ec0000000000001", TWIN));
    }

    private BalancerView foreign(String name, Map<String, String> tags) {
        Stranger stranger = cloud.stranger(laboratory);
        String id = stranger.createBalancer(name, tags);
        stranger.createListener(balancer(id).orElseThrow(), name, 80);
        return balancer(id).orElseThrow();
    }

    static Bench start(CloudUnderTest cloud) {
        return new Bench(cloud, Laboratory.start(cloud.kind(), NODES));
    }

    CloudUnderTest cloud() {
        return cloud;
    }

    Laboratory laboratory() {
        return laboratory;
    }

    /// The usual controller runs, now at the latest, and what is asked of the API server is counted from here.
    void begin() {
        startController();
        mark = Permissions.mark(laboratory);
    }

    /// Starts the usual controller, if it does not run.
    void startController() {
        if (controller.isEmpty()) {
            controller = Optional.of(laboratory.controller());
        }
    }

    /// Stops the usual controller: there is none, or the test brings its own.
    void stopController() {
        controller.ifPresent(Program::close);
        controller = Optional.empty();
    }

    /// What was asked of the API server since the test class began.
    Permissions permissions() {
        return Permissions.since(mark, laboratory);
    }

    /// Deletes everything that tests have made, and waits until nothing is left of it, in the cluster or in the
    /// cloud. What a stranger and another cluster have there is as it was.
    void clear() {
        startController();
        laboratory.cloud().faults().clear();
        namespaces()
                .forEach(namespace ->
                        laboratory.cluster().client().resource(namespace).delete());
        Waiting.until("every namespace to be gone", CLEARING, () -> namespaces().isEmpty());
        Waiting.until(
                "nothing to be left: " + laboratory.marked(),
                CLEARING,
                () -> laboratory.made().isEmpty() && laboratory.marked().isEmpty());
        assertThat(laboratory.trespasses()).isEmpty();
        assertThat(foreign.stream().flatMap(one -> balancer(one.id()).stream())).containsExactlyElementsOf(foreign);
    }

    private List<Namespace> namespaces() {
        return laboratory.cluster().client().namespaces().list().getItems().stream()
                .filter(namespace -> !namespace.getMetadata().getName().startsWith("kube-"))
                .filter(namespace -> !namespace.getMetadata().getName().equals("default"))
                .toList();
    }

    /// A load balancer by its id.
    Optional<BalancerView> balancer(String id) {
        return laboratory.cloud().balancers().stream()
                .filter(balancer -> balancer.id().equals(id))
                .findFirst();
    }

    @Override
    public void close() {
        stopController();
        laboratory.close();
    }
}
