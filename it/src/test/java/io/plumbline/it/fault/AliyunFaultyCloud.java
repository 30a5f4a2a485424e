package io.plumbline.it.fault;

import com.aliyun.slb20140515.Client;
import com.aliyun.tea.okhttp.ClientHelper;
import com.aliyun.teaopenapi.models.Config;
import com.aliyun.teaopenapi.models.OpenApiRequest;
import com.aliyun.teaopenapi.models.Params;
import com.aliyun.teautil.models.RuntimeOptions;
import io.plumbline.aliyun.AliyunProvider;
import io.plumbline.aliyun.AliyunSettings;
import io.plumbline.it.clouds.BalancerView;
import io.plumbline.it.clouds.ChangeLog;
import io.plumbline.it.clouds.ChangeLog.CallKind;
import io.plumbline.it.clouds.Fault;
import io.plumbline.it.clouds.InProcessTransport;
import io.plumbline.it.clouds.Network;
import io.plumbline.it.clouds.Prober;
import io.plumbline.it.clouds.SimulationClock;
import io.plumbline.it.clouds.aliyun.AliyunAccount;
import io.plumbline.it.clouds.aliyun.Limit;
import io.plumbline.it.clouds.aliyun.SimulatedAliyun;
import io.plumbline.it.virtual.VirtualClock;
import io.plumbline.spi.CallGate;
import io.plumbline.spi.Provider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The simulated CLB on virtual time, reached through Aliyun's own SDK.
final class AliyunFaultyCloud implements FaultyCloud {
    private static final AtomicInteger CLOUDS = new AtomicInteger();
    private static final Duration SETTLED = Duration.ofSeconds(2);
    private static final String WRONG_KEY = "canary-0f-a-secret-key";

    private final String host = "faulty-" + CLOUDS.incrementAndGet() + ".simulated:80";
    private final VirtualClock clock;
    private final SimulatedAliyun cloud;
    private final Set<String> silent = new TreeSet<>();
    private boolean wrongKeys;

    AliyunFaultyCloud(VirtualClock clock) {
        this.clock = clock;
        this.cloud = SimulatedAliyun.onVirtualTime(
                Network.everyAddress(),
                SimulationClock.following(clock),
                Prober.answering(probe -> !silent.contains(probe.address())));
    }

    @Override
    public String name() {
        return "aliyun";
    }

    @Override
    public Provider provider(CallGate gate) {
        AliyunAccount account = cloud.account();
        AliyunSettings.Keys right = new AliyunSettings.Keys(account.accessKeyId(), account.accessKeySecret());
        AliyunSettings.Keys wrong = new AliyunSettings.Keys(account.accessKeyId(), WRONG_KEY);
        AliyunSettings settings = AliyunSettings.of(account.region(), account.vpcId(), () -> wrongKeys ? wrong : right)
                .in(account.vSwitchIds())
                .at(AliyunSettings.Endpoints.all("http://" + host))
                .through(InProcessTransport.client(cloud, clock::moveBy));
        return new AliyunProvider(settings, gate, clock);
    }

    @Override
    public Map<String, String> serviceAnnotations() {
        return Map.of("service.beta.kubernetes.io/backend-type", "eni");
    }

    @Override
    public Map<String, String> grace() {
        return Map.of("service.beta.kubernetes.io/alibaba-cloud-loadbalancer-graceful-shutdown", "true");
    }

    @Override
    public Duration anew() {
        return Duration.ofMinutes(2);
    }

    /// Each pool's members are written by a call of their own.
    @Override
    public int writesForAMemberOf(int pools) {
        return pools;
    }

    @Override
    public String address(int number) {
        return "10.0.3." + number;
    }

    @Override
    public void fallSilent(int number) {
        silent.add(address(number));
    }

    @Override
    public void loseReply(int nth) {
        cloud.faults().add(Fault.nth("*", nth, Fault.Kind.LOSE));
    }

    @Override
    public void throttleWrites(int times) {
        for (int nth = 1; nth <= times; nth++) {
            cloud.faults().add(Fault.error("*write", nth, "Throttling.User"));
        }
    }

    @Override
    public void busy(int times) {
        for (int nth = 1; nth <= times; nth++) {
            cloud.faults().add(Fault.error("*write", nth, "BackendServer.configuring"));
        }
    }

