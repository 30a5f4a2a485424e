package io.plumbline.controller.report;

import io.plumbline.controller.desired.DesiredState;
import io.plumbline.controller.desired.Wanted;
import io.plumbline.controller.plan.History;
import io.plumbline.controller.report.Round.Applied;
import io.plumbline.controller.report.Round.Planned;
import io.plumbline.controller.snapshot.ClusterObjects;
import io.plumbline.controller.snapshot.ClusterSnapshot;
import io.plumbline.controller.snapshot.Given;
import io.plumbline.controller.snapshot.SnapshotAssembly;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.Plan;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Actual.Found;
import io.plumbline.spi.model.Actual.PublicAddress;
import io.plumbline.spi.model.Actual.State;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.Desired.Fate;
import io.plumbline.spi.model.Desired.ListenerClaims;
import io.plumbline.spi.model.Key;
import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.LoadBalancer;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Ownership;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.Resource;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.model.Transport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// A round as a test describes it: what is wanted, what stands, what was done.
final class Rounds {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final PoolKey POOL = PoolKey.of(Given.WEB, Transport.TCP, 80);
    /// The status of a Service that has been served for long.
    static final String SERVED = """

            status:
              loadBalancer: {ingress: [{ip: 192.0.2.1, ipMode: VIP}]}
              conditions:
              - {type: Programmed, status: 'True', reason: Programmed, message: the load balancer serves tcp/80, lastTransitionTime: '2026-01-01T00:00:00Z'}
              - {type: BackendsComplete, status: 'True', reason: Complete, message: every backend that is wanted is registered, lastTransitionTime: '2026-01-01T00:00:00Z'}
              - {type: Ready, status: 'True', reason: Ready, message: everything is as it is wanted, lastTransitionTime: '2026-01-01T00:00:00Z'}
            """;

    /// Metadata of a Service that has our finalizer, in place of its UID alone.
    static final String OURS = "finalizers: [plumbline.io/load-balancer]\n  uid: web-uid";

    private static final Mark MARK = new Mark("cluster-1", Given.WEB, "web-uid");

    final Desired desired;
    private final ClusterSnapshot seen;
    private final List<Change> changes = new ArrayList<>();
    private final List<Applied> outcomes = new ArrayList<>();
    private Actual actual;
    private History history = History.begin(NOW.minusSeconds(3600));

    /// Nothing stands yet.
    Rounds(String... manifests) {
        ClusterObjects cluster = Given.cluster(manifests);
        seen = SnapshotAssembly.of(
                SnapshotAssembly.key(cluster.services().getFirst(), Given.DIALECT), cluster, Given.DIALECT);
        desired = Wanted.of(manifests).state() instanceof DesiredState.Valid(Desired valid)
                ? valid
                : new Desired(
                        seen.key(),
                        List.of(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Fate.UNTOUCHED,
                        List.of());
        actual = Actual.absent(desired.key(), NOW);
    }

    /// Everything that is wanted stands, at this address.
    Rounds standing(PublicAddress... addresses) {
        List<Found<Listener>> listeners = desired.listeners().stream()
                .map((ListenerClaims claims) -> claims.claims().getFirst().listener())
                .map(listener -> found(listener, State.ACTIVE))
                .toList();
        return actual(desired.loadBalancer().map(balancer -> found(balancer, State.ACTIVE)), listeners, addresses);
    }

    Rounds actual(Optional<Found<LoadBalancer>> balancer, List<Found<Listener>> listeners, PublicAddress... addresses) {
        actual = new Actual(
                desired.key(),
                balancer,
                List.of(addresses),
                false,
                listeners,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                NOW);
        return this;
    }

    static <T extends Resource> Found<T> found(T value, State state) {
        return new Found<>("id", Ownership.decide(MARK, Optional.of(MARK), value), state);
    }

    Rounds tried(Change change, Outcome outcome) {
        changes.add(change);
        outcomes.add(new Applied(change.name(), outcome));
        return this;
    }

    Rounds planned(Change change) {
        changes.add(change);
        return this;
    }

    Rounds since(PoolKey pool, Instant since) {
        TreeMap<Key, Instant> begun = new TreeMap<>(history.since());
        begun.put(pool, since);
        history = new History(
                history.termStarted(),
                history.registrations(),
                history.highestSizes(),
                history.partlyEvidenced(),
                begun,
                history.statusMoved());
        return this;
    }

    static Backend backend(int number) {
        return new Backend(
                new BackendKey(POOL, new Address.Ip("10.0.0." + number), 8080), Setting.unmanaged(), Optional.empty());
    }

    static Change create(Resource resource) {
        return new Change.Create(resource, new Reason(Reason.DESIRED, "desired, absent"), List.of());
    }

    static Change leave(Key key, String code, String why) {
        return new Change.Leave(key, new Reason(code, why));
    }

    Planned round() {
        return new Planned(desired, new Plan(desired.key(), changes, desired.problems()), actual, outcomes, history);
    }

    /// The only report.
    ObjectReport report() {
        return report(round());
    }

    ObjectReport report(Round round) {
        return Report.of(seen, round, NOW).getFirst();
    }

    /// Type, status and reason of each condition that is to be written.
    static List<String> conditions(ObjectReport report) {
        return report.status().orElseThrow().conditions().stream()
                .map(condition -> condition.type() + "=" + condition.status() + " " + condition.reason())
                .toList();
    }
}
