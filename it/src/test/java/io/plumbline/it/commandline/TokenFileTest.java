package io.plumbline.it.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.aliyun.AliyunProvider;
import io.plumbline.aliyun.AliyunSettings;
import io.plumbline.aliyun.RoleKeys;
import io.plumbline.aws.AwsProvider;
import io.plumbline.aws.AwsSettings;
import io.plumbline.it.clouds.CloudServer;
import io.plumbline.it.clouds.Resources;
import io.plumbline.it.clouds.SimulatedCloud;
import io.plumbline.it.clouds.aliyun.AliyunAccount;
import io.plumbline.it.clouds.aws.AwsAccount;
import io.plumbline.spi.Answer;
import io.plumbline.spi.CallGate;
import io.plumbline.spi.Outcome.Because;
import io.plumbline.spi.Outcome.Rejected;
import io.plumbline.spi.Provider;
import io.plumbline.spi.Provider.ReadRequest;
import io.plumbline.spi.Scope;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Ids;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.objects.ObjectKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A process that lives on while the kubelet replaces its token's file. That of TKE has a test beside its simulated
/// token service.
class TokenFileTest {
    private static final Duration LATER = Duration.ofHours(1);
    private static final Duration BEFORE = Duration.ofHours(-1);
    private static final Mark OWNER = new Mark("cluster-1", ObjectKey.service("web", "shop"), "uid-1");

    @TempDir
    private Path folder = Path.of("");

    private final Map<String, Optional<String>> before = new TreeMap<>();

    @AfterEach
    void restore() {
        before.forEach((name, value) ->
                value.ifPresentOrElse(text -> System.setProperty(name, text), () -> System.clearProperty(name)));
    }

    /// What libraries take from the process alone.
    private void property(String name, String value) {
        before.putIfAbsent(name, Optional.ofNullable(System.getProperty(name)));
        System.setProperty(name, value);
    }

    @ParameterizedTest
    @EnumSource(names = {"IRSA", "POD_IDENTITY", "RRSA"})
    void aTokenThatHasExpiredIsRefusedUntilTheFileHasANewOne(Identity identity) throws IOException {
        try (Place place = new Place(identity, folder)) {
            Files.writeString(place.token(), identity.token(BEFORE));
            Provider provider = provider(identity, place);

            Rejected refused = refusal(read(provider));
            Files.writeString(place.token(), identity.token(LATER));

            assertThat(refused.because()).isEqualTo(Because.CREDENTIALS);
            assertThat(refused.message()).contains(place.token().toString()).containsIgnoringCase("expired");
            assertThat(read(provider)).isInstanceOf(Answer.Got.class);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"IRSA", "RRSA"})
    void keysThatAreAboutToEndAreFetchedAgain(Identity identity) throws IOException {
        try (Place place = new Place(identity, folder)) {
            place.keysLive(Duration.ofSeconds(30));
            Files.writeString(place.token(), identity.token(LATER));
            Provider provider = provider(identity, place);
            read(provider);
            long first = place.fetched();

            Files.writeString(place.token(), identity.token(LATER.plusHours(1)));

            assertThat(read(provider)).isInstanceOf(Answer.Got.class);
            assertThat(first).isPositive();
            assertThat(place.fetched()).isGreaterThan(first);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"IRSA", "POD_IDENTITY", "RRSA"})
    void goodKeysAreKept(Identity identity) throws IOException {
        try (Place place = new Place(identity, folder)) {
            Files.writeString(place.token(), identity.token(LATER));
            Provider provider = provider(identity, place);
            read(provider);

            Files.writeString(place.token(), "no token at all");

            assertThat(read(provider)).isInstanceOf(Answer.Got.class);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"IRSA", "POD_IDENTITY", "RRSA"})
    void aFileThatIsNotThereIsNamed(Identity identity) throws IOException {
        try (Place place = new Place(identity, folder)) {
            Rejected refused = refusal(read(provider(identity, place)));

            assertThat(refused.because()).isEqualTo(Because.CREDENTIALS);
            assertThat(refused.message()).contains(place.token().toString());
        }
    }

    private Provider provider(Identity identity, Place place) {
        String token = place.token().toString();
        return switch (identity) {
            case IRSA ->
                aws(
                        place,
                        AwsSettings.of(
                                AwsAccount.example().region(),
                                AwsAccount.example().vpcId(),
                                AwsSettings.webIdentity(
                                        identity.role(),
                                        token,
                                        AwsAccount.example().region(),
                                        Optional.of(place.endpoint()))));
            case POD_IDENTITY -> {
                String agent = place.endpoint() + "/v1/credentials";
                property("aws.containerCredentialsFullUri", agent);
                property("aws.containerAuthorizationTokenFile", token);
                yield aws(
                        place,
                        AwsSettings.of(
                                AwsAccount.example().region(),
                                AwsAccount.example().vpcId(),
                                AwsSettings.podIdentity(agent, token)));
            }
            case RRSA -> {
                place.trust().forEach(this::property);
                AliyunAccount account = AliyunAccount.example();
                yield new AliyunProvider(
                        AliyunSettings.of(
                                        account.region(),
                                        account.vpcId(),
                                        new RoleKeys(
                                                identity.role(),
                                                account.identityProviderArn(),
                                                token,
                                                Optional.of(place.tls())))
                                .at(AliyunSettings.Endpoints.all(place.endpoint())),
                        CallGate.OPEN,
                        InstantSource.system());
            }
            case TKE_OIDC -> throw new IllegalArgumentException("it has a test of its own");
        };
    }

    private static Provider aws(Place place, AwsSettings settings) {
        return new AwsProvider(settings.at(place.endpoint()), CallGate.OPEN, InstantSource.system());
    }

    private static Answer<Actual> read(Provider provider) {
        LoadBalancerKey key = new LoadBalancerKey.Managed(OWNER.object(), OWNER.objectUid());
        return provider.read(new ReadRequest(key, new Scope.Whole(), OWNER, List.of(OWNER), Ids.none()));
    }

    private static Rejected refusal(Answer<Actual> answer) {
        assertThat(answer).isInstanceOf(Answer.Missed.class);
        return (Rejected) ((Answer.Missed<Actual>) answer).failure();
    }

    /// A simulated cloud with its token service, and where the token is.
    private static final class Place implements AutoCloseable {
        private final SimulatedCloud cloud;
        private final CloudServer server;
        private final TlsFront tls;
        private final Path folder;

        Place(Identity identity, Path folder) throws IOException {
            this.cloud = identity.cloud();
            this.server = CloudServer.serve(cloud);
            this.tls = new TlsFront(server, folder);
            this.folder = folder;
        }

        Path token() {
            return folder.resolve("token");
        }

        String endpoint() {
            return server.endpoint();
        }

        String tls() {
            return tls.hostAndPort();
        }

        Map<String, String> trust() {
            return tls.properties();
        }

        void keysLive(Duration life) {
            cloud.putQuotas(Resources.JSON
                    .createObjectNode()
                    .put(cloud.name().equals("aws") ? "session-millis" : "token-millis", life.toMillis()));
        }

        /// How often keys were taken for a token.
        long fetched() {
            return cloud.log().calls().stream()
                    .filter(call -> call.action().startsWith("AssumeRole")
                            && call.code().isEmpty())
                    .count();
        }

        @Override
        public void close() throws IOException {
            tls.close();
            server.close();
            cloud.close();
        }
    }
}
