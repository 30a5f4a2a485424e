package io.plumbline.tencent;

import static io.plumbline.tencent.Examples.SHOP;
import static io.plumbline.tencent.Examples.config;
import static io.plumbline.tencent.Examples.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.plumbline.spi.Dialect.Interpretation;
import io.plumbline.spi.model.Desired.Problem;
import io.plumbline.spi.model.Pool.Targets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every kind of bad input: one problem with its field and a message that says what to change; everything else is read
/// as ever.
class BadInputTest {
    private static final String DIRECT = Annotations.DIRECT_ACCESS;
    private static final String L4 = "spec.loadBalancer.l4Listeners";

    @ParameterizedTest
    @MethodSource("annotations")
    void anAnnotationThatCannotBeReadIsAProblemOfItsOwn(String key, String value, String message) {
        Interpretation reading = interpret(Map.of(key, value), Map.of());

        assertThat(reading.problems()).containsExactly(new Problem(SHOP, key, message));
        assertThat(reading.untouched()).isFalse();
        assertThat(reading.backends().targets()).isEqualTo(Targets.PODS);
        assertThat(reading.ports()).hasSize(3);
    }

    static Stream<Arguments> annotations() {
        return Stream.of(
                argumentSet(
                        "a boolean that is none",
                        DIRECT,
                        "yes",
                        "must be \"true\" or \"false\", not \"yes\"; until then targets are Pods"),
                argumentSet(
                        "an empty boolean",
                        Annotations.GRACE,
                        "",
                        "must be \"true\" or \"false\", not \"\"; until then it is true"),
                argumentSet(
                        "another boolean",
                        Annotations.GRACE_NOT_READY,
                        "1",
                        "must be \"true\" or \"false\", not \"1\"; until then it is false"),
                argumentSet(
                        "a number that is none",
                        Annotations.BANDWIDTH,
                        "10M",
                        "must be a whole number from 1 to 2048 (Mbit/s), not \"10M\"; until then the cloud's default is"
                                + " taken"),
                argumentSet(
                        "a number out of range",
                        Annotations.BANDWIDTH_OLD,
                        "2049",
                        "must be a whole number from 1 to 2048 (Mbit/s), not \"2049\"; until then the cloud's default"
                                + " is taken"),
                argumentSet(
                        "an unknown charge type",
                        Annotations.CHARGE_TYPE,
                        "FREE",
                        "must be TRAFFIC_POSTPAID_BY_HOUR or BANDWIDTH_POSTPAID_BY_HOUR, not \"FREE\"; until then the"
                                + " cloud's default is taken"),
                argumentSet(
                        "no subnet",
                        Annotations.SUBNET,
                        "my subnet",
                        "must be the id of a subnet (subnet-...), not \"my subnet\"; until then no load balancer can be"
                                + " made, and one that exists stays as it is"),
                argumentSet(
                        "a switch for sharing that is none",
                        Annotations.SHARE,
                        "yes",
                        "must be \"true\" or \"false\", not \"yes\"; every load balancer that an annotation names may be"
                                + " shared"),
                argumentSet(
                        "a selector that is none",
                        Annotations.NODE_SELECTOR,
                        "role is edge",
                        "must be a label selector (k=v, k in (a,b), k notin (a), with commas between them), not"
                                + " \"role is edge\"; until then the nodes that are bound stay, and none is added"),
                argumentSet(
                        "no boolean for nodes with Pods",
                        Annotations.ONLY_WITH_POD,
                        "yes",
                        "must be \"true\" or \"false\", not \"yes\"; until then all nodes stay bound"),
                argumentSet(
                        "no boolean for weights",
                        Annotations.WEIGH_BY_PODS,
                        "yes",
                        "must be \"true\" or \"false\", not \"yes\"; until then every node has the same weight"),
                argumentSet(
                        "weights of nodes that are all bound",
                        Annotations.WEIGH_BY_PODS,
                        "true",
                        "has an effect only together with " + Annotations.ONLY_WITH_POD
                                + ": \"true\": set that too, or remove this one"),
                argumentSet(
                        "no boolean for protection",
                        Annotations.PROTECTION,
                        "on",
                        "must be \"true\" or \"false\", not \"on\"; until then it stays as it is at the cloud"),
                argumentSet(
                        "an unknown mode",
                        Annotations.MODE,
                        "pause",
                        "must be skip, not \"pause\": correct it or remove it"),
                argumentSet(
                        "a TkeServiceConfig that does not exist",
                        Annotations.CONFIG,
                        "absent",
                        "TkeServiceConfig web/absent does not exist: create it or remove the annotation; until then"
                                + " listeners stay as they are"),
                argumentSet(
                        "a reserved name",
                        Annotations.CONFIG,
                        "shop-auto-service-config",
                        "must be the name of a TkeServiceConfig in this namespace that does not end in"
                                + " -auto-service-config or -auto-ingress-config, not \"shop-auto-service-config\";"
                                + " until then listeners stay as they are"),
                argumentSet(
                        "an unknown key of the cloud",
                        "service.cloud.tencent.com/direct-acces",
                        "true",
                        "is not a known annotation and has no effect: correct its name or remove it"),
                argumentSet(
                        "an unknown key under its older prefix",
                        "service.kubernetes.io/qcloud-loadbalancer-health-check-interval",
                        "5",
                        "is not a known annotation and has no effect: correct its name or remove it"),
                argumentSet(
                        "an unknown key of our own",
                        "plumbline.io/mode",
                        "x",
                        "is not a known annotation and has no effect: correct its name or remove it"),
                argumentSet(
                        "a key that comes later",
                        "service.cloud.tencent.com/security-groups",
                        "sg-1",
                        "is not supported yet. Security groups stay as they are at the cloud; bind them there. Remove"
                                + " the annotation."));
    }

