package io.plumbline.aliyun;

import static io.plumbline.aliyun.Examples.SHOP;
import static io.plumbline.aliyun.Examples.annotations;
import static io.plumbline.aliyun.Examples.interpret;
import static io.plumbline.aliyun.Examples.service;
import static io.plumbline.aliyun.Examples.traffic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.plumbline.spi.Dialect.Extent;
import io.plumbline.spi.Dialect.Interpretation;
import io.plumbline.spi.model.Desired.Problem;
import io.plumbline.spi.model.Pool.Targets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every kind of bad input: one problem with its field and a message that says what to change; everything else is
/// read as ever, the members above all.
class BadInputTest {
    private static final String STAYS = "; until then it stays as it is";

    @ParameterizedTest
    @MethodSource({
        "enumerations",
        "ranges",
        "lists",
        "identifiers",
        "contradictions",
        "ofLayer7",
        "ofTls",
        "useless",
        "unknown"
    })
    void aValueThatCannotCountIsAProblemOfItsOwn(Map<String, String> annotations, String field, String message) {
        Interpretation reading = interpret(service(annotations));

        assertThat(reading.problems())
                .containsExactly(new Problem(SHOP, field.contains("/") ? field : Annotations.full(field), message));
        assertThat(reading.untouched()).isFalse();
        assertThat(reading.ports())
                .hasSize(3)
                .allSatisfy(port -> assertThat(port.extent()).isEqualTo(Extent.LISTENER_AND_POOL));
    }

    private static Arguments bad(String key, String value, String message) {
        return argumentSet(key + ": " + value, annotations(key, value), key, message);
    }

    private static Arguments choice(String key, String value, String choices) {
        return bad(key, value, "must be " + choices + ", not \"" + value + "\"" + STAYS);
    }

    static Stream<Arguments> enumerations() {
        return Stream.of(
                choice(Annotations.ADDRESS_TYPE, "private", "internet or intranet"),
                choice(Annotations.ADDRESS_TYPE, "Intranet", "internet or intranet"),
                choice(Annotations.NETWORK_TYPE, "overlay", "classic or vpc"),
                choice(Annotations.INSTANCE_CHARGE_TYPE, "Free", "PayByCLCU or PayBySpec"),
                choice(Annotations.CHARGE_TYPE, "PayByTraffic", "paybytraffic or paybybandwidth"),
                choice(Annotations.IP_VERSION, "6", "ipv4 or ipv6"),
                choice(Annotations.DELETE_PROTECTION, "true", "on or off"),
                choice(Annotations.MODIFICATION_PROTECTION, "on", "ConsoleProtection or NonProtection"),
                choice(Annotations.PRESERVE, "yes", "true or false"),
                choice(Annotations.SCHEDULER, "random", "rr or wrr or wlc or sch or tch or qch"),
                choice(Annotations.DRAIN, "yes", "on or off"),
                choice(Annotations.PROXY_PROTOCOL, "v2", "on or off"),
                choice(Annotations.ACL_STATUS, "enabled", "on or off"),
                choice(Annotations.CHECK_SWITCH, "no", "on or off"),
                choice(Annotations.CHECK_TYPE, "icmp", "tcp or http"),
                choice(Annotations.REMOVE_UNSCHEDULED, "true", "on or off"),
                choice(Annotations.IGNORE_WEIGHT, "true", "on or off"),
                choice(Annotations.GRACEFUL, "on", "true or false"),
                choice(Annotations.BACKEND_TYPE, "ENI", "eni or ecs"),
                choice(Annotations.EXTERNAL_IP_TYPE, "EIP", "eip"),
                beside(
                        Annotations.ACL_TYPE,
                        "grey",
                        "must be white or black, not \"grey\"" + STAYS,
                        annotations(Annotations.ACL_STATUS, "on", Annotations.ACL_ID, "acl-1")));
    }

