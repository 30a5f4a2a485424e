package io.plumbline.it.clouds;

import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/// Makes health checks.
@FunctionalInterface
public interface Prober {
    /// Starts a check; the future says whether it was passed, and never fails.
    CompletableFuture<Boolean> probe(Probe probe);

    /// Answers at once, without sockets: for virtual time.
    static Prober answering(Predicate<Probe> healthy) {
        return probe -> CompletableFuture.completedFuture(healthy.test(probe));
    }
}
