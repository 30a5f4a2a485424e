package io.plumbline.controller.loop;

import io.plumbline.controller.desired.Claims;
import io.plumbline.controller.desired.DesiredState;
import io.plumbline.controller.desired.Lives;
import io.plumbline.controller.desired.Membership;
import io.plumbline.controller.desired.Settings;
import io.plumbline.controller.intake.Catalogue;
import io.plumbline.controller.intake.Cluster;
import io.plumbline.controller.loop.Term.Told;
import io.plumbline.controller.plan.Incarnation;
import io.plumbline.controller.snapshot.SnapshotAssembly;
import io.plumbline.spi.PodRegistrations;
import io.plumbline.spi.Provider;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.objects.PodView;
import io.plumbline.spi.objects.ServiceView;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What the controller knows of Pods and pools, told from its caches and from how its last visits ended.
final class KnownRegistrations implements PodRegistrations {
    private static final Duration FRESH_READ = Duration.ofMillis(500);
    private static final int MOST_KNOWN = 10_000;
    private static final String LOAD_BALANCER = "LoadBalancer";
    private static final String FAMILY_OF_CLASSES = "plumbline.io/";
    private static final String GATE_LABEL = "plumbline.io/readiness-gate";
    private static final Executor READERS = task -> Thread.ofVirtual().start(task);

    private final Cluster cluster;
    private final Provider provider;
    private final Settings settings;
    private final Supplier<Optional<Working>> working;
    private final ConcurrentMap<LoadBalancerKey, Known> known = new ConcurrentHashMap<>();

    /// What is wanted while the caches show what they showed then: many Pods ask for it, several times a second.
    private record Known(long version, Optional<Desired> desired) {}

    /// A term in which the caches are complete.
    record Working(Term term, Instant syncedSince) {}

    KnownRegistrations(Cluster cluster, Provider provider, Settings settings, Supplier<Optional<Working>> working) {
        this.cluster = cluster;
        this.provider = provider;
        this.settings = settings;
        this.working = working;
    }

    @Override
    public Optional<Instant> syncedSince() {
        return working.get().map(Working::syncedSince);
    }

    @Override
    public List<PodView> waiting() {
        return cluster.catalogue().allPods().stream()
                .filter(KnownRegistrations::lives)
                .filter(pod -> pod.readinessGates().stream().anyMatch(gate -> !gate.open()))
                .filter(pod -> !isSiblings(pod))
                .sorted(Comparator.comparing(PodView::key))
                .toList();
    }

    @Override
    public List<PodView> ungated() {
        return cluster.catalogue().services().stream()
                .filter(service -> asksForGates(service.key().namespace()))
                .filter(this::direct)
                .flatMap(
                        service -> cluster.catalogue().selected(service.key().namespace(), service.selector()).stream())
                .filter(KnownRegistrations::lives)
                .filter(pod -> pod.readinessGates().stream()
                        .noneMatch(gate -> Membership.isLoadBalancerGate(gate.conditionType(), settings)))
                .distinct()
                .sorted(Comparator.comparing(PodView::key))
                .toList();
    }

    @Override
    public Standing standing(PodView pod) {
        List<ServiceView> selecting = cluster.catalogue().services(pod.key().namespace()).stream()
                .filter(service ->
                        Catalogue.selects(service.selector(), pod.metadata().labels()))
                .sorted(Comparator.comparing(ServiceView::key))
                .toList();
        boolean othersToo = selecting.stream()
                .anyMatch(service -> service.type().equals(LOAD_BALANCER)
                        && !ours(service)
                        && !released(service)
                        && !ofSibling(service));
        return new Standing(selection(selecting), othersToo, registrations(pod, selecting));
    }

    @Override
    public Selected selects(String namespace, SortedMap<String, String> labels) {
        if (selected(cluster.catalogue().services(namespace), labels)) {
            return Selected.YES;
        }
        return CompletableFuture.supplyAsync(() -> cluster.servicesNow(namespace), READERS)
                .thenApply(services -> selected(services, labels) ? Selected.YES : Selected.NO)
                .completeOnTimeout(Selected.UNKNOWN, FRESH_READ.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> Selected.UNKNOWN)
                .join();
    }

