package io.plumbline.readinessgate.webhook;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Our certificate authority, and the certificate that it issued for the webhook.
record Identity(Pair authority, Pair serving) {
    /// A certificate and its key.
    record Pair(X509Certificate certificate, PrivateKey key) {
        /// Less than a third of its life remains, or it has ended, or it has not begun.
        boolean old(Instant now) {
            Instant begin = certificate.getNotBefore().toInstant();
            Instant end = certificate.getNotAfter().toInstant();
            Duration third = Duration.between(begin, end).dividedBy(3);
            return now.isAfter(end.minus(third)) || now.isBefore(begin);
        }

        /// Whether the key belongs to the certificate.
        boolean matches() {
            byte[] text = "the key belongs to the certificate".getBytes(java.nio.charset.StandardCharsets.UTF_8);
            try {
                Signature signing = Signature.getInstance(Issuing.SIGNATURE);
                signing.initSign(key);
                signing.update(text);
                byte[] signature = signing.sign();
                Signature verifying = Signature.getInstance(Issuing.SIGNATURE);
                verifying.initVerify(certificate.getPublicKey());
                verifying.update(text);
                return verifying.verify(signature);
            } catch (GeneralSecurityException e) {
                return false;
            }
        }
    }

    /// Whether the serving certificate comes from this authority and is for all these names.
    boolean serves(List<String> names) {
        try {
            serving.certificate.verify(authority.certificate.getPublicKey());
            return dnsNames(serving.certificate).containsAll(names);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static List<String> dnsNames(X509Certificate certificate) throws CertificateParsingException {
        Collection<List<?>> names =
                Optional.ofNullable(certificate.getSubjectAlternativeNames()).orElse(List.of());
        return names.stream().map(name -> String.valueOf(name.get(1))).collect(Collectors.toList());
    }

    /// The next identity; itself where nothing needs to change. An authority that is still good is kept,
    /// so that replicas that serve with an older certificate of it stay trusted.
    static Identity renewed(Optional<Identity> current, List<String> names, Instant now) {
        Optional<Pair> authority = current.map(Identity::authority).filter(pair -> !pair.old(now) && pair.matches());
        if (authority.isEmpty()) {
            return Issuing.identity(names, now);
        }
        return current.filter(
                        identity -> !identity.serving.old(now) && identity.serving.matches() && identity.serves(names))
                .orElseGet(() -> new Identity(authority.get(), Issuing.serving(authority.get(), names, now)));
    }
}
