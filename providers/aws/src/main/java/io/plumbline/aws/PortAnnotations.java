package io.plumbline.aws;

import io.plumbline.spi.Dialect.Extent;
import io.plumbline.spi.Dialect.Form;
import io.plumbline.spi.Dialect.PortWishes;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.model.Stickiness;
import io.plumbline.spi.model.Transport;
import io.plumbline.spi.objects.ServiceView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What a Service's annotations say of its ports: of their listeners and target groups.
final class PortAnnotations {
    private static final String AS_IT_IS = "until then it stays as it is";
    private static final String DEFAULT_POLICY = "ELBSecurityPolicy-2016-08";
    private static final String CERTIFICATE =
            "arn:aws[a-z-]*:(acm:[a-z0-9-]+:[0-9]{12}:certificate|iam::[0-9]{12}:server-certificate)/.+";
    private static final List<String> PROTOCOLS = List.of("TCP", "TLS", "UDP", "TCP_UDP");

    private final ServiceAnnotations annotations;
    private final ServiceView service;
    private final HealthAnnotations.Check check;
    private final String ipAddressType;
    private final boolean joined;
    private final boolean tlsWanted;
    private final List<Integer> tlsPorts;
    private final Setting<List<String>> certificates;
    private final List<Integer> proxied;
    private final Setting<SortedMap<String, String>> tags;

    PortAnnotations(ServiceAnnotations annotations, GroupKind kind, Setting<SortedMap<String, String>> tags) {
        this.annotations = annotations;
        this.service = annotations.service();
        this.check = new HealthAnnotations(annotations, kind.targets()).read();
        this.ipAddressType = kind.ipAddressType();
        this.joined = annotations
                .bool(Annotations.TCP_UDP, "until then TCP and UDP share no listener")
                .orElse(false);
        this.tlsWanted = annotations.has(Annotations.CERTIFICATES) || annotations.has(Annotations.TLS_PORTS);
        this.certificates = certificates();
        this.tlsPorts = tlsPorts();
        this.proxied = proxied();
        this.tags = tags;
    }

    List<PortWishes> wishes() {
        Tls tls = tls();
        SortedMap<String, String> common =
                annotations.attributes(Annotations.GROUP_ATTRIBUTES, TargetGroupAttributes.RULES);
        SortedMap<String, SortedMap<String, String>> byPort = ownAttributes();
        SortedMap<String, String> idle = idleTimeouts();
        List<PortWishes> wishes = new ArrayList<>();
        for (int index = 0; index < service.ports().size(); index++) {
            ServiceView.Port port = service.ports().get(index);
            TreeMap<String, String> attributes = new TreeMap<>(common);
            attributes.putAll(byPort.getOrDefault(String.valueOf(port.port()), new TreeMap<>()));
            wishes.add(wishes(index, port, tls, attributes, idle));
        }
        return wishes;
    }

    /// What TLS ports share.
    private record Tls(Setting<String> policy, Setting<String> alpn, Setting<String> behind) {}

    private PortWishes wishes(
            int index,
            ServiceView.Port port,
            Tls tls,
            SortedMap<String, String> attributes,
            SortedMap<String, String> idle) {
        boolean shared = joined && sharesNumber(port);
        Form form = form(port, shared);
        String protocol = form.name();
        keepClientAddresses(index, form, attributes);
        AwsListenerOptions listener = form == Form.TLS ? listener(tls, protocol) : listener(protocol);
        return new PortWishes(
                form,
                extent(index, port, form),
                Optional.empty(),
                check.check(),
                stickiness(index, form, attributes),
                Setting.unmanaged(),
                withIdleTimeout(listener, Optional.ofNullable(idle.get(protocol + "-" + port.port()))),
                pool(port, form, tls, attributes));
    }

    private Form form(ServiceView.Port port, boolean shared) {
        return switch (port.transport()) {
            case TCP -> tlsPorts.contains(port.port()) ? Form.TLS : shared ? Form.TCP_UDP : Form.TCP;
            case UDP -> shared && !tlsPorts.contains(port.port()) ? Form.TCP_UDP : Form.UDP;
            case TCP_UDP -> Form.TCP_UDP;
        };
    }

    private boolean sharesNumber(ServiceView.Port port) {
        return service.ports().stream()
                .anyMatch(other -> other.port() == port.port() && other.transport() != port.transport());
    }