    /// A value that would count, were it right.
    private static Arguments beside(String key, String value, String message, Map<String, String> others) {
        Map<String, String> annotations = new TreeMap<>(others);
        annotations.putAll(annotations(key, value));
        return argumentSet(key + ": " + value, annotations, key, message);
    }

    private static Arguments number(String key, String value, int least, int most, Map<String, String> others) {
        return beside(
                key,
                value,
                "must be a whole number from " + least + " to " + most + ", not \"" + value + "\"" + STAYS,
                others);
    }

    private static Arguments number(String key, String value, int least, int most) {
        return bad(
                key, value, "must be a whole number from " + least + " to " + most + ", not \"" + value + "\"" + STAYS);
    }

    static Stream<Arguments> ranges() {
        return Stream.of(
                number(Annotations.PERSISTENCE_TIMEOUT, "3601", 0, 3600),
                number(Annotations.ESTABLISHED_TIMEOUT, "9", 10, 900),
                number(Annotations.ESTABLISHED_TIMEOUT, "15m", 10, 900),
                number(Annotations.CHECK_PORT, "65536", 1, 65535),
                number(Annotations.HEALTHY, "1", 2, 10),
                number(Annotations.UNHEALTHY, "11", 2, 10),
                number(Annotations.CHECK_INTERVAL, "0", 1, 50),
                number(Annotations.CHECK_CONNECT_TIMEOUT, "301", 1, 300),
                number(Annotations.DEFAULT_WEIGHT, "101", 0, 100),
                number(Annotations.DEFAULT_WEIGHT, "-1", 0, 100),
                number(Annotations.DEFAULT_WEIGHT, "99999999999", 0, 100),
                number(Annotations.DRAIN_TIMEOUT, "9", 10, 900, annotations(Annotations.DRAIN, "on")),
                number(
                        Annotations.BANDWIDTH,
                        "5121",
                        1,
                        5120,
                        annotations(
                                Annotations.INSTANCE_CHARGE_TYPE,
                                "PayBySpec",
                                Annotations.CHARGE_TYPE,
                                "paybybandwidth")));
    }

    static Stream<Arguments> lists() {
        return Stream.of(
                bad(
                        Annotations.PROTOCOL_PORT,
                        "443",
                        "has \"443\", which should look like https:443: correct or remove it"),
                bad(
                        Annotations.PROTOCOL_PORT,
                        "quic:443",
                        "has \"quic:443\", whose protocol must be tcp, udp, http or https; until then the port keeps its"
                                + " own protocol"),
                bad(
                        Annotations.PROTOCOL_PORT,
                        "http:81",
                        "has \"http:81\", but web/shop has no port 81: correct or remove it"),
                bad(
                        Annotations.PROTOCOL_PORT,
                        "http:53",
                        "has \"http:53\", but spec.ports has 53 with another protocol; until then the port keeps its own"
                                + " protocol"),
                bad(Annotations.FORWARD_PORT, "80", "has \"80\", which should look like 80:443: correct or remove it"),
                bad(
                        Annotations.FORWARD_PORT,
                        "80:444",
                        "has \"80:444\", but web/shop has no port 444: correct or remove it"),
                bad(
                        Annotations.TAGS,
                        "team=web,cost",
                        "has \"cost\", which should look like key=value: correct or remove it"),
                bad(
                        Annotations.TAGS,
                        "acs:team=web",
                        "has \"acs:team=web\", which cannot be a tag: its key must have at most 64 characters, without"
                                + " spaces, and not begin with aliyun, acs: or plumbline.io/; its value at most 128,"
                                + " without ="),
                bad(Annotations.BACKEND_LABEL, "ingress", "must look like k1=v1,k2=v2, not \"ingress\"" + STAYS));
    }

    private static Arguments id(String key, String value, String rule) {
        return bad(key, value, "must be the id of " + rule + ", not \"" + value + "\"" + STAYS);
    }

