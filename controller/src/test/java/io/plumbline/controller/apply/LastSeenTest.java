package io.plumbline.controller.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.controller.snapshot.Given;
import io.plumbline.fake.Traits;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Actual.Found;
import io.plumbline.spi.model.Actual.FoundPool;
import io.plumbline.spi.model.Actual.Member;
import io.plumbline.spi.model.Actual.State;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.HealthCheck;
import io.plumbline.spi.model.Ids;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Options;
import io.plumbline.spi.model.Owned;
import io.plumbline.spi.model.Ownership;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.model.Stickiness;
import io.plumbline.spi.model.Transport;
import io.plumbline.spi.objects.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LastSeenTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final ObjectKey SHOP = ObjectKey.service("web", "shop");
    private static final Mark MARK = new Mark("cluster-1", SHOP, "uid-1");
    private static final PoolKey POOL = PoolKey.of(SHOP, Transport.TCP, 80);
    private static final Backend MEMBER =
            new Backend(new BackendKey(POOL, new Address.Ip("10.0.3.1"), 8080), Setting.unmanaged(), Optional.empty());

    private final LastSeen lastSeen = new LastSeen();

    @Test
    void aMemberThatWentIsFollowedWithoutAReading() {
        lastSeen.take(there(), Ids.none(), Duration.ZERO, T0);

        wrote(Ids.none());

        assertThat(lastSeen.actual().orElseThrow().pools().getFirst().members()).isEmpty();
    }

    /// Others serve in its place, in another part of the pool.
    @Test
    void aMemberThatTookItsPoolsIdentifierAlongLeavesNothingThatIsKnown() {
        lastSeen.take(there(), Ids.none(), Duration.ZERO, T0);

        wrote(Ids.of(POOL, "pool-2"));

        assertThat(lastSeen.actual()).isEmpty();
        assertThat(lastSeen.ids().id(POOL)).contains("pool-2");
    }

    private void wrote(Ids given) {
        Change removal = new Change.Remove(
                Ownership.partOf(ours(), MEMBER), new Reason(Reason.UNWANTED, "others have its place"), List.of());
        lastSeen.wrote(removal, given, Given.capabilities(Traits.group()), T0);
    }

    private static Actual there() {
        Member member = new Member(Ownership.partOf(ours(), MEMBER), State.ACTIVE, Optional.empty());
        return new Actual(
                new LoadBalancerKey.Managed(SHOP, "uid-1"),
                Optional.empty(),
                List.of(),
                false,
                List.of(),
                List.of(),
                List.of(new FoundPool(new Found<>("pool-1", ours(), State.ACTIVE), List.of(member))),
                List.of(),
                List.of(),
                T0);
    }

    private static Owned<Pool> ours() {
        Pool pool = new Pool(
                POOL,
                Transport.TCP,
                Pool.Targets.PODS,
                HealthCheck.unmanaged(),
                Stickiness.unmanaged(),
                Setting.unmanaged(),
                new Options.None());
        if (Ownership.decide(MARK, Optional.of(MARK), pool) instanceof Owned<Pool> owned) {
            return owned;
        }
        throw new AssertionError("it is marked as ours");
    }
}
