package io.plumbline.it.cluster.proxy;

import java.time.Duration;

/// What a proxy does to LIST and WATCH of one resource.
public sealed interface Fault {

    /// Nothing: both are the API server's.
    record Pass() implements Fault {}

    /// LIST is empty, WATCH is silent.
    record Empty() implements Fault {}

    /// LIST is what it was at that moment, WATCH is silent.
    record Old(Moment moment) implements Fault {}

    /// LIST takes so long, WATCH is the API server's.
    record Slow(Duration delay) implements Fault {}

    /// A state of the whole cluster, to be had from [ApiServerProxy#moment]; readable for half an hour.
    record Moment(String resourceVersion) {}
}
