package io.plumbline.tencent;

import com.tencentcloudapi.clb.v20180317.models.DescribeListenersRequest;
import com.tencentcloudapi.clb.v20180317.models.DescribeLoadBalancersRequest;
import com.tencentcloudapi.clb.v20180317.models.DescribeTargetHealthRequest;
import com.tencentcloudapi.clb.v20180317.models.DescribeTargetsRequest;
import com.tencentcloudapi.clb.v20180317.models.DescribeTaskStatusRequest;
import com.tencentcloudapi.clb.v20180317.models.Filter;
import com.tencentcloudapi.common.AbstractModel;
import com.tencentcloudapi.common.CommonClient;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import com.tencentcloudapi.common.profile.Language;
import io.plumbline.spi.CallGate;
import io.plumbline.spi.CallGate.Permission;
import io.plumbline.spi.CallGate.Sort;
import io.plumbline.spi.Outcome.Because;
import io.plumbline.spi.Outcome.Rejected;
import io.plumbline.spi.Provider.ReadRequest;
import io.plumbline.tencent.Failures.Meaning;
import io.plumbline.tencent.Failures.Result;
import io.plumbline.tencent.TencentSettings.Credentials;
import io.plumbline.tencent.TencentSettings.Keys;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;

/// Sends a call and takes its reply: the only place that touches the network. It asks the gate before each
/// one and sends it once.
///
/// Requests are the SDK's own, typed; replies are too where they have all fields, else those of [Replies].
final class Calls {
    private static final String SERVICE = "clb";
    private static final String VERSION = "2018-03-17";
    private static final String TOKEN_SERVICE = "sts";
    private static final String TOKEN_VERSION = "2018-08-13";

    /// Shorter than a server keeps an idle connection, so that a call seldom meets one that is just being
    /// closed: it would fail without our knowing whether it was carried out.
    private static final ConnectionPool CONNECTIONS = new ConnectionPool(16, 20, TimeUnit.SECONDS);

    private final TencentSettings settings;
    private final CallGate gate;
    private final OkHttpClient transport;
    private final Supplier<Result<Keys>> keys;
    private final Consumer<Keys> refused;
    private final AtomicReference<Optional<Session>> session;

    Calls(TencentSettings settings, CallGate gate, InstantSource clock) {
        this.settings = settings;
        this.gate = gate;
        this.transport = transport(settings);
        this.session = new AtomicReference<>(Optional.empty());
        switch (settings.credentials()) {
            case Credentials.Given(Supplier<Keys> given) -> {
                this.keys = () -> new Result.Replied<>(given.get());
                this.refused = any -> {};
            }
            case Credentials.WebIdentity identity -> {
                WebIdentity fetched = new WebIdentity(identity, this::assumeRole, clock);
                this.keys = fetched::keys;
                this.refused = fetched::forget;
            }
        }
    }

    private Calls(Calls same, CallGate gate) {
        this.settings = same.settings;
        this.gate = gate;
        this.transport = same.transport;
        this.session = same.session;
        this.keys = same.keys;
        this.refused = same.refused;
    }

    /// For the calls of one reading.
    Calls reading(ReadRequest request) {
        return new Calls(this, gate.reading(request));
    }

    /// A client and the keys that it signs with.
    private record Session(Keys keys, CommonClient client) {}

    Result<Replies.Written> write(Call call) {
        return send(Requests.of(call, settings.vpcId()), call.action(), call.sort(), Replies.Written.class);
    }

    /// Those that carry all these tags; the first page begins at 0.
    Result<Replies.LoadBalancers> loadBalancers(List<Filter> tags, long offset) {
        DescribeLoadBalancersRequest request = new DescribeLoadBalancersRequest();
        request.setFilters(tags.toArray(Filter[]::new));
        request.setOffset(offset);
        request.setLimit((long) Limits.LOAD_BALANCERS_PER_PAGE);
        return send(request, "DescribeLoadBalancers", Sort.READ, Replies.LoadBalancers.class);
    }

    Result<Replies.LoadBalancers> loadBalancer(String id) {
        DescribeLoadBalancersRequest request = new DescribeLoadBalancersRequest();
        request.setLoadBalancerIds(new String[] {id});
        return send(request, "DescribeLoadBalancers", Sort.READ, Replies.LoadBalancers.class);
    }

    /// All listeners of a load balancer.
    Result<Replies.Listeners> listeners(String loadBalancer) {
        DescribeListenersRequest request = new DescribeListenersRequest();
        request.setLoadBalancerId(loadBalancer);
        return send(request, "DescribeListeners", Sort.READ, Replies.Listeners.class);
    }

