package io.plumbline.aws;

import io.plumbline.aws.Annotation.Support;
import io.plumbline.aws.Annotation.WhenChanged;
import io.plumbline.spi.CoreAnnotations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Every annotation of a Service that this cloud's users know, with what becomes of it.
///
/// Keys, values and defaults are those of the AWS Load Balancer Controller
/// (https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/). Each may be
/// written under either prefix; the first wins.
final class Annotations {
    static final String BETA = "service.beta.kubernetes.io/";
    static final String STABLE = "service.kubernetes.io/";
    static final String OURS = CoreAnnotations.PREFIX;
    private static final String AWS = "aws-load-balancer-";

    static final String TYPE = AWS + "type";
    static final String TARGET_TYPE = AWS + "nlb-target-type";
    static final String SCHEME = AWS + "scheme";
    static final String INTERNAL = AWS + "internal";
    static final String NAME = AWS + "name";
    static final String SUBNETS = AWS + "subnets";
    static final String IP_ADDRESS_TYPE = AWS + "ip-address-type";
    static final String EIPS = AWS + "eip-allocations";
    static final String PRIVATE_ADDRESSES = AWS + "private-ipv4-addresses";
    static final String IPV6_ADDRESSES = AWS + "ipv6-addresses";
    static final String NODE_LABELS = AWS + "target-node-labels";
    static final String ATTRIBUTES = AWS + "attributes";
    static final String GROUP_ATTRIBUTES = AWS + "target-group-attributes";
    static final String LISTENER_ATTRIBUTES = AWS + "listener-attributes.";
    static final String CROSS_ZONE = AWS + "cross-zone-load-balancing-enabled";
    static final String LOG_ENABLED = AWS + "access-log-enabled";
    static final String LOG_BUCKET = AWS + "access-log-s3-bucket-name";
    static final String LOG_PREFIX = AWS + "access-log-s3-bucket-prefix";
    static final String CHECK_PROTOCOL = AWS + "healthcheck-protocol";
    static final String CHECK_PORT = AWS + "healthcheck-port";
    static final String CHECK_PATH = AWS + "healthcheck-path";
    static final String CHECK_HEALTHY = AWS + "healthcheck-healthy-threshold";
    static final String CHECK_UNHEALTHY = AWS + "healthcheck-unhealthy-threshold";
    static final String CHECK_TIMEOUT = AWS + "healthcheck-timeout";
    static final String CHECK_INTERVAL = AWS + "healthcheck-interval";
    static final String CHECK_CODES = AWS + "healthcheck-success-codes";
    static final String CERTIFICATES = AWS + "ssl-cert";
    static final String TLS_PORTS = AWS + "ssl-ports";
    static final String TLS_POLICY = AWS + "ssl-negotiation-policy";
    static final String BACKEND_PROTOCOL = AWS + "backend-protocol";
    static final String ALPN = AWS + "alpn-policy";
    static final String PROXY_PROTOCOL = AWS + "proxy-protocol";
    static final String PROXY_PROTOCOL_PORTS = AWS + "proxy-protocol-per-target-group";
    static final String SOURCE_RANGES = "load-balancer-source-ranges";
    static final String PREFIX_LISTS = AWS + "security-group-prefix-lists";
    static final String SECURITY_GROUPS = AWS + "security-groups";
    static final String MANAGE_RULES = AWS + "manage-backend-security-group-rules";
    static final String NO_GROUPS = AWS + "disable-nlb-sg";
    static final String PRIVATE_LINK = AWS + "inbound-sg-rules-on-private-link-traffic";
    static final String ICMP = AWS + "enable-icmp-for-path-mtu-discovery";
    static final String TAGS = AWS + "additional-resource-tags";
    static final String TCP_UDP = AWS + "enable-tcp-udp-listener";
    static final String WRITTEN_ID = OURS + "aws-load-balancer-arn";

    private static final String BOOLEAN = "`\"true\"` or `\"false\"`";
    private static final String STAYS = "it stays as it is at the cloud";

    /// In the order of the user guide.
    static final List<Annotation> ALL = all();

    private Annotations() {}

    /// The row of a full key.
    static Optional<Annotation> of(String key) {
        return ALL.stream().filter(row -> matches(row.key(), key)).findFirst();
    }

