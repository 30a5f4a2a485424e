package io.plumbline.controller.intake;

import io.plumbline.controller.desired.Claims;
import io.plumbline.controller.desired.Settings;
import io.plumbline.controller.loop.Schedule;
import io.plumbline.controller.loop.Schedule.Urgency;
import io.plumbline.spi.Dialect;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.PodView;
import io.plumbline.spi.objects.ServiceView;
import io.plumbline.spi.objects.SliceView;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Something has changed -> the load balancers that it may concern. It never decides what follows.
///
/// Until [#begin] is called nothing is woken: whoever begins to work begins with everything.
final class Wakeups {
    private final Catalogue catalogue;
    private final Dialect dialect;
    private final Settings settings;
    private final BiConsumer<LoadBalancerKey, Urgency> wake;
    private final AtomicBoolean nodesChanged = new AtomicBoolean();
    private volatile boolean live;

    Wakeups(Catalogue catalogue, Dialect dialect, Settings settings, BiConsumer<LoadBalancerKey, Urgency> wake) {
        this.catalogue = catalogue;
        this.dialect = dialect;
        this.settings = settings;
        this.wake = wake;
    }

    /// From now on.
    void begin() {
        live = true;
    }

    /// Every load balancer that there is anything to do for.
    private void all() {
        catalogue.services().forEach(service -> wake(service, Urgency.NORMAL));
    }

    void service(Optional<ServiceView> before, Optional<ServiceView> after) {
        Stream.concat(before.stream(), after.stream()).forEach(service -> wake(service, Urgency.NORMAL));
    }

    void slice(Optional<SliceView> before, Optional<SliceView> after) {
        Urgency urgency = targets(after).containsAll(targets(before)) ? Urgency.NORMAL : Urgency.URGENT;
        Stream.concat(before.stream(), after.stream())
                .map(SliceView::service)
                .distinct()
                .flatMap(service -> catalogue.service(service).stream())
                .forEach(service -> wake(service, urgency));
    }

    void pod(Optional<PodView> before, Optional<PodView> after) {
        Urgency urgency = serves(before) && !serves(after) ? Urgency.URGENT : Urgency.NORMAL;
        Stream.concat(before.stream(), after.stream())
                .findFirst()
                .map(PodView::key)
                .filter(key -> live)
                .ifPresent(key -> catalogue.services(key.namespace()).stream()
                        .filter(service -> selects(service, before) || selects(service, after) || names(service, key))
                        .forEach(service -> wake(service, urgency)));
    }

    /// A node concerns every load balancer whose members run on it or are nodes. When one changes many
    /// do, so they are collected.
    void nodes() {
        if (live && nodesChanged.compareAndSet(false, true)) {
            Thread.ofVirtual().name("nodes").start(this::afterNodes);
        }
    }

    private void afterNodes() {
        try {
            Thread.sleep(Schedule.COALESCE);
            nodesChanged.set(false);
            all();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void custom(ObjectKey object) {
        catalogue.services(object.namespace()).stream()
                .filter(service -> dialect.references(service).contains(object))
                .forEach(service -> wake(service, Urgency.NORMAL));
    }

    private void wake(ServiceView service, Urgency urgency) {
        if (live && !(Claims.standing(service, dialect, settings) instanceof Claims.Standing.NotOurs)) {
            Claims.keys(service, dialect).forEach(key -> wake.accept(key, urgency));
        }
    }

    private static boolean serves(Optional<PodView> pod) {
        return pod.filter(seen -> !seen.metadata().deleting() && !seen.terminal() && seen.containersReady())
                .isPresent();
    }

    private static boolean selects(ServiceView service, Optional<PodView> pod) {
        return pod.filter(seen ->
                        Catalogue.selects(service.selector(), seen.metadata().labels()))
                .isPresent();
    }

    private boolean names(ServiceView service, ObjectKey pod) {
        return catalogue.slices(service.key()).stream()
                .flatMap(slice -> slice.endpoints().stream())
                .flatMap(endpoint -> endpoint.target().stream())
                .anyMatch(target -> target.key().equals(pod));
    }

    private static Set<String> targets(Optional<SliceView> slice) {
        return slice.stream()
                .flatMap(seen -> seen.endpoints().stream())
                .filter(endpoint -> !endpoint.terminating())
                .flatMap(endpoint -> endpoint.addresses().stream())
                .collect(Collectors.toSet());
    }
}
