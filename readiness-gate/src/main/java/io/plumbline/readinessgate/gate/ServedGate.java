package io.plumbline.readinessgate.gate;

import io.plumbline.spi.PodRegistrations.Registration;
import io.plumbline.spi.PodRegistrations.Selection;
import io.plumbline.spi.PodRegistrations.Standing;
import io.plumbline.spi.objects.PodView;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A gate of a Pod that is ours to open, and has not been opened.
///
/// @param type its condition type
/// @param service the one Service whose pools it speaks of; empty for all of them
public record ServedGate(String type, Optional<String> service) {
    private static final String SERVICE = "<service>";
    private static final String ANY = "<name>";

    /// The gates of a Pod that are ours to open. A cloud's native type is served only where every Service
    /// with a load balancer that selects the Pod is ours: else another controller serves it.
    static List<ServedGate> of(PodView pod, Standing standing, GateSettings settings) {
        return pod.readinessGates().stream()
                .filter(gate -> !gate.open())
                .flatMap(gate -> served(gate.conditionType(), standing, settings).stream())
                .distinct()
                .toList();
    }

    /// Whether it is a load-balancer gate at all, whoever serves it.
    public static boolean isLoadBalancerGate(String type, List<String> nativeTypes) {
        return type.equals(GateSettings.TYPE)
                || nativeTypes.stream()
                        .anyMatch(pattern -> matchedBy(pattern, type).isPresent());
    }

    /// Whether this gate waits for that registration.
    boolean concerns(Registration registration) {
        return service.isEmpty()
                || service.get().equals(registration.backend().pool().object().name());
    }

    private static Optional<ServedGate> served(String type, Standing standing, GateSettings settings) {
        if (type.equals(GateSettings.TYPE)) {
            return Optional.of(new ServedGate(type, Optional.empty()));
        }
        if (standing.othersToo() || standing.selection() == Selection.NONE) {
            return Optional.empty();
        }
        return settings.nativeTypes().stream()
                .flatMap(pattern -> matchedBy(pattern, type).stream())
                .findFirst();
    }

    private static Optional<ServedGate> matchedBy(String pattern, String type) {
        return pattern.contains(ANY)
                ? within(pattern, ANY, type).map(name -> new ServedGate(type, Optional.empty()))
                : pattern.contains(SERVICE)
                        ? within(pattern, SERVICE, type).map(service -> new ServedGate(type, Optional.of(service)))
                        : Stream.of(pattern)
                                .filter(type::equals)
                                .map(same -> new ServedGate(same, Optional.empty()))
                                .findFirst();
    }

    /// What stands in the place of the placeholder.
    private static Optional<String> within(String pattern, String placeholder, String type) {
        int at = pattern.indexOf(placeholder);
        String before = pattern.substring(0, at);
        String after = pattern.substring(at + placeholder.length());
        boolean matches =
                type.length() > before.length() + after.length() && type.startsWith(before) && type.endsWith(after);
        return matches
                ? Optional.of(type.substring(before.length(), type.length() - after.length()))
                : Optional.empty();
    }
}
