package io.plumbline.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.plumbline.spi.objects.CustomObject;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.ServiceView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Bad input that reaches a Service while it serves: it is told in words, and everything else goes on.
class BadInputLiveTest {
    private static final String CLOUD = "service.cloud.tencent.com/";
    private static final String QCLOUD = "service.kubernetes.io/qcloud-";
    private static final String CONFIG = CLOUD + "tke-service-config";
    private static final String L4 = "spec.loadBalancer.l4Listeners";

    private final Stage stage =
            new Stage("tencent").withPods(1, 3).withService(2).settle();

    static Stream<Arguments> annotations() {
        return Stream.of(
                argumentSet("no boolean", CLOUD + "direct-access", "yes", "\"true\" or \"false\""),
                argumentSet("no boolean either", CLOUD + "enable-grace-shutdown", "on", "\"true\" or \"false\""),
                argumentSet("nor here", CLOUD + "enable-grace-shutdown-tkex", "1", "\"true\" or \"false\""),
                argumentSet("no number", QCLOUD + "loadbalancer-internet-max-bandwidth-out", "10M", "from 1 to 2048"),
                argumentSet("too much", QCLOUD + "loadbalancer-internet-max-bandwidth-out", "4096", "from 1 to 2048"),
                argumentSet("too little", QCLOUD + "loadbalancer-internet-max-bandwidth-out", "0", "from 1 to 2048"),
                argumentSet(
                        "unknown charge type",
                        QCLOUD + "loadbalancer-internet-charge-type",
                        "FREE",
                        "TRAFFIC_POSTPAID_BY_HOUR or BANDWIDTH_POSTPAID_BY_HOUR"),
                argumentSet("no subnet", QCLOUD + "loadbalancer-internal-subnetid", "my subnet", "subnet-..."),
                argumentSet("unknown mode", CLOUD + "mode", "pause", "correct it or remove it"),
                argumentSet("missing TkeServiceConfig", CONFIG, "absent", "create it or remove the annotation"),
                argumentSet("unknown key", CLOUD + "direct-acces", "true", "correct its name or remove it"),
                argumentSet("unknown older key", QCLOUD + "loadbalancer-x", "1", "correct its name or remove it"),
                argumentSet("unknown key of ours", "plumbline.io/mode", "x", "correct its name or remove it"),
                argumentSet("not supported yet", CLOUD + "pass-to-target", "true", "Remove the annotation"));
    }

    @ParameterizedTest
    @MethodSource("annotations")
    void anAnnotationIsToldAndBackendsFollow(String key, String value, String remedy) {
        // When
        stage.withService(2, Map.of(key, value));

        // Then
        toldAndFollowed(key, remedy);
    }

    static Stream<Arguments> configs() {
        return Stream.of(
                argumentSet(
                        "a port twice",
                        List.of(listener("TCP", 80, Map.of()), listener("TCP", 80, Map.of("scheduler", "WRR"))),
                        L4 + "[1].port",
                        "remove one of the two"),
                argumentSet(
                        "a listener that does not exist",
                        List.of(listener("TCP", 8080, Map.of())),
                        L4 + "[0].port",
                        "add that port to the Service or remove this entry"),
                argumentSet(
                        "no number",
                        List.of(listener("TCP", 80, Map.of("healthCheck", check("intervalTime", "5s")))),
                        L4 + "[0].healthCheck.intervalTime",
                        "from 5 to 300"),
                argumentSet(
                        "out of range",
                        List.of(listener("TCP", 80, Map.of("healthCheck", check("healthNum", 11)))),
                        L4 + "[0].healthCheck.healthNum",
                        "from 2 to 10"),
                argumentSet(
                        "no boolean",
                        List.of(listener("TCP", 80, Map.of("healthCheck", Map.of("enable", "true")))),
                        L4 + "[0].healthCheck.enable",
                        "true or false"),
                argumentSet(
                        "a wrong word",
                        List.of(listener("TCP", 80, Map.of("scheduler", "RANDOM"))),
                        L4 + "[0].scheduler",
                        "WRR or LEAST_CONN"));
    }

