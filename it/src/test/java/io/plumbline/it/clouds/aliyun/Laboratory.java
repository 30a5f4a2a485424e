package io.plumbline.it.clouds.aliyun;

import com.aliyun.tea.TeaException;
import com.aliyun.tea.okhttp.ClientHelper;
import com.aliyun.teaopenapi.Client;
import com.aliyun.teaopenapi.models.Config;
import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.it.clouds.InProcessTransport;
import io.plumbline.it.clouds.Network;
import io.plumbline.it.clouds.Prober;
import io.plumbline.it.clouds.Resources;
import io.plumbline.it.clouds.SimulationClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;

/// A simulated Aliyun on virtual time, called through Aliyun's own SDK without sockets.
final class Laboratory {
    private static final AtomicInteger HOSTS = new AtomicInteger();

    final SimulationClock clock = SimulationClock.virtual(Instant.parse("2026-01-01T00:00:00Z"));
    final Network network = Network.closed();
    final Set<String> sick = new ConcurrentSkipListSet<>();
    final SimulatedAliyun cloud =
            SimulatedAliyun.onVirtualTime(network, clock, Prober.answering(probe -> !sick.contains(probe.address())));
    final String endpoint = "aliyun-" + HOSTS.incrementAndGet() + ".simulated:80";
    final Client client;

    Laboratory() {
        network.putInstance("i-1", "10.0.0.1");
        for (int host = 1; host <= 250; host++) {
            network.putAddress("10.244.0." + host);
        }
        ClientHelper.clients.put(endpoint, InProcessTransport.client(cloud, clock::advance));
        client = client(config());
    }

    Config config() {
        AliyunAccount account = cloud.account();
        return new Config()
                .setAccessKeyId(account.accessKeyId())
                .setAccessKeySecret(account.accessKeySecret())
                .setRegionId(account.region())
                .setProtocol("HTTP")
                .setEndpoint(endpoint);
    }

    static Client client(Config config) {
        try {
            return new Client(config);
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }

    /// Calls an action of SLB.
    JsonNode call(String action, String... parameters) throws Exception {
        return call(client, action, "2014-05-15", parameters);
    }

    /// Calls an action, with names and values of its parameters in turn.
    static JsonNode call(Client client, String action, String version, String... parameters) throws Exception {
        Map<String, String> query = new TreeMap<>(Map.of("RegionId", "cn-hangzhou"));
        for (int place = 0; place < parameters.length; place += 2) {
            query.put(parameters[place], parameters[place + 1]);
        }
        query.values().removeIf(String::isEmpty);
        return Resources.JSON.valueToTree(AliyunClients.body(client, action, version, query));
    }

    /// The error code of a refused call, or `OK`.
    String codeOf(String action, String... parameters) throws Exception {
        try {
            call(action, parameters);
            return "OK";
        } catch (TeaException refused) {
            return refused.getCode();
        }
    }

    void pass(Duration time) {
        clock.advance(time);
        cloud.tick();
    }

    /// Calls, and lets the time pass in which the balancer refuses the next change.
    JsonNode settled(String action, String... parameters) throws Exception {
        JsonNode reply = call(action, parameters);
        pass(Duration.ofMillis(200));
        return reply;
    }

    String balancer() throws Exception {
        return settled("CreateLoadBalancer", "InstanceChargeType", "PayByCLCU")
                .path("LoadBalancerId")
                .asText();
    }

    String group(String balancer, String... backends) throws Exception {
        return settled(
                        "CreateVServerGroup",
                        "LoadBalancerId",
                        balancer,
                        "VServerGroupName",
                        "web",
                        "BackendServers",
                        list(backends))
                .path("VServerGroupId")
                .asText();
    }

    static String list(String... backends) {
        return "[" + String.join(",", backends) + "]";
    }

    /// A Pod as backend server.
    static String pod(String address) {
        return "{\"ServerId\":\"" + Interfaces.idOf(address) + "\",\"ServerIp\":\"" + address
                + "\",\"Type\":\"eni\",\"Port\":80,\"Weight\":100}";
    }

    /// A running TCP listener that checks every 2 s and refers to the group.
    void listener(String balancer, int port, String group) throws Exception {
        settled(
                "CreateLoadBalancerTCPListener",
                "LoadBalancerId",
                balancer,
                "ListenerPort",
                Integer.toString(port),
                "Bandwidth",
                "-1",
                "VServerGroupId",
                group,
                "HealthyThreshold",
                "2");
        settled("StartLoadBalancerListener", "LoadBalancerId", balancer, "ListenerPort", Integer.toString(port));
    }

    String healthOf(String balancer) throws Exception {
        StringBuilder text = new StringBuilder();
        call("DescribeHealthStatus", "LoadBalancerId", balancer)
                .at("/BackendServers/BackendServer")
                .forEach(server ->
                        text.append(server.path("ServerHealthStatus").asText()).append(' '));
        return text.toString().strip();
    }
}
