package io.plumbline.readinessgate.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IdentityTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<String> NAMES =
            WebhookNames.shipped("kube-system").dnsNames();

    private final Identity first = Identity.renewed(Optional.empty(), NAMES, NOW);

    @Test
    void aNewIdentityServesTheServicesNames() {
        assertThat(NAMES.getFirst()).isEqualTo("plumbline-webhook.kube-system.svc");
        assertThat(first.serves(NAMES)).isTrue();
        assertThat(first.serving().matches()).isTrue();
        assertThat(first.authority().matches()).isTrue();
        assertThat(first.authority().certificate().getBasicConstraints()).isZero();
        assertThat(first.serving().certificate().getBasicConstraints()).isEqualTo(-1);
    }

    @Test
    void aFreshIdentityIsKept() {
        Instant nearlyTwoThirds = NOW.plus(Duration.ofDays(240));

        assertThat(Identity.renewed(Optional.of(first), NAMES, nearlyTwoThirds)).isEqualTo(first);
    }

    @Test
    void aServingCertificateInItsLastThirdIsReissuedByTheSameAuthority() {
        Identity next = Identity.renewed(Optional.of(first), NAMES, NOW.plus(Duration.ofDays(250)));

        assertThat(next.authority()).isEqualTo(first.authority());
        assertThat(next.serving()).isNotEqualTo(first.serving());
        assertThat(next.serves(NAMES)).isTrue();
    }

    @Test
    void otherNamesNeedAnotherCertificate() {
        List<String> elsewhere = WebhookNames.shipped("elsewhere").dnsNames();

        Identity next = Identity.renewed(Optional.of(first), elsewhere, NOW);

        assertThat(next.authority()).isEqualTo(first.authority());
        assertThat(next.serves(elsewhere)).isTrue();
    }

    @Test
    void anAuthorityInItsLastThirdIsReplaced() {
        Identity next = Identity.renewed(Optional.of(first), NAMES, NOW.plus(Duration.ofDays(2500)));

        assertThat(next.authority()).isNotEqualTo(first.authority());
    }

    @Test
    void keysThatDoNotBelongToTheirCertificatesAreReplaced() {
        Identity other = Identity.renewed(Optional.empty(), NAMES, NOW);
        Identity mixed = new Identity(
                first.authority(),
                new Identity.Pair(first.serving().certificate(), other.serving().key()));
        Identity stranger = new Identity(first.authority(), other.serving());

        assertThat(Identity.renewed(Optional.of(mixed), NAMES, NOW)).isNotEqualTo(mixed);
        assertThat(Identity.renewed(Optional.of(stranger), NAMES, NOW).serves(NAMES))
                .isTrue();
    }

    @Test
    void pemCarriesKeysAndCertificates() throws GeneralSecurityException {
        assertThat(Pem.certificate(Pem.text(first.serving().certificate())))
                .isEqualTo(first.serving().certificate());
        assertThat(Pem.key(Pem.text(first.serving().key())))
                .isEqualTo(first.serving().key());
        assertThatCode(() -> Pem.certificates("-----BEGIN CERTIFICATE-----\nrubbish\n-----END CERTIFICATE-----"))
                .doesNotThrowAnyException();
    }

    @Test
    void theBundleHoldsOldAndNewButNothingExpired() {
        Identity second = Identity.renewed(Optional.empty(), NAMES, NOW);
        String old = CaBundle.with("", first.authority().certificate(), NOW);

        String both = CaBundle.with(old, second.authority().certificate(), NOW);

        assertThat(Pem.certificates(both))
                .containsExactly(
                        first.authority().certificate(), second.authority().certificate());
        assertThat(CaBundle.with(both, first.authority().certificate(), NOW)).isEqualTo(both);
        assertThat(Pem.certificates(
                        CaBundle.with(both, second.authority().certificate(), NOW.plus(Duration.ofDays(4000)))))
                .containsExactly(second.authority().certificate());
        assertThat(CaBundle.with("rubbish", first.authority().certificate(), NOW))
                .isEqualTo(old);
    }
}
