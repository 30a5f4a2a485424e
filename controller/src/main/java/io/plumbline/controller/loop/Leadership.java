package io.plumbline.controller.loop;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.plumbline.controller.loop.ControllerOptions.LeaseOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes part in the election for as long as it is open. One that has lost the lease tries again.
final class Leadership implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
    private static final Duration RELEASING = Duration.ofSeconds(2);

    private final KubernetesClient client;
    private final LeaseOptions options;
    private final LeaseGuard guard;
    private final Callbacks callbacks;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread candidate = Thread.ofVirtual().name("election").unstarted(this::stand);
    private volatile Optional<CompletableFuture<?>> election = Optional.empty();
    private volatile boolean closed;

    /// Told from the election's own threads; both return soon.
    interface Callbacks {
        void won();

        void lost();
    }

    Leadership(KubernetesClient client, LeaseOptions options, LeaseGuard guard, Callbacks callbacks) {
        this.client = client;
        this.options = options;
        this.guard = guard;
        this.callbacks = callbacks;
    }

    void start() {
        candidate.start();
    }

    /// Gives the lease up, so that another one need not wait for it to run out.
    @Override
    public void close() {
        closed = true;
        election.ifPresent(running -> running.cancel(true));
        candidate.interrupt();
        try {
            candidate.join(RELEASING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        guard.lost();
        executor.shutdownNow();
    }

    private void stand() {
        while (!closed) {
            CompletableFuture<?> running = elector().start();
            election = Optional.of(running);
            try {
                running.join();
            } catch (CancellationException | CompletionException e) {
                LOG.debug("the election has ended", e);
            }
            rest();
        }
    }

    private void rest() {
        try {
            if (!closed) {
                Thread.sleep(options.retryPeriod());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private LeaderElector elector() {
        LeaseLock lock = new LeaseLock(options.namespace(), options.name(), options.identity());
        return new LeaderElector(
                client,
                new LeaderElectionConfig(
                        guard.watching(lock),
                        options.duration(),
                        options.renewDeadline(),
                        options.retryPeriod(),
                        new LeaderCallbacks(this::won, this::lost, leader -> LOG.info("the leader is {}", leader)),
                        true,
                        options.name()),
                executor);
    }

    private void won() {
        LOG.info("{} holds the lease {}/{}", options.identity(), options.namespace(), options.name());
        callbacks.won();
    }

    private void lost() {
        guard.lost();
        LOG.info("{} no longer holds the lease {}/{}", options.identity(), options.namespace(), options.name());
        callbacks.lost();
    }
}
