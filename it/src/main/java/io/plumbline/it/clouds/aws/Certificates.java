package io.plumbline.it.clouds.aws;

import static io.plumbline.it.clouds.aws.Refusal.unless;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The actions of ACM. Two certificates exist from the start: for `example.com` and `*.example.com`, and one for
/// `pending.example.com` that still waits for its validation.
final class Certificates {
    private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)CN=([^,]+)");
    private static final int DNS_NAME = 2;

    private final Estate estate;

    Certificates(Estate estate) {
        this.estate = estate;
        add(Certificate.ISSUED, "example.com", "*.example.com");
        add(Certificate.PENDING, "pending.example.com");
    }

    private void add(String status, String... names) {
        Instant now = estate.agenda.now();
        Certificate made =
                new Certificate(newArn(), "AMAZON_ISSUED", status, List.of(names), now, now.plus(Duration.ofDays(395)));
        estate.certificates.put(made.arn(), made);
    }

    private String newArn() {
        return estate.account.arn(
                "acm", String.format("certificate/00000000-0000-4000-8000-%012x", estate.count("certificate")));
    }

    private Certificate certificate(String arn) {
        unless(arn.contains(":acm:"), "InvalidArnException", "The ARN '" + arn + "' is not that of a certificate");
        return Optional.ofNullable(estate.certificates.get(arn))
                .orElseThrow(() -> new Refusal("ResourceNotFoundException", "Could not find certificate " + arn + "."));
    }

    ObjectNode describe(ApiCall call) {
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        reply.set("Certificate", detail(certificate(call.text("CertificateArn"))));
        return reply;
    }

    private ObjectNode detail(Certificate certificate) {
        ObjectNode text = summary(certificate);
        text.remove("SubjectAlternativeNameSummaries");
        text.remove("InUse");
        certificate.names().forEach(text.putArray("SubjectAlternativeNames")::add);
        users(certificate).forEach(text.putArray("InUseBy")::add);
        return text;
    }

    private List<String> users(Certificate certificate) {
        return estate.listeners().stream()
                .filter(listener -> listener.certificates.contains(certificate.arn())
                        || listener.extraCertificates.contains(certificate.arn()))
                .map(listener -> listener.balancer.arn)
                .distinct()
                .toList();
    }

    private ObjectNode summary(Certificate certificate) {
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        text.put("CertificateArn", certificate.arn())
                .put("DomainName", certificate.names().getFirst())
                .put("Status", certificate.status())
                .put("Type", certificate.type())
                .put("KeyAlgorithm", "RSA_2048")
                .put("InUse", !users(certificate).isEmpty());
        if (certificate.issued()) {
            text.put("NotBefore", certificate.notBefore().toString())
                    .put("NotAfter", certificate.notAfter().toString());
        }
        certificate.names().forEach(text.putArray("SubjectAlternativeNameSummaries")::add);
        return text;
    }

    ObjectNode list(ApiCall call) {
        call.supports("CertificateStatuses", "MaxItems", "NextToken", "Includes");
        List<String> statuses = call.texts("CertificateStatuses");
        List<Certificate> found = estate.certificates.values().stream()
                .filter(certificate -> statuses.isEmpty() || statuses.contains(certificate.status()))
                .toList();
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        Pages.put(call, reply, "CertificateSummaryList", found, Pages.Names.CERTIFICATES, this::summary);
        return reply;
    }

    /// Imports a new certificate, or another one under an ARN that exists.
    ObjectNode importOne(ApiCall call) {
        X509Certificate read = read(call.text("Certificate"));
        String key = new String(Base64.getDecoder().decode(call.text("PrivateKey")), StandardCharsets.US_ASCII);
        unless(key.contains("PRIVATE KEY-----"), "ValidationException", "The private key is not supported.");
        String arn = call.has("CertificateArn")
                ? certificate(call.text("CertificateArn")).arn()
                : newArn();
        estate.certificates.put(
                arn,
                new Certificate(
                        arn,
                        "IMPORTED",
                        Certificate.ISSUED,
                        names(read),
                        read.getNotBefore().toInstant(),
                        read.getNotAfter().toInstant()));
        return JsonNodeFactory.instance.objectNode().put("CertificateArn", arn);
    }

    private static X509Certificate read(String blob) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(Base64.getDecoder().decode(blob)));
        } catch (CertificateException | IllegalArgumentException broken) {
            throw new Refusal("ValidationException", "The certificate field contains no valid PEM certificate.");
        }
    }

    private static List<String> names(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        Matcher subject =
                COMMON_NAME.matcher(certificate.getSubjectX500Principal().getName());
        if (subject.find()) {
            names.add(subject.group(1));
        }
        try {
            Optional.ofNullable(certificate.getSubjectAlternativeNames())
                    .ifPresent(all -> all.forEach(entry -> {
                        if (Integer.valueOf(DNS_NAME).equals(entry.get(0)) && !names.contains(entry.get(1))) {
                            names.add(String.valueOf(entry.get(1)));
                        }
                    }));
        } catch (CertificateException broken) {
            throw new Refusal("ValidationException", "The certificate's alternative names are broken.");
        }
        unless(!names.isEmpty(), "ValidationException", "The certificate names no domain.");
        return names;
    }

    ObjectNode delete(ApiCall call) {
        Certificate certificate = certificate(call.text("CertificateArn"));
        unless(
                users(certificate).isEmpty(),
                "ResourceInUseException",
                "Certificate " + certificate.arn() + " is in use.");
        estate.certificates.remove(certificate.arn());
        return JsonNodeFactory.instance.objectNode();
    }
}
