package io.plumbline.tencent;

import io.plumbline.spi.model.Setting;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.ServiceView;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// A Service's annotations, value by value. Each value that cannot be read is a complaint.
final class ServiceAnnotations {
    private static final List<String> CHARGE_TYPES = List.of("TRAFFIC_POSTPAID_BY_HOUR", "BANDWIDTH_POSTPAID_BY_HOUR");
    private static final List<String> RESERVED_CONFIGS = List.of("-auto-service-config", "-auto-ingress-config");
    private static final String OBJECT_NAME = "[a-z0-9]([-a-z0-9.]*[a-z0-9])?";
    private static final List<String> INTERNET_SETTINGS = List.of(
            Annotations.CHARGE_TYPE, Annotations.CHARGE_TYPE_OLD, Annotations.BANDWIDTH, Annotations.BANDWIDTH_OLD);
    private static final int LEAST_BANDWIDTH = 1;
    private static final int MOST_BANDWIDTH = 2048;

    private final ServiceView service;
    private final Complaints complaints;

    ServiceAnnotations(ServiceView service, Complaints complaints) {
        this.service = service;
        this.complaints = complaints;
    }

    /// A value that is no boolean shows that somebody wants Pods, or had them: node ports would replace every target.
    boolean direct() {
        return bool(Annotations.DIRECT_ACCESS, false, "until then targets are Pods")
                .orElse(true);
    }

    boolean drainTerminating() {
        return bool(Annotations.GRACE, true, "until then it is true").orElse(true);
    }

    boolean drainNotReady() {
        return bool(Annotations.GRACE_NOT_READY, false, "until then it is false")
                .orElse(false);
    }

    boolean skip() {
        Optional<String> mode = value(Annotations.MODE);
        mode.filter(Predicate.not("skip"::equals))
                .ifPresent(text -> complaints.add(
                        Annotations.MODE, "must be skip, not " + quoted(text) + ": correct it or remove it"));
        return mode.filter("skip"::equals).isPresent();
    }

    boolean namesExisting() {
        return value(Annotations.EXISTING).isPresent();
    }

    /// The load balancer that the user names. Where its id cannot be read nothing may be done at all: making a
    /// public one instead would publish what should not be, and which one was meant before nobody knows.
    Setting<String> existing() {
        return checked(
                Annotations.EXISTING,
                text -> text.matches("lb-[a-z0-9]+"),
                "must be the id of a load balancer (lb-...)",
                "until then nothing is done with this Service");
    }

    /// Which nodes are targets. A selector that cannot be read is passed on: it selects nothing, and what is bound
    /// stays.
    String nodeSelector() {
        String text = value(Annotations.NODE_SELECTOR).orElse("");
        if (!NodeSelector.isReadable(text)) {
            complaints.add(
                    Annotations.NODE_SELECTOR,
                    "must be a label selector (k=v, k in (a,b), k notin (a), with commas between them), not "
                            + quoted(text) + "; until then the nodes that are bound stay, and none is added");
        }
        return text;
    }

    boolean onlyNodesWithPods() {
        return bool(Annotations.ONLY_WITH_POD, false, "until then all nodes stay bound")
                .orElse(false);
    }

    /// Where every node is bound a weight by the number of its Pods would have to be 0 for most of them.
    boolean weighByPods() {
        boolean wanted = bool(Annotations.WEIGH_BY_PODS, false, "until then every node has the same weight")
                .orElse(false);
        if (wanted && !value(Annotations.ONLY_WITH_POD).equals(Optional.of("true"))) {
            complaints.add(
                    Annotations.WEIGH_BY_PODS,
                    "has an effect only together with " + Annotations.ONLY_WITH_POD
                            + ": \"true\": set that too, or remove this one");
            return false;
        }
        return wanted;
    }

    Setting<Boolean> deletionProtection() {
        return value(Annotations.PROTECTION).isEmpty()
                ? Setting.unmanaged()
                : Setting.of(bool(Annotations.PROTECTION, false, "until then it stays as it is at the cloud"));
    }

