package io.plumbline.tencent;

import static io.plumbline.tencent.Examples.KEY;
import static io.plumbline.tencent.Examples.MARK;
import static io.plumbline.tencent.Examples.NOW;
import static io.plumbline.tencent.Examples.REASON;
import static io.plumbline.tencent.Examples.listener;
import static io.plumbline.tencent.Examples.pool;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.HealthCheck;
import io.plumbline.spi.model.LoadBalancer;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import io.plumbline.spi.model.Options;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.model.Stickiness;
import io.plumbline.spi.model.Transport;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NormalizeTest {
    @Test
    void itFillsInWhatTheCloudWouldChoose() {
        Desired normalized = Normalize.normalize(bare());

        LoadBalancer loadBalancer = normalized.loadBalancer().orElseThrow();
        assertThat(loadBalancer.scheme()).isEqualTo(Setting.managed(Scheme.INTERNET));
        assertThat(loadBalancer.options()).isEqualTo(TencentLoadBalancerOptions.unmanaged());
        assertThat(normalized
                        .pools()
                        .getFirst()
                        .candidates()
                        .getFirst()
                        .backend()
                        .weight())
                .isEqualTo(Setting.managed(10));
    }

    @Test
    void doingItAgainChangesNothing() {
        Desired once = Normalize.normalize(bare());

        assertThat(Normalize.normalize(once)).isEqualTo(once);
    }

    /// The cloud has no such setting: a difference could never be mended.
    @Test
    void nodesAndPodsAreOneKindOfPool() {
        assertThat(Normalize.normalize(bare()).pools().getFirst().pool().targets())
                .isEqualTo(Pool.Targets.PODS);
    }

    @Test
    void itKeepsEverythingElse() {
        Desired bare = bare();
        Desired normalized = Normalize.normalize(bare);

        assertThat(normalized.claimants()).isEqualTo(bare.claimants());
        assertThat(normalized.problems()).isEqualTo(bare.problems());
        assertThat(normalized.pools().getFirst().candidates().getFirst().gateWaits())
                .isTrue();
    }

    private static Desired bare() {
        Pool pool = new Pool(
                pool(80),
                Transport.TCP,
                Pool.Targets.NODES,
                HealthCheck.unmanaged(),
                Stickiness.unmanaged(),
                Setting.unmanaged(),
                new Options.None());
        Backend backend = new Backend(
                new BackendKey(pool(80), new Address.Ip("10.0.0.1"), 80), Setting.unmanaged(), Optional.of("pod-1"));
        return new Desired(
                KEY,
                List.of(new Desired.Claimant(MARK, NOW, false, false)),
                Optional.of(new LoadBalancer(KEY, Setting.unmanaged(), Setting.unmanaged(), new Options.None())),
                List.of(new Desired.ListenerClaims(
                        listener(80).key(), List.of(new Desired.ListenerClaim(MARK, listener(80))))),
                List.of(),
                List.of(new Desired.DesiredPool(
                        pool,
                        List.of(new Desired.Candidate(
                                backend,
                                Optional.empty(),
                                Desired.Intent.REGISTER,
                                REASON,
                                true,
                                Desired.Place.UNKNOWN)))),
                List.of(),
                List.of(),
                Desired.Fate.WANTED,
                List.of(new Desired.Problem(MARK.object(), "spec", "an example")));
    }
}
