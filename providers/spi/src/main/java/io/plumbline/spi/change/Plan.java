package io.plumbline.spi.change;

import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.LoadBalancerKey;
import java.util.List;

/// What leads from a load balancer as it is to the one that is wanted, in order.
public record Plan(LoadBalancerKey key, List<Change> changes, List<Desired.Problem> problems) {
    public Plan {
        changes = List.copyOf(changes);
        problems = List.copyOf(problems);
    }

    /// Nothing is left to do: every entry says why something is left alone.
    public boolean converged() {
        return changes.stream().allMatch(change -> change.verb() == Verb.LEAVE);
    }
}
