package io.plumbline.aliyun;

import io.plumbline.aliyun.Annotation.Support;
import io.plumbline.aliyun.Annotation.WhenChanged;
import io.plumbline.spi.CoreAnnotations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Every annotation of a Service that this cloud's users know, with what becomes of it.
///
/// Keys, values and defaults are those of cloud-provider-alibaba-cloud (v2.14,
/// https://help.aliyun.com/zh/ack/ack-managed-and-ack-dedicated/user-guide/add-annotations-to-the-yaml-file-of-a-service-to-configure-clb-instances).
/// Unlike there a value is checked before it is sent, and a setting whose annotation is removed goes
/// back to what counts without it.
final class Annotations {
    static final String KUBERNETES = "service.beta.kubernetes.io/";

    /// Each key under it is known under [#ALIAS] too, which counts where the first is absent.
    static final String PREFIX = KUBERNETES + "alibaba-cloud-";

    static final String ALIAS = KUBERNETES + "alicloud-";
    static final String OURS = CoreAnnotations.PREFIX;

    /// Those that have no alias.
    static final String CLASS = KUBERNETES + "class";

    static final String BACKEND_TYPE = KUBERNETES + "backend-type";
    static final String LOAD_BALANCER_ID = OURS + "load-balancer-id";

    /// What follows a prefix.
    static final String ID = "loadbalancer-id";

    static final String OVERRIDE = "loadbalancer-force-override-listeners";
    static final String ADDRESS_TYPE = "loadbalancer-address-type";
    static final String NETWORK_TYPE = "loadbalancer-network-type";
    static final String VSWITCH = "loadbalancer-vswitch-id";
    static final String SPEC = "loadbalancer-spec";
    static final String INSTANCE_CHARGE_TYPE = "loadbalancer-instance-charge-type";
    static final String CHARGE_TYPE = "loadbalancer-charge-type";
    static final String BANDWIDTH = "loadbalancer-bandwidth";
    static final String MASTER_ZONE = "loadbalancer-master-zoneid";
    static final String SLAVE_ZONE = "loadbalancer-slave-zoneid";
    static final String RESOURCE_GROUP = "loadbalancer-resource-group-id";
    static final String NAME = "loadbalancer-name";
    static final String IP_VERSION = "loadbalancer-ip-version";
    static final String ADDRESS = "loadbalancer-ip";
    static final String DELETE_PROTECTION = "loadbalancer-delete-protection";
    static final String MODIFICATION_PROTECTION = "loadbalancer-modification-protection";
    static final String TAGS = "loadbalancer-additional-resource-tags";
    static final String EXTERNAL_IP_TYPE = "loadbalancer-external-ip-type";
    static final String HOSTNAME = "loadbalancer-hostname";
    static final String PRESERVE = "loadbalancer-preserve-lb-on-delete";

