package io.plumbline.controller.loop;

import io.plumbline.controller.desired.Claims;
import io.plumbline.controller.desired.Lives;
import io.plumbline.controller.desired.Places;
import io.plumbline.controller.desired.Settings;
import io.plumbline.controller.loop.ServiceEdit.Finalizer;
import io.plumbline.controller.report.ObjectReport;
import io.plumbline.controller.report.Report;
import io.plumbline.controller.report.Round;
import io.plumbline.controller.snapshot.ClusterSnapshot;
import io.plumbline.controller.snapshot.SnapshotAssembly;
import io.plumbline.spi.CoreAnnotations;
import io.plumbline.spi.Dialect;
import io.plumbline.spi.Dialect.WrittenAnnotation;
import io.plumbline.spi.model.Desired.Claimant;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.ServiceView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// What one visit writes on the Services themselves: finalizer, annotations, status, events. It goes on
/// with the object that each write brought back, so that a later one is not refused.
final class Paperwork {
    private final ClusterPort cluster;
    private final Dialect dialect;
    private final Settings settings;
    private final Map<ObjectKey, ServiceView> latest = new HashMap<>();
    private final List<String> failures = new ArrayList<>();

    Paperwork(ClusterPort cluster, Dialect dialect, Settings settings) {
        this.cluster = cluster;
        this.dialect = dialect;
        this.settings = settings;
    }

    /// Why something could not be written, if so.
    Optional<String> failure() {
        return failures.stream().findFirst();
    }

    /// Before anything is made: the finalizer, and, where a load balancer is to be created, which
    /// attempt it is.
    void begin(Case visited, Optional<Integer> creating) {
        for (ServiceView service : living(visited)) {
            SortedMap<String, Optional<String>> annotations = new TreeMap<>();
            place(visited, service)
                    .ifPresent(text -> annotations.put(CoreAnnotations.LOAD_BALANCERS, Optional.of(text)));
            creating.filter(attempt -> owns(visited, service))
                    .ifPresent(attempt -> annotations.put(
                            CoreAnnotations.INTENT,
                            Optional.of(Intent.text(visited.owner(), attempt, visited.incarnation()))));
            hold(service, annotations);
        }
    }

    /// A shared load balancer is written down before anything is made on it.
    private static Optional<String> place(Case visited, ServiceView service) {
        LoadBalancerKey key = visited.key();
        boolean shown = Places.of(service).orElse(List.of()).contains(key.asked());
        return shown
                        || (key instanceof LoadBalancerKey.Managed
                                && Places.of(service).isEmpty())
                ? Optional.empty()
                : Optional.of(Places.text(Places.with(service, SnapshotAssembly.ownKey(service), key.asked())));
    }

    /// Once the load balancer has been seen: its identifier and token, for people to read; the creation
    /// is over.
    void found(Case visited, String id) {
        for (ServiceView service : living(visited)) {
            SortedMap<String, Optional<String>> annotations = new TreeMap<>();
            if (visited.role() == Case.Role.ALONE
                    || Intent.underWay(service.metadata(), visited.incarnation())
                            .isPresent()) {
                annotations.put(CoreAnnotations.INTENT, Optional.empty());
            }
            if (owns(visited, service) && visited.role().reports()) {
                shown(visited, service, id).forEach(one -> annotations.put(one.key(), Optional.of(one.value())));
            }
            hold(service, annotations);
        }
    }

    /// Nothing of ours is left: Services that want no load balancer of ours any more may go, or go on
    /// without us. One that only asks for another load balancer than this one keeps its finalizer. The token
    /// stays: its attempt is spent, and should the Service want a load balancer again, it takes another.
    void release(Case visited) {
        release(visited, service -> true);
    }

    /// The same for some of them: on a load balancer that others keep.
    void release(Case visited, Predicate<ServiceView> hasLeft) {
        for (ServiceView service : visited.services()) {
            if (leaves(visited, service) && hasLeft.test(service) && isElsewhere(visited, service)) {
                SortedMap<String, Optional<String>> annotations = new TreeMap<>();
                annotations.put(
                        CoreAnnotations.LOAD_BALANCERS,
                        Optional.of(Places.text(Places.without(service, visited.key()))));
                hold(service, annotations);
            } else if (wantsRelease(service) && hasLeft.test(service) && isNowhereElse(visited, service)) {
                SortedMap<String, Optional<String>> annotations = new TreeMap<>();
                annotations.put(CoreAnnotations.INTENT, Optional.empty());
                annotations.put(CoreAnnotations.LOAD_BALANCERS, Optional.empty());
                dialect.written("", "").stream()
                        .filter(one -> !holdsToken(visited, service, one.key()))
                        .forEach(one -> annotations.put(one.key(), Optional.empty()));
                annotations.put(CoreAnnotations.PROVIDER, Optional.empty());
                edit(service, new ServiceEdit(Finalizer.ABSENT, annotations));
            }
        }
    }

