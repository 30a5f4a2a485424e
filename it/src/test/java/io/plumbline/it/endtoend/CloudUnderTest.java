package io.plumbline.it.endtoend;

import io.plumbline.it.laboratory.Laboratory;
import io.plumbline.it.laboratory.LaboratoryCloud;
import java.util.List;

/// What the tests need to know of a cloud besides what the laboratory does.
interface CloudUnderTest {
    LaboratoryCloud kind();

    /// Somebody else with the same account.
    Stranger stranger(Laboratory laboratory);

    /// The API call that makes a load balancer.
    default String creation() {
        return "CreateLoadBalancer";
    }

    /// The API call that registers members.
    String registration();

    /// Whether a Pod's port may be behind one listener of a load balancer only.
    default boolean targetsOnce() {
        return false;
    }

    /// Wrong annotations of every kind, for the Service of the example in namespace `bad`.
    List<Bad> badInput();

    /// YAML of what they refer to.
    default List<String> badInputObjects() {
        return List.of();
    }

    /// A key that looks like one of the cloud's.
    String misspeltKey();
}