    /// Where there are datagrams AWS refuses anything else
    /// (https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html).
    private void keepClientAddresses(int index, Form form, SortedMap<String, String> attributes) {
        boolean datagrams = form == Form.UDP || form == Form.TCP_UDP;
        if (datagrams && attributes.remove(TargetGroupAttributes.PRESERVE_CLIENT_IP, "false")) {
            annotations.complainOf(
                    "spec.ports[" + index + "]",
                    "a UDP port always sees the client's address: preserve_client_ip.enabled=false has no effect on it;"
                            + " set it for the other ports in " + Annotations.BETA + Annotations.GROUP_ATTRIBUTES
                            + ".<port>");
        }
    }

    /// AWS has one listener for each number, whatever its protocol.
    private Extent extent(int index, ServiceView.Port port, Form form) {
        boolean second = form == Form.UDP && sharesNumber(port);
        if (second) {
            annotations.complainOf(
                    "spec.ports[" + index + "]",
                    "UDP port " + port.port() + " is not served, since a listener for TCP has its number: set "
                            + Annotations.BETA + Annotations.TCP_UDP + ": \"true\", or use another number");
        }
        return second ? Extent.NOTHING : Extent.LISTENER_AND_POOL;
    }

    private AwsListenerOptions listener(String protocol) {
        return AwsListenerOptions.unmanaged().withProtocol(Setting.managed(protocol));
    }

    /// Without a certificate what is open stays as it is, of whichever protocol, and nothing is opened.
    private AwsListenerOptions listener(Tls tls, String protocol) {
        List<String> arns = certificates.asOptional().orElse(List.of());
        return arns.isEmpty()
                ? AwsListenerOptions.unmanaged()
                : new AwsListenerOptions(
                        Setting.managed(protocol),
                        Setting.managed(arns.getFirst()),
                        Setting.managed(
                                arns.stream().skip(1).sorted().distinct().toList()),
                        tls.policy(),
                        tls.alpn(),
                        Setting.unmanaged());
    }

    private static AwsListenerOptions withIdleTimeout(AwsListenerOptions options, Optional<String> seconds) {
        return new AwsListenerOptions(
                options.protocol(),
                options.certificate(),
                options.moreCertificates(),
                options.policy(),
                options.alpn(),
                Setting.of(seconds));
    }

    private AwsPoolOptions pool(ServiceView.Port port, Form form, Tls tls, SortedMap<String, String> attributes) {
        TreeMap<String, String> all = new TreeMap<>(attributes);
        if (proxied.contains(port.port())) {
            all.put(TargetGroupAttributes.PROXY_PROTOCOL, "true");
        } else {
            all.putIfAbsent(TargetGroupAttributes.PROXY_PROTOCOL, "false");
        }
        Setting<String> protocol = switch (form) {
            case TLS -> tls.behind();
            case TCP, UDP, TCP_UDP, HTTP, HTTPS -> Setting.managed(form.name());
        };
        return new AwsPoolOptions(
                protocol,
                Setting.managed(ipAddressType),
                check.port(),
                check.tls(),
                Setting.managed(false),
                tags,
                TargetGroupAttributes.of(all));
    }

    /// `spec.sessionAffinity`, unless an attribute says otherwise. A TLS listener cannot keep a client with a
    /// target
    /// (https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html).
    private Stickiness stickiness(int index, Form form, SortedMap<String, String> attributes) {
        boolean wanted = service.traffic().sessionAffinity().equals("ClientIP");
        boolean sticky = Optional.ofNullable(attributes.get(TargetGroupAttributes.STICKINESS))
                .map(Boolean::valueOf)
                .orElse(wanted);
        if (sticky && form == Form.TLS) {
            annotations.complainOf(
                    "spec.ports[" + index + "]",
                    "a TLS port cannot keep a client with one target: set spec.sessionAffinity to None, or end TLS in "
                            + "the Pods");
        }
        return new Stickiness(Setting.managed(sticky && form != Form.TLS), Setting.unmanaged());
    }

    private Tls tls() {
        return new Tls(
                annotations.has(Annotations.TLS_POLICY)
                        ? annotations.text(
                                Annotations.TLS_POLICY,
                                text -> text.matches("ELBSecurityPolicy-[A-Za-z0-9-]+"),
                                "must be the name of a policy (ELBSecurityPolicy-...)",
                                AS_IT_IS)
                        : Setting.managed(DEFAULT_POLICY),
                annotations.has(Annotations.ALPN)
                        ? annotations.oneOf(
                                Annotations.ALPN,
                                List.of("None", "HTTP1Only", "HTTP2Only", "HTTP2Optional", "HTTP2Preferred"),
                                AS_IT_IS)
                        : Setting.managed("None"),
                behind());
    }

    private Setting<String> behind() {
        if (!annotations.has(Annotations.BACKEND_PROTOCOL)) {
            return Setting.managed("TCP");
        }
        return Setting.of(annotations
                .oneOf(Annotations.BACKEND_PROTOCOL, List.of("ssl", "tcp"), AS_IT_IS)
                .asOptional()
                .map(text -> text.equals("ssl") ? "TLS" : "TCP"));
    }

