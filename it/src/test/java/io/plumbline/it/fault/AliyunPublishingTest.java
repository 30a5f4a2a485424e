package io.plumbline.it.fault;

import static io.plumbline.it.fault.AliyunBench.PREFIX;
import static io.plumbline.it.fault.AliyunBench.annotations;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.spi.objects.ServiceView.PublishedAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What stands in a Service's status, where annotations ask for another address than the load balancer's own.
class AliyunPublishingTest {
    private static final String BOUND = "127.200.0.9";
    private static final String ASKS = "DescribeEipAddresses";
    private static final Map<String, String> ELASTIC =
            annotations("address-type", "intranet", "external-ip-type", "eip");

    private final AliyunBench bench = new AliyunBench();
    private final Stage stage = bench.stage;
    private final AliyunFaultyCloud cloud = bench.cloud;

    @Test
    void withoutABoundAddressNothingIsPublishedAndEverythingElseGoesOn() {
        bench.with(1, ELASTIC);

        stage.hasMembers(1, 1, 2);
        assertThat(stage.service().addresses()).isEmpty();
        assertThat(stage.condition("Programmed")).startsWith("True");
        assertThat(stage.condition("BackendsComplete")).startsWith("True");
        assertThat(stage.condition("Ready")).isEqualTo("False Pending");
        assertThat(bench.message("Ready"))
                .contains(cloud.balancers().getFirst())
                .contains("bind one");
    }

    @Test
    void anAddressIsPublishedSoonAfterItIsBound() {
        // Given
        bench.with(1, ELASTIC);

        // When
        cloud.bind(Optional.of(BOUND));
        stage.world.runFor(Duration.ofMinutes(1));

        // Then
        assertThat(stage.address()).isEqualTo(BOUND);
        stage.serves(1, 1, 2);
    }

    /// Nobody knows what a client does with none.
    @Test
    void anAddressThatIsTakenAwayStaysPublishedAndIsTold() {
        // Given
        bench.with(1, ELASTIC);
        cloud.bind(Optional.of(BOUND));
        stage.settle();

        // When
        cloud.bind(Optional.empty());
        stage.settle();

        // Then
        assertThat(stage.address()).isEqualTo(BOUND);
        assertThat(stage.condition("Ready")).isEqualTo("False Pending");
    }

    @Test
    void theAnnotationMayComeAndGo() {
        // Given
        bench.with(1, annotations("address-type", "intranet"));
        String own = stage.address();
        cloud.bind(Optional.of(BOUND));
        assertThat(stage.callsSince(0)).doesNotContain(ASKS);

        // When
        bench.put(1, ELASTIC);
        stage.world.runFor(Duration.ofMinutes(1));
        String bound = stage.address();
        bench.with(1, annotations("address-type", "intranet"));

        // Then
        assertThat(bound).isEqualTo(BOUND);
        assertThat(stage.address()).isEqualTo(own);
    }

    /// It is another product's, which an older policy does not name, or which cannot be reached.
    @ParameterizedTest
    @ValueSource(strings = {"Forbidden.RAM", "InvalidVersion", "ServiceUnavailable"})
    void whereBoundAddressesCannotBeReadTheBackendsFollowAllTheSame(String code) {
        // Given
        bench.with(1, ELASTIC);
        cloud.bind(Optional.of(BOUND));
        stage.settle();
        cloud.refuseAlways(ASKS, code);

        // When
        stage.withPods(3, 3).settle();

        // Then
        stage.hasMembers(1, 1, 2, 3);
        assertThat(stage.address()).isEqualTo(BOUND);
        assertThat(stage.condition("Ready")).isEqualTo("False Pending");
    }

    @Test
    void onAPublicLoadBalancerItsOwnAddressIsPublished() {
        bench.with(1, annotations("external-ip-type", "eip"));

        assertThat(stage.service().addresses()).hasSize(1);
        assertThat(stage.condition("Ready")).isEqualTo("False Invalid");
        assertThat(stage.callsSince(0)).doesNotContain(ASKS);
    }

    @Test
    void aHostnameIsPublishedInsteadOfTheAddress() {
        // Given
        bench.with(1, Map.of());
        String own = stage.address();

        // When
        bench.with(1, annotations("hostname", "shop.example.com"));
        List<PublishedAddress> named = stage.service().addresses();
        bench.with(1, Map.of());

        // Then
        assertThat(named).containsExactly(new PublishedAddress("", "shop.example.com", Optional.empty()));
        assertThat(stage.address()).isEqualTo(own);
        stage.serves(1, 1, 2);
    }

    /// Where the name leads only its user knows.
    @Test
    void theOldLoadBalancerStaysAsLongAsANameIsPublished() {
        // Given
        Map<String, String> annotations = new TreeMap<>(annotations("hostname", "shop.example.com"));
        annotations.put("plumbline.io/replace", "allow");
        bench.with(1, annotations);

        // When
        annotations.putAll(annotations("address-type", "intranet"));
        bench.with(1, annotations);
        int meanwhile = cloud.balancers().size();
        String condition = stage.condition("Ready");
        annotations.remove(PREFIX + "hostname");
        bench.with(1, annotations);

        // Then
        assertThat(meanwhile).isEqualTo(2);
        assertThat(condition).isEqualTo("False Replacing");
        assertThat(cloud.balancers()).hasSize(1);
        assertThat(stage.condition("Ready")).startsWith("True");
    }
}
