package io.plumbline.it.virtual;

import io.plumbline.controller.desired.Claims;
import io.plumbline.controller.desired.Settings;
import io.plumbline.controller.intake.Catalogue;
import io.plumbline.controller.loop.ClusterPort;
import io.plumbline.controller.loop.ServiceEdit;
import io.plumbline.controller.loop.Written;
import io.plumbline.controller.plan.Evidence.FreshRead;
import io.plumbline.controller.report.ObjectReport.Event;
import io.plumbline.controller.report.ObjectReport.StatusPatch;
import io.plumbline.controller.snapshot.ClusterObjects;
import io.plumbline.controller.snapshot.ClusterSnapshot;
import io.plumbline.controller.snapshot.SnapshotAssembly;
import io.plumbline.spi.Dialect;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.objects.CustomObject;
import io.plumbline.spi.objects.Metadata;
import io.plumbline.spi.objects.NodeView;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.PodView;
import io.plumbline.spi.objects.ServiceView;
import io.plumbline.spi.objects.SliceView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// A cluster in memory: objects by name, resource versions, finalizers, and slices that follow Pods and
/// Services.
///
/// Reads by name show what is there; snapshots go through a lens, so that caches can be made to lie.
public final class VirtualCluster implements ClusterPort {
    private final Dialect dialect;
    private final WriteFaults faults = new WriteFaults();
    private final List<Event> events = new ArrayList<>();
    private ClusterObjects objects = ClusterObjects.none();
    private UnaryOperator<ClusterObjects> lens = UnaryOperator.identity();
    private Consumer<LoadBalancerKey> watcher = key -> {};
    private long version = 1;

    public VirtualCluster(Dialect dialect) {
        this.dialect = dialect;
    }

    /// Is told which load balancer an event concerns.
    public void watch(Consumer<LoadBalancerKey> newWatcher) {
        watcher = newWatcher;
    }

    public WriteFaults faults() {
        return faults;
    }

    /// Every event that was recorded.
    public List<Event> events() {
        return List.copyOf(events);
    }

    /// What is there.
    public ClusterObjects objects() {
        return objects;
    }

    public Optional<ServiceView> service(ObjectKey key) {
        return objects.service(key);
    }

    /// From now on caches show the cluster like this.
    public void lens(UnaryOperator<ClusterObjects> newLens) {
        lens = newLens;
        wakeAll();
    }

    /// Creates or replaces a Service, as a user does: what others have written on it stays, but the addresses of
    /// one that is of another type now, which the API server clears.
    public void put(ServiceView service) {
        ServiceView kept = objects.service(service.key())
                .map(old -> Views.status(
                        Views.metadata(service, Views.keeping(service.metadata(), old.metadata())),
                        hasAddresses(service) ? old.addresses() : List.of(),
                        old.conditions()))
                .orElse(service);
        store(Views.metadata(kept, next(kept.metadata())));
    }

    public void put(PodView pod) {
        List<ServiceView> concerned = new ArrayList<>(selecting(pod));
        objects.pod(pod.key()).map(this::selecting).ifPresent(concerned::addAll);
        objects = Views.withPod(objects, Views.metadata(pod, next(pod.metadata())));
        changed(concerned);
    }

    public void put(NodeView node) {
        objects = Views.withNode(objects, node);
        wakeAll();
    }

    /// A node is gone.
    public void removeNode(String name) {
        objects = Views.withoutNode(objects, ObjectKey.node(name));
        wakeAll();
    }

    public void put(CustomObject object) {
        objects = Views.withCustom(objects, object);
        wakeAll();
    }

    /// Deletes a Service: it goes when its last finalizer has gone.
    public void delete(ObjectKey service) {
        objects.service(service).ifPresent(seen -> store(Views.metadata(seen, next(Views.deleting(seen.metadata())))));
    }

    /// A Pod is being deleted: it stays until [#remove].
    public void terminate(ObjectKey pod) {
        objects.pod(pod).ifPresent(seen -> put(Views.metadata(seen, Views.deleting(seen.metadata()))));
    }

    /// A Pod is gone.
    public void remove(ObjectKey pod) {
        List<ServiceView> concerned = objects.pod(pod).map(this::selecting).orElse(List.of());
        objects = Views.withoutPod(objects, pod);
        changed(concerned);
    }

    private List<ServiceView> selecting(PodView pod) {
        return objects.services().stream()
                .filter(service -> service.key().namespace().equals(pod.key().namespace()))
                .filter(service ->
                        Catalogue.selects(service.selector(), pod.metadata().labels()))
                .toList();
    }