    private static boolean matches(String row, String key) {
        if (row.startsWith(OURS)) {
            return row.equals(key);
        }
        return Stream.of(BETA, STABLE)
                .anyMatch(prefix -> row.endsWith(".") ? key.startsWith(prefix + row) : key.equals(prefix + row));
    }

    /// Whether a key looks like one of ours or of this cloud. Kubernetes' own keys share a prefix with some of them
    /// and are nobody's mistake.
    static boolean claimsToBeOurs(String key) {
        return key.startsWith(BETA + AWS) || key.startsWith(STABLE + AWS) || key.startsWith(OURS);
    }

    private static List<Annotation> all() {
        List<Annotation> all = new ArrayList<>();
        all.addAll(balancer());
        all.addAll(members());
        all.addAll(healthChecks());
        all.addAll(tls());
        all.addAll(attributes());
        all.addAll(access());
        all.addAll(ours());
        all.addAll(later());
        all.addAll(classic());
        all.addAll(readOnly());
        return List.copyOf(all);
    }

    private static List<Annotation> balancer() {
        return List.of(
                carriedOut(
                        TYPE,
                        "`external`, `nlb-ip` or `nlb`",
                        "`external`",
                        "What it is for other controllers: whether a Service is ours is said by its class. `nlb-ip` has "
                                + "Pods for targets, the others nodes, unless `aws-load-balancer-nlb-target-type` says "
                                + "so."),
                new Annotation(
                        SCHEME,
                        Support.SUPPORTED,
                        "`internal` or `internet-facing`",
                        WhenChanged.REPLACES,
                        "`internal`",
                        "Who can reach the load balancer."),
                new Annotation(
                        INTERNAL,
                        Support.SUPPORTED,
                        BOOLEAN,
                        WhenChanged.REPLACES,
                        "-",
                        "The same under its old name; `aws-load-balancer-scheme` wins."),
                refused(
                        NAME,
                        "1 to 32 letters, digits and hyphens",
                        "a name made of our mark",
                        "The load balancer's name."),
                carriedOut(
                        SUBNETS,
                        "ids and names of subnets, separated by commas",
                        "found by their role tags, else by their routes",
                        "Where the load balancer stands: one subnet in each zone. Names are those of tag `Name`."),
                carriedOut(
                        IP_ADDRESS_TYPE,
                        "`ipv4` or `dualstack`",
                        "`ipv4`",
                        "Addresses that clients use. With `dualstack` targets have addresses of the Service's first family, "
                                + "else IPv4."),
                refused(EIPS, "`eipalloc-...`, one for each subnet", "AWS's own addresses", "Elastic IP addresses."),
                refused(
                        PRIVATE_ADDRESSES,
                        "IPv4 addresses, one for each subnet",
                        "chosen by AWS",
                        "Addresses of an internal load balancer."),
                refused(
                        IPV6_ADDRESSES,
                        "IPv6 addresses, one for each subnet",
                        "chosen by AWS",
                        "Addresses of a dual-stack load balancer."),
                carriedOut(
                        TAGS,
                        "`key=value`, separated by commas",
                        "none",
                        "Tags beside our own, on the load balancer and its target groups; on security groups and "
                                + "listeners when they are made."));
    }

    private static List<Annotation> members() {
        return List.of(
                carriedOut(
                        TARGET_TYPE,
                        "`instance` or `ip`",
                        "`instance`",
                        "Nodes, or Pods, are the targets. A change is carried out without a gap: each kind has a target "
                                + "group of its own, and the new one takes the traffic when it is healthy."),
                carriedOut(NODE_LABELS, "`key=value`, separated by commas", "all nodes", "Which nodes are targets."),
                carriedOut(
                        PROXY_PROTOCOL,
                        "`*`",
                        "off",
                        "Proxy protocol v2 on all target groups; a target that does not expect it fails."),
                carriedOut(
                        PROXY_PROTOCOL_PORTS,
                        "ports, separated by commas",
                        "off",
                        "Proxy protocol v2 on the target groups of these ports of the Service."),
                carriedOut(
                        TCP_UDP,
                        BOOLEAN,
                        "`\"false\"`",
                        "TCP and UDP of one port number share one listener. Without it such a port is served for TCP "
                                + "only: AWS has no two listeners on one number."));
    }

