package io.plumbline.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.plumbline.spi.Answer;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.Provider.ReadRequest;
import io.plumbline.spi.Scope;
import io.plumbline.spi.model.Ids;
import io.plumbline.tencent.RoleKeys.Identity;
import io.plumbline.tencent.TencentSettings.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoleKeysTest {
    private static final String ASSUME = "AssumeRoleWithWebIdentity";
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);
    private final Path token;
    private final Wire wire;
    private final RoleKeys keys;

    RoleKeysTest(@TempDir Path folder) throws IOException {
        token = Files.writeString(folder.resolve("token"), "first\n");
        AtomicReference<RoleKeys> made = new AtomicReference<>();
        wire = new Wire(endpoint -> {
            Identity identity = new Identity("ap-guangzhou", "cls-1", "qcs::cam::uin/1:roleName/lb", token, endpoint);
            made.set(new RoleKeys(identity, now::get));
            return Objects.requireNonNull(made.get());
        });
        keys = Objects.requireNonNull(made.get());
    }

    @AfterEach
    void close() {
        wire.close();
    }

    @Test
    void theTokenIsTakenForKeysWithoutASignature() {
        lends("id-1", Duration.ofHours(2));

        assertThat(keys.get()).isEqualTo(new Keys("id-1", "key-id-1", Optional.of("token-id-1")));

        JsonObject request = wire.sent(ASSUME).getFirst();
        assertThat(request.get("WebIdentityToken").getAsString()).isEqualTo("first");
        assertThat(request.get("ProviderId").getAsString()).isEqualTo("cls-1");
        assertThat(request.get("RoleArn").getAsString()).isEqualTo("qcs::cam::uin/1:roleName/lb");
    }

    @Test
    void keysAreRenewedWithWhatTheFileHoldsThenBeforeTheyExpire() throws IOException {
        lends("id-1", Duration.ofHours(2));
        keys.get();
        Files.writeString(token, "second");
        lends("id-2", Duration.ofHours(4));

        now.set(BEGIN.plus(Duration.ofMinutes(114)));
        assertThat(keys.get().secretId()).isEqualTo("id-1");
        now.set(BEGIN.plus(Duration.ofMinutes(116)));
        assertThat(keys.get().secretId()).isEqualTo("id-2");

        assertThat(wire.sent(ASSUME)).hasSize(2);
        assertThat(wire.sent(ASSUME).getLast().get("WebIdentityToken").getAsString())
                .isEqualTo("second");
    }

    @Test
    void oldKeysServeWhileNoNewOnesCanBeHad() {
        lends("id-1", Duration.ofHours(2));
        keys.get();
        wire.refuses(ASSUME, "InternalError", "later");

        now.set(BEGIN.plus(Duration.ofMinutes(119)));

        assertThat(keys.get().secretId()).isEqualTo("id-1");
    }

    @Test
    void aRefusedTokenIsARefusedCredential() {
        wire.refuses(ASSUME, "InvalidParameter.WebIdentityTokenError", "expired");

        assertThat(health()).isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> {
            assertThat(rejected.because()).isEqualTo(Outcome.Because.CREDENTIALS);
            assertThat(rejected.message()).contains(ASSUME, "expired");
        });
    }

    @Test
    void aBusyTokenServiceIsAskedAgain() {
        wire.refuses(ASSUME, "RequestLimitExceeded", "slow down");

        assertThat(health()).isInstanceOf(Outcome.Retry.class);
    }

    @Test
    void aMissingTokenFileIsNamed() throws IOException {
        Files.delete(token);

        assertThat(health())
                .isInstanceOfSatisfying(
                        Outcome.Retry.class,
                        retry -> assertThat(retry.message()).contains(token.toString()));
    }

    private Outcome.Failure health() {
        return switch (wire.provider.read(
                new ReadRequest(Examples.KEY, new Scope.Whole(), Examples.MARK, List.of(Examples.MARK), Ids.none()))) {
            case Answer.Missed<?>(Outcome.Failure failure) -> failure;
            case Answer.Got<?> got -> throw new AssertionError("an answer without keys: " + got);
        };
    }

    private void lends(String id, Duration until) {
        wire.answers(
                ASSUME,
                "{'Credentials':{'TmpSecretId':'%s','TmpSecretKey':'key-%s','Token':'token-%s'},'ExpiredTime':%d,'RequestId':'r'}"
                        .formatted(id, id, id, BEGIN.plus(until).getEpochSecond()));
    }
}