    /// Everything is done at once.
    @Override
    public void failTask() {}

    @Override
    public void registerPartly() {
        cloud.faults().add(Fault.nth("AddVServerGroupBackendServers", 1, Fault.Kind.PARTIAL));
    }

    @Override
    public void refuseCredentials(boolean on) {
        wrongKeys = on;
    }

    @Override
    public void deleteByHand() {
        for (String id : balancers()) {
            byHand("SetLoadBalancerDeleteProtection", Map.of("LoadBalancerId", id, "DeleteProtection", "off"));
            byHand("DeleteLoadBalancer", Map.of("LoadBalancerId", id));
        }
    }

    @Override
    public void makeStrangersListener(int port) {
        String id = balancers().getFirst();
        Object group = byHand("CreateVServerGroup", Map.of("LoadBalancerId", id, "VServerGroupName", "a-strangers"))
                .get("VServerGroupId");
        byHand(
                "CreateLoadBalancerTCPListener",
                Map.of(
                        "LoadBalancerId",
                        id,
                        "ListenerPort",
                        String.valueOf(port),
                        "Bandwidth",
                        "-1",
                        "VServerGroupId",
                        String.valueOf(group)));
    }

    @Override
    public void limited(boolean on) {
        Stream.of(Limit.BALANCERS, Limit.WRITES_PER_MINUTE, Limit.CREATIONS_PER_MINUTE, Limit.READS_PER_MINUTE)
                .forEach(limit -> cloud.limits().set(limit, on ? limit.initial() : limit.off()));
    }

    @Override
    public List<String> balancers() {
        return cloud.balancers().stream().map(BalancerView::id).toList();
    }

    @Override
    public int everMade() {
        return (int) cloud.log().entries().stream()
                .filter(entry -> entry instanceof ChangeLog.Lifecycle lifecycle
                        && lifecycle.what().equals("balancer")
                        && lifecycle.happened() == ChangeLog.Happened.ADDED)
                .count();
    }

    @Override
    public SortedSet<String> members() {
        return cloud.balancers().stream()
                .flatMap(balancer -> balancer.listeners().stream())
                .flatMap(listener -> listener.targets().stream()
                        .filter(target -> target.weight() > 0)
                        .map(target -> listener.port() + "/" + target.name()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public SortedSet<Integer> listeners() {
        return cloud.balancers().stream()
                .flatMap(balancer -> balancer.listeners().stream())
                .map(BalancerView.ListenerView::port)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public int writes() {
        return cloud.log().writes().size();
    }

    @Override
    public List<String> writesTried() {
        return cloud.log().calls().stream()
                .filter(call -> call.kind() == CallKind.WRITE)
                .map(ChangeLog.Call::action)
                .toList();
    }

    /// A stranger's call, between the times in which the load balancer refuses the next change.
    Map<?, ?> byHand(String action, Map<String, String> parameters) {
        pass();
        AliyunAccount account = cloud.account();
        String byHand = "by-hand-" + host;
        ClientHelper.clients.put(byHand, InProcessTransport.client(cloud, clock::moveBy));
        Map<String, String> query = new TreeMap<>(parameters);
        query.put("RegionId", account.region());
        Params params = new Params()
                .setAction(action)
                .setVersion("2014-05-15")
                .setProtocol("HTTP")
                .setPathname("/")
                .setMethod("POST")
                .setAuthType("AK")
                .setStyle("RPC")
                .setReqBodyType("formData")
                .setBodyType("json");
        try {
            Client client = new Client(new Config()
                    .setAccessKeyId(account.accessKeyId())
                    .setAccessKeySecret(account.accessKeySecret())
                    .setRegionId(account.region())
                    .setProtocol("HTTP")
                    .setEndpoint(byHand));
            Map<String, ?> reply = client.callApi(params, new OpenApiRequest().setQuery(query), new RuntimeOptions());
            pass();
            return reply.get("body") instanceof Map<?, ?> body ? body : Map.of();
        } catch (Exception e) {
            throw new IllegalStateException(action + " by hand was refused", e);
        }
    }

    private void pass() {
        clock.moveBy(SETTLED);
        cloud.tick();
    }
}
