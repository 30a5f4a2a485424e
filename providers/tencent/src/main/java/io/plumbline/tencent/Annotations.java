package io.plumbline.tencent;

import io.plumbline.spi.CoreAnnotations;
import io.plumbline.tencent.Annotation.Support;
import io.plumbline.tencent.Annotation.WhenChanged;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Every annotation of a Service that this cloud's users know, with what becomes of it.
///
/// Keys, values and what a later change does are those of TKE's service-controller
/// (https://cloud.tencent.com/document/product/457/51258).
final class Annotations {
    static final String CLOUD = "service.cloud.tencent.com/";
    static final String LEGACY = "service.kubernetes.io/";
    static final String QCLOUD = LEGACY + "qcloud-";
    static final String OURS = CoreAnnotations.PREFIX;

    static final String DIRECT_ACCESS = CLOUD + "direct-access";
    static final String SUBNET = QCLOUD + "loadbalancer-internal-subnetid";
    static final String CHARGE_TYPE = QCLOUD + "loadbalancer-internet-charge-type";
    static final String CHARGE_TYPE_OLD = "kubernetes.io/service.internetChargeType";
    static final String BANDWIDTH = QCLOUD + "loadbalancer-internet-max-bandwidth-out";
    static final String BANDWIDTH_OLD = "kubernetes.io/service.internetMaxBandwidthOut";
    static final String GRACE = CLOUD + "enable-grace-shutdown";
    static final String GRACE_NOT_READY = CLOUD + "enable-grace-shutdown-tkex";
    static final String CONFIG = CLOUD + "tke-service-config";
    static final String MODE = CLOUD + "mode";
    static final String NODE_SELECTOR = QCLOUD + "loadbalancer-backends-label";
    static final String ONLY_WITH_POD = LEGACY + "local-svc-only-bind-node-with-pod";
    static final String WEIGH_BY_PODS = CLOUD + "local-svc-weighted-balance";
    static final String PROTECTION = CLOUD + "deletion-protection";
    static final String SHARE = QCLOUD + "share-existed-lb";
    static final String EXISTING = LEGACY + "tke-existed-lbid";
    static final String LOAD_BALANCER_ID = LEGACY + "loadbalance-id";
    static final String CLIENT_TOKEN = CLOUD + "client-token";
    static final String BOOLEAN = "`\"true\"` or `\"false\"`";

    /// In the order of the user guide.
    static final List<Annotation> ALL = all();

    private Annotations() {}

    static Optional<Annotation> of(String key) {
        return ALL.stream().filter(annotation -> annotation.key().equals(key)).findFirst();
    }

    /// Whether a key looks like one of ours or of this cloud. Kubernetes' own keys share a prefix with some of them
    /// and are nobody's mistake.
    static boolean claimsToBeOurs(String key) {
        return key.startsWith(CLOUD) || key.startsWith(QCLOUD) || key.startsWith(OURS);
    }

    private static List<Annotation> all() {
        List<Annotation> all = new ArrayList<>();
        all.addAll(supported());
        all.addAll(ours());
        all.addAll(later());
        all.addAll(readOnly());
        return List.copyOf(all);
    }

    private static List<Annotation> supported() {
        return List.of(
                carriedOut(DIRECT_ACCESS, BOOLEAN, "Pods, not node ports, are the targets. Absent: node ports."),
                carriedOut(
                        EXISTING,
                        "`lb-...`",
                        "A load balancer that its user has made: this Service's ports are put on it, next to those of "
                                + "others; the load balancer itself is never changed and never deleted. It must be in "
                                + "the cluster's network and carry no mark of TKE, of another cluster, or of another "
                                + "Service's own. Another id moves the ports."),
                carriedOut(SHARE, BOOLEAN, "Accepted; sharing needs no permission here."),
                replacing(SUBNET, "`subnet-...`", "An internal load balancer in this subnet. Absent: a public one."),
                replacing(
                        CHARGE_TYPE,
                        "`TRAFFIC_POSTPAID_BY_HOUR` or `BANDWIDTH_POSTPAID_BY_HOUR`",
                        "How a public load balancer is paid for."),
                replacing(CHARGE_TYPE_OLD, "as above", "The same under its old name; the new one wins."),
                refused(
                        BANDWIDTH,
                        "`\"1\"` to `\"2048\"`",
                        "Mbit/s that a public load balancer is made with. Later changes go through "
                                + "`internetMaxBandwidthOut` of a TkeServiceConfig."),
                refused(BANDWIDTH_OLD, "as above", "The same under its old name; the new one wins."),
                carriedOut(
                        NODE_SELECTOR,
                        "a label selector: `k=v`, `k in (a,b)`, `k notin (a)`, with commas between them",
                        "Which nodes are targets where Pods are not. Absent: all. One that selects no node, or cannot "
                                + "be read, leaves what is bound."),
                carriedOut(
                        ONLY_WITH_POD,
                        BOOLEAN,
                        "Under `externalTrafficPolicy: Local` only nodes with a Pod are targets. Absent: all stay "
                                + "bound, and the health check takes the others out."),
                carriedOut(
                        WEIGH_BY_PODS,
                        BOOLEAN,
                        "A node's weight is the number of its Pods. Only together with the one before."),
                carriedOut(
                        PROTECTION,
                        BOOLEAN,
                        "Whether the cloud refuses to delete the load balancer. Ours is lifted when the Service is "
                                + "deleted; one that its user put on, where this key is absent, is honoured."),
                carriedOut(
                        GRACE,
                        BOOLEAN,
                        "A Pod that is being deleted gets weight 0 and leaves when it is gone. On by default in direct "
                                + "mode, as in TKE since 2.2.0, where the key is deprecated; `\"false\"` deregisters "
                                + "such a Pod at once."),
                carriedOut(
                        GRACE_NOT_READY,
                        BOOLEAN,
                        "A Pod whose containers are not ready gets weight 0 as well. Off by default."),
                carriedOut(
                        CONFIG,
                        "name of a TkeServiceConfig in the same namespace",
                        "Listeners, health checks and bandwidth as it says. What it does not say, and everything once "
                                + "the key is gone, stays as it is at the cloud."),
                carriedOut(
                        MODE,
                        "`skip`",
                        "Nothing is done with this Service. When it is deleted, it is let go and the load balancer "
                                + "stays."));
    }

