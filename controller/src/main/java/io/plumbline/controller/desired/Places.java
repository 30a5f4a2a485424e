package io.plumbline.controller.desired;

import io.plumbline.spi.CoreAnnotations;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.objects.ServiceView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// On which load balancers a Service may have something, as it shows in an annotation: one that has moved is still
/// looked for where it was. Only a Service that names, or has named, a load balancer shared with others carries it. It
/// says where to look and is trusted for nothing else. Pure.
public final class Places {
    private static final String OWN = "own";
    private static final String GROUP = "group/";
    private static final String EXISTING = "existing/";
    private static final int PARTS_OF_EXISTING = 3;

    private Places() {}

    /// Empty where it carries no such annotation.
    public static Optional<List<LoadBalancerKey>> of(ServiceView service) {
        return Optional.ofNullable(service.metadata().annotations().get(CoreAnnotations.LOAD_BALANCERS))
                .map(text -> Arrays.stream(text.split(" ", -1))
                        .flatMap(word -> key(word, service).stream())
                        .distinct()
                        .toList());
    }

    /// With this one among them; what was made for it alone may be there if it has begun without this annotation.
    public static List<LoadBalancerKey> with(ServiceView service, LoadBalancerKey own, LoadBalancerKey added) {
        List<LoadBalancerKey> before =
                of(service).orElseGet(() -> Claims.hasOurFinalizer(service) ? List.of(own) : List.of());
        return Stream.concat(before.stream(), Stream.of(added)).distinct().toList();
    }

    /// Without this one.
    public static List<LoadBalancerKey> without(ServiceView service, LoadBalancerKey left) {
        List<LoadBalancerKey> rest = new ArrayList<>(of(service).orElse(List.of()));
        rest.remove(left.asked());
        return rest;
    }

    /// As it is written.
    public static String text(List<LoadBalancerKey> keys) {
        return String.join(" ", keys.stream().map(Places::word).toList());
    }

    private static String word(LoadBalancerKey key) {
        return switch (key) {
            case LoadBalancerKey.Managed managed -> OWN;
            case LoadBalancerKey.Group(String name) -> GROUP + name;
            case LoadBalancerKey.Existing(String provider, String region, String id) ->
                EXISTING + provider + "/" + region + "/" + id;
        };
    }

    private static Optional<LoadBalancerKey> key(String word, ServiceView service) {
        if (word.equals(OWN)) {
            return Optional.of(new LoadBalancerKey.Managed(service.key(), service.uid()));
        }
        if (word.startsWith(GROUP) && word.length() > GROUP.length()) {
            return Optional.of(new LoadBalancerKey.Group(word.substring(GROUP.length())));
        }
        String[] parts = word.startsWith(EXISTING)
                ? word.substring(EXISTING.length()).split("/", PARTS_OF_EXISTING)
                : new String[0];
        return parts.length == PARTS_OF_EXISTING
                ? Optional.of(new LoadBalancerKey.Existing(parts[0], parts[1], parts[2]))
                : Optional.empty();
    }
}
