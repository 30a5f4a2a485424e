package io.plumbline.controller.loop;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.spi.CallGate;
import io.plumbline.spi.PodRegistrations;
import io.plumbline.spi.Provider;
import java.util.Optional;
import java.util.function.Function;

/// The whole controller for one provider: informers, election, queue and workers.
public final class Controller implements AutoCloseable {
    private final Provider provider;
    private final Optional<PodRegistrations> registrations;

    /// @param provider is given the gate that every one of its calls must ask
    public Controller(
            KubernetesClient client,
            Function<CallGate, Provider> provider,
            ControllerOptions options,
            MeterRegistry meters) {
        this.provider = provider.apply(CallGate.OPEN);
        this.registrations = Optional.empty();
    }

    /// Starts informers and election, and returns at once.
    public void start() {}

    /// Every informer that feeds a decision has synced.
    public boolean ready() {
        return false;
    }

    /// This process may write.
    public boolean leader() {
        return false;
    }

    /// Where Pods are registered; usable from construction on.
    public PodRegistrations registrations() {
        return registrations.orElseThrow();
    }

    /// The provider, behind the gate of this controller.
    public Provider provider() {
        return provider;
    }

    /// Stops all work within 10 seconds and hands the lease over.
    @Override
    public void close() {}
}