    @ParameterizedTest
    @MethodSource("configs")
    void aConfigIsToldAndBackendsFollow(List<Object> listeners, String field, String remedy) {
        // When
        stage.cluster.put(config(listeners));
        stage.withService(2, Map.of(CONFIG, "shop-config"));

        // Then
        toldAndFollowed(field, remedy);
        assertThat(ready().message()).contains("TkeServiceConfig web/shop-config");
    }

    @Test
    void aConfigThatIsNotThereYetIsTakenWhenItComes() {
        // Given
        stage.withService(2, Map.of(CONFIG, "shop-config"));
        stage.world.runFor(Duration.ofMinutes(1));
        int writes = stage.cloud.writes();

        // When
        stage.cluster.put(config(List.of(listener("TCP", 80, Map.of("healthCheck", check("intervalTime", 10))))));
        stage.settle();

        // Then
        assertThat(stage.cloud.writes() - writes)
                .as(stage.cloud.writesTried().toString())
                .isEqualTo(1);
        stage.serves(2, 1, 2, 3);
    }

    @Test
    void aValueThatBecomesUnreadableIsLeftAsItWas() {
        // Given
        stage.cluster.put(config(List.of(listener("TCP", 80, Map.of("healthCheck", check("intervalTime", 10))))));
        stage.withService(2, Map.of(CONFIG, "shop-config")).settle();
        int writes = stage.cloud.writes();

        // When
        stage.cluster.put(config(List.of(listener("TCP", 80, Map.of("healthCheck", check("intervalTime", "x"))))));
        stage.settle();

        // Then
        assertThat(stage.cloud.writes()).isEqualTo(writes);
        assertThat(stage.condition("Ready")).isEqualTo("False Invalid");
    }

    @Test
    void kubernetesOwnKeysAreNobodysMistake() {
        // When
        stage.withService(
                        2,
                        Map.of(
                                "service.kubernetes.io/topology-mode", "Auto",
                                "service.kubernetes.io/headless", "",
                                "service.beta.kubernetes.io/anything", "x"))
                .settle();

        // Then
        stage.serves(2, 1, 2, 3);
    }

    @Test
    void severalAtOnceAreAllTold() {
        // When
        stage.withService(2, Map.of(CLOUD + "direct-access", "yes", CLOUD + "mod", "skip", CONFIG, "absent"));
        stage.world.runFor(Duration.ofMinutes(1));

        // Then
        assertThat(ready().message()).contains(CLOUD + "direct-access", CLOUD + "mod", "web/absent");
    }

    private void toldAndFollowed(String field, String remedy) {
        stage.world.runFor(Duration.ofMinutes(1));
        assertThat(stage.condition("Ready")).startsWith("False ");
        assertThat(stage.condition("Programmed")).startsWith("True");
        assertThat(ready().message()).contains(field, remedy);
        assertThat(stage.cluster.events())
                .anySatisfy(event -> assertThat(event.message()).contains(field, remedy));

        stage.withPods(4, 5);
        stage.endPod(1);
        stage.settle();
        stage.hasMembers(2, 2, 3, 4, 5);
        assertThat(stage.cloud.everMade()).isEqualTo(1);
        assertThat(stage.service().addresses()).hasSize(1);

        long told = stage.cluster.events().stream()
                .filter(event -> event.message().contains(field))
                .count();
        stage.settle();
        assertThat(stage.cluster.events())
                .filteredOn(event -> event.message().contains(field))
                .as("told once, not at every visit")
                .hasSize((int) told);
    }

    private ServiceView.Condition ready() {
        return stage.service().conditions().stream()
                .filter(condition -> condition.type().equals("Ready"))
                .findFirst()
                .orElseThrow();
    }

    private static CustomObject config(List<Object> listeners) {
        return new CustomObject(
                new ObjectKey("TkeServiceConfig", "web", "shop-config"),
                "c0f16000-0000-4000-8000-000000000001",
                Map.of("loadBalancer", Map.of("l4Listeners", listeners)));
    }

    private static Map<String, Object> listener(String protocol, int port, Map<String, Object> rest) {
        Map<String, Object> listener = new TreeMap<>(rest);
        listener.put("protocol", protocol);
        listener.put("port", port);
        return listener;
    }

    private static Map<String, Object> check(String field, Object value) {
        return new TreeMap<>(Map.of("enable", true, field, value));
    }
}
