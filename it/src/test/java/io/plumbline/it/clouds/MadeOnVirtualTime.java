package io.plumbline.it.clouds;

/// Makes a simulated cloud that no socket belongs to.
@FunctionalInterface
public interface MadeOnVirtualTime<C extends SimulatedCloud> {
    C make(Network network, SimulationClock clock, Prober prober);
}
