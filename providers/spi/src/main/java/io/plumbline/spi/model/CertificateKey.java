package io.plumbline.spi.model;

/// Names a certificate by its SHA-256 fingerprint or, one that the user keeps at the cloud, by the cloud's own
/// name.
public record CertificateKey(String fingerprint) implements Key {
    @Override
    public Kind kind() {
        return Kind.CERTIFICATE;
    }

    @Override
    public String text() {
        return fingerprint;
    }
}