    static Stream<Arguments> identifiers() {
        return Stream.of(
                id(Annotations.RESOURCE_GROUP, "default", "a resource group (rg-...)"),
                bad(Annotations.MASTER_ZONE, "A", "must be a zone (cn-beijing-a), not \"A\"" + STAYS),
                bad(Annotations.SLAVE_ZONE, "B", "must be a zone (cn-beijing-a), not \"B\"" + STAYS),
                bad(
                        Annotations.HOSTNAME,
                        "Shop_1.example.com",
                        "must be a host name in lower case, not \"Shop_1.example.com\"" + STAYS),
                bad(Annotations.HOSTNAME, "10.0.0.1", "must be a host name in lower case, not \"10.0.0.1\"" + STAYS),
                beside(
                        Annotations.ACL_ID,
                        "list-1",
                        "must list ids of access control lists (acl-1,acl-2), not \"list-1\"" + STAYS,
                        annotations(Annotations.ACL_STATUS, "on", Annotations.ACL_TYPE, "white")),
                bad(
                        Annotations.NAME,
                        "1shop",
                        "must have 1 to 80 letters, digits or . _ -, a letter first, not \"1shop\"" + STAYS),
                argumentSet(
                        "a vSwitch that is none",
                        annotations(Annotations.ADDRESS_TYPE, "intranet", Annotations.VSWITCH, "subnet-1"),
                        Annotations.VSWITCH,
                        "must be the id of a vSwitch (vsw-...), not \"subnet-1\"" + STAYS),
                argumentSet(
                        "an address that is none",
                        annotations(Annotations.ADDRESS_TYPE, "intranet", Annotations.ADDRESS, "ten"),
                        Annotations.ADDRESS,
                        "must be an address, not \"ten\"" + STAYS),
                argumentSet(
                        "a spec that is none",
                        annotations(Annotations.INSTANCE_CHARGE_TYPE, "PayBySpec", Annotations.SPEC, "large"),
                        Annotations.SPEC,
                        "must be slb.s1.small or slb.s2.small or slb.s2.medium or slb.s3.small or slb.s3.medium or"
                                + " slb.s3.large, not \"large\"" + STAYS),
                argumentSet(
                        "a path that is none",
                        annotations(Annotations.CHECK_TYPE, "http", Annotations.CHECK_URI, "healthz"),
                        Annotations.CHECK_URI,
                        "must begin with / and have at most 80 characters, not \"healthz\"" + STAYS),
                argumentSet(
                        "a code that is none",
                        annotations(Annotations.CHECK_TYPE, "http", Annotations.CHECK_CODE, "http_2xx,200"),
                        Annotations.CHECK_CODE,
                        "must list some of http_2xx, http_3xx, http_4xx, http_5xx, not \"200\": correct or remove it"),
                argumentSet(
                        "a domain that is none",
                        annotations(Annotations.CHECK_TYPE, "http", Annotations.CHECK_DOMAIN, "a b"),
                        Annotations.CHECK_DOMAIN,
                        "must be a host name of at most 80 characters, or $_ip, not \"a b\"" + STAYS));
    }

    private static final Map<String, String> HTTP = annotations(Annotations.PROTOCOL_PORT, "http:80");

    private static final Map<String, String> STICKY =
            annotations(Annotations.PROTOCOL_PORT, "http:80", Annotations.STICKY, "on");

    private static Arguments choice(String key, String value, String choices, Map<String, String> others) {
        return beside(key, value, "must be " + choices + ", not \"" + value + "\"" + STAYS, others);
    }

