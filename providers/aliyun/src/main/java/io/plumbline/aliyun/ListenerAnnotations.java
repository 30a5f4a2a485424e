package io.plumbline.aliyun;

import io.plumbline.aliyun.AliyunListenerOptions.Acl;
import io.plumbline.aliyun.AliyunListenerOptions.Layer4;
import io.plumbline.aliyun.AliyunListenerOptions.Layer7;
import io.plumbline.aliyun.AliyunListenerOptions.Sticky;
import io.plumbline.aliyun.AliyunListenerOptions.Tls;
import io.plumbline.aliyun.ServiceAnnotations.Pair;
import io.plumbline.spi.Dialect.Form;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.objects.ServiceView;
import java.util.List;
import java.util.Optional;

/// What a Service's annotations say of its listeners beside their health checks: the same for all of
/// its ports, as far as a port's kind of listener has it.
final class ListenerAnnotations {
    private static final List<String> CIPHER_POLICIES = List.of(
            "tls_cipher_policy_1_0",
            "tls_cipher_policy_1_1",
            "tls_cipher_policy_1_2",
            "tls_cipher_policy_1_2_strict",
            "tls_cipher_policy_1_2_strict_with_1_3");
    private static final int USUAL_DRAIN_SECONDS = 300;
    private static final int USUAL_COOKIE_SECONDS = 500;
    private static final String INSERT = "insert";
    private static final String SERVER = "server";

    private final ServiceAnnotations annotations;
    private final ServiceView service;

    ListenerAnnotations(ServiceAnnotations annotations, ServiceView service) {
        this.annotations = annotations;
        this.service = service;
    }

    /// @param forwardPort where an HTTP listener sends its clients
    AliyunListenerOptions of(Form form, Optional<Integer> forwardPort) {
        return new AliyunListenerOptions(
                acl(),
                Setting.of(forwardPort),
                switch (form) {
                    case TCP -> tcp();
                    case UDP -> new Layer4(Setting.unmanaged(), Setting.unmanaged(), proxyProtocol());
                    case TCP_UDP, TLS, HTTP, HTTPS -> Layer4.unmanaged();
                },
                form == Form.HTTP || form == Form.HTTPS ? layer7() : Layer7.unmanaged(),
                form == Form.HTTPS ? tls() : Tls.unmanaged());
    }

    private Setting<Boolean> proxyProtocol() {
        return annotations.onOff(Annotations.PROXY_PROTOCOL, false);
    }

    private Layer4 tcp() {
        return new Layer4(
                annotations.whole(Annotations.ESTABLISHED_TIMEOUT, 10, 900, Setting.managed(900)),
                drain(),
                proxyProtocol());
    }

    private Setting<Integer> drain() {
        Setting<Boolean> on = annotations.onOff(Annotations.DRAIN, false);
        if (on.equals(Setting.managed(true))) {
            return annotations.whole(Annotations.DRAIN_TIMEOUT, 10, 900, Setting.managed(USUAL_DRAIN_SECONDS));
        }
        needs(Annotations.DRAIN_TIMEOUT, "loadbalancer-connection-drain on");
        return Setting.of(on.asOptional().map(off -> 0));
    }

    private Layer7 layer7() {
        return new Layer7(
                annotations.whole(Annotations.IDLE_TIMEOUT, 1, 60, Setting.managed(15)),
                annotations.whole(Annotations.REQUEST_TIMEOUT, 1, 180, Setting.managed(60)),
                sticky(),
                annotations.onOff(Annotations.FORWARDED_PROTO, false),
                annotations.onOff(Annotations.FORWARDED_PORT, false),
                annotations.onOff(Annotations.FORWARDED_CLIENT_PORT, false));
    }

    private Setting<Sticky> sticky() {
        Setting<Boolean> on = annotations.onOff(Annotations.STICKY, false);
        if (!on.equals(Setting.managed(true))) {
            List.of(Annotations.STICKY_TYPE, Annotations.COOKIE, Annotations.COOKIE_TIMEOUT)
                    .forEach(key -> needs(key, "loadbalancer-sticky-session on"));
            return Setting.of(on.asOptional().map(off -> Sticky.off()));
        }
        Setting<String> type =
                annotations.oneOf(Annotations.STICKY_TYPE, List.of(INSERT, SERVER), Setting.managed(INSERT));
        return type.equals(Setting.managed(SERVER)) ? byServer() : inserted(type);
    }

