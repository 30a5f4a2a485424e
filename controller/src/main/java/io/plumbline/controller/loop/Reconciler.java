package io.plumbline.controller.loop;

import io.plumbline.controller.desired.Settings;
import io.plumbline.controller.plan.Mode;
import io.plumbline.spi.Provider;
import io.plumbline.spi.model.LoadBalancerKey;
import java.time.Duration;
import java.time.InstantSource;

/// The program in one sentence: snapshot -> desired -> plan -> apply -> report, for one load balancer at a time.
///
/// It starts no thread and reads no clock but the one it is given, so that tests run it on virtual time.
public final class Reconciler {
    private final Ports ports;
    private final Rules rules;
    private final Term term;

    public Reconciler(Ports ports, Rules rules, Term term) {
        this.ports = ports;
        this.rules = rules;
        this.term = term;
    }

    /// What it works on.
    public record Ports(ClusterPort cluster, Provider provider, InstantSource clock) {}

    /// What it works by.
    public record Rules(Settings settings, Mode mode) {}

    /// Does what is due for this load balancer. One caller at a time for one key.
    public Visit reconcile(LoadBalancerKey key) {
        return ports.cluster().snapshot(key).claims().isEmpty()
                ? new Visit.Finished()
                : new Visit.Failed(
                        Duration.between(term.started(), ports.clock().instant()), "not built: " + rules);
    }
}