    static Stream<Arguments> ofLayer7() {
        return Stream.of(
                number(Annotations.IDLE_TIMEOUT, "61", 1, 60, HTTP),
                number(Annotations.REQUEST_TIMEOUT, "181", 1, 180, HTTP),
                number(Annotations.CHECK_TIMEOUT, "301", 1, 300, HTTP),
                choice(Annotations.CHECK_FLAG, "yes", "on or off", HTTP),
                choice(Annotations.CHECK_METHOD, "post", "head or get", HTTP),
                choice(Annotations.FORWARDED_PROTO, "true", "on or off", HTTP),
                choice(Annotations.FORWARDED_PORT, "true", "on or off", HTTP),
                choice(Annotations.FORWARDED_CLIENT_PORT, "true", "on or off", HTTP),
                choice(Annotations.STICKY, "true", "on or off", HTTP),
                choice(Annotations.STICKY_TYPE, "both", "insert or server", STICKY),
                number(Annotations.COOKIE_TIMEOUT, "86401", 1, 86400, STICKY),
                beside(
                        Annotations.COOKIE,
                        "a;b",
                        "must have 1 to 200 letters, digits or signs, without comma, semicolon or space, not \"a;b\""
                                + STAYS,
                        annotations(
                                Annotations.PROTOCOL_PORT,
                                "http:80",
                                Annotations.STICKY,
                                "on",
                                Annotations.STICKY_TYPE,
                                "server")));
    }

    private static final Map<String, String> TLS =
            annotations(Annotations.PROTOCOL_PORT, "https:443", Annotations.CERTIFICATE, "cert-1");

    static Stream<Arguments> ofTls() {
        return Stream.of(
                choice(Annotations.HTTP2, "true", "on or off", TLS),
                choice(
                        Annotations.CIPHER_POLICY,
                        "modern",
                        "tls_cipher_policy_1_0 or tls_cipher_policy_1_1 or tls_cipher_policy_1_2 or"
                                + " tls_cipher_policy_1_2_strict or tls_cipher_policy_1_2_strict_with_1_3",
                        TLS),
                beside(Annotations.CERTIFICATE, "cert 1", "must be an id, not \"cert 1\"" + STAYS, TLS),
                beside(
                        Annotations.DOMAIN_EXTENSIONS,
                        "a.example.com",
                        "has \"a.example.com\", which should look like a.example.com:id-1: correct or remove it",
                        TLS),
                beside(
                        Annotations.DOMAIN_EXTENSIONS,
                        "a.example.com:id-1,example:id-2",
                        "has \"example:id-2\", which should name a domain and the id of its certificate",
                        TLS));
    }

    private static final String HTTPS = "https:443";

