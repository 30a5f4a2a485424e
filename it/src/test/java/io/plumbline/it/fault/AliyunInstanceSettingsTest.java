package io.plumbline.it.fault;

import static io.plumbline.it.fault.AliyunBench.PREFIX;
import static io.plumbline.it.fault.AliyunBench.annotations;
import static io.plumbline.it.fault.AliyunBench.listed;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every annotation of the load balancer itself, from the Service to the cloud: it is set, changed while the load
/// balancer serves, and taken away; or chosen once, and a later change is told.
class AliyunInstanceSettingsTest {
    private final AliyunBench bench = new AliyunBench();

    @ParameterizedTest(name = "{1} {2} {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | name | first | second | LoadBalancerName | first | second | plumbline_web_shop",
                "'' | instance-charge-type | PayBySpec | PayByCLCU | InstanceChargeType | PayBySpec | PayByCLCU"
                        + " | PayByCLCU",
                "instance-charge-type=PayBySpec | spec | slb.s2.small | slb.s3.large | LoadBalancerSpec | slb.s2.small"
                        + " | slb.s3.large | slb.s1.small",
                "instance-charge-type=PayBySpec;charge-type=paybybandwidth | bandwidth | 10 | 20 | Bandwidth | 10 | 20"
                        + " | 20",
                "instance-charge-type=PayBySpec;bandwidth=10 | charge-type | paybybandwidth | paybytraffic"
                        + " | InternetChargeType | paybybandwidth | paybytraffic | paybytraffic",
                "'' | delete-protection | off | on | DeleteProtection | off | on | on",
                "'' | modification-protection | NonProtection | ConsoleProtection | ModificationProtectionStatus"
                        + " | NonProtection | ConsoleProtection | ConsoleProtection"
            })
    void isSetChangedAndGoesBack(
            String beside,
            String annotation,
            String given,
            String changed,
            String field,
            String asGiven,
            String asChanged,
            String without) {
        assertThat(shown(beside, annotation, given, field)).isEqualTo(asGiven);
        assertThat(shown(beside, annotation, changed, field)).isEqualTo(asChanged);
        assertThat(shown(beside, annotation, "", field)).isEqualTo(without);
        assertThat(bench.cloud.everMade()).isEqualTo(1);
    }

    private String shown(String beside, String annotation, String value, String field) {
        Map<String, String> annotations = new TreeMap<>(listed(beside));
        if (!value.isEmpty()) {
            annotations.put(PREFIX + annotation, value);
        }
        bench.with(1, annotations);
        serves();
        return bench.balancer(field);
    }

    private void serves() {
        bench.stage.hasMembers(1, 1, 2);
        assertThat(bench.stage.condition("Programmed")).startsWith("True");
        assertThat(bench.writesIn(Duration.ofMinutes(12))).as("writes at rest").isZero();
    }

    @Test
    void listedTagsComeAndGoAndNobodyElsesAreTouched() {
        // Given
        bench.with(1, annotations("additional-resource-tags", "team=a,stage=test"));
        String first = bench.balancer("Tags");
        bench.cloud.byHand(
                "TagResources",
                Map.of(
                        "ResourceType",
                        "instance",
                        "ResourceId.1",
                        bench.cloud.balancers().getFirst(),
                        "Tag.1.Key",
                        "strangers",
                        "Tag.1.Value",
                        "own"));

        // When
        bench.with(1, annotations("additional-resource-tags", "team=b"));
        String second = bench.balancer("Tags");
        bench.with(1, Map.of());

        // Then
        assertThat(first).contains("team").contains("stage");
        assertThat(second).contains("team").doesNotContain("stage").contains("strangers");
        assertThat(bench.balancer("Tags")).doesNotContain("team").contains("strangers");
        serves();
    }

    /// Chosen when the load balancer is made.
    @ParameterizedTest
    @CsvSource({
        "internet, master-zoneid, cn-hangzhou-i, cn-hangzhou-h, MasterZoneId",
        "internet, slave-zoneid, cn-hangzhou-h, cn-hangzhou-i, SlaveZoneId",
        "internet, resource-group-id, rg-1, rg-2, ResourceGroupId",
        "intranet, vswitch-id, FIRST, SECOND, VSwitchId",
        "intranet, ip, 10.0.9.9, 10.0.9.10, Address"
    })
    void whatIsChosenOnceStaysAndALaterWishIsTold(
            String type, String annotation, String given, String later, String field) {
        // Given
        Map<String, String> annotations = annotations("address-type", type, annotation, real(given));
        bench.with(1, annotations);
        assertThat(bench.balancer(field)).isEqualTo(real(given));
        assertThat(bench.stage.condition("Ready")).startsWith("True");

        // When
        annotations.putAll(annotations(annotation, real(later)));
        bench.stage.withPods(3, 3);
        bench.with(1, annotations);

        // Then
        assertThat(bench.balancer(field)).isEqualTo(real(given));
        assertThat(bench.stage.condition("Ready")).isEqualTo("False Immutable");
        assertThat(bench.message("Ready")).contains(annotation);
        bench.stage.hasMembers(1, 1, 2, 3);

        // When
        annotations.remove(PREFIX + annotation);
        bench.with(1, annotations);

        // Then
        assertThat(bench.balancer(field)).isEqualTo(real(given));
        assertThat(bench.stage.condition("Ready")).startsWith("True");
    }

    private String real(String text) {
        return switch (text) {
            case "FIRST" -> bench.cloud.vSwitchIds().getFirst();
            case "SECOND" -> bench.cloud.vSwitchIds().getLast();
            default -> text;
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false", "maybe"})
    void onlyTrueOrAnUnreadableValueKeepsALoadBalancerWhoseServiceGoes(String value) {
        // Given
        bench.with(1, annotations("preserve-lb-on-delete", value));

        // When
        bench.stage.cluster.delete(Stage.SHOP);
        bench.stage.settle();

        // Then
        assertThat(bench.cloud.balancers()).hasSize(value.equals("false") ? 0 : 1);
        assertThat(bench.stage.cluster.service(Stage.SHOP)).isEmpty();
    }

    /// Each holds back its own setting, and nothing else.
    @ParameterizedTest
    @CsvSource({
        "spec, slb.s9.giant, Invalid",
        "bandwidth, lots, Invalid",
        "instance-charge-type, PayForNothing, Invalid",
        "charge-type, never, Invalid",
        "name, 1st, Invalid",
        "delete-protection, perhaps, Invalid",
        "modification-protection, perhaps, Invalid",
        "additional-resource-tags, a=b=c, Invalid",
        "address-type, moon, Invalid",
        "ip-version, ipv5, Invalid",
        "network-type, token-ring, Invalid",
        "external-ip-type, egg, Invalid",
        "hostname, Shop_Example, Invalid"
    })
    void aBadValueIsToldAndTheBackendsFollowAllTheSame(String annotation, String value, String reason) {
        // Given
        bench.with(1, Map.of());

        // When
        bench.stage.withPods(3, 3);
        bench.with(1, annotations(annotation, value));

        // Then
        bench.stage.hasMembers(1, 1, 2, 3);
        assertThat(bench.stage.condition("Programmed")).startsWith("True");
        assertThat(bench.stage.condition("Ready")).isEqualTo("False " + reason);
        assertThat(bench.message("Ready")).contains(annotation);
        assertThat(bench.writesIn(Duration.ofMinutes(12))).as("writes at rest").isZero();
    }
}
