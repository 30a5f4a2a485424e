package io.plumbline.it.fault;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.aliyun.AliyunProvider;
import io.plumbline.aliyun.AliyunSettings;
import io.plumbline.it.clouds.Fault;
import io.plumbline.it.clouds.InProcessTransport;
import io.plumbline.it.clouds.aliyun.AliyunAccount;
import io.plumbline.it.clouds.aliyun.AliyunClients;
import io.plumbline.it.clouds.aliyun.Limit;
import io.plumbline.it.clouds.aliyun.SimulatedAliyun;
import io.plumbline.it.virtual.VirtualClock;
import io.plumbline.spi.CallGate;
import io.plumbline.spi.Provider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The simulated CLB on virtual time, reached through Aliyun's own SDK.
final class AliyunFaultyCloud extends SimulatedFaultyCloud<SimulatedAliyun> {
    private static final AtomicInteger CLOUDS = new AtomicInteger();
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private final String host = "faulty-" + CLOUDS.incrementAndGet() + ".simulated:80";

    AliyunFaultyCloud(VirtualClock clock) {
        super(clock, SimulatedAliyun::onVirtualTime);
    }

    @Override
    String throttled() {
        return "Throttling.User";
    }

    @Override
    String busy() {
        return "BackendServer.configuring";
    }

