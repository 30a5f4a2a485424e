package io.plumbline.aliyun;

import com.aliyun.tea.okhttp.ClientHelper;
import com.aliyun.teaopenapi.Client;
import com.aliyun.teaopenapi.models.Config;
import com.aliyun.teaopenapi.models.OpenApiRequest;
import com.aliyun.teaopenapi.models.Params;
import com.aliyun.teautil.models.RuntimeOptions;
import io.plumbline.aliyun.AliyunSettings.Endpoints;
import io.plumbline.aliyun.AliyunSettings.Keys;
import io.plumbline.aliyun.Failures.Meaning;
import io.plumbline.aliyun.Failures.Result;
import io.plumbline.spi.CallGate;
import io.plumbline.spi.CallGate.Permission;
import io.plumbline.spi.CallGate.Sort;
import io.plumbline.spi.Provider.ReadRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/// Sends a call and takes its reply: the only place that touches the network. It asks the gate before
/// each one and sends it once.
///
/// The SDK's own clients sign and send; parameters and replies are the trees that go over the wire,
/// since the SDK's typed classes of this version drop what they do not know, and repeat for each of
/// four protocols what they share.
final class Calls {
    private static final String SLB_VERSION = "2014-05-15";
    private static final String ECS_VERSION = "2014-05-26";
    private static final String VPC_VERSION = "2016-04-28";
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /// Shorter than a server keeps an idle connection, so that a call seldom meets one that is just
    /// being closed: it would fail without our knowing whether it was carried out.
    private static final ConnectionPool CONNECTIONS = new ConnectionPool(16, 20, TimeUnit.SECONDS);

    private final AliyunSettings settings;
    private final CallGate gate;
    private final AtomicReference<@Nullable Session> session;

    Calls(AliyunSettings settings, CallGate gate) {
        this(settings, gate, new AtomicReference<>());
    }

    private Calls(AliyunSettings settings, CallGate gate, AtomicReference<@Nullable Session> session) {
        this.settings = settings;
        this.gate = gate;
        this.session = session;
    }

    /// For the calls of one reading.
    Calls reading(ReadRequest request) {
        return new Calls(settings, gate.reading(request), session);
    }

    /// Clients, and the keys that they sign with.
    private record Session(Keys keys, Client slb, Client ecs, Client vpc) {}

    Result write(Call call, Optional<String> group) {
        return slb(call.action(), Requests.of(call, group), call.sort());
    }

    /// One of the writes that a call consists of.
    Result write(String action, SortedMap<String, String> parameters) {
        return slb(action, parameters, Sort.CREATE);
    }

    /// Those that carry all these tags; the first page is 1.
    Result loadBalancers(SortedMap<String, String> tags, int page) {
        TreeMap<String, String> parameters = new TreeMap<>();
        parameters.put("Tags", Requests.tags(tags));
        parameters.put("PageNumber", String.valueOf(page));
        parameters.put("PageSize", String.valueOf(Limits.LOAD_BALANCERS_PER_PAGE));
        return read("DescribeLoadBalancers", parameters);
    }

    Result loadBalancer(String id) {
        return read("DescribeLoadBalancers", Lowering.one("LoadBalancerId", id));
    }

    /// One page of a load balancer's listeners.
    Result listeners(String loadBalancer, Optional<String> nextToken) {
        TreeMap<String, String> parameters = new TreeMap<>();
        parameters.put("LoadBalancerId.1", loadBalancer);
        parameters.put("MaxResults", String.valueOf(Limits.LISTENERS_PER_PAGE));
        nextToken.ifPresent(token -> parameters.put("NextToken", token));
        return read("DescribeLoadBalancerListeners", parameters);
    }

    /// All groups of backends of a load balancer.
    Result groups(String loadBalancer) {
        TreeMap<String, String> parameters = new TreeMap<>(Lowering.one("LoadBalancerId", loadBalancer));
        parameters.put("IncludeListener", "true");
        parameters.put("IncludeRule", "true");
        return read("DescribeVServerGroups", parameters);
    }

    /// A group's members.
    Result group(String id) {
        return read("DescribeVServerGroupAttribute", Lowering.one("VServerGroupId", id));
    }

    Result extensions(String loadBalancer, int port) {
        return read("DescribeDomainExtensions", Requests.listener(loadBalancer, port));
    }

    Result accessLists(String name) {
        return read("DescribeAccessControlLists", Lowering.one("AclName", name));
    }

    /// One page of a list's entries; the first page is 1.
    Result accessList(String id, int page) {
        TreeMap<String, String> parameters = new TreeMap<>(Lowering.one("AclId", id));
        parameters.put("Page", String.valueOf(page));
        parameters.put("PageSize", String.valueOf(Limits.ACL_ENTRIES_PER_CALL));
        return read("DescribeAccessControlListAttribute", parameters);
    }

