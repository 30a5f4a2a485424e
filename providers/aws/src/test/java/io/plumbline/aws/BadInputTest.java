package io.plumbline.aws;

import static io.plumbline.aws.Examples.SHOP;
import static io.plumbline.aws.Examples.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.plumbline.spi.Dialect.Interpretation;
import io.plumbline.spi.model.Desired.Problem;
import io.plumbline.spi.model.Setting;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every kind of bad input: one problem with its field and a message that says what to change; everything else is
/// read as ever.
class BadInputTest {
    private static final String CERTIFICATE = "arn:aws:acm:eu-central-1:123456789012:certificate/1";

    @ParameterizedTest
    @MethodSource("values")
    void aValueThatCannotBeReadIsAProblemOfItsOwn(String name, String value, String message) {
        Interpretation reading = interpret(Map.of(Annotations.BETA + name, value));

        assertThat(reading.problems()).containsExactly(new Problem(SHOP, Annotations.BETA + name, message));
        assertThat(reading.untouched()).isFalse();
        assertThat(reading.ports()).hasSize(3);
    }

    static Stream<Arguments> values() {
        return Stream.of(balancers(), members(), checks(), access()).flatMap(stream -> stream);
    }

    private static Stream<Arguments> balancers() {
        return Stream.of(
                argumentSet(
                        "an unknown type",
                        Annotations.TYPE,
                        "classic",
                        "must be external or nlb-ip or nlb, not \"classic\"; until then it has no effect"),
                argumentSet(
                        "an unknown scheme",
                        Annotations.SCHEME,
                        "public",
                        "must be internal or internet-facing, not \"public\"; until then a load balancer that exists"
                                + " stays as it is, and a new one is internal"),
                argumentSet(
                        "a boolean that is none",
                        Annotations.INTERNAL,
                        "yes",
                        "must be \"true\" or \"false\", not \"yes\"; until then a load balancer that exists stays as it"
                                + " is, and a new one is internal"),
                argumentSet(
                        "a name that is too long",
                        Annotations.NAME,
                        "n".repeat(33),
                        "must have 1 to 32 letters, digits and hyphens, with no hyphen at its ends and not begin with"
                                + " internal-, not \"" + "n".repeat(33) + "\"; until then the name is ours"),
                argumentSet(
                        "an empty list",
                        Annotations.SUBNETS,
                        " , ",
                        "must be a list of ids (subnet-...) and names of subnets without =, not \",\"; until then"
                                + " subnets stay as they are, and are found by their tags for a new load balancer"),
                argumentSet(
                        "an unknown kind of address",
                        Annotations.IP_ADDRESS_TYPE,
                        "ipv6",
                        "must be ipv4 or dualstack, not \"ipv6\"; until then it stays as it is"),
                argumentSet(
                        "addresses of the other scheme",
                        Annotations.EIPS,
                        "eipalloc-1",
                        "has an effect on an internet-facing load balancer only: remove the annotation"),
                argumentSet(
                        "what is no address",
                        Annotations.PRIVATE_ADDRESSES,
                        "ten",
                        "must be a list of IPv4 addresses, not \"ten\"; until then AWS chooses"),
                argumentSet(
                        "addresses of a family that it has not",
                        Annotations.IPV6_ADDRESSES,
                        "2001:db8::1",
                        "has an effect on a dual-stack load balancer only: remove the annotation"),
                argumentSet(
                        "a list that is none",
                        Annotations.ATTRIBUTES,
                        "cross-zone",
                        "must be a list like key=value,key=value, not \"cross-zone\"; until then attributes stay as they"
                                + " are"),
                argumentSet(
                        "a value that an attribute does not take",
                        Annotations.ATTRIBUTES,
                        "load_balancing.cross_zone.enabled=on",
                        "load_balancing.cross_zone.enabled must be true or false, not \"on\"; until then it stays as it"
                                + " is"),
                argumentSet(
                        "an unknown attribute",
                        Annotations.ATTRIBUTES,
                        "idle_timeout.timeout_seconds=60",
                        "has an unknown attribute \"idle_timeout.timeout_seconds\", which has no effect; known are "
                                + String.join(", ", LoadBalancerAttributes.RULES.keySet())),
                argumentSet(
                        "an attribute that is neither of three",
                        Annotations.ATTRIBUTES,
                        "dns_record.client_routing_policy=nearest",
                        "dns_record.client_routing_policy must be any_availability_zone or availability_zone_affinity or"
                                + " partial_availability_zone_affinity, not \"nearest\"; until then it stays as it"
                                + " is"),
                argumentSet(
                        "a switch of logs that is none",
                        Annotations.LOG_ENABLED,
                        "yes",
                        "must be true or false, not \"yes\"; until then it stays as it is"),
                argumentSet(
                        "what is no bucket",
                        Annotations.LOG_BUCKET,
                        "s3://logs",
                        "must be the name of a bucket, not \"s3://logs\"; until then it stays as it is"),
                argumentSet(
                        "what is no prefix of a bucket",
                        Annotations.LOG_PREFIX,
                        "/logs",
                        "must be a path that does not begin with /, not \"/logs\"; until then it stays as it is"),
                argumentSet(
                        "a deprecated key with a wrong value",
                        Annotations.CROSS_ZONE,
                        "on",
                        "must be true or false, not \"on\"; until then it stays as it is"),
                argumentSet(
                        "tags that are ours",
                        Annotations.TAGS,
                        "plumbline.io/cluster=x",
                        "must have keys of 1 to 128 characters that begin neither with aws: nor with plumbline.io/,"
                                + " together not more than 256, and values of up to 256; until then tags stay as they"
                                + " are"));
    }

