package io.plumbline.aliyun;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.plumbline.aliyun.AliyunListenerOptions.Layer4;
import io.plumbline.aliyun.AliyunListenerOptions.Layer7;
import io.plumbline.aliyun.AliyunListenerOptions.Sticky;
import io.plumbline.aliyun.AliyunListenerOptions.Tls;
import io.plumbline.aliyun.Call.Target;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.Setting;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Calls -> the parameters of the API, all of them text. What is not managed is left out.
final class Requests {
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();
    private static final List<String> PROTOCOLS = List.of("HTTPS", "HTTP", "TCP", "UDP");

    private Requests() {}

    /// @param group of a batch of members
    static SortedMap<String, String> of(Call call, Optional<String> group) {
        return switch (call) {
            case Call.Plain plain -> plain.parameters();
            case Call.CreateLoadBalancer create -> create.parameters();
            case Call.CreatePool create -> pool(create);
            case Call.OfTargets batch -> batch(batch, group);
            case Call.SetExtensions set -> listener(set.loadBalancer(), set.port());
            case Call.SetAccessList set -> new TreeMap<>(Map.of("AclName", set.name()));
        };
    }

    private static SortedMap<String, String> pool(Call.CreatePool create) {
        TreeMap<String, String> parameters = new TreeMap<>();
        parameters.put("LoadBalancerId", create.loadBalancer());
        parameters.put("VServerGroupName", create.name());
        if (!create.targets().isEmpty()) {
            parameters.put("BackendServers", json(create.targets(), true));
        }
        return parameters;
    }

    private static SortedMap<String, String> batch(Call.OfTargets batch, Optional<String> group) {
        TreeMap<String, String> parameters = new TreeMap<>();
        group.ifPresent(id -> parameters.put("VServerGroupId", id));
        parameters.put("BackendServers", json(batch.targets(), batch.what() != Call.What.REMOVE));
        return parameters;
    }

    private static String json(List<Target> targets, boolean weights) {
        return GSON.toJson(targets.stream().map(target -> json(target, weights)).toList());
    }

    private static Map<String, Object> json(Target target, boolean weights) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ServerId", target.serverId());
        json.put("Type", target.type());
        target.ip().ifPresent(ip -> json.put("ServerIp", ip));
        json.put("Port", target.port());
        if (weights) {
            json.put("Weight", target.weight());
            json.put("Description", target.description());
        }
        return json;
    }

    /// Entries of an access control list.
    static String entries(List<String> ranges) {
        return GSON.toJson(ranges.stream()
                .map(range -> new TreeMap<>(Map.of("entry", range)))
                .toList());
    }

    /// A filter by tags.
    static String tags(SortedMap<String, String> tags) {
        return GSON.toJson(tags.entrySet().stream()
                .map(tag -> new TreeMap<>(Map.of("TagKey", tag.getKey(), "TagValue", tag.getValue())))
                .toList());
    }

    /// `Tag.1.Key`, `Tag.1.Value` and so on.
    static SortedMap<String, String> numbered(SortedMap<String, String> tags) {
        TreeMap<String, String> numbered = new TreeMap<>();
        int number = 1;
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            numbered.put("Tag." + number + ".Key", tag.getKey());
            numbered.put("Tag." + number + ".Value", tag.getValue());
            number++;
        }
        return numbered;
    }

    static SortedMap<String, String> numbered(String name, List<String> values) {
        TreeMap<String, String> numbered = new TreeMap<>();
        for (int number = 1; number <= values.size(); number++) {
            numbered.put(name + "." + number, values.get(number - 1));
        }
        return numbered;
    }

    static SortedMap<String, String> listener(String loadBalancer, int port) {
        TreeMap<String, String> parameters = new TreeMap<>();
        parameters.put("LoadBalancerId", loadBalancer);
        parameters.put("ListenerPort", String.valueOf(port));
        return parameters;
    }

    /// As the action's name or its parameters say.
    static String protocol(Call.Plain call) {
        return PROTOCOLS.stream()
                .filter(protocol -> call.action().contains("LoadBalancer" + protocol + "Listener"))
                .findFirst()
                .map(protocol -> protocol.toLowerCase(Locale.ROOT))
                .orElseGet(() -> call.parameters().getOrDefault("ListenerProtocol", ""));
    }

    /// Of a listener's own settings.
    static SortedMap<String, String> options(AliyunListenerOptions options) {
        TreeMap<String, String> parameters = new TreeMap<>();
        Layer4 layer4 = options.layer4();
        put(parameters, "EstablishedTimeout", layer4.establishedTimeout());
        layer4.connectionDrainTimeout().asOptional().ifPresent(seconds -> {
            parameters.put("ConnectionDrain", HealthChecks.onOff(seconds > 0));
            if (seconds > 0) {
                parameters.put("ConnectionDrainTimeout", String.valueOf(seconds));
            }
        });
        put(parameters, "ProxyProtocolV2Enabled", layer4.proxyProtocol());
        Layer7 layer7 = options.layer7();
        put(parameters, "IdleTimeout", layer7.idleTimeout());
        put(parameters, "RequestTimeout", layer7.requestTimeout());
        layer7.stickySession().asOptional().ifPresent(sticky -> sticky(parameters, sticky));
        onOff(parameters, "XForwardedFor_proto", layer7.forwardedProto());
        onOff(parameters, "XForwardedFor_SLBPORT", layer7.forwardedPort());
        onOff(parameters, "XForwardedFor_ClientSrcPort", layer7.forwardedClientPort());
        Tls tls = options.tls();
        put(parameters, "ServerCertificateId", tls.certificateId());
        put(parameters, "TLSCipherPolicy", tls.cipherPolicy());
        onOff(parameters, "EnableHttp2", tls.http2());
        return parameters;
    }

    private static void sticky(SortedMap<String, String> parameters, Sticky sticky) {
        parameters.put("StickySession", HealthChecks.onOff(!sticky.type().isEmpty()));
        if (!sticky.type().isEmpty()) {
            parameters.put("StickySessionType", sticky.type());
        }
        if (!sticky.cookie().isEmpty()) {
            parameters.put("Cookie", sticky.cookie());
        }
        if (sticky.timeout() > 0) {
            parameters.put("CookieTimeout", String.valueOf(sticky.timeout()));
        }
    }

    /// Of a pool's settings, which live in its listener here.
    static SortedMap<String, String> settings(Pool pool, String protocol, boolean creating) {
        SortedMap<String, String> parameters = HealthChecks.parameters(pool.healthCheck(), protocol, creating);
        put(parameters, "Scheduler", AliyunPoolOptions.of(pool.options()).scheduler());
        if (protocol.equals("tcp")) {
            pool.stickiness()
                    .enabled()
                    .asOptional()
                    .ifPresent(on -> parameters.put("PersistenceTimeout", on ? seconds(pool) : "0"));
        }
        return parameters;
    }

    private static String seconds(Pool pool) {
        return String.valueOf(pool.stickiness()
                .duration()
                .asOptional()
                .map(Duration::toSeconds)
                .orElse(LONGEST_SESSION_SECONDS));
    }

    /// A session needs a length (https://help.aliyun.com/document_detail/27594.html).
    private static final long LONGEST_SESSION_SECONDS = 3600;

    private static void put(SortedMap<String, String> parameters, String name, Setting<?> value) {
        value.asOptional().ifPresent(present -> parameters.put(name, String.valueOf(present)));
    }

    private static void onOff(SortedMap<String, String> parameters, String name, Setting<Boolean> value) {
        value.asOptional().ifPresent(on -> parameters.put(name, HealthChecks.onOff(on)));
    }
}
