package io.plumbline.readinessgate.gate;

import io.plumbline.spi.PodRegistrations.Registration;
import io.plumbline.spi.PodRegistrations.Standing;
import io.plumbline.spi.objects.PodView;
import java.util.List;

/// A Pod with gates of ours that are closed.
public record Waiter(PodView pod, Standing standing, Memory memory, List<ServedGate> gates) {
    public Waiter {
        gates = List.copyOf(gates);
    }

    public static Waiter of(PodView pod, Standing standing, Memory memory, GateSettings settings) {
        return new Waiter(pod, standing, memory, ServedGate.of(pod, standing, settings));
    }

    /// The registrations that any of its gates waits for.
    public List<Registration> awaited() {
        return standing.registrations().stream()
                .filter(registration -> gates.stream().anyMatch(gate -> gate.concerns(registration)))
                .toList();
    }
}