    static Stream<Arguments> contradictions() {
        return Stream.of(
                argumentSet(
                        "an elastic address on a public load balancer",
                        annotations(Annotations.EXTERNAL_IP_TYPE, "eip"),
                        Annotations.EXTERNAL_IP_TYPE,
                        "has no effect on a public load balancer, which takes no elastic address: remove it, or set"
                                + " loadbalancer-address-type to intranet"),
                argumentSet(
                        "an elastic address beside a name",
                        annotations(
                                Annotations.ADDRESS_TYPE,
                                "intranet",
                                Annotations.EXTERNAL_IP_TYPE,
                                "eip",
                                Annotations.HOSTNAME,
                                "shop.example.com"),
                        Annotations.EXTERNAL_IP_TYPE,
                        "has no effect beside loadbalancer-hostname: remove one of them"),
                argumentSet(
                        "https without a certificate",
                        annotations(Annotations.PROTOCOL_PORT, HTTPS),
                        Annotations.PROTOCOL_PORT,
                        "asks for https, which needs a certificate: set loadbalancer-cert-id; until then no https"
                                + " listener is made, and one that exists keeps its own"),
                argumentSet(
                        "a cookie without a sticky session",
                        annotations(Annotations.PROTOCOL_PORT, "http:80", Annotations.COOKIE, "c"),
                        Annotations.COOKIE,
                        "has no effect without loadbalancer-sticky-session on: set that, or remove it"),
                argumentSet(
                        "a server's cookie without a name",
                        annotations(
                                Annotations.PROTOCOL_PORT,
                                "http:80",
                                Annotations.STICKY,
                                "on",
                                Annotations.STICKY_TYPE,
                                "server"),
                        Annotations.STICKY_TYPE,
                        "is server and names no cookie: set loadbalancer-cookie" + STAYS),
                argumentSet(
                        "a weight without a group",
                        annotations(Annotations.WEIGHT, "50"),
                        Annotations.WEIGHT,
                        "has no effect without loadbalancer-id and loadbalancer-vgroup-port: set both, or remove it"),
                argumentSet(
                        "groups without a load balancer",
                        annotations(Annotations.VGROUP_PORT, "rsp-a:80"),
                        Annotations.VGROUP_PORT,
                        "has no effect without loadbalancer-id: set that, or remove it"),
                argumentSet(
                        "an override without a load balancer",
                        annotations(Annotations.OVERRIDE, "true"),
                        Annotations.OVERRIDE,
                        "has no effect without loadbalancer-id: set that, or remove it"),
                argumentSet(
                        "a spec without PayBySpec",
                        annotations(Annotations.SPEC, "slb.s1.small"),
                        Annotations.SPEC,
                        "has no effect without PayBySpec: set loadbalancer-instance-charge-type to PayBySpec, or remove"
                                + " it"),
                argumentSet(
                        "bandwidth that nobody pays for",
                        annotations(Annotations.BANDWIDTH, "10"),
                        Annotations.BANDWIDTH,
                        "has no effect without paybybandwidth: set loadbalancer-charge-type to paybybandwidth, or remove"
                                + " it"),
                argumentSet(
                        "an Internet charge by bandwidth under PayByCLCU",
                        annotations(Annotations.CHARGE_TYPE, "paybybandwidth"),
                        Annotations.CHARGE_TYPE,
                        "cannot be paybybandwidth with PayByCLCU: set loadbalancer-instance-charge-type to PayBySpec, or"
                                + " remove it; until then it is paybytraffic"),
                argumentSet(
                        "an Internet charge on an internal load balancer",
                        annotations(Annotations.ADDRESS_TYPE, "intranet", Annotations.CHARGE_TYPE, "paybytraffic"),
                        Annotations.CHARGE_TYPE,
                        "has no effect on an internal load balancer: remove it"),
                argumentSet(
                        "a vSwitch for a public one",
                        annotations(Annotations.VSWITCH, "vsw-1"),
                        Annotations.VSWITCH,
                        "has no effect on a public load balancer: remove it, or set loadbalancer-address-type to"
                                + " intranet"),
                argumentSet(
                        "an access control that names no list",
                        annotations(Annotations.ACL_STATUS, "on", Annotations.ACL_TYPE, "white"),
                        Annotations.ACL_STATUS,
                        "is on, which needs loadbalancer-acl-id and loadbalancer-acl-type: set both" + STAYS),
                argumentSet(
                        "a list without access control",
                        annotations(Annotations.ACL_ID, "acl-1"),
                        Annotations.ACL_ID,
                        "has no effect without loadbalancer-acl-status on: set that, or remove it"),
                argumentSet(
                        "a time of draining without draining",
                        annotations(Annotations.DRAIN_TIMEOUT, "60"),
                        Annotations.DRAIN_TIMEOUT,
                        "has no effect without loadbalancer-connection-drain on: set that, or remove it"),
                argumentSet(
                        "a scheduler that only UDP has",
                        annotations(Annotations.SCHEDULER, "qch"),
                        Annotations.SCHEDULER,
                        "is qch, which tcp listeners do not have: until then they get rr; use one of rr, wrr, wlc, sch,"
                                + " tch"),
                argumentSet(
                        "a scheduler that http does not have",
                        annotations(Annotations.PROTOCOL_PORT, "http:80", Annotations.SCHEDULER, "wlc"),
                        Annotations.SCHEDULER,
                        "is wlc, which http listeners do not have: until then they get rr; use one of rr, wrr"),
                argumentSet(
                        "forwarding from a port that is not http",
                        annotations(Annotations.FORWARD_PORT, "80:443"),
                        Annotations.FORWARD_PORT,
                        "has \"80:443\", but needs http on 80 and https on 443: say so in loadbalancer-protocol-port"),
                argumentSet(
                        "a path for a check by tcp",
                        annotations(Annotations.CHECK_URI, "/healthz"),
                        Annotations.CHECK_URI,
                        "has no effect on a check by tcp: set loadbalancer-health-check-type to http, or remove it"),
                argumentSet(
                        "nodes for Pods",
                        annotations(Annotations.BACKEND_TYPE, "eni", Annotations.BACKEND_LABEL, "a=b"),
                        Annotations.BACKEND_LABEL,
                        "has no effect where Pods are the backends: remove it"));
    }

