package io.plumbline.it.clouds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// A cloud's control plane in memory. All methods may be called from any thread.
///
/// A cloud decides by its [SimulationClock]: work that takes time (tasks, health checks, propagation) is done when
/// it is due, in its order, by the next call of `tick` or `handle`. So the same cloud runs on real time behind a
/// [CloudServer], and on virtual time in one thread of a test.
public interface SimulatedCloud extends AutoCloseable {
    /// The name used on the command line and as the key of the first line of `simulate`.
    String name();

    /// Answers one API request.
    Response handle(Request request);

    /// Does everything that is due by now.
    void tick();

    /// All load balancers as they are now, oldest first, whoever made them.
    List<BalancerView> balancers();

    /// The whole state without the change log, as docs/simulation.md describes it.
    ObjectNode state();

    /// The ids and keys that a client needs, with the endpoint under which this cloud is served.
    ObjectNode connection(String endpoint);

    /// Changes the instances and addresses that exist.
    ///
    /// @throws IllegalArgumentException when the shape is not that of docs/simulation.md
    void putInstances(JsonNode instances);

    /// Changes quotas, delays and buckets by name; `null` turns one off.
    ///
    /// @throws IllegalArgumentException when a name is unknown or a value is no number
    void putQuotas(JsonNode quotas);

    /// The faults to come.
    FaultScript faults();

    /// Everything that happened.
    ChangeLog log();

    /// The time by which this cloud decides.
    SimulationClock clock();

    /// Closes the data plane. Idempotent.
    @Override
    void close();
}