    private static boolean leaves(Case visited, ServiceView service) {
        return claimant(visited, service).filter(Claimant::released).isPresent();
    }

    /// It shows this load balancer and another one.
    private static boolean isElsewhere(Case visited, ServiceView service) {
        List<LoadBalancerKey> places = Places.of(service).orElse(List.of());
        return places.contains(visited.key().asked()) && places.size() > 1;
    }

    /// It shows no load balancer but this one: that nothing of it is here says nothing of another one. One that is left
    /// untouched is so everywhere.
    private static boolean isNowhereElse(Case visited, ServiceView service) {
        return claimant(visited, service).isEmpty()
                || Places.of(service).orElse(List.of()).stream()
                        .allMatch(visited.key().asked()::equals);
    }

    /// Whether a Service carries our finalizer and wants no load balancer of ours.
    boolean wantsRelease(ServiceView service) {
        return Claims.standing(service, dialect, settings) instanceof Claims.Standing.Released;
    }

    /// Tells each claimant how the visit ended.
    void publish(ClusterSnapshot seen, Round round, Instant now) {
        for (ObjectReport report : Report.of(seen, round, now)) {
            seen.claims().stream()
                    .map(ClusterSnapshot.ServiceClaim::service)
                    .filter(service -> service.key().equals(report.object())
                            && service.uid().equals(report.uid()))
                    .forEach(service -> tell(service, report));
        }
    }

    private void tell(ServiceView service, ObjectReport report) {
        ServiceView now = latest.getOrDefault(service.key(), service);
        boolean told = report.status().isEmpty()
                || noted(now, cluster.publish(now, report.status().get()));
        if (told) {
            report.events().forEach(event -> cluster.announce(now, event));
        }
    }

    /// The finalizer, and whose it is: all providers share its name.
    private void hold(ServiceView service, SortedMap<String, Optional<String>> annotations) {
        annotations.put(CoreAnnotations.PROVIDER, Optional.of(settings.provider()));
        edit(service, new ServiceEdit(Finalizer.PRESENT, annotations));
    }

    private void edit(ServiceView service, ServiceEdit edit) {
        ServiceView now = latest.getOrDefault(service.key(), service);
        if (!edit.changesNothing(now.metadata(), Settings.FINALIZER)) {
            noted(now, cluster.edit(now, edit));
        }
    }

    private boolean noted(ServiceView service, Written written) {
        return switch (written) {
            case Written.Done(ServiceView now) -> {
                latest.put(service.key(), now);
                yield true;
            }
            case Written.Gone() -> true;
            case Written.Failed(String why) -> {
                failures.add(why);
                yield false;
            }
        };
    }

    private List<WrittenAnnotation> shown(Case visited, ServiceView service, String id) {
        int attempt = Intent.underWay(service.metadata(), visited.incarnation())
                .or(() -> Intent.shown(service.metadata(), visited.owner(), visited.incarnation()))
                .orElse(1);
        String token = visited.owner().token(attempt, visited.incarnation());
        List<WrittenAnnotation> written = new ArrayList<>(dialect.written(id, token));
        if (written.stream().noneMatch(one -> one.value().equals(token))) {
            written.add(new WrittenAnnotation(CoreAnnotations.TOKEN, token));
        }
        return written;
    }

    /// Which incarnations may exist from now on.
    void living(ServiceView service, Lives lives) {
        SortedMap<String, Optional<String>> annotations = new TreeMap<>();
        annotations.put(CoreAnnotations.INCARNATIONS, Optional.of(lives.text()));
        hold(service, annotations);
    }

    private static boolean holdsToken(Case visited, ServiceView service, String annotation) {
        return owns(visited, service)
                && Intent.shown(service.metadata(), visited.owner(), visited.incarnation())
                        .map(attempt -> visited.owner().token(attempt, visited.incarnation()))
                        .filter(token ->
                                token.equals(service.metadata().annotations().get(annotation)))
                        .isPresent();
    }

    private static List<ServiceView> living(Case visited) {
        return visited.services().stream()
                .filter(service -> claimant(visited, service)
                        .filter(claimant -> !claimant.released())
                        .isPresent())
                .toList();
    }

    private static Optional<Claimant> claimant(Case visited, ServiceView service) {
        return visited.desired().claimants().stream()
                .filter(claimant -> claimant.mark().objectUid().equals(service.uid()))
                .findFirst();
    }

    private static boolean owns(Case visited, ServiceView service) {
        return visited.owner().objectUid().equals(service.uid());
    }
}