    private static List<Annotation> healthChecks() {
        return List.of(
                carriedOut(
                        CHECK_PROTOCOL,
                        "`tcp`, `http` or `https`",
                        "`tcp`; `http` with externalTrafficPolicy Local and nodes",
                        "What a probe is."),
                carriedOut(
                        CHECK_PORT,
                        "`traffic-port`, a number, or the name of a port of the Service",
                        "`traffic-port`; the healthCheckNodePort with Local and nodes",
                        "Where it goes."),
                carriedOut(CHECK_PATH, "begins with `/`", "`/`; `/healthz` with Local and nodes", "For HTTP(S)."),
                carriedOut(CHECK_CODES, "`200`, `200,301` or `200-399`", "`200-399`", "Codes that pass, for HTTP(S)."),
                carriedOut(CHECK_HEALTHY, "2 to 10", "3; 2 with Local and nodes", "Probes in a row that must pass."),
                carriedOut(CHECK_UNHEALTHY, "2 to 10", "3; 2 with Local and nodes", "Probes in a row that must fail."),
                carriedOut(
                        CHECK_INTERVAL,
                        "5 to 300 s",
                        "10 s",
                        "From one probe to the next. Two of them pass before a new target serves at the earliest."),
                carriedOut(
                        CHECK_TIMEOUT,
                        "2 to 120 s, not more than the interval",
                        "10 s; 6 s with Local and nodes; the interval where that is less",
                        "How long a probe waits."));
    }

    private static List<Annotation> tls() {
        return List.of(
                carriedOut(
                        CERTIFICATES,
                        "ARNs of ACM or IAM certificates, separated by commas",
                        "none: the ports are TCP",
                        "TLS ends at the load balancer. The first certificate is the default one, the others are "
                                + "chosen by name (SNI)."),
                carriedOut(
                        TLS_PORTS,
                        "`*`, or ports by number or name, separated by commas",
                        "all TCP ports, where there is a certificate",
                        "Which ports end TLS."),
                carriedOut(
                        TLS_POLICY, "`ELBSecurityPolicy-...`", "`ELBSecurityPolicy-2016-08`", "Ciphers and versions."),
                refused(BACKEND_PROTOCOL, "`ssl` or `tcp`", "`tcp`", "Behind a TLS port: TLS once more, or plain TCP."),
                carriedOut(
                        ALPN,
                        "`None`, `HTTP1Only`, `HTTP2Only`, `HTTP2Optional` or `HTTP2Preferred`",
                        "`None`",
                        "What a TLS port offers."));
    }

    private static List<Annotation> attributes() {
        return List.of(
                carriedOut(
                        ATTRIBUTES,
                        "`key=value`, separated by commas",
                        STAYS,
                        "Attributes of the load balancer, for example `load_balancing.cross_zone.enabled=true`. "
                                + "`deletion_protection.enabled=true` set here is lifted when the Service is deleted; "
                                + "set at the cloud it is honoured."),
                carriedOut(
                        GROUP_ATTRIBUTES,
                        "`key=value`, separated by commas",
                        STAYS,
                        "Attributes of all target groups, for example `deregistration_delay.timeout_seconds=60`."),
                carriedOut(
                        GROUP_ATTRIBUTES + ".",
                        "`key=value`, separated by commas; the key ends in `.<port>`",
                        STAYS,
                        "The same for the port of the Service that ends the key; it wins."),
                carriedOut(
                        LISTENER_ATTRIBUTES,
                        "`tcp.idle_timeout.seconds=60` to `6000`; the key ends in `<protocol>-<port>`",
                        STAYS,
                        "Attributes of one listener: `listener-attributes.TCP-80`."),
                carriedOut(CROSS_ZONE, BOOLEAN, STAYS, "Deprecated; `aws-load-balancer-attributes` wins."),
                carriedOut(LOG_ENABLED, BOOLEAN, STAYS, "Deprecated; `aws-load-balancer-attributes` wins."),
                carriedOut(LOG_BUCKET, "name of a bucket", STAYS, "Deprecated; `aws-load-balancer-attributes` wins."),
                carriedOut(LOG_PREFIX, "path", STAYS, "Deprecated; `aws-load-balancer-attributes` wins."));
    }

