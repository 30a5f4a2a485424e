package io.plumbline.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.spi.objects.ServiceView;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Certificates that the cloud does not take: one of two ports is TLS.
class AwsCertificatesTest {
    private static final String KEYS = "service.beta.kubernetes.io/aws-load-balancer-";
    private static final String UNKNOWN =
            "arn:aws:acm:eu-central-1:123456789012:certificate/99999999-9999-4999-8999-999999999999";
    private static final int TCP = 80;
    private static final int TLS = 81;

    private final Stage stage = new Stage("aws").withPods(1, 2);
    private final AwsFaultyCloud cloud = (AwsFaultyCloud) stage.cloud;
    private final String issued = cloud.certificate("example.com");
    private final String pending = cloud.certificate("pending.example.com");

    private void ask(String... arns) {
        stage.withService(2, Map.of(KEYS + "ssl-ports", String.valueOf(TLS), KEYS + "ssl-cert", String.join(",", arns)))
                .settle();
    }

    @Test
    void anUnknownOneHoldsBackOnlyItsOwnListener() {
        ask(UNKNOWN);

        assertThat(cloud.listeners()).containsExactly(TCP);
        assertThat(cloud.members()).contains("80/10.0.3.1:80", "80/10.0.3.2:80");
        assertThat(programmed())
                .isEqualTo("False Rejected the cloud refuses create Listener web/shop:tcp/81: CreateListener:"
                        + " CertificateNotFound: Certificate ARN '" + UNKNOWN + "' is not valid; " + KEYS + "ssl-cert"
                        + " names " + UNKNOWN + ": name a certificate of this account and region that ACM has issued,"
                        + " or one of IAM; until then this port is not opened");
    }

    @Test
    void soDoesOneThatIsNotIssuedYet() {
        ask(pending);

        assertThat(cloud.listeners()).containsExactly(TCP);
        assertThat(programmed())
                .contains("UnsupportedCertificate", KEYS + "ssl-cert names " + pending, "that ACM has issued");
    }

    @Test
    void backendsOfTheOtherPortComeAndGoMeanwhile() {
        ask(UNKNOWN);

        stage.withPods(3, 3).settle();
        stage.endPod(1);
        stage.settle();

        assertThat(cloud.members()).contains("80/10.0.3.2:80", "80/10.0.3.3:80").noneMatch(one -> one.contains(".1:"));
    }

    @Test
    void oneThatIsCorrectedIsTaken() {
        ask(UNKNOWN);

        ask(issued);

        stage.serves(2, 1, 2);
        assertThat(cloud.certificatesOf(TLS)).containsExactly(issued);
    }

    @Test
    void aListenerThatStandsKeepsTheOneThatItHas() {
        ask(issued);

        ask(UNKNOWN);
        stage.withPods(3, 3).settle();

        stage.hasMembers(2, 1, 2, 3);
        assertThat(cloud.certificatesOf(TLS)).containsExactly(issued);
        assertThat(programmed())
                .contains(
                        "CertificateNotFound",
                        KEYS + "ssl-cert names " + UNKNOWN,
                        "until then the listener keeps the certificates that it has");
    }

    @Test
    void ofSeveralMoreTheGoodOnesAreAdded() {
        String own = cloud.importCertificate("shop.example.com");

        ask(issued, UNKNOWN, own, pending);

        assertThat(cloud.listeners()).containsExactly(TCP, TLS);
        assertThat(cloud.certificatesOf(TLS)).containsExactly(issued, own);
        assertThat(programmed())
                .contains("names " + UNKNOWN + ":", "names " + pending + ":")
                .doesNotContain(own);
    }

    @Test
    void itIsNotAskedForAgainAndAgain() {
        ask(UNKNOWN);

        int calls = stage.calls();
        stage.world.runFor(Duration.ofMinutes(1));

        assertThat(stage.callsSince(calls)).as("in a minute of rest").hasSizeLessThan(20);
    }

    private String programmed() {
        return stage.service().conditions().stream()
                .filter(condition -> condition.type().equals("Programmed"))
                .map(AwsCertificatesTest::text)
                .findFirst()
                .orElseThrow();
    }

    private static String text(ServiceView.Condition condition) {
        return condition.status() + " " + condition.reason() + " " + condition.message();
    }
}