    @Override
    public Provider provider(CallGate gate) {
        AliyunAccount account = cloud.account();
        AliyunSettings.Keys right = new AliyunSettings.Keys(account.accessKeyId(), account.accessKeySecret());
        AliyunSettings.Keys wrong = new AliyunSettings.Keys(account.accessKeyId(), WRONG_KEY);
        AliyunSettings settings = AliyunSettings.of(account.region(), account.vpcId(), () -> keys(right, wrong))
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

    /// Everything is done at once.
    @Override
    public void failTask() {}

    @Override
    public void registerPartly() {
        cloud.faults().add(Fault.nth("AddVServerGroupBackendServers", 1, Fault.Kind.PARTIAL));
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
        listener(port, String.valueOf(group));
    }

    /// Somebody makes one that leads to a group of ours, whose name ends so.
    void makeStrangersListener(int port, String nameOfGroup) {
        listener(
                port,
                groups().entrySet().stream()
                        .filter(group -> group.getValue().endsWith(nameOfGroup))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElseThrow());
    }

    /// Somebody makes a listener on the only load balancer.
    void listener(int port, String group) {
        byHand(
                "CreateLoadBalancerTCPListener",
                Map.of(
                        "LoadBalancerId",
                        balancers().getFirst(),
                        "ListenerPort",
                        String.valueOf(port),
                        "Bandwidth",
                        "-1",
                        "VServerGroupId",
                        group));
    }

    /// Somebody removes the listener on that port.
    void removeListener(int port) {
        byHand(
                "DeleteLoadBalancerListener",
                Map.of("LoadBalancerId", balancers().getFirst(), "ListenerPort", String.valueOf(port)));
    }

    /// Its user makes a load balancer.
    ///
    /// @return its id
    String makeBalancer() {
        return String.valueOf(byHand(
                        "CreateLoadBalancer",
                        Map.of(
                                "AddressType",
                                "intranet",
                                "VSwitchId",
                                vSwitchIds().getFirst(),
                                "LoadBalancerName",
                                "users-own",
                                "InstanceChargeType",
                                "PayByCLCU"))
                .get("LoadBalancerId"));
    }

    /// Its user makes a group of backends on the only load balancer, with one backend of his own.
    ///
    /// @return its id
    String makeGroup(String name) {
        return String.valueOf(byHand(
                        "CreateVServerGroup",
                        Map.of(
                                "LoadBalancerId",
                                balancers().getFirst(),
                                "VServerGroupName",
                                name,
                                "BackendServers",
                                "[{\"ServerId\":\"eni-0a000963\",\"ServerIp\":\"10.0.9.99\",\"Type\":\"eni\","
                                        + "\"Port\":\"80\","
                                        + "\"Weight\":\"7\",\"Description\":\"users-own\"}]"))
                .get("VServerGroupId"));
    }

    /// The members of a group: weights by address.
    Map<String, String> weights(String group) {
        Map<?, ?> reply = byHand("DescribeVServerGroupAttribute", Map.of("VServerGroupId", group));
        return shown(reply, "BackendServers", "BackendServer").stream()
                .collect(Collectors.toMap(
                        server -> String.valueOf(server.get("ServerIp")),
                        server -> String.valueOf(server.get("Weight"))));
    }

    /// The members of a group: `10.0.3.1:80 100` for each.
    List<String> registered(String group) {
        Map<?, ?> reply = byHand("DescribeVServerGroupAttribute", Map.of("VServerGroupId", group));
        return shown(reply, "BackendServers", "BackendServer").stream()
                .map(server -> server.get("ServerIp") + ":" + server.get("Port") + " " + server.get("Weight"))
                .toList();
    }

    /// Its user makes an access control list.
    ///
    /// @return its id
    String makeAccessList(String name) {
        return String.valueOf(
                byHand("CreateAccessControlList", Map.of("AclName", name)).get("AclId"));
    }

    /// All access control lists: names by identifiers.
    Map<String, String> accessLists() {
        return shown(byHand("DescribeAccessControlLists", Map.of()), "Acls", "Acl").stream()
                .collect(Collectors.toMap(
                        list -> String.valueOf(list.get("AclId")), list -> String.valueOf(list.get("AclName"))));
    }

    /// What is in an access control list.
    List<String> entries(String list) {
        return shown(byHand("DescribeAccessControlListAttribute", Map.of("AclId", list)), "AclEntrys", "AclEntry")
                .stream()
                .map(entry -> String.valueOf(entry.get("AclEntryIP")))
                .sorted()
                .toList();
    }

    private static List<Map<?, ?>> shown(Map<?, ?> reply, String outer, String inner) {
        Map<?, ?> all = (Map<?, ?>) Optional.ofNullable(reply.get(outer)).orElseThrow();
        return ((List<?>) Optional.ofNullable(all.get(inner)).orElseThrow())
                .stream().<Map<?, ?>>map(one -> (Map<?, ?>) one).toList();
    }

    /// vSwitches that there are.
    List<String> vSwitchIds() {
        return cloud.account().vSwitchIds();
    }

    /// The only load balancer, as the cloud shows it.
    Map<?, ?> balancer() {
        return byHand(
                "DescribeLoadBalancerAttribute",
                Map.of("LoadBalancerId", balancers().getFirst()));
    }

    /// The listener on that port of the only load balancer, as the cloud shows it.
    Map<?, ?> listener(int port) {
        Object listeners = byHand(
                        "DescribeLoadBalancerListeners",
                        Map.of("LoadBalancerId.1", balancers().getFirst()))
                .get("Listeners");
        return ((List<?>) Optional.ofNullable(listeners).orElseThrow())
                .stream()
                        .map(listener -> (Map<?, ?>) listener)
                        .filter(listener -> String.valueOf(port).equals(String.valueOf(listener.get("ListenerPort"))))
                        .findFirst()
                        .orElseThrow();
    }

    /// Groups of backends of the only load balancer: names by identifiers.
    Map<String, String> groups() {
        Map<?, ?> reply = byHand(
                "DescribeVServerGroups", Map.of("LoadBalancerId", balancers().getFirst()));
        return shown(reply, "VServerGroups", "VServerGroup").stream()
                .collect(Collectors.toMap(
                        group -> String.valueOf(group.get("VServerGroupId")),
                        group -> String.valueOf(group.get("VServerGroupName"))));
    }

    @Override
    public void limited(boolean on) {
        Stream.of(Limit.BALANCERS, Limit.WRITES_PER_MINUTE, Limit.CREATIONS_PER_MINUTE, Limit.READS_PER_MINUTE)
                .forEach(limit -> cloud.limits().set(limit, on ? limit.initial() : limit.off()));
    }

    /// Somebody binds an elastic address to the only load balancer, or takes it away.
    void bind(Optional<String> address) {
        ObjectNode network = JsonNodeFactory.instance.objectNode();
        network.putObject("elasticAddresses").put(balancers().getFirst(), address.orElse(null));
        cloud.putInstances(network);
    }

    /// How many backends a load balancer takes, whatever is documented.
    void room(int backends) {
        cloud.limits().set(Limit.BACKENDS_PER_BALANCER, backends);
    }

    /// A stranger's call, between the times in which the load balancer refuses the next change.
    Map<?, ?> byHand(String action, Map<String, String> parameters) {
        pass(SETTLED);
        Map<?, ?> reply = AliyunClients.call(
                cloud.account(),
                "by-hand-" + host,
                InProcessTransport.client(cloud, clock::moveBy),
                action,
                parameters);
        pass(SETTLED);
        return reply;
    }
}
