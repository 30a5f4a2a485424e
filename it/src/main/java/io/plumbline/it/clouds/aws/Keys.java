package io.plumbline.it.clouds.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The access keys of the account: its own, and those of sessions, which have a token and expire by the real
/// time.
final class Keys {
    private final AwsAccount account;
    private final Map<String, Key> sessions = new LinkedHashMap<>();

    /// An access key.
    ///
    /// @param principal the ARN of whom it stands for
    record Key(String id, String secret, Optional<String> token, Instant expiry, String principal) {}

    Keys(AwsAccount account) {
        this.account = account;
    }

    String region() {
        return account.region();
    }

    Optional<Key> find(String id) {
        return id.equals(account.accessKeyId())
                ? Optional.of(new Key(
                        id,
                        account.secretAccessKey(),
                        Optional.empty(),
                        Instant.MAX,
                        "arn:aws:iam::" + account.accountId() + ":user/plumbline"))
                : Optional.ofNullable(sessions.get(id));
    }

    /// A new session's key.
    Key open(String principal, Instant now, Duration life) {
        long number = sessions.size() + 1L;
        Key key = new Key(
                String.format("ASIASIMULATED%07d", number),
                String.format("simulated-session-secret-%07d", number),
                Optional.of(String.format("simulated-session-token-%07d", number)),
                now.plus(life),
                principal);
        sessions.put(key.id(), key);
        return key;
    }
}
