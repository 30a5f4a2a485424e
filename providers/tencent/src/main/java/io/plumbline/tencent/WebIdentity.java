package io.plumbline.tencent;

import io.plumbline.tencent.Failures.Meaning;
import io.plumbline.tencent.Failures.Result;
import io.plumbline.tencent.TencentSettings.Credentials;
import io.plumbline.tencent.TencentSettings.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Keys for the token in a file: fetched when they are first needed and again before they expire. While those
/// at hand are good, a failure to fetch new ones stops nothing.
final class WebIdentity {
    /// How long before their end keys are fetched anew: as the cloud's own library does, or a quarter of a
    /// shorter life.
    private static final Duration RESERVE = Duration.ofMinutes(10);

    private static final int QUARTER = 4;

    private final Credentials.WebIdentity settings;
    private final InstantSource clock;
    private final Service service;
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<Fetched> fetched = Optional.empty();

    /// The cloud's security token service.
    interface Service {
        Result<Replies.Identity> assumeRole(Credentials.WebIdentity settings, String token);
    }

    private record Fetched(Keys keys, Instant refreshAt, Instant expiresAt) {}

    WebIdentity(Credentials.WebIdentity settings, Service service, InstantSource clock) {
        this.settings = settings;
        this.service = service;
        this.clock = clock;
    }

    /// One at a time asks for new ones; the others wait for its answer.
    Result<Keys> keys() {
        lock.lock();
        try {
            Instant now = clock.instant();
            Optional<Fetched> held = fetched;
            if (held.isPresent() && now.isBefore(held.get().refreshAt())) {
                return new Result.Replied<>(held.get().keys());
            }
            Result<Keys> fresh = fetch(now);
            boolean stillGood = held.isPresent() && now.isBefore(held.get().expiresAt());
            return fresh instanceof Result.Refused<Keys> && stillGood
                    ? new Result.Replied<>(held.get().keys())
                    : fresh;
        } finally {
            lock.unlock();
        }
    }

    /// The cloud refuses these: the next call fetches others.
    void forget(Keys refused) {
        lock.lock();
        try {
            fetched = fetched.filter(held -> !held.keys().equals(refused));
        } finally {
            lock.unlock();
        }
    }

    private Result<Keys> fetch(Instant now) {
        String token;
        try {
            token = Files.readString(settings.tokenFile()).strip();
        } catch (IOException e) {
            return new Result.Refused<>(Failures.credentials("the token file " + settings.tokenFile()
                    + " cannot be read (" + e + "): mount the ServiceAccount's token there"));
        }
        return switch (service.assumeRole(settings, token)) {
            case Result.Refused<Replies.Identity>(Meaning meaning) ->
                new Result.Refused<>(Failures.ofIdentity(
                        "no credentials of role " + settings.roleArn() + " for the token in " + settings.tokenFile(),
                        meaning));
            case Result.Replied<Replies.Identity>(Replies.Identity reply) -> keep(reply, now);
        };
    }

    private Result<Keys> keep(Replies.Identity reply, Instant now) {
        Optional<Keys> keys = Optional.ofNullable(reply.credentials).flatMap(WebIdentity::keys);
        Optional<Instant> end = Optional.ofNullable(reply.expiredTime).map(Instant::ofEpochSecond);
        if (keys.isEmpty() || end.isEmpty()) {
            return new Result.Refused<>(new Meaning.Failed(
                    Failures.broken("AssumeRoleWithWebIdentity: the reply lacks keys or their end")));
        }
        Duration quarter = Duration.between(now, end.get()).dividedBy(QUARTER);
        Instant refreshAt = end.get().minus(quarter.compareTo(RESERVE) < 0 ? quarter : RESERVE);
        fetched = Optional.of(new Fetched(keys.get(), refreshAt, end.get()));
        return new Result.Replied<>(keys.get());
    }

    private static Optional<Keys> keys(Replies.IdentityKeys reply) {
        return reply.secretId == null || reply.secretKey == null
                ? Optional.empty()
                : Optional.of(new Keys(reply.secretId, reply.secretKey, Optional.ofNullable(reply.token)));
    }
}
