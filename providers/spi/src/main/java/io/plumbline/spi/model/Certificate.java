package io.plumbline.spi.model;

import java.util.List;

/// A certificate at the cloud. The private key is never part of a plan: the shell reads it when it is uploaded.
///
/// @param hosts the names that it is for, empty for a default one
public record Certificate(CertificateKey key, List<String> hosts, Options options) implements Resource {
    public Certificate {
        hosts = List.copyOf(hosts);
    }
}
