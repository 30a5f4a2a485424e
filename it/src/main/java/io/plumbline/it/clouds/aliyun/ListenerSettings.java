package io.plumbline.it.clouds.aliyun;

import static io.plumbline.it.clouds.aliyun.Refusal.unless;
import static io.plumbline.it.clouds.aliyun.Refusal.valid;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// From what a request says of a listener's settings to the settings that it then has.
final class ListenerSettings {
    private final Estate estate;

    ListenerSettings(Estate estate) {
        this.estate = estate;
    }

    /// The settings of a new listener.
    Map<String, String> initial(ApiCall call, Listener listener) {
        Map<String, String> settings = new TreeMap<>();
        ListenerFields.of(listener.protocol).forEach(field -> settings.put(field.name(), field.initial()));
        return applied(call, listener, settings);
    }

    /// The settings of a listener that is changed; what the request does not name stays.
    Map<String, String> changed(ApiCall call, Listener listener) {
        return applied(call, listener, new TreeMap<>(listener.settings));
    }

    private Map<String, String> applied(ApiCall call, Listener listener, Map<String, String> settings) {
        for (ListenerFields.Field field : ListenerFields.of(listener.protocol)) {
            for (String parameter : field.parameters(listener.protocol)) {
                call.optionalText(parameter).ifPresent(value -> {
                    valid(field.rule().allows(value), parameter, field.rule().words());
                    settings.put(field.name(), value);
                });
            }
        }
        if (is(settings, "AclStatus", "off")) {
            settings.put("AclId", "");
            settings.put("AclType", "");
        }
        check(settings, listener);
        return settings;
    }

    private void check(Map<String, String> settings, Listener listener) {
        if (is(settings, "AclStatus", "on")) {
            needs(settings, "AclId");
            needs(settings, "AclType");
            for (String id : settings.getOrDefault("AclId", "").split(",")) {
                unless(estate.accessLists.containsKey(id), "AclNotExist", "The specified Acl " + id + " not exist.");
            }
        }
        if (is(settings, "ConnectionDrain", "on")) {
            needs(settings, "ConnectionDrainTimeout");
        }
        if (is(settings, "StickySession", "on")) {
            needs(settings, "StickySessionType");
            needs(settings, is(settings, "StickySessionType", "insert") ? "CookieTimeout" : "Cookie");
        }
        if (listener.protocol == Protocol.HTTPS) {
            needs(settings, "ServerCertificateId");
            requireCertificate(settings.getOrDefault("ServerCertificateId", ""));
        }
        if (is(settings, "ListenerForward", "on")) {
            checkForward(settings, listener.balancer);
        }
    }

    private static boolean is(Map<String, String> settings, String name, String value) {
        return settings.getOrDefault(name, "").equals(value);
    }

    private static void needs(Map<String, String> settings, String name) {
        unless(
                !settings.getOrDefault(name, "").isEmpty(),
                "MissingParam." + name,
                "The param " + name + " is required.");
    }

    void requireCertificate(String id) {
        unless(estate.certificates.containsKey(id), "CertificateNotExist", "Certificate is not exist.");
    }

    private static void checkForward(Map<String, String> settings, Balancer balancer) {
        settings.merge("ForwardPort", "443", (given, initial) -> given.isEmpty() ? initial : given);
        int port = Integer.parseInt(settings.getOrDefault("ForwardPort", "443"));
        valid(
                balancer.at(port).anyMatch(listener -> listener.protocol == Protocol.HTTPS),
                "ForwardPort",
                "the port of an HTTPS listener");
    }

    /// The group of a new listener, which needs one or a port of the default servers, unless it only forwards.
    Optional<Group> initialGroup(ApiCall call, Balancer balancer, Map<String, String> settings) {
        Optional<Group> group = call.optionalText("VServerGroupId").map(id -> groupOf(balancer, id));
        boolean served = group.isPresent()
                || !settings.getOrDefault("BackendServerPort", "").isEmpty()
                || is(settings, "ListenerForward", "on");
        unless(served, "MissingParam.BackendServerPort", "One of VServerGroupId and BackendServerPort is required.");
        return group;
    }

    /// The group of a listener that is changed: VServerGroup=on with an id takes another one, and the id alone
    /// takes none (https://help.aliyun.com/document_detail/27602.html).
    Optional<Group> changedGroup(ApiCall call, Listener listener) {
        return switch (call.oneOf("VServerGroup", List.of("on", "off", ""), "")) {
            case "on" -> {
                unless(
                        call.optionalText("VServerGroupId").isPresent(),
                        "MissingParam.VServerGroupId",
                        "The parameter VServerGroupId is missing.");
                yield Optional.of(groupOf(listener.balancer, call.text("VServerGroupId")));
            }
            case "off" -> {
                unless(
                        listener.group.isEmpty(),
                        "OperationFailed.ServerGroupInUse",
                        "The VServerGroup or MasterSlaveServerGroup can not be close for this listener.");
                yield Optional.empty();
            }
            default -> {
                call.optionalText("VServerGroupId").ifPresent(id -> groupOf(listener.balancer, id));
                yield listener.group;
            }
        };
    }

    private Group groupOf(Balancer balancer, String id) {
        return Optional.ofNullable(balancer.groups.get(id))
                .orElseThrow(() -> new Refusal(
                        "ResourceNotFound.VServerGroup", "The specified VServerGroup " + id + " does not exist."));
    }
}
