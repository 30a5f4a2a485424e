package io.plumbline.it.cluster.proxy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/// A fault of one resource from when it is set until the next one is.
///
/// @param resourceVersion what a falsified LIST says; a WATCH that goes on from there is of this regime
/// @param end completes with the regime; its watches end with it
/// @param falseLists how many LISTs were falsified
record Regime(Fault fault, String resourceVersion, CompletableFuture<Void> end, AtomicLong falseLists) {

    static Regime of(Fault fault, String resourceVersion) {
        return new Regime(fault, resourceVersion, new CompletableFuture<>(), new AtomicLong());
    }
}