    static final String PROTOCOL_PORT = "loadbalancer-protocol-port";
    static final String CERTIFICATE = "loadbalancer-cert-id";
    static final String DOMAIN_EXTENSIONS = "loadbalancer-domain-extensions";
    static final String CIPHER_POLICY = "loadbalancer-tls-cipher-policy";
    static final String HTTP2 = "loadbalancer-http2-enabled";
    static final String FORWARD_PORT = "loadbalancer-forward-port";
    static final String SCHEDULER = "loadbalancer-scheduler";
    static final String PERSISTENCE_TIMEOUT = "loadbalancer-persistence-timeout";
    static final String ESTABLISHED_TIMEOUT = "loadbalancer-established-timeout";
    static final String IDLE_TIMEOUT = "loadbalancer-idle-timeout";
    static final String REQUEST_TIMEOUT = "loadbalancer-request-timeout";
    static final String STICKY = "loadbalancer-sticky-session";
    static final String STICKY_TYPE = "loadbalancer-sticky-session-type";
    static final String COOKIE = "loadbalancer-cookie";
    static final String COOKIE_TIMEOUT = "loadbalancer-cookie-timeout";
    static final String DRAIN = "loadbalancer-connection-drain";
    static final String DRAIN_TIMEOUT = "loadbalancer-connection-drain-timeout";
    static final String ACL_STATUS = "loadbalancer-acl-status";
    static final String ACL_ID = "loadbalancer-acl-id";
    static final String ACL_TYPE = "loadbalancer-acl-type";
    static final String FORWARDED_PROTO = "loadbalancer-xforwardedfor-proto";
    static final String FORWARDED_PORT = "loadbalancer-xforwardedfor-slbport";
    static final String FORWARDED_CLIENT_PORT = "loadbalancer-xforwardedfor-clientsrcport";
    static final String PROXY_PROTOCOL = "loadbalancer-proxy-protocol";
    static final String CHECK_FLAG = "loadbalancer-health-check-flag";
    static final String CHECK_SWITCH = "loadbalancer-health-check-switch";
    static final String CHECK_TYPE = "loadbalancer-health-check-type";
    static final String CHECK_URI = "loadbalancer-health-check-uri";
    static final String CHECK_DOMAIN = "loadbalancer-health-check-domain";
    static final String CHECK_CODE = "loadbalancer-health-check-httpcode";
    static final String CHECK_METHOD = "loadbalancer-health-check-method";
    static final String CHECK_PORT = "loadbalancer-health-check-connect-port";
    static final String HEALTHY = "loadbalancer-healthy-threshold";
    static final String UNHEALTHY = "loadbalancer-unhealthy-threshold";
    static final String CHECK_INTERVAL = "loadbalancer-health-check-interval";
    static final String CHECK_CONNECT_TIMEOUT = "loadbalancer-health-check-connect-timeout";
    static final String CHECK_TIMEOUT = "loadbalancer-health-check-timeout";

    static final String BACKEND_LABEL = "loadbalancer-backend-label";
    static final String REMOVE_UNSCHEDULED = "loadbalancer-remove-unscheduled-backend";
    static final String VGROUP_PORT = "loadbalancer-vgroup-port";
    static final String WEIGHT = "loadbalancer-weight";
    static final String DEFAULT_WEIGHT = "loadbalancer-default-weight";
    static final String IGNORE_WEIGHT = "loadbalancer-ignore-weight-update";
    static final String GRACEFUL = "loadbalancer-graceful-shutdown";

    private static final String ON_OFF = "`on` or `off`";
    private static final String OFF = "`off`";
    private static final String NONE = "-";

    /// In the order of the user guide.
    static final List<Annotation> ALL = all();

    private Annotations() {}

    /// The key in full, under the first prefix.
    static String full(String suffix) {
        return PREFIX + suffix;
    }

    /// By its key under either prefix.
    static Optional<Annotation> of(String key) {
        String first = key.startsWith(ALIAS) ? PREFIX + key.substring(ALIAS.length()) : key;
        return ALL.stream().filter(annotation -> annotation.key().equals(first)).findFirst();
    }

    /// The annotation that sets a field of a plan; empty where none does, or where it is no single one.
    static Optional<String> settingOf(String fieldPath) {
        return Optional.ofNullable(FIELDS.get(fieldPath)).map(Annotations::full);
    }

