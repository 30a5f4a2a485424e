package io.plumbline.controller.desired;

import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Desired.Candidate;
import io.plumbline.spi.model.Desired.Problem;
import io.plumbline.spi.model.Pool.Targets;
import io.plumbline.spi.objects.PodView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/// Ports that exclude each other on one load balancer: the younger one is left out, before any call. Pure.
///
/// Two ports of one protocol cannot share a number; where a backend must be unique per load balancer, two
/// ports of one protocol cannot lead to the same port of the same Pod either.
final class TupleRule {
    private TupleRule() {}

    /// Those that can stand together.
    ///
    /// @param ports the oldest first
    static Part.Noted<List<Part.Port>> apply(List<Part.Port> ports, boolean backendUnique) {
        List<Part.Port> standing = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (Part.Port port : ports) {
            Optional<Problem> conflict = standing.stream()
                    .flatMap(older -> conflict(older, port, backendUnique).stream())
                    .findFirst();
            conflict.ifPresentOrElse(problems::add, () -> standing.add(port));
        }
        return new Part.Noted<>(List.copyOf(standing), problems);
    }

    private static Optional<Problem> conflict(Part.Port older, Part.Port younger, boolean backendUnique) {
        if (!older.transport().overlaps(younger.transport())) {
            return Optional.empty();
        }
        if (samePort(older, younger)) {
            return Optional.of(ofPort(older, younger));
        }
        return backendUnique && sameTarget(older, younger) ? Optional.of(ofTarget(older, younger)) : Optional.empty();
    }

    /// Two Services may want the very same listener: whose it is, is for the planner, which sees whose mark
    /// it carries.
    private static boolean samePort(Part.Port older, Part.Port younger) {
        boolean forPlanner = older.listener().equals(younger.listener()) && !sameService(older, younger);
        return older.listener().port() == younger.listener().port() && !forPlanner;
    }

    private static boolean sameTarget(Part.Port older, Part.Port younger) {
        if (older.listener().equals(younger.listener()) || !leadsToPods(older) || !leadsToPods(younger)) {
            return false;
        }
        return (sameService(older, younger) && sameByName(older, younger)) || sharesEndpoint(older, younger);
    }

    private static boolean sameByName(Part.Port older, Part.Port younger) {
        return older.port().targetPort().equals(younger.port().targetPort())
                || older.part().claim().pods().values().stream()
                        .filter(pod -> !pod.terminal())
                        .anyMatch(pod -> sameIn(pod, older, younger));
    }

    private static boolean sameIn(PodView pod, Part.Port older, Part.Port younger) {
        OptionalInt target = TargetPorts.of(older.port(), pod);
        return target.isPresent() && target.equals(TargetPorts.of(younger.port(), pod));
    }

    private static boolean sharesEndpoint(Part.Port older, Part.Port younger) {
        Set<String> endpoints =
                older.candidates().stream().map(TupleRule::endpoint).collect(Collectors.toSet());
        return younger.candidates().stream().map(TupleRule::endpoint).anyMatch(endpoints::contains);
    }

    private static String endpoint(Candidate candidate) {
        BackendKey key = candidate.backend().key();
        return key.endpoint();
    }

    private static boolean sameService(Part.Port one, Part.Port other) {
        return one.part().service().key().equals(other.part().service().key());
    }

    private static boolean leadsToPods(Part.Port port) {
        return port.part().reading().backends().targets() == Targets.PODS;
    }

    private static Problem ofPort(Part.Port older, Part.Port younger) {
        return younger.part()
                .problem(
                        younger.field("port"),
                        younger.words() + " is not served: " + olderWords(older, younger)
                                + " has this port of the load balancer. Choose another port",
                        ProblemReasons.PORT_CONFLICT);
    }

    private static Problem ofTarget(Part.Port older, Part.Port younger) {
        return younger.part()
                .problem(
                        younger.field("targetPort"),
                        younger.words() + " is not served: it leads to the same port of the same Pods as "
                                + olderWords(older, younger)
                                + ", and this load balancer can have each only once. Give one of them another targetPort",
                        ProblemReasons.TARGET_CONFLICT);
    }

    private static String olderWords(Part.Port older, Part.Port younger) {
        return sameService(older, younger)
                ? older.words()
                : older.words() + " of Service " + older.part().service().key().text();
    }
}