    /// Any that is wrong is told; sharing needs no permission here.
    void checkSharing() {
        bool(Annotations.SHARE, true, "every load balancer that an annotation names may be shared");
    }

    /// Internal even where the subnet cannot be read: a mistake in its name must not end in a public address.
    boolean internal() {
        return value(Annotations.SUBNET).isPresent();
    }

    Setting<String> subnet() {
        return checked(
                Annotations.SUBNET,
                text -> text.matches("subnet-[a-z0-9]+"),
                "must be the id of a subnet (subnet-...)",
                "until then no load balancer can be made, and one that exists stays as it is");
    }

    Setting<String> chargeType() {
        return checked(
                either(Annotations.CHARGE_TYPE, Annotations.CHARGE_TYPE_OLD),
                CHARGE_TYPES::contains,
                "must be " + String.join(" or ", CHARGE_TYPES),
                "until then the cloud's default is taken");
    }

    Setting<Integer> bandwidth() {
        Setting<String> text = checked(
                either(Annotations.BANDWIDTH, Annotations.BANDWIDTH_OLD),
                ServiceAnnotations::isBandwidth,
                "must be a whole number from " + LEAST_BANDWIDTH + " to " + MOST_BANDWIDTH + " (Mbit/s)",
                "until then the cloud's default is taken");
        return Setting.of(text.asOptional().map(Integer::valueOf));
    }

    /// The TkeServiceConfig that is named.
    Optional<ObjectKey> config() {
        Setting<String> name = checked(
                Annotations.CONFIG,
                text -> text.matches(OBJECT_NAME) && RESERVED_CONFIGS.stream().noneMatch(text::endsWith),
                "must be the name of a TkeServiceConfig in this namespace that does not end in "
                        + String.join(" or ", RESERVED_CONFIGS),
                "until then listeners stay as they are");
        return name.asOptional()
                .map(text ->
                        new ObjectKey(ServiceConfig.KIND.kind(), service.key().namespace(), text));
    }

    void complainOfInternetSettings() {
        complainOf(INTERNET_SETTINGS, "has no effect on an internal load balancer: remove the annotation");
    }

    /// A load balancer that its user made is never changed itself.
    void complainOfOwnSettings() {
        String message = "has no effect on a load balancer that " + Annotations.EXISTING
                + " names, which stays as its user made it: remove the annotation";
        complainOf(INTERNET_SETTINGS, message);
        complainOf(List.of(Annotations.SUBNET, Annotations.PROTECTION), message);
    }

    private void complainOf(List<String> keys, String message) {
        keys.stream().filter(key -> value(key).isPresent()).forEach(key -> complaints.add(key, message));
    }

    private String either(String key, String oldKey) {
        return value(key).isPresent() ? key : oldKey;
    }

    private Optional<Boolean> bool(String key, boolean absent, String meanwhile) {
        Optional<String> text = value(key);
        if (text.isEmpty()) {
            return Optional.of(absent);
        }
        return checked(
                        key,
                        value -> value.equals("true") || value.equals("false"),
                        "must be \"true\" or \"false\"",
                        meanwhile)
                .asOptional()
                .map(Boolean::valueOf);
    }

    private Setting<String> checked(String key, Predicate<String> valid, String rule, String meanwhile) {
        Optional<String> text = value(key);
        text.filter(Predicate.not(valid))
                .ifPresent(wrong -> complaints.add(key, rule + ", not " + quoted(wrong) + "; " + meanwhile));
        return Setting.of(text.filter(valid));
    }

    private static boolean isBandwidth(String text) {
        return text.matches("[0-9]{1,4}")
                && Integer.parseInt(text) >= LEAST_BANDWIDTH
                && Integer.parseInt(text) <= MOST_BANDWIDTH;
    }

    private Optional<String> value(String key) {
        return Optional.ofNullable(service.metadata().annotations().get(key));
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
