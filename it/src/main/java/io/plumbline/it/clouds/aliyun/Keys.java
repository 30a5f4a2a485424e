package io.plumbline.it.clouds.aliyun;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The keys with which requests may be signed, and the nonces that they have used up. Times are real times.
final class Keys {
    private static final Duration NONCE_WINDOW = Duration.ofMinutes(15);

    private final Map<String, Key> keys = new LinkedHashMap<>();
    private final Map<String, Instant> nonces = new LinkedHashMap<>();

    /// A pair of keys.
    ///
    /// @param token what must come with the keys of an assumed role; empty for an account's own
    /// @param expires when they stop being good
    record Key(String id, String secret, Optional<String> token, Instant expires) {}

    Keys(AliyunAccount account) {
        add(new Key(account.accessKeyId(), account.accessKeySecret(), Optional.empty(), Instant.MAX));
    }

    void add(Key key) {
        keys.put(key.id(), key);
    }

    /// The key that may sign with this token.
    Key find(String id, Optional<String> token, Instant now) {
        Key key = keys.get(id);
        if (key == null) {
            throw new Refusal("InvalidAccessKeyId.NotFound", "Specified access key is not found.");
        }
        Refusal.unless(
                key.token().isEmpty() || token.isPresent(),
                "MissingSecurityToken",
                "SecurityToken is mandatory for this action.");
        Refusal.unless(
                key.token().equals(token),
                "InvalidSecurityToken.MismatchWithAccessKey",
                "Specified SecurityToken mismatch with the AccessKey.");
        Refusal.unless(
                now.isBefore(key.expires()), "InvalidSecurityToken.Expired", "Specified SecurityToken is expired.");
        return key;
    }

    /// Uses a nonce up; it is good again after 15 minutes.
    void use(String nonce, Instant now) {
        // The oldest come first.
        Iterator<Instant> used = nonces.values().iterator();
        while (used.hasNext() && used.next().plus(NONCE_WINDOW).isBefore(now)) {
            used.remove();
        }
        Refusal.unless(
                nonces.putIfAbsent(nonce, now) == null,
                "SignatureNonceUsed",
                "Specified signature nonce was used already.");
    }
}
