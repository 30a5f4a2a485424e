package io.plumbline.aliyun;

import io.plumbline.aliyun.AliyunListenerOptions.Acl;
import io.plumbline.aliyun.AliyunListenerOptions.Layer4;
import io.plumbline.aliyun.AliyunListenerOptions.Layer7;
import io.plumbline.aliyun.AliyunListenerOptions.Sticky;
import io.plumbline.aliyun.AliyunListenerOptions.Tls;
import io.plumbline.spi.Provider.ReadRequest;
import io.plumbline.spi.model.AccessListKey;
import io.plumbline.spi.model.Actual.Found;
import io.plumbline.spi.model.Actual.State;
import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.ListenerKey;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Ownership;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.RuleAction;
import io.plumbline.spi.model.RuleAction.Forward;
import io.plumbline.spi.model.RuleAction.WeightedPool;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.model.Stickiness;
import io.plumbline.spi.model.Transport;
import io.plumbline.spi.objects.ObjectKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// One listener as the cloud shows it.
///
/// @param pool the key of the group that it leads to
record ReadListener(String id, Ownership<Listener> listener, PoolKey pool, Fields shown) {
    /// What a listener's reading leans on.
    ///
    /// @param pools keys by groups' identifiers
    /// @param accessLists keys of our lists by their identifiers
    /// @param extensions by listeners' ports, where they were asked for
    record Context(
            ReadRequest request,
            SortedMap<String, PoolKey> pools,
            SortedMap<String, AccessListKey> accessLists,
            SortedMap<Integer, Pairs> extensions) {}

    ListenerKey key() {
        return listener.value().key();
    }

    Found<Listener> found() {
        State state = switch (shown.textOrNone("Status")) {
            case "starting", "configuring", "stopping" -> State.PROVISIONING;
            case "stopped" -> State.STOPPED;
            default -> State.ACTIVE;
        };
        return new Found<>(id, listener, state);
    }

    static Optional<Mark> claimant(Fields shown, ReadRequest request) {
        return Names.hash(shown.textOrNone("Description"))
                .flatMap(hash -> request.claimants().stream()
                        .filter(mark -> mark.hash().equals(hash))
                        .findFirst());
    }

    static ReadListener of(Fields shown, String loadBalancer, Context context) {
        ReadRequest request = context.request();
        String protocol = Replies.protocol(shown);
        Transport transport = protocol.equals("udp") ? Transport.UDP : Transport.TCP;
        int port = shown.whole("ListenerPort").orElse(1);
        ListenerKey key = new ListenerKey(request.key(), transport, port);
        PoolKey pool = ReadPool.behind(shown, context.pools(), request).orElseGet(() -> stranger(loadBalancer, key));
        Mark expected = claimant(shown, request).orElse(request.owner());
        return new ReadListener(
                Names.listener(loadBalancer, protocol, key),
                Ownership.decideByHash(
                        expected, Names.hash(shown.textOrNone("Description")), listener(shown, key, pool, context)),
                pool,
                shown);
    }

    /// Stands for a group that we do not know.
    private static PoolKey stranger(String loadBalancer, ListenerKey key) {
        return new PoolKey(new ObjectKey("Listener", "", loadBalancer), key.name());
    }

    private static Listener listener(Fields shown, ListenerKey key, PoolKey pool, Context context) {
        Fields config = Replies.config(shown);
        List<String> acls = Replies.aclIds(shown);
        Optional<AccessListKey> ours = acls.stream()
                .flatMap(id -> Optional.ofNullable(context.accessLists().get(id)).stream())
                .findFirst();
        Setting<Optional<AccessListKey>> list = Setting.managed(ours);
        boolean running = !List.of("stopped", "stopping").contains(shown.textOrNone("Status"));
        AliyunListenerOptions options = new AliyunListenerOptions(
                Setting.managed(
                        ours.isPresent() || acls.isEmpty() ? Acl.none() : new Acl(shown.textOrNone("AclType"), acls)),
                Setting.unmanaged(),
                layer4(config),
                layer7(config),
                tls(config, Optional.ofNullable(context.extensions().get(key.port()))),
                Setting.of(claimant(shown, context.request())
                        .filter(any -> config.onOff("ListenerForward").orElse(false))));
        RuleAction action = action(config, pool);
        return switch (Replies.protocol(shown)) {
            case "udp" -> new Listener.Udp(key, pool, list, running, options);
            case "http" -> new Listener.Http(key, action, list, running, options);
            case "https" -> new Listener.Https(key, action, List.of(), list, running, options);
            default -> new Listener.Tcp(key, pool, list, running, options);
        };
    }

    private static RuleAction action(Fields config, PoolKey pool) {
        return config.onOff("ListenerForward").orElse(false)
                ? Normalize.redirect(config.whole("ForwardPort").orElse(0))
                : new Forward(List.of(new WeightedPool(pool, 1)));
    }

    private static Layer4 layer4(Fields config) {
        Optional<Integer> drain = config.onOff("ConnectionDrain")
                .map(on -> on ? config.whole("ConnectionDrainTimeout").orElse(0) : 0);
        return new Layer4(
                Setting.of(config.whole("EstablishedTimeout")),
                Setting.managed(drain.orElse(0)),
                Setting.managed(config.bool("ProxyProtocolV2Enabled").orElse(false)));
    }

    private static Layer7 layer7(Fields config) {
        return new Layer7(
                Setting.of(config.whole("IdleTimeout")),
                Setting.of(config.whole("RequestTimeout")),
                Setting.managed(sticky(config)),
                Setting.managed(config.onOff("XForwardedFor_proto").orElse(false)),
                Setting.managed(config.onOff("XForwardedFor_SLBPORT").orElse(false)),
                Setting.managed(config.onOff("XForwardedFor_ClientSrcPort").orElse(false)));
    }

    private static Sticky sticky(Fields config) {
        if (!config.onOff("StickySession").orElse(false)) {
            return Sticky.off();
        }
        boolean server = config.textOrNone("StickySessionType").equals("server");
        return server
                ? new Sticky("server", config.textOrNone("Cookie"), 0)
                : new Sticky("insert", "", config.whole("CookieTimeout").orElse(0));
    }

    private static Tls tls(Fields config, Optional<Pairs> extensions) {
        return new Tls(
                Setting.of(config.text("ServerCertificateId")),
                Setting.of(extensions),
                Setting.of(config.text("TLSCipherPolicy")),
                Setting.of(config.onOff("EnableHttp2")));
    }

    /// What the pool behind it is told through it.
    Stickiness stickiness() {
        int seconds = Replies.config(shown).whole("PersistenceTimeout").orElse(0);
        return seconds == 0
                ? HealthChecks.NOT_STICKY
                : new Stickiness(Setting.managed(true), Setting.managed(Duration.ofSeconds(seconds)));
    }

    static Optional<PoolKey> keyOf(String group, Map<String, PoolKey> pools) {
        return Optional.ofNullable(pools.get(group));
    }
}