    /// Something that these Services depend on.
    private void changed(List<ServiceView> concerned) {
        for (ServiceView service : concerned) {
            for (SliceView slice : Slices.of(service, objects)) {
                objects = Views.withSlice(objects, slice);
            }
        }
        concerned.stream()
                .flatMap(service -> Claims.keys(service, dialect).stream())
                .forEach(watcher);
    }

    private static boolean hasAddresses(ServiceView service) {
        return service.type().equals("LoadBalancer");
    }

    /// The load balancers of all Services.
    public List<LoadBalancerKey> keys() {
        return objects.services().stream()
                .flatMap(service -> Claims.keys(service, dialect).stream())
                .distinct()
                .toList();
    }

    @Override
    public ClusterSnapshot snapshot(LoadBalancerKey key) {
        return SnapshotAssembly.of(key, lens.apply(objects), dialect);
    }

    @Override
    public SortedMap<ObjectKey, FreshRead> read(List<ObjectKey> keys) {
        SortedMap<ObjectKey, FreshRead> answers = new TreeMap<>();
        keys.forEach(key -> answers.put(key, read(key)));
        return answers;
    }

    private FreshRead read(ObjectKey key) {
        return switch (key.kind()) {
            case "Service" ->
                objects.service(key).<FreshRead>map(FreshRead.FreshService::new).orElseGet(FreshRead.NotFound::new);
            case "Pod" ->
                objects.pod(key).<FreshRead>map(FreshRead.FreshPod::new).orElseGet(FreshRead.NotFound::new);
            case "Node" ->
                objects.node(key.name())
                        .<FreshRead>map(FreshRead.FreshNode::new)
                        .orElseGet(FreshRead.NotFound::new);
            default -> new FreshRead.Unreadable("no such kind here: " + key.kind());
        };
    }

    @Override
    public Written edit(ServiceView seen, ServiceEdit edit) {
        return write(seen, service -> Views.metadata(service, Views.edited(service.metadata(), edit)));
    }

    @Override
    public Written publish(ServiceView seen, StatusPatch status) {
        boolean refused = status.addresses().filter(list -> !list.isEmpty()).isPresent()
                && objects.service(seen.key()).filter(now -> !hasAddresses(now)).isPresent();
        if (refused) {
            return new Written.Failed("may only be used when `spec.type` is LoadBalancer");
        }
        return write(
                seen,
                service -> Views.status(service, status.addresses().orElse(service.addresses()), status.conditions()));
    }

    @Override
    public void announce(ServiceView about, Event event) {
        events.add(event);
    }

    private Written write(ServiceView seen, UnaryOperator<ServiceView> change) {
        Optional<WriteFaults.Effect> effect = faults.meet();
        if (effect.equals(Optional.of(WriteFaults.Effect.CRASH_BEFORE))) {
            throw new Crash("cluster write " + faults.writes());
        }
        Optional<ServiceView> now =
                objects.service(seen.key()).filter(one -> one.uid().equals(seen.uid()));
        if (now.isEmpty()) {
            return new Written.Gone();
        }
        boolean changed =
                !now.get().metadata().resourceVersion().equals(seen.metadata().resourceVersion());
        if (changed || effect.equals(Optional.of(WriteFaults.Effect.CONFLICT))) {
            return new Written.Failed("the object has been modified");
        }
        ServiceView after = change.apply(now.get());
        ServiceView stored = Views.metadata(after, next(after.metadata()));
        store(stored);
        return answer(stored, effect);
    }

    private static Written answer(ServiceView stored, Optional<WriteFaults.Effect> effect) {
        if (effect.isEmpty()) {
            return new Written.Done(stored);
        }
        return switch (effect.get()) {
            case CRASH_AFTER -> throw new Crash("cluster write");
            case LOSE_REPLY -> new Written.Failed("no answer");
            case CRASH_BEFORE, CONFLICT -> throw new IllegalStateException("met before");
        };
    }

    private Metadata next(Metadata metadata) {
        version++;
        return Views.version(metadata, Long.toString(version));
    }

    private void store(ServiceView service) {
        boolean gone =
                service.metadata().deleting() && service.metadata().finalizers().isEmpty();
        objects = gone ? Views.withoutService(objects, service.key()) : Views.withService(objects, service);
        changed(List.of(service));
    }

    private void wakeAll() {
        keys().forEach(watcher);
    }

    /// Whether a Service carries our finalizer.
    public boolean held(ObjectKey service) {
        return objects.service(service)
                .filter(seen -> seen.metadata().finalizers().contains(Settings.FINALIZER))
                .isPresent();
    }
}
