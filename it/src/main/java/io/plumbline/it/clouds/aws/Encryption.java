package io.plumbline.it.clouds.aws;

import static io.plumbline.it.clouds.aws.Refusal.unless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What only TLS listeners have: certificates, a policy, ALPN.
final class Encryption {
    /// https://docs.aws.amazon.com/elasticloadbalancing/latest/network/describe-ssl-policies.html
    static final List<String> POLICIES = List.of(
            "ELBSecurityPolicy-2016-08",
            "ELBSecurityPolicy-TLS-1-1-2017-01",
            "ELBSecurityPolicy-TLS-1-2-2017-01",
            "ELBSecurityPolicy-TLS-1-2-Ext-2018-06",
            "ELBSecurityPolicy-FS-2018-06",
            "ELBSecurityPolicy-FS-1-1-2019-08",
            "ELBSecurityPolicy-FS-1-2-2019-08",
            "ELBSecurityPolicy-FS-1-2-Res-2019-08",
            "ELBSecurityPolicy-FS-1-2-Res-2020-10",
            "ELBSecurityPolicy-TLS13-1-0-2021-06",
            "ELBSecurityPolicy-TLS13-1-1-2021-06",
            "ELBSecurityPolicy-TLS13-1-2-2021-06",
            "ELBSecurityPolicy-TLS13-1-2-Ext1-2021-06",
            "ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06",
            "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
            "ELBSecurityPolicy-TLS13-1-3-2021-06");

    private static final List<String> ALPN =
            List.of("HTTP1Only", "HTTP2Only", "HTTP2Optional", "HTTP2Preferred", "None");

    private final Estate estate;

    Encryption(Estate estate) {
        this.estate = estate;
    }

    /// Sets what a request to create or modify a listener says; what it does not name stays.
    void apply(ApiCall call, Listener listener) {
        if (!listener.protocol.equals("TLS")) {
            unless(
                    !call.has("Certificates") && !call.has("SslPolicy") && !call.has("AlpnPolicy"),
                    "InvalidConfigurationRequest",
                    "Certificates, SSL policies and ALPN policies are not supported for listeners with protocol '"
                            + listener.protocol + "'");
            listener.certificates = List.of();
            listener.sslPolicy = "";
            listener.alpn = List.of();
            return;
        }
        listener.certificates = call.has("Certificates") ? certificates(call) : listener.certificates;
        unless(
                listener.certificates.size() == 1,
                "ValidationError",
                "Exactly one certificate must be specified for listeners with protocol 'TLS'");
        listener.sslPolicy =
                call.text("SslPolicy", listener.sslPolicy.isEmpty() ? POLICIES.getFirst() : listener.sslPolicy);
        unless(
                POLICIES.contains(listener.sslPolicy),
                "SSLPolicyNotFound",
                "SSL policy '" + listener.sslPolicy + "' not found");
        listener.alpn = call.has("AlpnPolicy") ? call.texts("AlpnPolicy") : listener.alpn;
        unless(
                listener.alpn.size() <= 1 && ALPN.containsAll(listener.alpn),
                "ALPNPolicyNotFound",
                "ALPN policy must be one of " + ALPN);
    }

    private List<String> certificates(ApiCall call) {
        List<String> arns = new ArrayList<>();
        for (JsonNode certificate : call.body().path("Certificates")) {
            String arn = certificate.path("CertificateArn").asText("");
            Certificate known = Optional.ofNullable(estate.certificates.get(arn))
                    .orElseThrow(
                            () -> new Refusal("CertificateNotFound", "Certificate ARN '" + arn + "' is not valid"));
            unless(
                    known.issued(),
                    "UnsupportedCertificate",
                    "The certificate '" + arn
                            + "' must have a fully-qualified domain name, a supported signature, and a"
                            + " supported key size.");
            arns.add(arn);
        }
        return List.copyOf(arns);
    }

    ObjectNode add(ApiCall call, Listener listener) {
        requireTls(listener);
        List<String> after = new ArrayList<>(listener.extraCertificates);
        certificates(call).stream()
                .filter(arn -> !after.contains(arn) && !listener.certificates.contains(arn))
                .forEach(after::add);
        long others = listener.balancer.listeners.values().stream()
                .filter(other -> other != listener)
                .mapToLong(other -> other.extraCertificates.size())
                .sum();
        unless(
                others + after.size() <= estate.limits.of(Limit.CERTIFICATES_PER_BALANCER),
                "TooManyCertificates",
                "The maximum number of certificates has been reached");
        listener.extraCertificates = List.copyOf(after);
        return reply(after);
    }

    ObjectNode remove(ApiCall call, Listener listener) {
        requireTls(listener);
        List<String> after = new ArrayList<>(listener.extraCertificates);
        for (JsonNode certificate : call.body().path("Certificates")) {
            String arn = certificate.path("CertificateArn").asText("");
            unless(
                    !listener.certificates.contains(arn),
                    "OperationNotPermitted",
                    "The default certificate '" + arn + "' cannot be removed");
            after.remove(arn);
        }
        listener.extraCertificates = List.copyOf(after);
        return JsonNodeFactory.instance.objectNode();
    }

    private static void requireTls(Listener listener) {
        unless(
                listener.protocol.equals("TLS"),
                "ValidationError",
                "Certificates are not supported for listeners with protocol '" + listener.protocol + "'");
    }

    /// The default certificate and the others.
    static ObjectNode describe(Listener listener) {
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        ArrayNode list = reply.putArray("Certificates");
        listener.certificates.forEach(
                arn -> list.addObject().put("CertificateArn", arn).put("IsDefault", true));
        listener.extraCertificates.forEach(
                arn -> list.addObject().put("CertificateArn", arn).put("IsDefault", false));
        return reply;
    }

    private static ObjectNode reply(List<String> arns) {
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        ArrayNode list = reply.putArray("Certificates");
        arns.forEach(arn -> list.addObject().put("CertificateArn", arn).put("IsDefault", false));
        return reply;
    }

    static ObjectNode policies(ApiCall call) {
        List<String> names = call.texts("Names");
        unless(POLICIES.containsAll(names), "SSLPolicyNotFound", "One or more SSL policies not found");
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        Pages.put(
                call,
                reply,
                "SslPolicies",
                names.isEmpty() ? POLICIES : names,
                Pages.Names.ELASTIC_LOAD_BALANCING,
                name -> {
                    ObjectNode policy = JsonNodeFactory.instance.objectNode().put("Name", name);
                    policy.putArray("SupportedLoadBalancerTypes")
                            .add("application")
                            .add("network");
                    return policy;
                });
        return reply;
    }
}