    private Setting<List<String>> certificates() {
        if (tlsWanted && !annotations.has(Annotations.CERTIFICATES)) {
            annotations.complain(
                    Annotations.TLS_PORTS,
                    "asks for TLS without a certificate: name one in " + Annotations.BETA + Annotations.CERTIFICATES
                            + "; until then these ports are not opened, and those that are stay as they are");
        }
        return annotations.list(
                Annotations.CERTIFICATES,
                entry -> entry.matches(CERTIFICATE),
                "must be a list of ARNs of ACM or IAM certificates",
                "until then TLS ports are not opened, and those that are stay as they are");
    }

    /// Ports by number or name; an entry that fits none is a complaint of its own.
    private List<Integer> tlsPorts() {
        if (!tlsWanted) {
            return List.of();
        }
        String wanted = annotations.value(Annotations.TLS_PORTS).orElse("*");
        List<ServiceView.Port> ports = service.ports().stream()
                .filter(port -> port.transport() != Transport.UDP)
                .toList();
        return wanted.equals("*")
                ? ports.stream().map(ServiceView.Port::port).toList()
                : chosen(Annotations.TLS_PORTS, ports, wanted);
    }

    private List<Integer> proxied() {
        Setting<String> all = annotations.oneOf(Annotations.PROXY_PROTOCOL, List.of("*"), "until then it is off");
        List<Integer> some = annotations
                .value(Annotations.PROXY_PROTOCOL_PORTS)
                .map(wanted -> chosen(Annotations.PROXY_PROTOCOL_PORTS, service.ports(), wanted))
                .orElse(List.of());
        return all.asOptional().isPresent()
                ? service.ports().stream().map(ServiceView.Port::port).toList()
                : some;
    }

    private List<Integer> chosen(String name, List<ServiceView.Port> ports, String wanted) {
        List<Integer> chosen = new ArrayList<>();
        for (String entry : ServiceAnnotations.entries(wanted)) {
            List<Integer> found = ports.stream()
                    .filter(port -> entry.equals(String.valueOf(port.port())) || entry.equals(port.name()))
                    .map(ServiceView.Port::port)
                    .toList();
            chosen.addAll(found);
            if (found.isEmpty()) {
                annotations.complain(
                        name,
                        "names port \"" + entry + "\", which " + service.key().text()
                                + " does not have: add that port to the Service or remove this entry");
            }
        }
        return chosen.stream().sorted().distinct().toList();
    }

    private SortedMap<String, SortedMap<String, String>> ownAttributes() {
        TreeMap<String, SortedMap<String, String>> byPort = new TreeMap<>();
        String name = Annotations.GROUP_ATTRIBUTES + ".";
        for (String suffix : annotations.suffixes(name)) {
            if (service.ports().stream().anyMatch(port -> suffix.equals(String.valueOf(port.port())))) {
                byPort.put(suffix, annotations.attributes(name + suffix, TargetGroupAttributes.RULES));
            } else {
                complainOfSuffix(name + suffix, "a port of the Service");
            }
        }
        return byPort;
    }

    /// By `TCP-80`.
    private SortedMap<String, String> idleTimeouts() {
        TreeMap<String, String> timeouts = new TreeMap<>();
        TreeMap<String, AttributeText.Rule> rules = new TreeMap<>();
        rules.put(AwsListenerOptions.IDLE_TIMEOUT, AttributeText.Rule.number(60, 6000));
        for (String suffix : annotations.suffixes(Annotations.LISTENER_ATTRIBUTES)) {
            if (!isListener(suffix)) {
                complainOfSuffix(
                        Annotations.LISTENER_ATTRIBUTES + suffix,
                        "a listener of the Service, its protocol (" + String.join(", ", PROTOCOLS)
                                + ") and port like TCP-80");
                continue;
            }
            Optional.ofNullable(annotations
                            .attributes(Annotations.LISTENER_ATTRIBUTES + suffix, rules)
                            .get(AwsListenerOptions.IDLE_TIMEOUT))
                    .ifPresent(seconds -> timeouts.put(suffix.toUpperCase(Locale.ROOT), seconds));
        }
        return timeouts;
    }

    private boolean isListener(String suffix) {
        return service.ports().stream()
                .flatMap(port ->
                        Stream.of(form(port, joined && sharesNumber(port)).name() + "-" + port.port()))
                .anyMatch(suffix.toUpperCase(Locale.ROOT)::equals);
    }

    private void complainOfSuffix(String name, String what) {
        annotations.complain(name, "must end in " + what + ": correct its name or remove it");
    }
}
