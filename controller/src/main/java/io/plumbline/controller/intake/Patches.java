package io.plumbline.controller.intake;

import io.plumbline.controller.desired.Settings;
import io.plumbline.controller.loop.ServiceEdit;
import io.plumbline.controller.report.ObjectReport.StatusPatch;
import io.plumbline.spi.objects.ServiceView;
import io.plumbline.spi.objects.ServiceView.Condition;
import io.plumbline.spi.objects.ServiceView.PublishedAddress;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// JSON merge patches of Services, as trees. Each names the UID and the version that was seen, so that
/// it is refused where the object is another one or has changed meanwhile. Pure.
final class Patches {
    private Patches() {}

    static Map<String, Object> metadata(ServiceView seen, ServiceEdit edit) {
        Map<String, Object> metadata = identity(seen);
        List<String> finalizers = new ArrayList<>(seen.metadata().finalizers());
        finalizers.remove(Settings.FINALIZER);
        if (edit.finalizer() == ServiceEdit.Finalizer.PRESENT) {
            finalizers.add(Settings.FINALIZER);
        }
        metadata.put("finalizers", finalizers);
        Map<String, Object> annotations = new LinkedHashMap<>();
        edit.annotations().forEach((key, value) -> annotations.put(key, value.orElse(null)));
        metadata.put("annotations", annotations);
        return tree("metadata", metadata);
    }

    static Map<String, Object> status(ServiceView seen, StatusPatch patch) {
        Map<String, Object> status = new LinkedHashMap<>();
        patch.addresses()
                .ifPresent(addresses -> status.put(
                        "loadBalancer",
                        tree("ingress", addresses.stream().map(Patches::address).toList())));
        status.put(
                "conditions",
                patch.conditions().stream().map(Patches::condition).toList());
        Map<String, Object> patched = tree("metadata", identity(seen));
        patched.put("status", status);
        return patched;
    }

    private static Map<String, Object> identity(ServiceView seen) {
        Map<String, Object> metadata = tree("uid", seen.uid());
        metadata.put("resourceVersion", seen.metadata().resourceVersion());
        return metadata;
    }

    private static Map<String, Object> address(PublishedAddress address) {
        Map<String, Object> ingress = new LinkedHashMap<>();
        if (address.ip().isEmpty()) {
            ingress.put("hostname", address.hostname());
        } else {
            ingress.put("ip", address.ip());
            address.ipMode().ifPresent(mode -> ingress.put("ipMode", mode));
        }
        return ingress;
    }

    private static Map<String, Object> condition(Condition condition) {
        Map<String, Object> tree = tree("type", condition.type());
        tree.put("status", condition.status());
        tree.put("reason", condition.reason());
        tree.put("message", condition.message());
        tree.put("observedGeneration", condition.observedGeneration());
        tree.put(
                "lastTransitionTime",
                condition.since().truncatedTo(ChronoUnit.SECONDS).toString());
        return tree;
    }

    private static Map<String, Object> tree(String key, Object value) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put(key, value);
        return tree;
    }
}
