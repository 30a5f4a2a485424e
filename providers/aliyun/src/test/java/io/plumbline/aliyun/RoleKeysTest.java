package io.plumbline.aliyun;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.spi.CallGate;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.Outcome.Because;
import io.plumbline.spi.model.Ids;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoleKeysTest {
    @TempDir
    private Path folder = Path.of("");

    /// Nothing is called, and nothing is taken as empty.
    @Test
    void withoutItsTokenFileThereAreNoKeys() {
        RoleKeys keys = new RoleKeys(
                "acs:ram::1:role/plumbline",
                "acs:ram::1:oidc-provider/ack",
                folder.resolve("token").toString(),
                Optional.of("127.0.0.1:1"));
        AliyunProvider provider = new AliyunProvider(
                AliyunSettings.of("cn-beijing", "vpc-1", keys), CallGate.OPEN, InstantSource.fixed(Examples.NOW));

        List<Outcome> outcomes = provider.apply(Examples.request(
                Ids.none(),
                List.of(),
                List.of(Examples.creation(
                        Examples.loadBalancer(Scheme.INTERNET, AliyunLoadBalancerOptions.unmanaged())))));

        assertThat(outcomes)
                .singleElement()
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.because()).isEqualTo(Because.CREDENTIALS));
    }
}
