package io.plumbline.controller.plan;

import static io.plumbline.controller.plan.Examples.LISTENER;
import static io.plumbline.controller.plan.Examples.POOL;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.spi.change.FieldChange;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.HealthCheck;
import io.plumbline.spi.model.HealthCheck.Probe;
import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.Options;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.RuleAction;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.model.Stickiness;
import io.plumbline.spi.model.Transport;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DiffTest {
    private record Extra(Setting<Integer> bandwidth) implements Options {}

    @Test
    void whatIsUnmanagedIsNotCompared() {
        assertThat(Diff.fields(Examples.pool(), pool(check(5, new Probe.Connect()), new Extra(Setting.managed(1)))))
                .isEmpty();
    }

    @Test
    void nestedFieldsAreNamedByTheirPath() {
        assertThat(Diff.fields(
                        pool(check(10, http("/healthz")), new Extra(Setting.managed(2))),
                        pool(check(5, http("/")), new Extra(Setting.managed(1)))))
                .containsExactly(
                        new FieldChange("healthCheck.interval", "5s", "10s"),
                        new FieldChange("healthCheck.probe.path", "/", "/healthz"),
                        new FieldChange("options.bandwidth", "1", "2"));
    }

    @Test
    void anotherAlternativeIsOneDifference() {
        assertThat(Diff.fields(
                        pool(check(5, new Probe.Connect()), new Options.None()),
                        pool(check(5, http("/")), new Options.None())))
                .singleElement()
                .satisfies(change -> assertThat(change.field()).isEqualTo("healthCheck.probe"));
    }

    @Test
    void whatTheCloudDoesNotTellIsUnset() {
        assertThat(Diff.fields(pool(check(5, new Probe.Connect()), new Options.None()), Examples.pool()))
                .contains(new FieldChange("healthCheck.interval", "unset", "5s"));
    }

    @Test
    void aListenerOfAnotherKindDiffersInItsForm() {
        Listener http = new Listener.Http(
                LISTENER, new RuleAction.Fixed(404, "text/plain", ""), Setting.unmanaged(), true, new Options.None());

        assertThat(Diff.fields(http, Examples.listener())).containsExactly(new FieldChange("form", "Tcp", "Http"));
    }

    @Test
    void whoseAMemberIsIsNoSettingOfIt() {
        Backend wanted = new Backend(Examples.key("10.0.3.1"), Setting.managed(10), Optional.of("uid"));
        Backend found = new Backend(Examples.key("10.0.3.1"), Setting.managed(10), Optional.empty());

        assertThat(Diff.fields(wanted, found)).isEmpty();
    }

    private static Probe http(String path) {
        return new Probe.Http("GET", "", path, "200");
    }

    private static HealthCheck check(int seconds, Probe probe) {
        return new HealthCheck(
                Setting.managed(true),
                Setting.managed(Duration.ofSeconds(seconds)),
                Setting.unmanaged(),
                Setting.unmanaged(),
                Setting.unmanaged(),
                Setting.unmanaged(),
                Setting.managed(probe));
    }

    private static Pool pool(HealthCheck check, Options options) {
        return new Pool(
                POOL, Transport.TCP, Pool.Targets.PODS, check, Stickiness.unmanaged(), Setting.unmanaged(), options);
    }
}
