package io.plumbline.it.clouds.tencent;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The keys with which requests may be signed: the account's own, and temporary ones until they end. Real time
/// counts, as it does for signatures. The lock of [SimulatedTencent] guards it.
final class KeyRing {
    private final Map<String, Pair> pairs = new LinkedHashMap<>();

    KeyRing(TencentAccount account) {
        pairs.put(account.secretId(), new Pair(account.secretKey(), Optional.empty(), Instant.MAX));
    }

    /// @param token that goes with it, of a temporary one
    record Pair(String secretKey, Optional<String> token, Instant endsAt) {}

    Optional<Pair> pair(String secretId) {
        return Optional.ofNullable(pairs.get(secretId));
    }

    void add(String secretId, Pair temporary) {
        pairs.put(secretId, temporary);
    }

    /// All temporary keys end now.
    void endTemporary(Instant now) {
        pairs.replaceAll((id, pair) -> pair.token().isEmpty() ? pair : new Pair(pair.secretKey(), pair.token(), now));
    }
}
