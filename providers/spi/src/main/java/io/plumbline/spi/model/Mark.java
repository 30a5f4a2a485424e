package io.plumbline.spi.model;

import io.plumbline.spi.objects.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The full mark of ownership: which cluster, and which object in it. A provider writes it in the create call, as
/// tags or, where a cloud cannot tag, hashed into a name or a description.
public record Mark(String clusterUid, ObjectKey object, String objectUid) {
    private static final int SHORT_HASH_LENGTH = 16;

    public Mark {
        if (clusterUid.isEmpty() || objectUid.isEmpty()) {
            throw new IllegalArgumentException("a mark needs a cluster and an object: " + clusterUid + "/" + objectUid);
        }
    }

    /// The whole mark in 16 hexadecimal digits.
    public String hash() {
        return shortHash(clusterUid + "/" + objectUid);
    }

    /// The token of an attempt to create the first incarnation.
    public String token(int attempt) {
        return token(attempt, 0);
    }

    /// The idempotency token of an attempt to create something: the same for the same attempt, another for the
    /// next, and another for a replacement.
    ///
    /// @param incarnation of the load balancer, 0 for the first
    public String token(int attempt, int incarnation) {
        String replacement = incarnation == 0 ? "" : "#" + incarnation;
        return "plumbline-" + shortHash(clusterUid + "/" + objectUid + replacement + "/" + attempt);
    }

    /// The first 16 hexadecimal digits of the SHA-256 of `text`.
    public static String shortHash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, SHORT_HASH_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
