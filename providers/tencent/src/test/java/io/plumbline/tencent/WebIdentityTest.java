package io.plumbline.tencent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.plumbline.spi.Answer;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.Outcome.Because;
import io.plumbline.tencent.Failures.Meaning;
import io.plumbline.tencent.Failures.Result;
import io.plumbline.tencent.TencentSettings.Credentials;
import io.plumbline.tencent.TencentSettings.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// When keys are fetched for the cluster's token, and what becomes of a refusal.
class WebIdentityTest {
    private static final Instant BEGIN = Instant.parse("2026-03-01T08:00:00Z");

    @TempDir
    private Path folder;

    private final List<String> tokens = new ArrayList<>();
    private Instant now = BEGIN;
    private Optional<Meaning> refusal = Optional.empty();

    @Test
    void keysAreFetchedOnceAndKept() throws IOException {
        WebIdentity identity = identity("token-1");

        assertThat(keys(identity)).isEqualTo(new Keys("id-1", "key-1", Optional.of("t-1")));
        now = BEGIN.plus(Duration.ofMinutes(109));
        assertThat(keys(identity).secretId()).isEqualTo("id-1");
        assertThat(tokens).containsExactly("token-1");
    }

    @Test
    void theyAreFetchedAgainBeforeTheyEndWithTheTokenThatIsThereThen() throws IOException {
        WebIdentity identity = identity("token-1");
        keys(identity);
        Files.writeString(file(), "token-2\n");

        now = BEGIN.plus(Duration.ofMinutes(110));

        assertThat(keys(identity).secretId()).isEqualTo("id-2");
        assertThat(tokens).containsExactly("token-1", "token-2");
    }

    @Test
    void aFailureStopsNothingWhileTheOldOnesAreGood() throws IOException {
        WebIdentity identity = identity("token-1");
        keys(identity);
        refusal = Optional.of(Failures.meaning("InvalidParameter.WebIdentityTokenError", "expired"));

        now = BEGIN.plus(Duration.ofMinutes(119));
        assertThat(keys(identity).secretId()).isEqualTo("id-1");

        now = BEGIN.plus(Duration.ofMinutes(121));
        assertThat(because(identity)).isEqualTo(Because.CREDENTIALS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "InvalidParameter.WebIdentityTokenError",
                "ResourceNotFound.RoleNotFound",
                "UnauthorizedOperation",
                "AuthFailure.AccessKeyIllegal"
            })
    void whateverTheTokenServiceRefusesIsAMatterOfCredentials(String code) throws IOException {
        refusal = Optional.of(Failures.meaning(code, code));

        assertThat(because(identity("token-1"))).isEqualTo(Because.CREDENTIALS);
    }

    @Test
    void itsOwnTroubleIsNot() throws IOException {
        refusal = Optional.of(Failures.meaning("InternalError.DbError", "later"));

        assertThat(identity("token-1").keys())
                .isInstanceOfSatisfying(
                        Result.Refused.class,
                        refused -> assertThat(refused.meaning())
                                .isInstanceOfSatisfying(
                                        Meaning.Failed.class,
                                        failed -> assertThat(failed.failure()).isInstanceOf(Outcome.Retry.class)));
    }

    @Test
    void aFileThatIsNotThereIsNamed() throws IOException {
        WebIdentity identity = identity("token-1");
        Files.delete(file());

        assertThat(rejected(identity).message()).contains(file().toString(), "mount the ServiceAccount's token there");
    }

    @Test
    void whatTheCloudRefusesIsFetchedAnew() throws IOException {
        WebIdentity identity = identity("token-1");
        Keys first = keys(identity);

        identity.forget(first);

        assertThat(keys(identity)).isNotEqualTo(first);
        identity.forget(first);
        keys(identity);
        assertThat(tokens).hasSize(2);
    }

    private WebIdentity identity(String token) throws IOException {
        Files.writeString(file(), token + "\n");
        Credentials.WebIdentity settings =
                new Credentials.WebIdentity("ap-guangzhou", "cluster", "a-role", file(), Optional.empty());
        return new WebIdentity(settings, (any, read) -> answer(read), () -> now);
    }

    private Path file() {
        return folder.resolve("token");
    }

    private Result<Replies.Identity> answer(String token) {
        tokens.add(token);
        return refusal.<Result<Replies.Identity>>map(Result.Refused::new).orElseGet(this::issue);
    }

    private Result<Replies.Identity> issue() {
        Replies.Identity reply = new Replies.Identity();
        reply.credentials = new Replies.IdentityKeys();
        reply.credentials.secretId = "id-" + tokens.size();
        reply.credentials.secretKey = "key-" + tokens.size();
        reply.credentials.token = "t-" + tokens.size();
        reply.expiredTime = now.plus(Duration.ofHours(2)).getEpochSecond();
        return new Result.Replied<>(reply);
    }

    private static Keys keys(WebIdentity identity) {
        return identity.keys().asAnswer().asOptional().orElseThrow();
    }

    private static Because because(WebIdentity identity) {
        return rejected(identity).because();
    }

    private static Outcome.Rejected rejected(WebIdentity identity) {
        return identity.keys().asAnswer() instanceof Answer.Missed<Keys>(Outcome.Rejected rejected)
                ? rejected
                : fail("keys came");
    }
}
