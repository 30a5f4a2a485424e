package io.plumbline.readinessgate.webhook;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/// The authorities that the API server trusts for our webhook.
final class CaBundle {
    private CaBundle() {}

    /// What is there and has not expired, and ours: replicas that still serve with an older authority's
    /// certificate stay trusted.
    ///
    /// @param present PEM text, empty where there is none
    static String with(String present, X509Certificate ours, Instant now) {
        SequencedSet<X509Certificate> all = new LinkedHashSet<>();
        Pem.certificates(present).stream()
                .filter(certificate -> certificate.getNotAfter().toInstant().isAfter(now))
                .forEach(all::add);
        all.add(ours);
        return Pem.text(all);
    }
}