    private static Stream<Arguments> members() {
        return Stream.of(
                argumentSet(
                        "unknown targets",
                        Annotations.TARGET_TYPE,
                        "pods",
                        "must be instance or ip, not \"pods\"; until then targets are Pods"),
                argumentSet(
                        "labels that are none",
                        Annotations.NODE_LABELS,
                        "a in (b)",
                        "must be a list of labels like key=value,key=value, not \"a in (b)\"; until then the targets"
                                + " stay as they are"),
                argumentSet(
                        "proxy protocol for some",
                        Annotations.PROXY_PROTOCOL,
                        "80",
                        "must be *, not \"80\"; until then it is off"),
                argumentSet(
                        "a port that does not exist",
                        Annotations.PROXY_PROTOCOL_PORTS,
                        "81",
                        "names port \"81\", which web/shop does not have: add that port to the Service or remove this"
                                + " entry"),
                argumentSet(
                        "another boolean",
                        Annotations.TCP_UDP,
                        "1",
                        "must be \"true\" or \"false\", not \"1\"; until then TCP and UDP share no listener"),
                argumentSet(
                        "a target group's attribute out of range",
                        Annotations.GROUP_ATTRIBUTES,
                        "deregistration_delay.timeout_seconds=3601",
                        "deregistration_delay.timeout_seconds must be a whole number from 0 to 3600, not \"3601\"; until"
                                + " then it stays as it is"),
                argumentSet(
                        "an unknown attribute of target groups",
                        Annotations.GROUP_ATTRIBUTES + ".80",
                        "slow_start.duration_seconds=30",
                        "has an unknown attribute \"slow_start.duration_seconds\", which has no effect; known are "
                                + String.join(", ", TargetGroupAttributes.RULES.keySet())),
                argumentSet(
                        "a share that is neither a number nor off",
                        Annotations.GROUP_ATTRIBUTES,
                        "target_group_health.dns_failover.minimum_healthy_targets.percentage=101",
                        "target_group_health.dns_failover.minimum_healthy_targets.percentage must be off or a whole"
                                + " number from 1 to 100, not \"101\"; until then it stays as it is"),
                argumentSet(
                        "an unknown attribute of a listener",
                        Annotations.LISTENER_ATTRIBUTES + "TCP-80",
                        "tcp.keepalive=60",
                        "has an unknown attribute \"tcp.keepalive\", which has no effect; known are"
                                + " tcp.idle_timeout.seconds"),
                argumentSet(
                        "attributes of a port that does not exist",
                        Annotations.GROUP_ATTRIBUTES + ".81",
                        "stickiness.enabled=true",
                        "must end in a port of the Service: correct its name or remove it"),
                argumentSet(
                        "attributes of a listener that does not exist",
                        Annotations.LISTENER_ATTRIBUTES + "TCP-81",
                        "tcp.idle_timeout.seconds=60",
                        "must end in a listener of the Service, its protocol (TCP, TLS, UDP, TCP_UDP) and port like"
                                + " TCP-80: correct its name or remove it"),
                argumentSet(
                        "an idle timeout out of range",
                        Annotations.LISTENER_ATTRIBUTES + "TCP-80",
                        "tcp.idle_timeout.seconds=59",
                        "tcp.idle_timeout.seconds must be a whole number from 60 to 6000, not \"59\"; until then it"
                                + " stays as it is"),
                argumentSet(
                        "no ARN",
                        Annotations.CERTIFICATES,
                        "my-certificate",
                        "must be a list of ARNs of ACM or IAM certificates, not \"my-certificate\"; until then TLS ports"
                                + " are not opened, and those that are stay as they are"),
                argumentSet(
                        "TLS without a certificate",
                        Annotations.TLS_PORTS,
                        "443",
                        "asks for TLS without a certificate: name one in service.beta.kubernetes.io/aws-load-balancer-"
                                + "ssl-cert; until then these ports are not opened, and those that are stay as they"
                                + " are"),
                argumentSet(
                        "no policy",
                        Annotations.TLS_POLICY,
                        "strong",
                        "must be the name of a policy (ELBSecurityPolicy-...), not \"strong\"; until then it stays as it"
                                + " is"),
                argumentSet(
                        "an unknown protocol behind",
                        Annotations.BACKEND_PROTOCOL,
                        "http",
                        "must be ssl or tcp, not \"http\"; until then it stays as it is"),
                argumentSet(
                        "an unknown ALPN policy",
                        Annotations.ALPN,
                        "h2",
                        "must be None or HTTP1Only or HTTP2Only or HTTP2Optional or HTTP2Preferred, not \"h2\"; until"
                                + " then it stays as it is"));
    }

