package io.plumbline.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.controller.apply.Budget;
import io.plumbline.controller.desired.Settings;
import io.plumbline.controller.loop.Reconciler;
import io.plumbline.controller.plan.Mode;
import io.plumbline.it.virtual.Crash;
import io.plumbline.it.virtual.Samples;
import io.plumbline.it.virtual.VirtualClock;
import io.plumbline.it.virtual.VirtualCluster;
import io.plumbline.it.virtual.VirtualWorld;
import io.plumbline.spi.CallGate;
import io.plumbline.spi.CoreAnnotations;
import io.plumbline.spi.Provider;
import io.plumbline.spi.Provider.ReadRequest;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.ServiceView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// One cloud, one cluster and one controller on virtual time, with the Service `web/shop` and its Pods.
final class Stage {
    static final ObjectKey SHOP = ObjectKey.service("web", "shop");
    private static final Duration LONG = Duration.ofMinutes(30);
    private static final Duration MAKING = Duration.ofMinutes(3);
    private static final double SHARE = 0.5;

    final VirtualClock clock = new VirtualClock(Samples.CREATED.plusSeconds(3600));
    final FaultyCloud cloud;
    final VirtualCluster cluster;
    final VirtualWorld world;
    private final List<String> calls = new ArrayList<>();
    private int crashAtCall = Integer.MAX_VALUE;
    private boolean limited = true;

    Stage(String cloudName) {
        this(cloudName, Mode.SYNC);
    }

    Stage(String cloudName, Mode mode) {
        this.cloud = FaultyCloud.of(cloudName, clock);
        this.cluster = new VirtualCluster(cloud.provider(CallGate.OPEN).dialect());
        this.world = new VirtualWorld(
                clock, cluster, this::provider, new Reconciler.Rules(Samples.settings(cloud.name()), mode));
        cluster.put(Samples.node());
    }

    private Provider provider() {
        CallGate budget = new Budget(
                cloud.provider(CallGate.OPEN).capabilities().rates(),
                SHARE,
                clock::nanoTime,
                new SimpleMeterRegistry());
        return cloud.provider(new Noting(budget));
    }

    /// Notes every call that the budget lets pass.
    private final class Noting implements CallGate {
        private final CallGate budget;

        private Noting(CallGate budget) {
            this.budget = budget;
        }

        @Override
        public Permission ask(String action, Sort sort) {
            Permission permission = limited ? budget.ask(action, sort) : Permission.GO;
            if (permission instanceof Permission.Go) {
                called(action);
            }
            return permission;
        }

        @Override
        public CallGate reading(ReadRequest request) {
            return limited ? new Noting(budget.reading(request)) : this;
        }
    }

    private void called(String action) {
        calls.add(action);
        if (calls.size() == crashAtCall) {
            throw new Crash(action);
        }
    }

    /// Calls to the cloud so far.
    int calls() {
        return calls.size();
    }

    /// Calls to the cloud since there were `mark` of them.
    List<String> callsSince(int mark) {
        return List.copyOf(calls.subList(mark, calls.size()));
    }

    /// The process dies before the n-th call to the cloud from now on.
    void crashBeforeCall(int nth) {
        crashAtCall = calls.size() + nth;
    }

    Stage withService(int ports) {
        cluster.put(Samples.service(cloud.name(), ports, cloud.serviceAnnotations()));
        return this;
    }

    Stage withService(int ports, Map<String, String> annotations) {
        Map<String, String> all = new TreeMap<>(cloud.serviceAnnotations());
        all.putAll(annotations);
        cluster.put(Samples.service(cloud.name(), ports, all));
        return this;
    }

    /// Services `shop-<number>` of one port, each with a Pod of its own, all of them made: for the time that this
    /// takes calls cost nothing.
    Stage withServices(int count) {
        limited = false;
        cloud.limited(false);
        for (int number = 1; number <= count; number++) {
            cluster.put(Samples.soleOwner(cloud.name(), number, cloud.serviceAnnotations()));
            cluster.put(Samples.soleMember(number, 1));
        }
        world.runFor(MAKING);
        limited = true;
        cloud.limited(true);
        return this;
    }

    Stage withPods(int first, int last) {
        for (int number = first; number <= last; number++) {
            cluster.put(Samples.pod(number, Map.of()));
        }
        return this;
    }

    /// A Pod's deletion, from its first moment to its last.
    void endPod(int number) {
        ObjectKey pod = ObjectKey.pod("web", "shop-" + number);
        cluster.terminate(pod);
        world.runFor(Duration.ofSeconds(20));
        cloud.fallSilent(number);
        cluster.remove(pod);
    }

    /// Lets time pass until everything has come to rest.
    Stage settle() {
        world.runFor(LONG);
        return this;
    }

    /// There is one load balancer, there has never been another, and it serves these ports with these
    /// Pods.
    void serves(int ports, int... pods) {
        assertThat(cloud.balancers()).as("load balancers").hasSize(1);
        assertThat(cloud.everMade()).as("load balancers ever made").isEqualTo(1);
        hasMembers(ports, pods);
        ServiceView service = service();
        assertThat(service.metadata().finalizers()).containsExactly(Settings.FINALIZER);
        assertThat(service.metadata().annotations()).doesNotContainKey(CoreAnnotations.INTENT);
        assertThat(service.addresses()).hasSize(1);
        assertThat(service.conditions())
                .filteredOn(condition -> condition.type().equals("Ready"))
                .singleElement()
                .satisfies(condition -> assertThat(condition.status()).isEqualTo("True"));
    }

    void hasMembers(int ports, int... pods) {
        SortedSet<String> members = new TreeSet<>();
        SortedSet<Integer> listeners = new TreeSet<>();
        for (int port = 80; port < 80 + ports; port++) {
            listeners.add(port);
            for (int pod : pods) {
                members.add(port + "/" + cloud.address(pod) + ":" + port);
            }
        }
        assertThat(cloud.listeners()).as("listeners").isEqualTo(listeners);
        assertThat(cloud.members()).as("members").isEqualTo(members);
    }

    /// Nothing is left, and the Service is gone.
    void isGone() {
        assertThat(cloud.balancers()).as("load balancers").isEmpty();
        assertThat(cloud.beside()).as("left behind").isEmpty();
        assertThat(cluster.service(SHOP)).as("the Service").isEmpty();
    }

    /// The status and reason of one of the Service's conditions.
    String condition(String type) {
        return service().conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .map(condition -> condition.status() + " " + condition.reason())
                .findFirst()
                .orElse("none");
    }

    /// The published address.
    String address() {
        return service().addresses().getFirst().ip();
    }

    ServiceView service() {
        return cluster.service(SHOP).orElseThrow();
    }
}