    private Setting<Sticky> inserted(Setting<String> type) {
        needs(Annotations.COOKIE, "loadbalancer-sticky-session-type server");
        Setting<Integer> timeout =
                annotations.whole(Annotations.COOKIE_TIMEOUT, 1, 86400, Setting.managed(USUAL_COOKIE_SECONDS));
        return Setting.of(type.asOptional()
                .flatMap(insert -> timeout.asOptional().map(seconds -> new Sticky(INSERT, "", seconds))));
    }

    private Setting<Sticky> byServer() {
        needs(Annotations.COOKIE_TIMEOUT, "loadbalancer-sticky-session-type insert");
        Setting<String> cookie = annotations.matching(
                Annotations.COOKIE,
                text -> text.matches("[A-Za-z0-9!#%&'*+./:<=>?@^_`{|}~()-]{1,200}") && !text.startsWith("$"),
                "must have 1 to 200 letters, digits or signs, without comma, semicolon or space",
                Setting.unmanaged());
        if (!annotations.has(Annotations.COOKIE)) {
            annotations.complain(
                    Annotations.STICKY_TYPE,
                    "is server and names no cookie: set loadbalancer-cookie; until then it stays as it is");
        }
        return Setting.of(cookie.asOptional().map(name -> new Sticky(SERVER, name, 0)));
    }

    private Tls tls() {
        Setting<String> certificate = annotations.matching(
                Annotations.CERTIFICATE, ListenerAnnotations::isId, "must be an id", Setting.unmanaged());
        if (!annotations.has(Annotations.CERTIFICATE)) {
            annotations.complain(
                    Annotations.PROTOCOL_PORT,
                    "asks for https, which needs a certificate: set loadbalancer-cert-id; until then no https"
                            + " listener is made, and one that exists keeps its own");
        }
        return new Tls(
                certificate,
                domainExtensions(),
                annotations.oneOf(
                        Annotations.CIPHER_POLICY, CIPHER_POLICIES, Setting.managed(CIPHER_POLICIES.getFirst())),
                annotations.onOff(Annotations.HTTP2, true));
    }

    private Setting<Pairs> domainExtensions() {
        List<Pair> pairs = annotations.pairs(Annotations.DOMAIN_EXTENSIONS, ':', "a.example.com:id-1").stream()
                .filter(this::isExtension)
                .toList();
        return Setting.managed(new Pairs(Pair.byLeft(pairs)));
    }

    private boolean isExtension(Pair pair) {
        boolean valid = pair.left().matches("(\\*\\.)?[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+") && isId(pair.right());
        if (!valid) {
            annotations.complain(
                    Annotations.DOMAIN_EXTENSIONS,
                    "has " + ServiceAnnotations.quoted(pair.piece())
                            + ", which should name a domain and the id of its certificate");
        }
        return valid;
    }

    private static boolean isId(String text) {
        return text.matches("[A-Za-z0-9_-]{1,128}");
    }

    /// The user's own lists. What `loadBalancerSourceRanges` says comes before them.
    private Setting<Acl> acl() {
        Setting<Boolean> on = annotations.onOff(Annotations.ACL_STATUS, false);
        if (!on.equals(Setting.managed(true))) {
            List.of(Annotations.ACL_ID, Annotations.ACL_TYPE).forEach(key -> needs(key, "loadbalancer-acl-status on"));
            return Setting.of(on.asOptional().map(off -> Acl.none()));
        }
        if (!service.traffic().sourceRanges().isEmpty()) {
            annotations.complain(
                    Annotations.ACL_STATUS,
                    "contradicts spec.loadBalancerSourceRanges, which counts: remove one of the two");
            return Setting.managed(Acl.none());
        }
        return named();
    }

    private Setting<Acl> named() {
        Setting<String> type = annotations.oneOf(Annotations.ACL_TYPE, List.of("white", "black"), Setting.unmanaged());
        Setting<String> ids = annotations.matching(
                Annotations.ACL_ID,
                text -> text.matches("acl-[a-z0-9]+( *, *acl-[a-z0-9]+)*"),
                "must list ids of access control lists (acl-1,acl-2)",
                Setting.unmanaged());
        if (!annotations.has(Annotations.ACL_TYPE) || !annotations.has(Annotations.ACL_ID)) {
            annotations.complain(
                    Annotations.ACL_STATUS,
                    "is on, which needs loadbalancer-acl-id and loadbalancer-acl-type: set both; until then it stays"
                            + " as it is");
        }
        return Setting.of(type.asOptional()
                .flatMap(text -> ids.asOptional()
                        .map(list -> new Acl(
                                text, annotations.pieces(Annotations.ACL_ID).toList()))));
    }

    private void needs(String key, String other) {
        if (annotations.has(key)) {
            annotations.complain(key, "has no effect without " + other + ": set that, or remove it");
        }
    }
}