    /// Of all ports of a load balancer at once.
    Result health(String loadBalancer) {
        return slb("DescribeHealthStatus", Lowering.one("LoadBalancerId", loadBalancer), Sort.HEALTH);
    }

    /// Network interfaces in use in our network that have one of these addresses.
    ///
    /// @param addresses at most [Limits#ADDRESSES_PER_CALL], of one family
    Result interfaces(List<String> addresses, Optional<String> nextToken) {
        boolean ipv6 = addresses.stream().allMatch(address -> address.contains(":"));
        TreeMap<String, String> parameters =
                new TreeMap<>(Requests.numbered(ipv6 ? "Ipv6Address" : "PrivateIpAddress", addresses));
        parameters.put("VpcId", settings.vpcId());
        parameters.put("Status", "InUse");
        parameters.put("MaxResults", String.valueOf(Limits.ADDRESSES_PER_CALL));
        nextToken.ifPresent(token -> parameters.put("NextToken", token));
        return send("DescribeNetworkInterfaces", ECS_VERSION, parameters, Sort.READ);
    }

    /// Elastic addresses that are bound to a load balancer, which takes one, so that all are on one page.
    Result boundAddresses(String loadBalancer) {
        TreeMap<String, String> parameters = new TreeMap<>();
        parameters.put("AssociatedInstanceType", "SlbInstance");
        parameters.put("AssociatedInstanceId", loadBalancer);
        return send("DescribeEipAddresses", VPC_VERSION, parameters, Sort.READ);
    }

    private Result read(String action, SortedMap<String, String> parameters) {
        return slb(action, parameters, Sort.READ);
    }

    private Result slb(String action, SortedMap<String, String> parameters, Sort sort) {
        return send(action, SLB_VERSION, parameters, sort);
    }

    private Result send(String action, String version, SortedMap<String, String> parameters, Sort sort) {
        TreeMap<String, String> query = new TreeMap<>(parameters);
        query.put("RegionId", settings.region());
        return switch (gate.ask(action, sort)) {
            case Permission.NotNow(var retry) -> new Result.Refused(new Meaning.Failed(retry));
            case Permission.Go go ->
                Failures.attempt(
                        action,
                        () -> client(version)
                                .callApi(
                                        params(action, version),
                                        new OpenApiRequest().setQuery(query),
                                        new RuntimeOptions().setAutoretry(false)));
        };
    }

    private Params params(String action, String version) {
        return new Params()
                .setAction(action)
                .setVersion(version)
                .setProtocol("HTTPS")
                .setPathname("/")
                .setMethod("POST")
                .setAuthType("AK")
                .setStyle("RPC")
                .setReqBodyType("formData")
                .setBodyType("json");
    }

    private Client client(String version) throws Exception {
        Keys keys = settings.keys().get();
        Session last = session.get();
        Session open = last != null && last.keys().equals(keys) ? last : open(keys);
        session.set(open);
        return switch (version) {
            case ECS_VERSION -> open.ecs();
            case VPC_VERSION -> open.vpc();
            default -> open.slb();
        };
    }

    private Session open(Keys keys) throws Exception {
        Client slb = new com.aliyun.slb20140515.Client(
                config(keys, settings.endpoints().map(Endpoints::slb)));
        Client ecs = new com.aliyun.ecs20140526.Client(
                config(keys, settings.endpoints().map(Endpoints::ecs)));
        Client vpc = new com.aliyun.vpc20160428.Client(
                config(keys, settings.endpoints().map(Endpoints::vpc)));
        OkHttpClient transport = transport();
        Stream.of(slb, ecs, vpc).map(Calls::place).forEach(place -> ClientHelper.clients.put(place, transport));
        return new Session(keys, slb, ecs, vpc);
    }

    private Config config(Keys keys, Optional<String> endpoint) {
        Config config = new Config()
                .setAccessKeyId(keys.accessKeyId())
                .setAccessKeySecret(keys.accessKeySecret())
                .setRegionId(settings.region());
        keys.token().ifPresent(config::setSecurityToken);
        endpoint.map(URI::create)
                .ifPresent(url -> config.setProtocol(url.getScheme()).setEndpoint(url.getAuthority()));
        return config;
    }

    /// As the SDK keeps its HTTP clients apart: `host:port`.
    private static String place(Client client) {
        boolean plain = "http".equalsIgnoreCase(client._protocol);
        return client._endpoint.contains(":")
                ? client._endpoint
                : client._endpoint + ":" + (plain ? HTTP_PORT : HTTPS_PORT);
    }

    /// Without OkHttp's own repetition of a call whose connection broke: it might be carried out twice.
    private OkHttpClient transport() {
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