    /// @param listeners at most [Limits#LISTENERS_PER_TARGETS_CALL]
    Result<Replies.Targets> targets(String loadBalancer, List<String> listeners) {
        DescribeTargetsRequest request = new DescribeTargetsRequest();
        request.setLoadBalancerId(loadBalancer);
        request.setListenerIds(listeners.toArray(String[]::new));
        return send(request, "DescribeTargets", Sort.READ, Replies.Targets.class);
    }

    /// @param loadBalancers at most [Limits#LOAD_BALANCERS_PER_HEALTH_CALL]
    Result<Replies.TargetHealths> health(List<String> loadBalancers) {
        DescribeTargetHealthRequest request = new DescribeTargetHealthRequest();
        request.setLoadBalancerIds(loadBalancers.toArray(String[]::new));
        return send(request, "DescribeTargetHealth", Sort.HEALTH, Replies.TargetHealths.class);
    }

    Result<Replies.TaskStatus> task(String id) {
        DescribeTaskStatusRequest request = new DescribeTaskStatusRequest();
        request.setTaskId(id);
        return send(request, "DescribeTaskStatus", Sort.POLL, Replies.TaskStatus.class);
    }

    private <T> Result<T> send(AbstractModel request, String action, Sort sort, Class<T> reply) {
        return switch (gate.ask(action, sort)) {
            case Permission.NotNow(var retry) -> new Result.Refused<>(new Meaning.Failed(retry));
            case Permission.Go go ->
                switch (keys.get()) {
                    case Result.Refused<Keys>(Meaning meaning) -> new Result.Refused<>(meaning);
                    case Result.Replied<Keys>(Keys signing) -> send(request, action, signing, reply);
                };
        };
    }

    private <T> Result<T> send(AbstractModel request, String action, Keys signing, Class<T> reply) {
        Result<T> result = Failures.attempt(action, () -> client(signing).commonRequest(request, action, reply));
        if (result instanceof Result.Refused<T>(Meaning.Failed(Rejected rejected))
                && rejected.because() == Because.CREDENTIALS) {
            refused.accept(signing);
        }
        return result;
    }

    private Result<Replies.Identity> assumeRole(Credentials.WebIdentity identity, String token) {
        String action = "AssumeRoleWithWebIdentity";
        String endpoint = identity.endpoint().orElse(Credentials.WebIdentity.PUBLIC_ENDPOINT);
        return switch (gate.ask(action, Sort.READ)) {
            case Permission.NotNow(var retry) -> new Result.Refused<>(new Meaning.Failed(retry));
            case Permission.Go go ->
                Failures.attempt(
                        action,
                        () -> new CommonClient(
                                        TOKEN_SERVICE,
                                        TOKEN_VERSION,
                                        new Credential("", ""),
                                        identity.region(),
                                        profile(endpoint))
                                .commonRequest(Requests.of(identity, token), action, Replies.Identity.class));
        };
    }

    private CommonClient client(Keys signing) {
        return session.updateAndGet(
                        last -> last.filter(held -> held.keys().equals(signing)).or(() -> Optional.of(open(signing))))
                .orElseThrow()
                .client();
    }

    private Session open(Keys signing) {
        Credential credential = new Credential(
                signing.secretId(), signing.secretKey(), signing.token().orElse(""));
        ClientProfile profile = profile(settings.endpoint().orElse(TencentSettings.PUBLIC_ENDPOINT));
        return new Session(signing, new CommonClient(SERVICE, VERSION, credential, settings.region(), profile));
    }

    private ClientProfile profile(String endpoint) {
        URI place = URI.create(endpoint);
        HttpProfile http = new HttpProfile();
        http.setProtocol(place.getScheme() + "://");
        http.setEndpoint(place.getAuthority());
        http.setHttpClient(transport);
        ClientProfile profile = new ClientProfile();
        profile.setHttpProfile(http);
        profile.setLanguage(Language.EN_US);
        return profile;
    }

    /// Without OkHttp's own repetition of a call whose connection broke: it might be carried out twice.
    private static OkHttpClient transport(TencentSettings settings) {
        OkHttpClient.Builder builder = settings.transport()
                .map(OkHttpClient::newBuilder)
                .orElseGet(() -> new OkHttpClient.Builder().connectionPool(CONNECTIONS));
        return builder.retryOnConnectionFailure(false)
                .followRedirects(false)
                .connectTimeout(settings.timeout())
                .readTimeout(settings.timeout())
                .writeTimeout(settings.timeout())
                .callTimeout(settings.timeout())
                .build();
    }
}
