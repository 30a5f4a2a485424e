package io.plumbline.it.clouds.aliyun;

import static io.plumbline.it.clouds.aliyun.Refusal.unless;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.ChangeLog.Happened;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/// Server certificates and the domains of HTTPS listeners that have their own.
final class Certificates {
    private final Estate estate;
    private final ListenerSettings settings;

    Certificates(Estate estate) {
        this.estate = estate;
        this.settings = new ListenerSettings(estate);
    }

    ObjectNode upload(ApiCall call) {
        unless(
                call.body().has("ServerCertificate") && call.body().has("PrivateKey"),
                "MissingParameter",
                "The input parameters \"ServerCertificate\" and \"PrivateKey\" are mandatory.");
        X509Certificate parsed = parse(call.text("ServerCertificate"));
        unless(
                belongs(parsed, call.text("PrivateKey")),
                "CertificateNotMatchPrivateKey",
                "Certificate and key does not match.");
        String id = estate.newId("cert");
        Certificate certificate = new Certificate(
                id,
                call.optionalText("ServerCertificateName").orElse(id),
                parsed.getSubjectX500Principal().getName().replaceAll(".*CN=([^,]*).*", "$1"),
                fingerprint(parsed),
                estate.agenda.now(),
                parsed.getNotAfter().toInstant());
        estate.certificates.put(id, certificate);
        estate.lifecycle("certificate", id, Happened.ADDED);
        return text(certificate);
    }

