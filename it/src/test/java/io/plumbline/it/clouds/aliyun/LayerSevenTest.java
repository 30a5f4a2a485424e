package io.plumbline.it.clouds.aliyun;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;

/// Certificates, the domains of HTTPS listeners, forwarding to them, and access lists.
class LayerSevenTest {
    private final Laboratory laboratory = new Laboratory();

    /// A certificate and a key in PEM.
    private record Material(String certificate, String key) {}

    private static Material material(String name) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        X500Principal subject = new X500Principal("CN=" + name);
        byte[] certificate = new JcaX509v3CertificateBuilder(
                        subject,
                        BigInteger.ONE,
                        Date.from(Instant.now().minusSeconds(60)),
                        Date.from(Instant.now().plusSeconds(86400)),
                        subject,
                        pair.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate()))
                .getEncoded();
        return new Material(
                pem("CERTIFICATE", certificate),
                pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    }

    private static String pem(String kind, byte[] bytes) {
        return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + kind
                + "-----\n";
    }

    private JsonNode upload(Material material) throws Exception {
        return laboratory.call(
                "UploadServerCertificate", "ServerCertificate", material.certificate(), "PrivateKey", material.key());
    }

    @Test
    void aDomainHasItsOwnCertificateAndHttpForwards() throws Exception {
        Material material = material("a.example");
        JsonNode uploaded = upload(material);
        String first = uploaded.path("ServerCertificateId").asText();
        String second =
                upload(material("b.example")).path("ServerCertificateId").asText();
        assertThat(uploaded.path("CommonName").asText()).isEqualTo("a.example");
        String balancer = laboratory.balancer();
        String group = laboratory.group(balancer, Laboratory.pod("10.244.0.1"));
        laboratory.settled(
                "CreateLoadBalancerHTTPSListener",
                "LoadBalancerId",
                balancer,
                "ListenerPort",
                "443",
                "Bandwidth",
                "-1",
                "HealthCheck",
                "on",
                "ServerCertificateId",
                first,
                "VServerGroupId",
                group);
        laboratory.settled("StartLoadBalancerListener", "LoadBalancerId", balancer, "ListenerPort", "443");
        String domain = laboratory
                .settled(
                        "CreateDomainExtension",
                        "LoadBalancerId",
                        balancer,
                        "ListenerPort",
                        "443",
                        "Domain",
                        "b.example",
                        "ServerCertificateId",
                        first)
                .path("DomainExtensionId")
                .asText();

        laboratory.settled("SetDomainExtensionAttribute", "DomainExtensionId", domain, "ServerCertificateId", second);
        assertThat(laboratory
                        .call("DescribeDomainExtensions", "LoadBalancerId", balancer, "ListenerPort", "443")
                        .at("/DomainExtensions/DomainExtension/0/ServerCertificateId")
                        .asText())
                .isEqualTo(second);
        assertThat(laboratory.codeOf("DeleteServerCertificate", "ServerCertificateId", second))
                .isEqualTo("CertificateAndPrivateKeyIsRefered");

        laboratory.settled(
                "CreateLoadBalancerHTTPListener",
                "LoadBalancerId",
                balancer,
                "ListenerPort",
                "80",
                "HealthCheck",
                "off",
                "ListenerForward",
                "on",
                "ForwardPort",
                "443");
        laboratory.settled("StartLoadBalancerListener", "LoadBalancerId", balancer, "ListenerPort", "80");
        laboratory.pass(Duration.ofSeconds(15));
        assertThat(laboratory.healthOf(balancer)).isEqualTo("normal");
        assertThat(laboratory.codeOf("DeleteLoadBalancerListener", "LoadBalancerId", balancer, "ListenerPort", "443"))
                .isEqualTo("OperationFailed.ListenerStatusNotSupport");
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() throws Exception {
        Material one = material("a.example");
        Material other = material("b.example");

        assertThat(laboratory.codeOf(
                        "UploadServerCertificate", "ServerCertificate", one.certificate(), "PrivateKey", other.key()))
                .isEqualTo("CertificateNotMatchPrivateKey");
    }

    @Test
    void anAccessListInUseCannotBeDeleted() throws Exception {
        String balancer = laboratory.balancer();
        laboratory.listener(balancer, 80, laboratory.group(balancer));
        String list = laboratory
                .call("CreateAccessControlList", "AclName", "office")
                .path("AclId")
                .asText();
        laboratory.settled(
                "SetLoadBalancerTCPListenerAttribute",
                "LoadBalancerId",
                balancer,
                "ListenerPort",
                "80",
                "AclStatus",
                "on",
                "AclType",
                "white",
                "AclId",
                list);
        assertThat(laboratory.codeOf("DeleteAccessControlList", "AclId", list)).isEqualTo("AclInUsed");

        laboratory.settled(
                "SetLoadBalancerTCPListenerAttribute",
                "LoadBalancerId",
                balancer,
                "ListenerPort",
                "80",
                "AclStatus",
                "off");
        assertThat(laboratory.codeOf("DeleteAccessControlList", "AclId", list)).isEqualTo("OK");
    }
}
