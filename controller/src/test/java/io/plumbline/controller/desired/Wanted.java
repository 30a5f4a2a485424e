package io.plumbline.controller.desired;

import io.plumbline.controller.snapshot.ClusterObjects;
import io.plumbline.controller.snapshot.ClusterSnapshot;
import io.plumbline.controller.snapshot.Given;
import io.plumbline.controller.snapshot.SnapshotAssembly;
import io.plumbline.fake.Traits;
import io.plumbline.spi.Capabilities;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.Desired.Candidate;
import io.plumbline.spi.model.Desired.DesiredPool;
import io.plumbline.spi.model.Desired.Problem;
import io.plumbline.spi.model.ListenerKey;
import io.plumbline.spi.model.LoadBalancerKey;
import java.util.List;

/// What is wanted for manifests, asked in the words of tests.
public record Wanted(DesiredState state) {
    /// Of the oldest Service in the manifests.
    public static Wanted of(String... manifests) {
        return of(Given.capabilities(Traits.inline()), Given.settings(), manifests);
    }

    static Wanted of(Capabilities capabilities, Settings settings, String... manifests) {
        ClusterObjects cluster = Given.cluster(manifests);
        LoadBalancerKey key = SnapshotAssembly.key(cluster.services().getFirst(), Given.DIALECT);
        return of(capabilities, settings, SnapshotAssembly.of(key, cluster, Given.DIALECT));
    }

    static Wanted of(Capabilities capabilities, Settings settings, ClusterSnapshot snapshot) {
        return new Wanted(DesiredState.from(snapshot, Given.DIALECT, capabilities, settings));
    }

    public Desired desired() {
        return switch (state) {
            case DesiredState.Valid(Desired desired) -> desired;
            case DesiredState.Invalid(List<Problem> problems) -> throw new AssertionError(problems.toString());
        };
    }

    List<Problem> problems() {
        return switch (state) {
            case DesiredState.Valid(Desired desired) -> desired.problems();
            case DesiredState.Invalid(List<Problem> problems) -> problems;
        };
    }

    List<Candidate> candidates(int port) {
        return desired().pools().stream()
                .filter(pool -> pool.pool().key().name().endsWith("/" + port))
                .map(DesiredPool::candidates)
                .findFirst()
                .orElseThrow();
    }

    /// `tcp/80`, in the order of keys.
    List<String> listeners() {
        return desired().listeners().stream()
                .map(Desired.ListenerClaims::key)
                .map(ListenerKey::name)
                .toList();
    }

    List<String> endpoints(int port) {
        return candidates(port).stream()
                .map(candidate -> candidate.backend().key().endpoint())
                .toList();
    }
}