    private static X509Certificate parse(String pem) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException broken) {
            throw Refusal.invalid("ServerCertificate", "a certificate in PEM");
        }
    }

    /// Whether what the key signs is what the certificate verifies.
    private static boolean belongs(X509Certificate certificate, String pem) {
        try {
            PrivateKey key = key(pem);
            String algorithm = "SHA256with" + (key.getAlgorithm().equals("EC") ? "ECDSA" : key.getAlgorithm());
            byte[] sample = pem.getBytes(StandardCharsets.US_ASCII);
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(sample);
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(certificate.getPublicKey());
            verifier.update(sample);
            return verifier.verify(signer.sign());
        } catch (GeneralSecurityException otherKind) {
            return false;
        }
    }

    private static PrivateKey key(String pem) {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            Object parsed = parser.readObject();
            PrivateKeyInfo key = switch (parsed) {
                case PEMKeyPair pair -> pair.getPrivateKeyInfo();
                case PrivateKeyInfo alone -> alone;
                case null, default -> throw Refusal.invalid("PrivateKey", "a private key in PEM");
            };
            return new JcaPEMKeyConverter().getPrivateKey(key);
        } catch (IOException broken) {
            throw Refusal.invalid("PrivateKey", "a private key in PEM");
        }
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded());
            return HexFormat.ofDelimiter(":").formatHex(digest).toLowerCase(Locale.ROOT);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private ObjectNode text(Certificate certificate) {
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        text.put("ServerCertificateId", certificate.id())
                .put("ServerCertificateName", certificate.name())
                .put("CommonName", certificate.commonName())
                .put("Fingerprint", certificate.fingerprint())
                .put("RegionId", estate.account.region())
                .put("ResourceGroupId", "rg-default")
                .put("IsAliCloudCertificate", 0)
                .put("CreateTime", BalancerReads.time(certificate.createdAt()))
                .put("CreateTimeStamp", certificate.createdAt().toEpochMilli())
                .put("ExpireTime", BalancerReads.time(certificate.expires()))
                .put("ExpireTimeStamp", certificate.expires().toEpochMilli());
        return text;
    }

    ObjectNode list(ApiCall call) {
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        ArrayNode list = reply.putObject("ServerCertificates").putArray("ServerCertificate");
        estate.certificates.values().stream()
                .filter(certificate -> call.optionalText("ServerCertificateId")
                        .map(certificate.id()::equals)
                        .orElse(true))
                .forEach(certificate -> list.add(text(certificate)));
        return reply;
    }

    ObjectNode delete(ApiCall call) {
        String id = call.text("ServerCertificateId");
        settings.requireCertificate(id);
        boolean used = estate.balancers.values().stream()
                .flatMap(balancer -> balancer.listeners.values().stream())
                .anyMatch(listener -> listener.setting("ServerCertificateId").equals(id)
                        || listener.domains.values().stream().anyMatch(domain -> domain.certificateId.equals(id)));
        unless(!used, "CertificateAndPrivateKeyIsRefered", "Certificate and PrivateKey Is Refered.");
        estate.certificates.remove(id);
        estate.lifecycle("certificate", id, Happened.REMOVED);
        return JsonNodeFactory.instance.objectNode();
    }

    ObjectNode createDomain(ApiCall call) {
        Listener listener = httpsListener(call);
        String certificate = call.text("ServerCertificateId");
        settings.requireCertificate(certificate);
        String domain = call.text("Domain");
        Refusal.valid(domain.matches("(\\*\\.)?[A-Za-z0-9.-]{3,80}"), "Domain", "a domain name");
        unless(
                listener.domains.values().stream().noneMatch(other -> other.domain.equals(domain)),
                "DomainExist",
                "The specified Domain already exists.");
        unless(
                listener.domains.size() < estate.limits.of(Limit.DOMAINS_PER_LISTENER),
                "DomainExtensionNumberOverLimit",
                "The number of domain extensions of the listener is over the limit.");
        estate.requireIdle(listener.balancer, "DomainExtensionProcessing");
        String id = estate.newId("de");
        listener.domains.put(id, new Listener.DomainExtension(id, domain, certificate));
        changed(listener);
        return JsonNodeFactory.instance
                .objectNode()
                .put("DomainExtensionId", id)
                .put("ListenerPort", listener.port);
    }

    private Listener httpsListener(ApiCall call) {
        Balancer balancer = estate.balancer(call.text("LoadBalancerId"));
        return estate.listener(balancer, call.number("ListenerPort"), Optional.of(Protocol.HTTPS));
    }

    private void changed(Listener listener) {
        estate.lifecycle("listener", listener.pool(), Happened.CHANGED);
        estate.configuring(listener.balancer);
    }

    ObjectNode listDomains(ApiCall call) {
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        reply.set("DomainExtensions", ListenerReads.domains(httpsListener(call)));
        return reply;
    }

    ObjectNode domainAttribute(ApiCall call) {
        Listener listener = ofDomain(call);
        Listener.DomainExtension domain = domain(listener, call);
        return JsonNodeFactory.instance
                .objectNode()
                .put("DomainExtensionId", domain.id)
                .put("Domain", domain.domain)
                .put("ServerCertificateId", domain.certificateId)
                .put("LoadBalancerId", listener.balancer.id)
                .put("ListenerPort", listener.port);
    }

    ObjectNode setDomain(ApiCall call) {
        Listener listener = ofDomain(call);
        estate.requireIdle(listener.balancer, "DomainExtensionProcessing");
        settings.requireCertificate(call.text("ServerCertificateId"));
        domain(listener, call).certificateId = call.text("ServerCertificateId");
        changed(listener);
        return JsonNodeFactory.instance.objectNode();
    }

    ObjectNode deleteDomain(ApiCall call) {
        Listener listener = ofDomain(call);
        estate.requireIdle(listener.balancer, "DomainExtensionProcessing");
        listener.domains.remove(call.text("DomainExtensionId"));
        changed(listener);
        return JsonNodeFactory.instance.objectNode();
    }

    private Listener ofDomain(ApiCall call) {
        return estate.balancers.values().stream()
                .flatMap(balancer -> balancer.listeners.values().stream())
                .filter(listener -> listener.domains.containsKey(call.text("DomainExtensionId")))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        "InvalidParameter.DomainExtensionId", "The specified DomainExtensionId does not exist."));
    }

    private static Listener.DomainExtension domain(Listener listener, ApiCall call) {
        return Optional.ofNullable(listener.domains.get(call.text("DomainExtensionId")))
                .orElseThrow();
    }
}