    private boolean selected(List<ServiceView> services, SortedMap<String, String> labels) {
        return services.stream()
                .filter(service -> Catalogue.selects(service.selector(), labels))
                .anyMatch(this::direct);
    }

    private Selection selection(List<ServiceView> selecting) {
        if (selecting.stream().anyMatch(this::direct)) {
            return Selection.DIRECT;
        }
        if (selecting.stream().anyMatch(this::ours)) {
            return Selection.NODE_PORTS;
        }
        return selecting.stream().anyMatch(this::released) ? Selection.RELEASED : Selection.NONE;
    }

    private List<Registration> registrations(PodView pod, List<ServiceView> selecting) {
        return selecting.stream()
                .filter(this::direct)
                .map(this::serving)
                .distinct()
                .flatMap(key -> registrations(pod, key))
                .sorted(Comparator.comparing(Registration::backend))
                .toList();
    }

    /// Of a load balancer that is being replaced, the incarnation whose members count.
    private LoadBalancerKey serving(ServiceView service) {
        LoadBalancerKey asked = SnapshotAssembly.key(service, provider.dialect());
        Lives lives = Lives.of(service.metadata());
        return working.get()
                .map(now -> Lives.key(asked, now.term().serving(asked, lives)))
                .orElse(asked);
    }

    private Stream<Registration> registrations(PodView pod, LoadBalancerKey key) {
        Optional<Told> told = working.get().flatMap(now -> now.term().told(key));
        return desired(key).stream()
                .flatMap(desired -> PlacesOfPod.of(pod, desired, told, provider.capabilities()).stream());
    }

    /// As it is wanted by what the caches say now, whether or not anybody has worked on it yet.
    private Optional<Desired> desired(LoadBalancerKey key) {
        long version = cluster.catalogue().changes();
        Known before = known.get(key);
        if (before != null && before.version() == version) {
            return before.desired();
        }
        if (known.size() > MOST_KNOWN) {
            known.clear();
        }
        Known now = new Known(version, computed(key));
        known.put(key, now);
        return now.desired();
    }

    private Optional<Desired> computed(LoadBalancerKey key) {
        DesiredState state = DesiredState.from(
                cluster.port().snapshot(key.asked()), provider.dialect(), provider.capabilities(), settings);
        return state instanceof DesiredState.Valid(Desired desired)
                ? Optional.of(provider.normalize(Incarnation.desired(desired, key)))
                : Optional.empty();
    }

    private boolean direct(ServiceView service) {
        return ours(service)
                && provider.dialect()
                                .interpret(
                                        service, List.of(), cluster.catalogue().kindsKnown())
                                .backends()
                                .targets()
                        == Pool.Targets.PODS;
    }

    /// Another provider's Services select it, and none of ours: it is theirs to wait for.
    private boolean isSiblings(PodView pod) {
        List<ServiceView> selecting = cluster.catalogue().services(pod.key().namespace()).stream()
                .filter(service ->
                        Catalogue.selects(service.selector(), pod.metadata().labels()))
                .toList();
        return selecting.stream().anyMatch(this::ofSibling)
                && selecting.stream().noneMatch(service -> ours(service) || released(service));
    }

    /// Another provider of this program serves it.
    private boolean ofSibling(ServiceView service) {
        return service.type().equals(LOAD_BALANCER)
                && !settings.ours(service.loadBalancerClass())
                && service.loadBalancerClass()
                        .filter(name -> name.startsWith(FAMILY_OF_CLASSES))
                        .isPresent();
    }

    private boolean ours(ServiceView service) {
        return Claims.standing(service, provider.dialect(), settings) instanceof Claims.Standing.Ours;
    }

    private boolean released(ServiceView service) {
        return Claims.standing(service, provider.dialect(), settings) instanceof Claims.Standing.Released;
    }

    private boolean asksForGates(String namespace) {
        return "enabled".equals(cluster.catalogue().namespaceLabels(namespace).get(GATE_LABEL));
    }

    private static boolean lives(PodView pod) {
        return !pod.metadata().deleting() && !pod.terminal();
    }
}