    private static Stream<Arguments> checks() {
        return Stream.of(
                argumentSet(
                        "an unknown protocol",
                        Annotations.CHECK_PROTOCOL,
                        "grpc",
                        "must be tcp or http or https, not \"grpc\"; until then it stays as it is"),
                argumentSet(
                        "an unknown port",
                        Annotations.CHECK_PORT,
                        "admin",
                        "must be traffic-port, a number from 1 to 65535, or the name of a port of the Service whose"
                                + " target port is a number, not \"admin\"; until then it stays as it is"),
                argumentSet(
                        "a path that is none",
                        Annotations.CHECK_PATH,
                        "healthz",
                        "must begin with / and have at most 1024 characters, not \"healthz\"; until then it stays as it"
                                + " is"),
                argumentSet(
                        "codes that are none",
                        Annotations.CHECK_CODES,
                        "2xx",
                        "must be HTTP codes from 200 to 599 like 200, 200,301 or 200-399, not \"2xx\"; until then it"
                                + " stays as it is"),
                argumentSet(
                        "a number out of range",
                        Annotations.CHECK_HEALTHY,
                        "1",
                        "must be a whole number from 2 to 10, not \"1\"; until then it stays as it is"),
                argumentSet(
                        "a number that is none",
                        Annotations.CHECK_UNHEALTHY,
                        "three",
                        "must be a whole number from 2 to 10, not \"three\"; until then it stays as it is"),
                argumentSet(
                        "an interval out of range",
                        Annotations.CHECK_INTERVAL,
                        "4",
                        "must be a whole number from 5 to 300, not \"4\"; until then it stays as it is"),
                argumentSet(
                        "a timeout longer than the interval",
                        Annotations.CHECK_TIMEOUT,
                        "11",
                        "must not be more than the interval (10); until then it is 10"));
    }