    /// A contradiction of two annotations is told of the one that loses.
    @ParameterizedTest
    @MethodSource("contradictions")
    void ofTwoAnnotationsThatContradictEachOtherTheOneWithoutEffectIsTold(
            String winner, String value, String loser, String losing, String message) {
        Interpretation reading = interpret(Map.of(winner, value, loser, losing), Map.of());

        assertThat(reading.problems()).containsExactly(new Problem(SHOP, loser, message));
    }

    static Stream<Arguments> contradictions() {
        String borrowed = "has no effect on a load balancer that " + Annotations.EXISTING
                + " names, which stays as its user made it: remove the annotation";
        String internal = "has no effect on an internal load balancer: remove the annotation";
        return Stream.of(
                Arguments.of(Annotations.EXISTING, "lb-1", Annotations.SUBNET, "subnet-1", borrowed),
                Arguments.of(Annotations.EXISTING, "lb-1", Annotations.BANDWIDTH, "10", borrowed),
                Arguments.of(Annotations.EXISTING, "lb-1", Annotations.CHARGE_TYPE_OLD, "x", borrowed),
                Arguments.of(Annotations.EXISTING, "lb-1", Annotations.PROTECTION, "true", borrowed),
                Arguments.of(Annotations.SUBNET, "subnet-1", Annotations.BANDWIDTH, "10", internal),
                Arguments.of(
                        Annotations.SUBNET, "subnet-1", Annotations.CHARGE_TYPE, "TRAFFIC_POSTPAID_BY_HOUR", internal));
    }

    @ParameterizedTest
    @MethodSource("configs")
    void aFieldThatCannotBeReadIsAProblemOfItsOwn(Map<String, Object> entry, String field, String message) {
        Interpretation reading = interpret(Map.of(), Map.of("l4Listeners", List.of(entry)));

        assertThat(reading.problems())
                .containsExactly(new Problem(SHOP, "TkeServiceConfig web/shop-config " + field, message));
        assertThat(reading.ports()).hasSize(3);
    }