    private static List<Annotation> ours() {
        List<Annotation> rows = new ArrayList<>(CoreAnnotations.WRITTEN.stream()
                .map(one -> readOnly(one.key(), one.meaning()))
                .toList());
        rows.addAll(List.of(
                carriedOut(OURS + "replace", "`allow`", "Consent to a new load balancer where a change needs one."),
                later(
                        OURS + "abandon",
                        "Nothing is left behind. To keep the load balancer, set " + MODE
                                + " to `skip` before the Service is deleted."),
                carriedOut(
                        OURS + "pre-stop-sleep-seconds",
                        "seconds",
                        "How long a container outlives its registration; on a namespace or in a Pod template.")));
        return rows;
    }

    private static List<Annotation> later() {
        return List.of(
                later(LEGACY + "service.extensiveParameters", "The load balancer is made without these parameters."),
                later(LEGACY + "service.listenerParameters", "Listeners are made without these parameters."),
                later(LEGACY + "loadbalance-type", "The load balancer is of the usual kind."),
                later(
                        CLOUD + "tke-service-config-auto",
                        "No TkeServiceConfig is made; write one and name it in " + CONFIG + "."),
                later(CLOUD + "specify-protocol", "Every port keeps the protocol that spec.ports says."),
                later(CLOUD + "security-groups", "Security groups stay as they are at the cloud; bind them there."),
                later(CLOUD + "pass-to-target", "It stays as it is at the cloud."),
                later(CLOUD + "modification-protection", "It stays as it is at the cloud."),
                later(
                        CLOUD + "loadbalance-retain",
                        "The load balancer is deleted with the Service; protect it from "
                                + "deletion at the cloud to keep it."),
                later(CLOUD + "cross-region-id", "Targets are registered in the load balancer's own region."),
                later(CLOUD + "cross-vpc-id", "Targets are registered in the load balancer's own network."),
                later(CLOUD + "hybrid-type", "Registered nodes are not bound."),
                later(CLOUD + "snat-pro-info", "No SNAT address is made."),
                later(CLOUD + "lb-rs-weight", "Every target has the same weight."),
                later(CLOUD + "target-groups", "Targets are bound to the listeners, not to target groups."),
                later(
                        CLOUD + "enable-grace-deletion",
                        "Pods are not held back until their weight is 0; use a preStop " + "sleep."),
                later(CLOUD + "loadbalancer-source-endpoints", "Targets are those of the Service's own selector."));
    }

    private static List<Annotation> readOnly() {
        return List.of(
                readOnly(LOAD_BALANCER_ID, "The load balancer's id. Written, never trusted."),
                readOnly(LEGACY + "loadbalance-nat-ipv6", "An IPv6 address of a NAT64 load balancer."),
                readOnly(CLIENT_TOKEN, "Idempotency token of the creation. Written, never trusted."),
                readOnly(CLOUD + "sync-begin-time", "Left by TKE."),
                readOnly(CLOUD + "sync-end-time", "Left by TKE."),
                readOnly(CLOUD + "status.conditions", "Left by TKE."));
    }

    private static Annotation carriedOut(String key, String values, String meaning) {
        return new Annotation(key, Support.SUPPORTED, values, WhenChanged.CARRIED_OUT, meaning);
    }

    private static Annotation replacing(String key, String values, String meaning) {
        return new Annotation(key, Support.SUPPORTED, values, WhenChanged.REPLACES, meaning);
    }

    private static Annotation refused(String key, String values, String meaning) {
        return new Annotation(key, Support.SUPPORTED, values, WhenChanged.REFUSED, meaning);
    }

    private static Annotation later(String key, String instead) {
        return new Annotation(key, Support.LATER, "-", WhenChanged.NONE, instead);
    }

    private static Annotation readOnly(String key, String meaning) {
        return new Annotation(key, Support.READ_ONLY, "-", WhenChanged.NONE, meaning);
    }
}
