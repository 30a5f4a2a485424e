package io.plumbline.controller.loop;

import io.plumbline.controller.desired.Claims;
import io.plumbline.controller.desired.Lives;
import io.plumbline.controller.desired.Settings;
import io.plumbline.controller.report.Reasons;
import io.plumbline.controller.snapshot.ClusterView;
import io.plumbline.spi.CoreAnnotations;
import io.plumbline.spi.Dialect;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.objects.Metadata;
import io.plumbline.spi.objects.PodView;
import io.plumbline.spi.objects.ServiceView;
import io.plumbline.spi.objects.SliceView;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What a new term looks at first. Pure.
///
/// | the Service | its load balancer |
/// |---|---|
/// | is not told to be Ready as it is now, or something of it is under way; or a Pod of it waits or is leaving | stirs
/// |
/// | anything else | is calm: it is read, but nobody waits for that |
///
/// Of the calm ones those come first that have changed last, in themselves, their slices or Pods: what
/// changed while nobody looked is among them.
///
/// @param stirring in the order of their keys
/// @param calm in the order in which they are to be read
public record Beginning(List<LoadBalancerKey> stirring, List<LoadBalancerKey> calm) {
    public Beginning {
        stirring = List.copyOf(stirring);
        calm = List.copyOf(calm);
    }

    /// By what the caches show.
    public static Beginning of(ClusterView cluster, Dialect dialect, Settings settings) {
        Map<LoadBalancerKey, Signs> byKey = new TreeMap<>();
        for (ServiceView service : cluster.services()) {
            Claims.Standing standing = Claims.standing(service, dialect, settings);
            if (!(standing instanceof Claims.Standing.NotOurs)) {
                Signs signs = signs(service, standing, cluster);
                Claims.keys(service, dialect).forEach(key -> byKey.merge(key, signs, Signs::and));
            }
        }
        return new Beginning(
                keys(byKey.entrySet().stream().filter(entry -> entry.getValue().stirs())),
                keys(byKey.entrySet().stream()
                        .filter(entry -> !entry.getValue().stirs())
                        .sorted(Map.Entry.comparingByValue(
                                Comparator.comparingLong(Signs::changed).reversed()))));
    }

    private static List<LoadBalancerKey> keys(Stream<Map.Entry<LoadBalancerKey, Signs>> entries) {
        return entries.map(Map.Entry::getKey).toList();
    }

    /// @param changed the highest version of anything that belongs to it
    private record Signs(boolean stirs, long changed) {
        Signs and(Signs other) {
            return new Signs(stirs || other.stirs, Math.max(changed, other.changed));
        }
    }

    private static Signs signs(ServiceView service, Claims.Standing standing, ClusterView cluster) {
        List<SliceView> slices = cluster.slices(service.key());
        List<PodView> pods = slices.stream()
                .flatMap(slice -> slice.endpoints().stream())
                .flatMap(endpoint -> endpoint.target().stream())
                .flatMap(target -> cluster.pod(target.key()).stream())
                .toList();
        boolean settled = standing instanceof Claims.Standing.Ours && isSettled(service.metadata()) && isReady(service);
        return new Signs(
                !settled || pods.stream().anyMatch(Beginning::isMoving),
                Stream.of(
                                Stream.of(service.metadata()),
                                slices.stream().map(SliceView::metadata),
                                pods.stream().map(PodView::metadata))
                        .flatMap(all -> all)
                        .mapToLong(Metadata::version)
                        .max()
                        .orElse(0));
    }

    private static boolean isSettled(Metadata service) {
        return service.finalizers().contains(Settings.FINALIZER)
                && !service.annotations().containsKey(CoreAnnotations.INTENT)
                && Lives.of(service).existing().size() == 1;
    }

    private static boolean isReady(ServiceView service) {
        return service.conditions().stream()
                .anyMatch(condition -> condition.type().equals(Reasons.READY)
                        && condition.status().equals("True")
                        && condition.observedGeneration() == service.metadata().generation());
    }

    private static boolean isMoving(PodView pod) {
        return pod.metadata().deleting()
                || pod.terminal()
                || pod.readinessGates().stream().anyMatch(gate -> !gate.open());
    }
}
