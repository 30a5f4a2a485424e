package io.plumbline.aliyun;

import io.plumbline.aliyun.ServiceAnnotations.Pair;
import io.plumbline.spi.Dialect.Form;
import io.plumbline.spi.model.Transport;
import io.plumbline.spi.objects.ServiceView;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Lists of annotations that say something of single ports: `https:443`, `80:443`, `rsp-a:443`.
final class PortAnnotations {
    private static final Set<Form> LAYER_7 = EnumSet.of(Form.HTTP, Form.HTTPS);

    /// Which kinds of listener have these settings.
    private static final List<Scope> SCOPES = List.of(
            new Scope(
                    EnumSet.of(Form.TCP),
                    List.of(
                            Annotations.PERSISTENCE_TIMEOUT,
                            Annotations.ESTABLISHED_TIMEOUT,
                            Annotations.DRAIN,
                            Annotations.DRAIN_TIMEOUT,
                            Annotations.CHECK_TYPE)),
            new Scope(
                    EnumSet.of(Form.TCP, Form.UDP),
                    List.of(Annotations.PROXY_PROTOCOL, Annotations.CHECK_SWITCH, Annotations.CHECK_CONNECT_TIMEOUT)),
            new Scope(
                    LAYER_7,
                    List.of(
                            Annotations.IDLE_TIMEOUT,
                            Annotations.REQUEST_TIMEOUT,
                            Annotations.STICKY,
                            Annotations.STICKY_TYPE,
                            Annotations.COOKIE,
                            Annotations.COOKIE_TIMEOUT,
                            Annotations.FORWARDED_PROTO,
                            Annotations.FORWARDED_PORT,
                            Annotations.FORWARDED_CLIENT_PORT,
                            Annotations.CHECK_FLAG,
                            Annotations.CHECK_METHOD,
                            Annotations.CHECK_TIMEOUT)),
            new Scope(
                    EnumSet.of(Form.HTTPS),
                    List.of(
                            Annotations.CERTIFICATE,
                            Annotations.DOMAIN_EXTENSIONS,
                            Annotations.CIPHER_POLICY,
                            Annotations.HTTP2)),
            new Scope(
                    EnumSet.of(Form.TCP, Form.HTTP, Form.HTTPS),
                    List.of(Annotations.CHECK_URI, Annotations.CHECK_DOMAIN, Annotations.CHECK_CODE)));

    private record Scope(Set<Form> forms, List<String> keys) {
        String words() {
            return forms.stream()
                    .map(form -> form.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(" or "));
        }
    }

    private final ServiceAnnotations annotations;
    private final ServiceView service;
    private final SortedMap<Integer, Form> forms;

    PortAnnotations(ServiceAnnotations annotations, ServiceView service) {
        this.annotations = annotations;
        this.service = service;
        this.forms = asked();
    }

    /// The kind of the listener on a port.
    Form form(ServiceView.Port port) {
        Form own = own(port.transport());
        Optional<Form> asked = Optional.ofNullable(forms.get(port.port()));
        return asked.filter(form -> udp(form) == udp(own)).orElse(own);
    }

    private static Form own(Transport transport) {
        return switch (transport) {
            case TCP -> Form.TCP;
            case UDP -> Form.UDP;
            case TCP_UDP -> Form.TCP_UDP;
        };
    }

    private static boolean udp(Form form) {
        return form == Form.UDP;
    }

    private SortedMap<Integer, Form> asked() {
        TreeMap<Integer, Form> asked = new TreeMap<>();
        for (Pair pair : annotations.pairs(Annotations.PROTOCOL_PORT, ':', "https:443")) {
            Optional<Form> form = List.of(Form.TCP, Form.UDP, Form.HTTP, Form.HTTPS).stream()
                    .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(pair.left()))
                    .findFirst();
            Optional<Integer> port = existing(Annotations.PROTOCOL_PORT, pair, pair.right());
            if (form.isEmpty()) {
                complain(pair, "whose protocol must be tcp, udp, http or https");
            } else if (port.isPresent() && fits(pair, port.get(), form.get())) {
                asked.put(port.get(), form.get());
            }
        }
        return asked;
    }

    private boolean fits(Pair pair, int port, Form form) {
        boolean fits =
                service.ports().stream().anyMatch(one -> one.port() == port && udp(own(one.transport())) == udp(form));
        if (!fits) {
            complain(pair, "but spec.ports has " + port + " with another protocol");
        }
        return fits;
    }

    private void complain(Pair pair, String why) {
        annotations.complain(
                Annotations.PROTOCOL_PORT,
                "has " + ServiceAnnotations.quoted(pair.piece()) + ", " + why
                        + "; until then the port keeps its own protocol");
    }

    /// Where HTTP listeners send their clients, by their port.
    SortedMap<Integer, Integer> forwards() {
        TreeMap<Integer, Integer> forwards = new TreeMap<>();
        for (Pair pair : annotations.pairs(Annotations.FORWARD_PORT, ':', "80:443")) {
            Optional<Integer> from = existing(Annotations.FORWARD_PORT, pair, pair.left());
            Optional<Integer> to = existing(Annotations.FORWARD_PORT, pair, pair.right());
            if (from.isPresent() && to.isPresent()) {
                if (forms.get(from.get()) == Form.HTTP && forms.get(to.get()) == Form.HTTPS) {
                    forwards.put(from.get(), to.get());
                } else {
                    annotations.complain(
                            Annotations.FORWARD_PORT,
                            "has " + ServiceAnnotations.quoted(pair.piece()) + ", but needs http on " + from.get()
                                    + " and https on " + to.get() + ": say so in loadbalancer-protocol-port");
                }
            }
        }
        return forwards;
    }

    /// Groups of backends of the user's own, by the port that they are for.
    SortedMap<Integer, String> groups() {
        TreeMap<Integer, String> groups = new TreeMap<>();
        for (Pair pair : annotations.pairs(Annotations.VGROUP_PORT, ':', "rsp-a:443")) {
            Optional<Integer> port = existing(Annotations.VGROUP_PORT, pair, pair.right());
            if (!pair.left().matches("rsp-[a-z0-9-]+")) {
                annotations.complain(
                        Annotations.VGROUP_PORT,
                        "has " + ServiceAnnotations.quoted(pair.piece())
                                + ", which should name a group of backends (rsp-...)");
            } else {
                port.ifPresent(number -> groups.put(number, pair.left()));
            }
        }
        return groups;
    }

    private Optional<Integer> existing(String key, Pair pair, String text) {
        Optional<Integer> port = ServiceAnnotations.port(text)
                .filter(number -> service.ports().stream().anyMatch(one -> one.port() == number));
        if (port.isEmpty()) {
            annotations.complain(
                    key,
                    "has " + ServiceAnnotations.quoted(pair.piece()) + ", but "
                            + service.key().text() + " has no port " + text + ": correct or remove it");
        }
        return port;
    }

    /// Complains of settings that no port of the Service can have.
    void reportUseless() {
        Set<Form> present = service.ports().stream()
                .map(this::form)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Form.class)));
        for (Scope scope : SCOPES) {
            if (scope.forms().stream().noneMatch(present::contains)) {
                scope.keys().stream()
                        .filter(annotations::has)
                        .forEach(key -> annotations.complain(
                                key, "has no effect: no port of the Service is " + scope.words() + "; remove it"));
            }
        }
    }
}
