package io.plumbline.aliyun;

import static io.plumbline.aliyun.Examples.KEY;
import static io.plumbline.aliyun.Examples.MARK;
import static io.plumbline.aliyun.Examples.NOW;
import static io.plumbline.aliyun.Examples.REASON;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.spi.model.AccessList;
import io.plumbline.spi.model.AccessListKey;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.Desired.Candidate;
import io.plumbline.spi.model.Desired.Claimant;
import io.plumbline.spi.model.Desired.DesiredPool;
import io.plumbline.spi.model.Desired.Fate;
import io.plumbline.spi.model.Desired.Intent;
import io.plumbline.spi.model.Desired.ListenerClaim;
import io.plumbline.spi.model.Desired.ListenerClaims;
import io.plumbline.spi.model.HealthCheck;
import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.Options;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.RuleAction;
import io.plumbline.spi.model.RuleAction.Forward;
import io.plumbline.spi.model.RuleAction.WeightedPool;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.model.Stickiness;
import io.plumbline.spi.model.Transport;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalizeTest {
    private static Desired desired(Options listenerOptions, Options poolOptions, int... weights) {
        List<Candidate> candidates = java.util.stream.IntStream.range(0, weights.length)
                .mapToObj(place -> new Candidate(
                        new Backend(
                                new BackendKey(Examples.pool(80), new Address.Instance("i-" + place), 30080),
                                Setting.managed(weights[place]),
                                Optional.empty()),
                        Optional.empty(),
                        Intent.REGISTER,
                        REASON))
                .toList();
        Pool pool = new Pool(
                Examples.pool(80),
                Transport.TCP,
                Pool.Targets.NODES,
                HealthCheck.unmanaged(),
                Stickiness.unmanaged(),
                Setting.unmanaged(),
                poolOptions);
        Listener listener = new Listener.Http(
                Examples.listenerKey(80),
                new Forward(List.of(new WeightedPool(Examples.pool(80), 1))),
                Setting.managed(Optional.empty()),
                true,
                listenerOptions);
        return new Desired(
                KEY,
                List.of(new Claimant(MARK, NOW, false, false)),
                Optional.empty(),
                List.of(new ListenerClaims(listener.key(), List.of(new ListenerClaim(MARK, listener)))),
                List.of(),
                List.of(new DesiredPool(pool, candidates)),
                List.of(new AccessList(
                        new AccessListKey("web/shop"),
                        List.of("10.1.2.3", "10.9.8.7/8", "2001:db8::/32"),
                        new Options.None())),
                List.of(),
                Fate.WANTED,
                List.of());
    }

    @ParameterizedTest
    @CsvSource({"60, 20, 20, 20", "100, 50, 33, 16", "1, 1, 1, 1", "0, 0, 0, 0"})
    void aTotalWeightIsSpreadOverTheMembers(int total, int one, int two, int three) {
        boolean even = total != 100;
        AliyunPoolOptions options = new AliyunPoolOptions(Setting.unmanaged(), Setting.managed(total));

        Desired normal = Normalize.normalize(desired(new Options.None(), options, even ? 1 : 3, even ? 1 : 2, 1));

        assertThat(normal.pools().getFirst().candidates())
                .extracting(candidate -> candidate.backend().weight())
                .containsExactly(Setting.managed(one), Setting.managed(two), Setting.managed(three));
        assertThat(Normalize.normalize(normal)).isEqualTo(normal);
    }

    @Test
    void aListenerThatForwardsHasNoPool() {
        AliyunListenerOptions none = AliyunListenerOptions.unmanaged();
        AliyunListenerOptions options =
                new AliyunListenerOptions(none.acl(), Setting.managed(443), none.layer4(), none.layer7(), none.tls());

        Desired normal = Normalize.normalize(desired(options, new Options.None()));

        assertThat(normal.pools()).isEmpty();
        assertThat(normal.listeners().getFirst().claims().getFirst().listener())
                .isInstanceOfSatisfying(
                        Listener.Http.class,
                        http -> assertThat(http.defaultAction())
                                .isEqualTo(new RuleAction.Redirect("https", "", 443, "", 301)));
        assertThat(Normalize.normalize(normal)).isEqualTo(normal);
    }

    @Test
    void rangesAreWrittenAsTheCloudWritesThem() {
        Desired normal = Normalize.normalize(desired(new Options.None(), new Options.None()));

        assertThat(normal.accessLists().getFirst().sourceRanges()).containsExactly("10.0.0.0/8", "10.1.2.3/32");
    }

    @Test
    void podsAndNodesAreMembersOfTheSameKindOfPool() {
        Desired normal = Normalize.normalize(desired(new Options.None(), new Options.None(), 7));

        assertThat(normal.pools().getFirst().pool().targets()).isEqualTo(Pool.Targets.PODS);
    }
}