    private static List<Annotation> access() {
        return List.of(
                carriedOut(
                        SOURCE_RANGES,
                        "CIDRs, separated by commas",
                        "everybody",
                        "Who may connect, by the load balancer's own security group. `spec.loadBalancerSourceRanges` "
                                + "wins."),
                carriedOut(PREFIX_LISTS, "`pl-...`, separated by commas", "none", "Managed prefix lists that may."),
                carriedOut(
                        ICMP,
                        "`on` or `off`",
                        "`off`",
                        "Whoever may connect may also send the ICMP messages of path MTU discovery."),
                carriedOut(
                        SECURITY_GROUPS,
                        "`sg-...`, separated by commas",
                        "one of our own",
                        "The load balancer's security groups are yours; source ranges and prefix lists have no effect "
                                + "then."),
                carriedOut(
                        MANAGE_RULES,
                        BOOLEAN,
                        "`\"true\"`; `\"false\"` with security groups of your own",
                        "The targets' security groups let the load balancer in, through a security group that all load "
                                + "balancers of the cluster share."),
                refused(NO_GROUPS, BOOLEAN, "`\"false\"`", "The load balancer has no security group at all."),
                carriedOut(
                        PRIVATE_LINK, "`on` or `off`", STAYS, "Whether the rules also count for PrivateLink traffic."));
    }

    private static List<Annotation> ours() {
        return List.of(
                carriedOut(
                        OURS + "replace", "`allow`", "no", "Consent to a new load balancer where a change needs one."),
                carriedOut(
                        OURS + "pre-stop-sleep-seconds",
                        "seconds",
                        "none",
                        "How long a container outlives its registration; on a namespace or in a Pod template. AWS sends "
                                + "new connections to a deregistered address for up to 120 s."),
                later(
                        OURS + "abandon",
                        "Nothing is left behind. To keep the load balancer, protect it from deletion at the cloud "
                                + "before the Service is deleted."));
    }

    private static List<Annotation> classic() {
        String delay = "Set deregistration_delay.timeout_seconds in " + GROUP_ATTRIBUTES + ".";
        return List.of(
                classic(AWS + "connection-draining-enabled", delay),
                classic(AWS + "connection-draining-timeout", delay),
                classic(
                        AWS + "connection-idle-timeout",
                        "Set tcp.idle_timeout.seconds in " + LISTENER_ATTRIBUTES + "(protocol)-(port)."),
                classic(AWS + "access-log-emit-interval", "How often logs are written cannot be set."),
                classic(AWS + "extra-security-groups", "Name all security groups in " + SECURITY_GROUPS + "."));
    }

    private static Annotation classic(String key, String instead) {
        return new Annotation(key, Support.CLASSIC, "-", WhenChanged.NONE, "-", instead);
    }

    private static List<Annotation> later() {
        return List.of(
                later(AWS + "multi-cluster-target-group", "Each cluster has target groups of its own."),
                later(
                        AWS + "enable-prefix-for-ipv6-source-nat",
                        "AWS refuses UDP ports of a dual-stack load balancer."),
                later(AWS + "source-nat-ipv6-prefixes", "No prefix is assigned."),
                later(AWS + "minimum-load-balancer-capacity", "No capacity is reserved; reserve it at the cloud."),
                later(AWS + "quic-enabled-ports", "UDP ports stay UDP."),
                later("actions.", "Each port leads to the Service's own targets."));
    }

    private static List<Annotation> readOnly() {
        return Stream.concat(
                        CoreAnnotations.WRITTEN.stream(),
                        Stream.of(new CoreAnnotations.Written(
                                WRITTEN_ID, "The load balancer's ARN. Written, never trusted.")))
                .map(one -> new Annotation(one.key(), Support.READ_ONLY, "-", WhenChanged.NONE, "-", one.meaning()))
                .toList();
    }

    private static Annotation carriedOut(String key, String values, String absent, String meaning) {
        return new Annotation(key, Support.SUPPORTED, values, WhenChanged.CARRIED_OUT, absent, meaning);
    }

    private static Annotation refused(String key, String values, String absent, String meaning) {
        return new Annotation(key, Support.SUPPORTED, values, WhenChanged.REFUSED, absent, meaning);
    }

    private static Annotation later(String key, String instead) {
        return new Annotation(key, Support.LATER, "-", WhenChanged.NONE, "-", instead);
    }
}