    static Stream<Arguments> useless() {
        return Stream.of(
                bad(Annotations.CERTIFICATE, "cert-1", "has no effect: no port of the Service is https; remove it"),
                bad(
                        Annotations.IDLE_TIMEOUT,
                        "30",
                        "has no effect: no port of the Service is http or https; remove it"));
    }

    static Stream<Arguments> unknown() {
        return Stream.of(
                bad(
                        "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-adress-type",
                        "intranet",
                        "is not a known annotation and has no effect: correct its name or remove it"),
                bad(
                        "service.beta.kubernetes.io/alicloud-loadbalancer-adress-type",
                        "intranet",
                        "is not a known annotation and has no effect: correct its name or remove it"),
                bad(
                        "plumbline.io/mode",
                        "x",
                        "is not a known annotation and has no effect: correct its name or remove it"),
                bad(
                        "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-zone-maps",
                        "a:b",
                        "is not supported. It is for a network load balancer (NLB) only. Remove the annotation."));
    }

    @Test
    void aBadValueUnderTheAliasIsToldUnderTheAlias() {
        String key = Annotations.ALIAS + Annotations.SCHEDULER;

        Interpretation reading = interpret(service(Map.of(key, "random")));

        assertThat(reading.problems()).extracting(Problem::field).containsExactly(key);
    }

    @Test
    void whoAsksForRangesAndForListsIsToldThatTheRangesCount() {
        Map<String, String> annotations = annotations(
                Annotations.BACKEND_TYPE,
                "eni",
                Annotations.ACL_STATUS,
                "on",
                Annotations.ACL_ID,
                "acl-1",
                Annotations.ACL_TYPE,
                "white");

        Interpretation reading = interpret(service(annotations, traffic("Cluster", "10.0.0.0/8")));

        assertThat(reading.problems())
                .containsExactly(new Problem(
                        SHOP,
                        Annotations.full(Annotations.ACL_STATUS),
                        "contradicts spec.loadBalancerSourceRanges, which counts: remove one of the two"));
    }

    @Test
    void aSchedulerThatIgnoresWeightsIsToldUnderLocal() {
        Interpretation reading = interpret(service(annotations(Annotations.SCHEDULER, "rr"), traffic("Local")));

        assertThat(reading.problems())
                .containsExactly(new Problem(
                        SHOP,
                        Annotations.full(Annotations.SCHEDULER),
                        "is rr, which ignores weights: with externalTrafficPolicy: Local a node weighs as many Pods as it"
                                + " has; set wrr, or remove it"));
    }

    @Test
    void whatChangesALoadBalancerHasNoEffectOnAnExistingOne() {
        Interpretation reading = Examples.read(Annotations.ID, "lb-1", Annotations.ADDRESS_TYPE, "intranet");

        assertThat(reading.problems())
                .containsExactly(new Problem(
                        SHOP,
                        Annotations.full(Annotations.ADDRESS_TYPE),
                        "has no effect on the existing load balancer that loadbalancer-id names: remove it"));
    }

    @Test
    void aBadBackendTypeReplacesNobodyByNodes() {
        assertThat(Examples.read(Annotations.BACKEND_TYPE, "ENI").backends().targets())
                .isEqualTo(Targets.PODS);
    }
}
