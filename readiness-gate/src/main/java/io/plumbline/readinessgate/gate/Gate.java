package io.plumbline.readinessgate.gate;

import io.plumbline.readinessgate.gate.GatePatch.GateCondition;
import io.plumbline.spi.PodRegistrations.Registration;
import io.plumbline.spi.PodRegistrations.State;
import io.plumbline.spi.model.Health;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Decides whether the gates of a Pod open.
///
/// ```
/// the Pod's registrations         | the gate
/// --------------------------------+--------------------------------------------------------------
/// any still waiting, or not (yet) | stays closed; after the deadline it is reported, and a setting
///   healthy                       |   decides
/// all healthy or unchecked, but   | opens
///   for rejected and left out     |
/// none, node ports                | opens (NodePorts)
/// none, Services deleted          | opens (ServiceDeleted)
/// none, for the settle time       | opens (NoPool)
/// ```
public final class Gate {
    private Gate() {}

    /// What is to be written into the Pod's status; nothing while its gates just wait.
    public static Optional<GatePatch> patch(Waiter waiter, GateFacts facts, GateSettings settings) {
        List<GateCondition> conditions = waiter.gates().stream()
                .flatMap(gate -> condition(gate, waiter, facts, settings).stream())
                .toList();
        if (conditions.isEmpty()) {
            return Optional.empty();
        }
        boolean closes = conditions.stream().anyMatch(condition -> !condition.open());
        Optional<String> version =
                Optional.of(waiter.pod().metadata().resourceVersion()).filter(resourceVersion -> closes);
        return Optional.of(new GatePatch(waiter.pod().key(), waiter.pod().uid(), version, conditions));
    }

    private static Optional<GateCondition> condition(
            ServedGate gate, Waiter waiter, GateFacts facts, GateSettings settings) {
        List<Registration> awaited = waiter.standing().registrations().stream()
                .filter(gate::concerns)
                .toList();
        Optional<GateReason> open =
                awaited.isEmpty() ? openWithoutPool(waiter, facts, settings) : openByHealth(awaited, facts.health());
        return open.map(reason -> new GateCondition(gate.type(), true, reason, reason.sentence()))
                .or(() -> atDeadline(waiter, facts, settings)
                        .map(opens -> expired(gate, opens, awaited, facts.health())));
    }

    private static Optional<GateReason> openByHealth(List<Registration> awaited, LatestHealth health) {
        Set<Standpoint> standpoints = awaited.stream()
                .map(registration -> standpoint(registration, health))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Standpoint.class)));
        if (standpoints.contains(Standpoint.HOLDS)) {
            return Optional.empty();
        }
        // The most telling reason of several: what was checked counts more than what could not be.
        return standpoints.stream().min(Standpoint::compareTo).flatMap(Standpoint::reason);
    }

    private static Optional<GateReason> openWithoutPool(Waiter waiter, GateFacts facts, GateSettings settings) {
        if (facts.syncedSince().isEmpty()) {
            return Optional.empty();
        }
        return switch (waiter.standing().selection()) {
            case NODE_PORTS -> Optional.of(GateReason.NODE_PORTS);
            case RELEASED -> Optional.of(GateReason.SERVICE_DELETED);
            case DIRECT, NONE ->
                Optional.of(GateReason.NO_POOL)
                        .filter(reason -> facts.passed(facts.syncedSince(), settings.settle())
                                && facts.passed(waiter.memory().placelessSince(), settings.settle()));
        };
    }

    /// Whether the gate opens, if its deadline has come and its user was not told.
    private static Optional<Boolean> atDeadline(Waiter waiter, GateFacts facts, GateSettings settings) {
        return facts.passed(facts.syncedSince(), settings.deadline())
                        && facts.passed(waiter.memory().readySince(), settings.deadline())
                        && !waiter.memory().deadlineTold()
                ? Optional.of(settings.atDeadline() == GateSettings.AtDeadline.OPEN)
                : Optional.empty();
    }

    private static GateCondition expired(
            ServedGate gate, boolean opens, List<Registration> awaited, LatestHealth health) {
        GateReason reason = GateReason.DEADLINE_EXCEEDED;
        return new GateCondition(gate.type(), opens, reason, reason.sentence() + ": " + holding(awaited, health));
    }

    private static String holding(List<Registration> awaited, LatestHealth health) {
        if (awaited.isEmpty()) {
            return "it has no place in any pool yet";
        }
        return awaited.stream()
                .filter(registration -> standpoint(registration, health) == Standpoint.HOLDS)
                .map(registration -> registration.backend().text() + " " + inWords(registration, health))
                .collect(Collectors.joining(", "));
    }

    private static String inWords(Registration registration, LatestHealth health) {
        return switch (registration.state()) {
            case State.Waiting waiting -> "is not registered yet";
            case State.Registered registered ->
                health.of(registration, registered)
                        .map(Gate::inWords)
                        .orElse("is registered, and the cloud has not told its health");
            case State.Rejected rejected -> "is rejected";
            case State.LeftOut leftOut -> "is left out";
        };
    }

    private static String inWords(Health.Status status) {
        return switch (status) {
            case HEALTHY -> "is healthy";
            case UNCHECKED -> "is not checked";
            case PROBING -> "is still being probed";
            case UNHEALTHY -> "is unhealthy";
        };
    }

    private static Standpoint standpoint(Registration registration, LatestHealth health) {
        return switch (registration.state()) {
            case State.Waiting waiting -> Standpoint.HOLDS;
            case State.Rejected rejected -> Standpoint.REJECTED;
            case State.LeftOut leftOut -> Standpoint.LEFT_OUT;
            case State.Registered registered ->
                health.of(registration, registered).map(Gate::standpoint).orElse(Standpoint.HOLDS);
        };
    }

    private static Standpoint standpoint(Health.Status status) {
        return switch (status) {
            case HEALTHY -> Standpoint.HEALTHY;
            case UNCHECKED -> Standpoint.UNCHECKED;
            case PROBING, UNHEALTHY -> Standpoint.HOLDS;
        };
    }

    /// What one registration says about the gate, the most telling first.
    private enum Standpoint {
        HEALTHY(Optional.of(GateReason.HEALTHY)),
        UNCHECKED(Optional.of(GateReason.UNCHECKED)),
        REJECTED(Optional.of(GateReason.REJECTED)),
        LEFT_OUT(Optional.of(GateReason.LEFT_OUT)),
        HOLDS(Optional.empty());

        private final Optional<GateReason> reason;

        Standpoint(Optional<GateReason> reason) {
            this.reason = reason;
        }

        Optional<GateReason> reason() {
            return reason;
        }
    }
}