    private static final Map<String, String> FIELDS = Map.ofEntries(
            Map.entry("LoadBalancer.scheme", ADDRESS_TYPE),
            Map.entry("LoadBalancer.addressFamily", IP_VERSION),
            Map.entry("LoadBalancer.options.name", NAME),
            Map.entry("LoadBalancer.options.instanceChargeType", INSTANCE_CHARGE_TYPE),
            Map.entry("LoadBalancer.options.spec", SPEC),
            Map.entry("LoadBalancer.options.internetChargeType", CHARGE_TYPE),
            Map.entry("LoadBalancer.options.bandwidth", BANDWIDTH),
            Map.entry("LoadBalancer.options.placement.networkType", NETWORK_TYPE),
            Map.entry("LoadBalancer.options.placement.vSwitchId", VSWITCH),
            Map.entry("LoadBalancer.options.placement.address", ADDRESS),
            Map.entry("LoadBalancer.options.placement.masterZoneId", MASTER_ZONE),
            Map.entry("LoadBalancer.options.placement.slaveZoneId", SLAVE_ZONE),
            Map.entry("LoadBalancer.options.placement.resourceGroupId", RESOURCE_GROUP),
            Map.entry("Listener.form", PROTOCOL_PORT),
            Map.entry("Listener.defaultAction", FORWARD_PORT),
            Map.entry("Listener.options.tls.certificateId", CERTIFICATE),
            Map.entry("Pool.options.scheduler", SCHEDULER),
            Map.entry("Pool.healthCheck.interval", CHECK_INTERVAL),
            Map.entry("Pool.healthCheck.port", CHECK_PORT));

    /// Whether a key looks like one of ours or of this cloud. Other keys of Kubernetes share its own
    /// prefix and are nobody's mistake.
    static boolean claimsToBeOurs(String key) {
        return key.startsWith(PREFIX) || key.startsWith(ALIAS) || key.startsWith(OURS);
    }