    private static Stream<Arguments> access() {
        return Stream.of(
                argumentSet(
                        "what is no range",
                        Annotations.SOURCE_RANGES,
                        "10.0.0.0/33",
                        "must be a list of address ranges like 10.0.0.0/8, not \"10.0.0.0/33\"; until then nobody can"
                                + " connect"),
                argumentSet(
                        "no prefix list",
                        Annotations.PREFIX_LISTS,
                        "cloudfront",
                        "must be a list of ids like pl-0a1b2c3d, not \"cloudfront\"; until then none has access by a"
                                + " prefix list"),
                argumentSet(
                        "no security group",
                        Annotations.SECURITY_GROUPS,
                        "web",
                        "must be a list of ids like sg-0a1b2c3d, not \"web\"; until then security groups stay as they"
                                + " are"),
                argumentSet(
                        "a switch that is none",
                        Annotations.PRIVATE_LINK,
                        "true",
                        "must be on or off, not \"true\"; until then it stays as it is"),
                argumentSet(
                        "another switch",
                        Annotations.ICMP,
                        "yes",
                        "must be on or off, not \"yes\"; until then it is off"),
                argumentSet(
                        "a boolean of rules",
                        Annotations.MANAGE_RULES,
                        "no",
                        "must be \"true\" or \"false\", not \"no\"; until then it is true"),
                argumentSet(
                        "a boolean of groups",
                        Annotations.NO_GROUPS,
                        "no",
                        "must be \"true\" or \"false\", not \"no\"; until then the load balancer has security groups"),
                argumentSet(
                        "a key that comes later",
                        "aws-load-balancer-quic-enabled-ports",
                        "443",
                        "is not supported yet. UDP ports stay UDP. Remove the annotation."),
                argumentSet(
                        "a key of Classic Load Balancers",
                        "aws-load-balancer-connection-draining-timeout",
                        "60",
                        "is for a Classic Load Balancer and has no effect. Set deregistration_delay.timeout_seconds in"
                                + " aws-load-balancer-target-group-attributes. Remove the annotation."),
                argumentSet(
                        "an unknown key",
                        "aws-load-balancer-schema",
                        "internal",
                        "is not a known annotation and has no effect: correct its name or remove it"));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void whatContradictsSomethingElseIsSaid(Map<String, String> annotations, String name, String message) {
        Map<String, String> written = new TreeMap<>();
        annotations.forEach((key, value) -> written.put(Annotations.BETA + key, value));

        assertThat(interpret(written).problems()).containsExactly(new Problem(SHOP, Annotations.BETA + name, message));
    }

    static Stream<Arguments> contradictions() {
        return Stream.of(
                argumentSet(
                        "sources and security groups of one's own",
                        Map.of(Annotations.SECURITY_GROUPS, "sg-1", Annotations.SOURCE_RANGES, "10.0.0.0/8"),
                        Annotations.SOURCE_RANGES,
                        "has no effect where the load balancer has no security group of ours: remove it, or"
                                + " aws-load-balancer-security-groups and aws-load-balancer-disable-nlb-sg"),
                argumentSet(
                        "no groups and groups",
                        Map.of(Annotations.SECURITY_GROUPS, "sg-1", Annotations.NO_GROUPS, "true"),
                        Annotations.SECURITY_GROUPS,
                        "has no effect together with aws-load-balancer-disable-nlb-sg: remove one of the two"),
                argumentSet(
                        "two addresses for one subnet",
                        Map.of(
                                Annotations.SCHEME,
                                "internet-facing",
                                Annotations.SUBNETS,
                                "subnet-1",
                                Annotations.EIPS,
                                "eipalloc-1,eipalloc-2"),
                        Annotations.EIPS,
                        "names 2 addresses for 1 subnets: name one for each; until then AWS chooses"),
                argumentSet(
                        "a TLS port that does not exist",
                        Map.of(Annotations.CERTIFICATES, CERTIFICATE, Annotations.TLS_PORTS, "8443"),
                        Annotations.TLS_PORTS,
                        "names port \"8443\", which web/shop does not have: add that port to the Service or remove this"
                                + " entry"));
    }

    @Test
    void datagramsAlwaysShowTheClientsAddress() {
        Interpretation reading =
                interpret(Map.of(Annotations.BETA + Annotations.GROUP_ATTRIBUTES, "preserve_client_ip.enabled=false"));

        assertThat(reading.problems())
                .containsExactly(new Problem(
                        SHOP,
                        "spec.ports[2]",
                        "a UDP port always sees the client's address: preserve_client_ip.enabled=false has no effect on"
                                + " it; set it for the other ports in " + Annotations.BETA
                                + Annotations.GROUP_ATTRIBUTES + ".<port>"));
        assertThat(preserves(reading, 0)).isEqualTo(Setting.managed("false"));
        assertThat(preserves(reading, 2)).isEqualTo(Setting.unmanaged());
    }

    private static Setting<String> preserves(Interpretation reading, int port) {
        return AwsPoolOptions.of(reading.ports().get(port).poolOptions())
                .attributes()
                .preserveClientIp();
    }

    /// The list of attributes wins over the old keys.
    @Test
    void oldKeysOfAttributesAreRead() {
        Interpretation reading = interpret(Map.of(
                Annotations.BETA + Annotations.CROSS_ZONE, "true",
                Annotations.BETA + Annotations.LOG_ENABLED, "true",
                Annotations.BETA + Annotations.LOG_BUCKET, "logs",
                Annotations.BETA + Annotations.LOG_PREFIX, "shop",
                Annotations.BETA + Annotations.ATTRIBUTES, "load_balancing.cross_zone.enabled=false"));

        LoadBalancerAttributes attributes =
                AwsLoadBalancerOptions.of(reading.wishes().options()).attributes();

        assertThat(reading.problems()).isEmpty();
        assertThat(attributes.managed())
                .containsEntry("load_balancing.cross_zone.enabled", "false")
                .containsEntry("access_logs.s3.enabled", "true")
                .containsEntry("access_logs.s3.bucket", "logs")
                .containsEntry("access_logs.s3.prefix", "shop");
    }

    private static Interpretation interpret(Map<String, String> annotations) {
        return new AwsDialect().interpret(service(annotations), List.of(), true);
    }
}
