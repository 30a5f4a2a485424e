package io.plumbline.it.clouds.aliyun;

import java.time.Instant;

/// A server certificate.
///
/// @param fingerprint SHA-1 of the certificate, in hexadecimal with colons
record Certificate(String id, String name, String commonName, String fingerprint, Instant createdAt, Instant expires) {}