    static Stream<Arguments> configs() {
        return Stream.of(
                argumentSet("no protocol", Map.of("port", 80), L4 + "[0].protocol", "is missing: set it to TCP or UDP"),
                argumentSet(
                        "an unknown protocol",
                        Map.of("protocol", "SCTP", "port", 80),
                        L4 + "[0].protocol",
                        "must be TCP or UDP, not \"SCTP\"; until then it stays as it is"),
                argumentSet(
                        "no port",
                        Map.of("protocol", "TCP"),
                        L4 + "[0].port",
                        "is missing: set it to a port of the Service"),
                argumentSet(
                        "a port out of range",
                        Map.of("protocol", "TCP", "port", 70000),
                        L4 + "[0].port",
                        "must be a whole number from 1 to 65535, not 70000; until then it stays as it is"),
                argumentSet(
                        "a listener that does not exist",
                        Map.of("protocol", "TCP", "port", 81),
                        L4 + "[0].port",
                        "names tcp/81, which web/shop does not have: add that port to the Service or remove this entry"),
                argumentSet(
                        "a port of the other protocol",
                        Map.of("protocol", "UDP", "port", 80),
                        L4 + "[0].port",
                        "names udp/80, which web/shop does not have: add that port to the Service or remove this entry"),
                argumentSet(
                        "an unknown scheduler",
                        listener("scheduler", "RANDOM"),
                        L4 + "[0].scheduler",
                        "must be WRR or LEAST_CONN, not \"RANDOM\"; until then it stays as it is"),
                argumentSet(
                        "a session without a switch",
                        listener("session", Map.of("sessionExpireTime", 60)),
                        L4 + "[0].session.enable",
                        "is missing: set it to true or false"),
                argumentSet(
                        "a session that is too long",
                        listener("session", Map.of("enable", true, "sessionExpireTime", 3601)),
                        L4 + "[0].session.sessionExpireTime",
                        "must be a whole number from 30 to 3600, not 3601; until then it stays as it is"),
                argumentSet(
                        "a boolean that is none",
                        check("enable", "true"),
                        L4 + "[0].healthCheck.enable",
                        "must be true or false, not \"true\"; until then it stays as it is"),
                argumentSet(
                        "a number that is none",
                        check("intervalTime", "5s"),
                        L4 + "[0].healthCheck.intervalTime",
                        "must be a whole number from 5 to 300, not \"5s\"; until then it stays as it is"),
                argumentSet(
                        "a broken number",
                        check("healthNum", 2.5),
                        L4 + "[0].healthCheck.healthNum",
                        "must be a whole number from 2 to 10, not 2.5; until then it stays as it is"),
                argumentSet(
                        "a timeout as long as the interval",
                        check("timeout", 5),
                        L4 + "[0].healthCheck.timeout",
                        "must be less than intervalTime (5); until then it stays as it is"),
                argumentSet(
                        "an HTTP check without a domain",
                        check("checkType", "HTTP"),
                        L4 + "[0].healthCheck.httpCheckDomain",
                        "is needed for checkType HTTP; until then the kind of check stays as it is"),
                argumentSet(
                        "an unknown field",
                        check("interval", 5),
                        L4 + "[0].healthCheck.interval",
                        "is not supported and has no effect; known here: checkPort, checkType, enable, healthNum,"
                                + " httpCheckDomain, httpCheckMethod, httpCheckPath, httpCode, intervalTime,"
                                + " sourceIpType, timeout, unHealthNum"),
                argumentSet(
                        "a health check that is no object",
                        listener("healthCheck", true),
                        L4 + "[0].healthCheck",
                        "must be an object, not true; until then it stays as it is"),
                argumentSet(
                        "a name that is too long",
                        listener("listenerName", "n".repeat(34)),
                        L4 + "[0].listenerName",
                        "must have 1 to 33 characters, since our mark of ownership precedes it, not \"" + "n".repeat(34)
                                + "\"; until then it stays as it is"));
    }

    private static Map<String, Object> listener(String field, Object value) {
        return new TreeMap<>(Map.of("protocol", "TCP", "port", 80, field, value));
    }

    private static Map<String, Object> check(String field, Object value) {
        Map<String, Object> check = new TreeMap<>(Map.of("enable", true));
        check.put(field, value);
        return listener("healthCheck", check);
    }

    /// A direct Service that is otherwise in order.
    private static Interpretation interpret(Map<String, String> annotations, Map<String, Object> config) {
        Map<String, String> all = new TreeMap<>(Map.of(DIRECT, "true", Annotations.CONFIG, "shop-config"));
        all.putAll(annotations);
        return new TencentDialect("ap-guangzhou").interpret(service(all), List.of(config("shop-config", config)), true);
    }
}