    private static List<Annotation> all() {
        return Stream.of(instance(), listener(), certificates(), checks(), backends(), ours(), later())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Annotation> instance() {
        List<Annotation> rows = new ArrayList<>(List.of(
                row(CLASS, "anything", NONE, "The Service is left alone: it is another controller's."),
                row(
                        ID,
                        "`lb-...`",
                        "one is made",
                        "An existing load balancer. It is never changed itself, never deleted, and may be shared."),
                row(
                        OVERRIDE,
                        "`\"true\"`",
                        "false",
                        "With `id`: listeners are made on it. Without: only groups of backends are, for listeners of"
                                + " the user's own."),
                new Annotation(
                        full(ADDRESS_TYPE),
                        Support.SUPPORTED,
                        "`internet` or `intranet`",
                        "`internet`",
                        WhenChanged.WITH_CONSENT,
                        "Who can reach it."),
                refused(NETWORK_TYPE, "`classic` or `vpc`", "by address type", "The network of an internal one."),
                refused(
                        VSWITCH,
                        "`vsw-...`",
                        "one of the settings' vSwitches",
                        "The vSwitch of an internal one; its address comes from there."),
                refused(MASTER_ZONE, "zone", "chosen by the cloud", "Where it runs."),
                refused(SLAVE_ZONE, "zone", "chosen by the cloud", "Where it goes when that zone fails."),
                refused(RESOURCE_GROUP, "`rg-...`", "the account's default", "The resource group it belongs to."),
                refused(IP_VERSION, "`ipv4` or `ipv6`", "`ipv4`", "The address family that clients use."),
                refused(
                        ADDRESS,
                        "an address in the vSwitch",
                        "chosen by the cloud",
                        "The address of an internal one.")));
        rows.addAll(List.of(
                row(INSTANCE_CHARGE_TYPE, "`PayByCLCU` or `PayBySpec`", "`PayByCLCU`", "How it is paid for."),
                row(
                        SPEC,
                        "`slb.s1.small`, `slb.s2.small`, `slb.s2.medium`, `slb.s3.small`, `slb.s3.medium`,"
                                + " `slb.s3.large`",
                        "`slb.s1.small`",
                        "Its size, with `PayBySpec`."),
                row(
                        CHARGE_TYPE,
                        "`paybytraffic` or `paybybandwidth`",
                        "`paybytraffic`",
                        "How the Internet traffic of a public one is paid for."),
                row(BANDWIDTH, "`\"1\"` to `\"5120\"`", NONE, "Mbit/s, with `paybybandwidth`."),
                row(
                        NAME,
                        "1 to 80 characters, a letter first",
                        "`plumbline_<namespace>_<name>`",
                        "Its name, for people."),
                row(DELETE_PROTECTION, ON_OFF, "`on`", "It cannot be deleted but by us, who lift it first."),
                row(
                        MODIFICATION_PROTECTION,
                        "`ConsoleProtection` or `NonProtection`",
                        "`ConsoleProtection`",
                        "It cannot be changed in the console."),
                row(
                        TAGS,
                        "`k1=v1,k2=v2`",
                        "none",
                        "Tags beside ours. One that is no longer listed is removed; nobody else's is touched."),
                row(
                        EXTERNAL_IP_TYPE,
                        "`eip`",
                        "its own address is published",
                        "The elastic address that its user has bound to an internal one is published. As long as none"
                                + " is bound what is published stays, and condition `Ready` says `Pending`."),
                row(
                        HOSTNAME,
                        "a host name",
                        "an address is published",
                        "The name that is published instead of an address. After `plumbline.io/replace` the old load"
                                + " balancer stays as long as the name is published: only its user knows where it"
                                + " leads."),
                row(
                        PRESERVE,
                        "`\"true\"` or `\"false\"`",
                        "false",
                        "The load balancer, with all that is on it, stays when the Service is deleted or no longer"
                                + " wants it. It keeps our tags: remove `plumbline.io/object` from it before another"
                                + " Service may use it by `id`.")));
        return rows;
    }

    private static List<Annotation> listener() {
        List<Annotation> rows = new ArrayList<>(List.of(
                new Annotation(
                        full(PROTOCOL_PORT),
                        Support.SUPPORTED,
                        "`https:443,http:80`",
                        "the port's own protocol",
                        WhenChanged.WITH_CONSENT,
                        "The kind of the listener on each port: `tcp`, `udp`, `http` or `https`."),
                new Annotation(
                        full(FORWARD_PORT),
                        Support.SUPPORTED,
                        "`80:443,88:6443`",
                        "none",
                        WhenChanged.WITH_CONSENT,
                        "An `http` listener sends its clients to this `https` listener, and has no backends."),
                row(
                        SCHEDULER,
                        "`rr`, `wrr`, `wlc`, `sch`, `tch`, `qch`",
                        "`rr`; `wrr` where weights count: direct access, or `externalTrafficPolicy: Local`;"
                                + " `sch` for UDP with `sessionAffinity: ClientIP`",
                        "How traffic is spread. `rr` ignores weights. `qch` is for UDP; HTTP(S) has `rr` and `wrr` only."),
                row(
                        PERSISTENCE_TIMEOUT,
                        "`\"0\"` to `\"3600\"` s",
                        "0, or 3600 with `sessionAffinity: ClientIP`",
                        "How long a client stays with one backend, on TCP."),
                row(ESTABLISHED_TIMEOUT, "`\"10\"` to `\"900\"` s", "900", "Of an idle TCP connection."),
                row(IDLE_TIMEOUT, "`\"1\"` to `\"60\"` s", "15", "Of an idle connection of a client, on HTTP(S)."),
                row(REQUEST_TIMEOUT, "`\"1\"` to `\"180\"` s", "60", "Of a request, on HTTP(S)."),
                row(STICKY, ON_OFF, OFF, "Requests with one cookie go to one backend, on HTTP(S)."),
                row(STICKY_TYPE, "`insert` or `server`", "`insert`", "Who makes the cookie."),
                row(COOKIE, "1 to 200 characters", NONE, "Its name, with `server`."),
                row(COOKIE_TIMEOUT, "`\"1\"` to `\"86400\"` s", "500", "Its life, with `insert`.")));
        rows.addAll(List.of(
                row(DRAIN, ON_OFF, OFF, "Connections to a removed backend go on for a while, on TCP."),
                row(DRAIN_TIMEOUT, "`\"10\"` to `\"900\"` s", "300", "How long, with `connection-drain`."),
                row(ACL_STATUS, ON_OFF, OFF, "Access control lists of the user's own decide who may connect."),
                row(ACL_ID, "`acl-1,acl-2`", NONE, "Which."),
                row(ACL_TYPE, "`white` or `black`", NONE, "Whether they say who may, or who may not."),
                row(FORWARDED_PROTO, ON_OFF, OFF, "Header X-Forwarded-Proto, on HTTP(S)."),
                row(FORWARDED_PORT, ON_OFF, OFF, "Header X-Forwarded-Port, on HTTP(S)."),
                row(FORWARDED_CLIENT_PORT, ON_OFF, OFF, "Header X-Forwarded-Client-srcport, on HTTP(S)."),
                row(PROXY_PROTOCOL, ON_OFF, OFF, "Proxy protocol version 2 to the backends, on TCP and UDP.")));
        return rows;
    }

    private static List<Annotation> certificates() {
        return List.of(
                row(CERTIFICATE, "id of a server certificate", NONE, "Needed by an `https` listener."),
                row(
                        DOMAIN_EXTENSIONS,
                        "`a.example.com:id-1,b.example.com:id-2`",
                        "none",
                        "A certificate for each further domain of an `https` listener."),
                row(
                        CIPHER_POLICY,
                        "`tls_cipher_policy_1_0`, `tls_cipher_policy_1_1`, `tls_cipher_policy_1_2`,"
                                + " `tls_cipher_policy_1_2_strict`, `tls_cipher_policy_1_2_strict_with_1_3`",
                        "`tls_cipher_policy_1_0`",
                        "TLS versions and ciphers, on HTTPS."),
                row(HTTP2, ON_OFF, "`on`", "HTTP/2, on HTTPS."));
    }

    private static List<Annotation> checks() {
        return List.of(
                row(CHECK_FLAG, ON_OFF, OFF, "Whether backends are checked, on HTTP(S)."),
                row(CHECK_SWITCH, ON_OFF, "`on`", "Whether backends are checked, on TCP and UDP."),
                row(
                        CHECK_TYPE,
                        "`tcp` or `http`",
                        "`tcp`; `http` at `healthCheckNodePort` with `externalTrafficPolicy: Local`",
                        "How a backend of a TCP listener is checked."),
                row(CHECK_URI, "begins with `/`, at most 80 characters", "`/`", "The path that is asked for."),
                row(CHECK_DOMAIN, "host name, or `$_ip`", "the backend's own address", "The host that is asked for."),
                row(CHECK_CODE, "some of `http_2xx,http_3xx,http_4xx,http_5xx`", "`http_2xx`", "Answers that pass."),
                row(CHECK_METHOD, "`head` or `get`", "`head`", "On HTTP(S)."),
                row(CHECK_PORT, "`\"1\"` to `\"65535\"`, or `\"-520\"`", "`-520`", "-520 is each backend's own port."),
                row(HEALTHY, "`\"2\"` to `\"10\"`", "3", "Checks in a row that must pass."),
                row(UNHEALTHY, "`\"2\"` to `\"10\"`", "3", "Checks in a row that must fail."),
                row(CHECK_INTERVAL, "`\"1\"` to `\"50\"` s", "2", "From one check to the next."),
                row(CHECK_CONNECT_TIMEOUT, "`\"1\"` to `\"300\"` s", "5", "Of a check, on TCP and UDP."),
                row(CHECK_TIMEOUT, "`\"1\"` to `\"300\"` s", "5", "Of a check, on HTTP(S)."));
    }

    private static List<Annotation> backends() {
        return List.of(
                row(BACKEND_TYPE, "`eni` or `ecs`", "node ports (`ecs`)", "`eni`: Pods are the backends."),
                row(BACKEND_LABEL, "`k1=v1,k2=v2`", "all nodes", "Nodes that carry all of these labels."),
                row(REMOVE_UNSCHEDULED, ON_OFF, OFF, "A cordoned node is no backend."),
                row(
                        VGROUP_PORT,
                        "`rsp-a:443,rsp-b:80`",
                        NONE,
                        "With `id`: a group of backends of the user's own for each port."),
                row(
                        WEIGHT,
                        "`\"0\"` to `\"100\"`",
                        NONE,
                        "With `id` and `vgroup-port`: what the Service's backends weigh together."),
                row(DEFAULT_WEIGHT, "`\"0\"` to `\"100\"`", "100", "Of each backend, but under `Local`."),
                row(IGNORE_WEIGHT, ON_OFF, OFF, "Weights that others set stay."),
                row(
                        GRACEFUL,
                        "`\"true\"` or `\"false\"`",
                        "true",
                        "A Pod that is being deleted gets weight 0 and leaves when it is gone; `\"false\"` removes it"
                                + " at once. Direct access only."));
    }

    private static List<Annotation> ours() {
        List<Annotation> rows = new ArrayList<>(CoreAnnotations.WRITTEN.stream()
                .map(one -> readOnly(one.key(), one.meaning()))
                .toList());
        rows.addAll(List.of(
                row(
                        OURS + "replace",
                        "`allow`",
                        NONE,
                        "Consent to a new load balancer, or listener, where one is needed."),
                row(
                        OURS + "pre-stop-sleep-seconds",
                        "seconds",
                        NONE,
                        "How long a container outlives its registration; on a namespace or in a Pod template."),
                readOnly(LOAD_BALANCER_ID, "The load balancer's id. Written, never trusted."),
                later(
                        OURS + "abandon",
                        "Nothing is left behind. To keep the load balancer, set " + full(PRESERVE) + " to \"true\".")));
        return rows;
    }

    private static List<Annotation> later() {
        List<Annotation> rows = new ArrayList<>(List.of(
                later(PREFIX + "loadbalancer-type", "A classic load balancer (CLB) is made."),
                later(PREFIX + "loadbalancer-tunnel-type", "Traffic goes to the backends as it comes."),
                later(full("loadbalancer-backend-ip-version"), "Backends have IPv4 addresses.")));
        Stream.of(
                        "zone-maps",
                        "security-group-ids",
                        "bandwidth-package-id",
                        "ipv6-address-type",
                        "cross-zone-enabled",
                        "cacert",
                        "cacert-id",
                        "cps",
                        "preserve-client-ip",
                        "server-group-type",
                        "ppv2-pvl-ep-id-enabled",
                        "ppv2-pvl-eps-id-enabled",
                        "ppv2-pvl-vpc-id-enabled",
                        "alpn",
                        "alpn-policy",
                        "listener-port-range",
                        "additional-cert-ids")
                .map(key -> later(full("loadbalancer-" + key), "It is for a network load balancer (NLB) only."))
                .forEach(rows::add);
        return rows;
    }

    private static Annotation row(String key, String values, String absent, String meaning) {
        return row(key, values, absent, WhenChanged.CARRIED_OUT, meaning);
    }

    private static Annotation refused(String key, String values, String absent, String meaning) {
        return row(key, values, absent, WhenChanged.REFUSED, meaning);
    }

    private static Annotation row(String key, String values, String absent, WhenChanged changed, String meaning) {
        String full = key.contains("/") ? key : full(key);
        return new Annotation(full, Support.SUPPORTED, values, absent, changed, meaning);
    }

    private static Annotation later(String key, String instead) {
        return new Annotation(key, Support.LATER, NONE, NONE, WhenChanged.NONE, instead);
    }

    private static Annotation readOnly(String key, String meaning) {
        return new Annotation(key, Support.READ_ONLY, NONE, NONE, WhenChanged.NONE, meaning);
    }
}
