package io.plumbline.it.clouds.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.it.clouds.ChangeLog;
import io.plumbline.it.clouds.InProcessTransport;
import io.plumbline.it.clouds.Network;
import io.plumbline.it.clouds.Prober;
import io.plumbline.it.clouds.SimulationClock;
import io.plumbline.spi.Answer;
import io.plumbline.spi.CallGate;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.Outcome.Because;
import io.plumbline.spi.Provider;
import io.plumbline.spi.Provider.ReadRequest;
import io.plumbline.spi.Scope;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Ids;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.tencent.TencentProvider;
import io.plumbline.tencent.TencentSettings;
import io.plumbline.tencent.TencentSettings.Credentials;
import io.plumbline.tencent.TencentSettings.Keys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The provider comes with a token of the cluster instead of keys, through the cloud's own SDK.
class TokenServiceTest {
    private static final String AUDIENCE = "sts.cloud.tencent.com";
    private static final Mark OWNER = new Mark("cluster-1", ObjectKey.service("web", "shop"), "uid-1");

    @TempDir
    private Path folder;

    private final SimulationClock clock = SimulationClock.virtual(Instant.parse("2026-03-01T08:00:00Z"));
    private final SimulatedTencent cloud =
            SimulatedTencent.onVirtualTime(Network.closed(), clock, Prober.answering(probe -> true));

    @Test
    void aTokenIsTakenForKeysOnceAndTheCloudAnswers() throws IOException {
        Provider provider =
                provider(token(AUDIENCE, Duration.ofHours(1)), cloud.account().roleArn());

        assertThat(read(provider)).isInstanceOf(Answer.Got.class);
        assertThat(read(provider)).isInstanceOf(Answer.Got.class);

        assertThat(calls())
                .containsExactly("AssumeRoleWithWebIdentity", "DescribeLoadBalancers", "DescribeLoadBalancers");
    }

    @Test
    void keysThatHaveEndedAreToldOnceAndThenOthersAreFetched() throws IOException {
        Provider provider =
                provider(token(AUDIENCE, Duration.ofHours(1)), cloud.account().roleArn());
        read(provider);

        cloud.endTemporaryKeys();

        assertThat(because(read(provider))).isEqualTo(Because.CREDENTIALS);
        assertThat(read(provider)).isInstanceOf(Answer.Got.class);
    }

    @Test
    void aTokenThatHasExpiredIsRefusedUntilTheFileHasANewOne() throws IOException {
        Provider provider =
                provider(token(AUDIENCE, Duration.ofHours(-1)), cloud.account().roleArn());

        assertThat(because(read(provider))).isEqualTo(Because.CREDENTIALS);
        Files.writeString(file(), token(AUDIENCE, Duration.ofHours(1)));
        assertThat(read(provider)).isInstanceOf(Answer.Got.class);
    }

    @Test
    void aTokenForSomebodyElseAndAnUnknownRoleAreRefused() throws IOException {
        assertThat(because(read(provider(
                        token("somebody", Duration.ofHours(1)), cloud.account().roleArn()))))
                .isEqualTo(Because.CREDENTIALS);
        assertThat(because(read(provider(token(AUDIENCE, Duration.ofHours(1)), "qcs::cam::uin/1:roleName/other"))))
                .isEqualTo(Because.CREDENTIALS);
        assertThat(because(read(provider("not a token", cloud.account().roleArn()))))
                .isEqualTo(Because.CREDENTIALS);
        assertThat(cloud.log().calls()).allMatch(call -> call.code().isPresent());
    }

    private Provider provider(String token, String role) throws IOException {
        Files.writeString(file(), token);
        TencentAccount account = cloud.account();
        Credentials.WebIdentity identity = new Credentials.WebIdentity(
                account.region(), account.identityProvider(), role, file(), Optional.empty());
        TencentSettings settings = TencentSettings.of(account.region(), account.vpcId(), new Keys("", ""))
                .as(identity)
                .through(InProcessTransport.client(cloud, clock::advance));
        return new TencentProvider(settings, CallGate.OPEN, InstantSource.system());
    }

    private static Answer<Actual> read(Provider provider) {
        LoadBalancerKey key = new LoadBalancerKey.Managed(OWNER.object(), OWNER.objectUid());
        return provider.read(new ReadRequest(key, new Scope.Whole(), OWNER, List.of(OWNER), Ids.none()));
    }

    private static Because because(Answer<Actual> answer) {
        assertThat(answer).isInstanceOf(Answer.Missed.class);
        Outcome.Failure failure = ((Answer.Missed<Actual>) answer).failure();
        assertThat(failure).isInstanceOf(Outcome.Rejected.class);
        return ((Outcome.Rejected) failure).because();
    }

    private List<String> calls() {
        return cloud.log().calls().stream().map(ChangeLog.Call::action).toList();
    }

    private Path file() {
        return folder.resolve("token");
    }

    private static String token(String audience, Duration life) {
        long end = Instant.now().plus(life).getEpochSecond();
        return part("{\"alg\":\"RS256\"}") + "." + part("{\"aud\":[\"" + audience + "\"],\"exp\":" + end + "}")
                + ".c2lnbmF0dXJl";
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
