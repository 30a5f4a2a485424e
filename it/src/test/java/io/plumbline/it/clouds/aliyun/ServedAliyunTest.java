package io.plumbline.it.clouds.aliyun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.aliyun.ecs20140526.models.DescribeNetworkInterfacesRequest;
import com.aliyun.ecs20140526.models.DescribeNetworkInterfacesResponseBody.DescribeNetworkInterfacesResponseBodyNetworkInterfaceSetsNetworkInterfaceSet;
import com.aliyun.slb20140515.Client;
import com.aliyun.slb20140515.models.AddVServerGroupBackendServersRequest;
import com.aliyun.slb20140515.models.CreateLoadBalancerRequest;
import com.aliyun.slb20140515.models.CreateLoadBalancerTCPListenerRequest;
import com.aliyun.slb20140515.models.CreateVServerGroupRequest;
import com.aliyun.slb20140515.models.DescribeHealthStatusRequest;
import com.aliyun.slb20140515.models.DescribeHealthStatusResponseBody.DescribeHealthStatusResponseBodyBackendServersBackendServer;
import com.aliyun.slb20140515.models.StartLoadBalancerListenerRequest;
import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.models.Config;
import com.aliyun.vpc20160428.models.DescribeVpcsRequest;
import io.plumbline.it.clouds.CloudServer;
import io.plumbline.it.clouds.Network;
import io.plumbline.it.clouds.TestBackend;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The typed Java SDKs against the simulated Aliyun served over HTTP, and traffic through what they made.
class ServedAliyunTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String REGION = "cn-hangzhou";
    private static final String POD = "10.244.203.1";

    private final SimulatedAliyun cloud = SimulatedAliyun.onSockets(Network.everyAddress());
    private final CloudServer server;
    private final Client client;

    ServedAliyunTest() throws Exception {
        server = CloudServer.serve(cloud);
        client = new Client(config());
    }

    @AfterEach
    void close() {
        server.close();
        cloud.close();
    }

    private Config config() {
        return new Config()
                .setAccessKeyId(cloud.account().accessKeyId())
                .setAccessKeySecret(cloud.account().accessKeySecret())
                .setRegionId(REGION)
                .setProtocol("HTTP")
                .setEndpoint(server.hostAndPort());
    }

    @Test
    void aListenerCarriesTrafficToItsHealthyBackend() throws Exception {
        cloud.limits().turnOff(Limit.CONFIGURING_MILLIS);
        String balancer = client.createLoadBalancer(
                        new CreateLoadBalancerRequest().setRegionId(REGION).setInstanceChargeType("PayByCLCU"))
                .getBody()
                .getLoadBalancerId();
        String group = client.createVServerGroup(
                        new CreateVServerGroupRequest().setRegionId(REGION).setLoadBalancerId(balancer))
                .getBody()
                .getVServerGroupId();
        try (TestBackend pod = TestBackend.listen(POD)) {
            String backend = "[{\"ServerId\":\"%s\",\"ServerIp\":\"%s\",\"Type\":\"eni\",\"Port\":%d}]"
                    .formatted(interfaceOf(POD), POD, pod.port());
            client.addVServerGroupBackendServers(new AddVServerGroupBackendServersRequest()
                    .setRegionId(REGION)
                    .setVServerGroupId(group)
                    .setBackendServers(backend));
            client.createLoadBalancerTCPListener(new CreateLoadBalancerTCPListenerRequest()
                    .setRegionId(REGION)
                    .setLoadBalancerId(balancer)
                    .setListenerPort(8203)
                    .setBandwidth(-1)
                    .setVServerGroupId(group)
                    .setHealthyThreshold(2)
                    .setHealthCheckInterval(1));
            client.startLoadBalancerListener(new StartLoadBalancerListenerRequest()
                    .setRegionId(REGION)
                    .setLoadBalancerId(balancer)
                    .setListenerPort(8203));
            await().atMost(PATIENCE).until(() -> healthOf(balancer), List.of("normal")::equals);

            String place =
                    cloud.state().at("/loadBalancers/0/listeners/0/dataPlane").asText();
            assertThat(answer(place)).isEqualTo(POD);
        }
    }

    private String interfaceOf(String address) throws Exception {
        List<DescribeNetworkInterfacesResponseBodyNetworkInterfaceSetsNetworkInterfaceSet> found =
                new com.aliyun.ecs20140526.Client(config())
                        .describeNetworkInterfaces(new DescribeNetworkInterfacesRequest()
                                .setRegionId(REGION)
                                .setVpcId(cloud.account().vpcId())
                                .setStatus("InUse")
                                .setMaxResults(100)
                                .setPrivateIpAddress(List.of(address, "192.168.1.1")))
                        .getBody()
                        .getNetworkInterfaceSets()
                        .getNetworkInterfaceSet();
        assertThat(found).hasSize(1);
        return found.getFirst().getNetworkInterfaceId();
    }

    private List<String> healthOf(String balancer) throws Exception {
        return client
                .describeHealthStatus(new DescribeHealthStatusRequest().setLoadBalancerId(balancer))
                .getBody()
                .getBackendServers()
                .getBackendServer()
                .stream()
                .map(DescribeHealthStatusResponseBodyBackendServersBackendServer::getServerHealthStatus)
                .toList();
    }

    private static String answer(String place) throws IOException {
        String[] parts = place.split(":");
        try (Socket socket = new Socket(parts[0], Integer.parseInt(parts[1]));
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            return String.valueOf(reader.readLine());
        }
    }

    @Test
    void theVpcSdkReadsTheVpc() throws Exception {
        String block = new com.aliyun.vpc20160428.Client(config())
                .describeVpcs(new DescribeVpcsRequest()
                        .setRegionId(REGION)
                        .setVpcId(cloud.account().vpcId()))
                .getBody()
                .getVpcs()
                .getVpc()
                .getFirst()
                .getCidrBlock();

        assertThat(block).isEqualTo("10.0.0.0/8");
    }

    @Test
    void requiredParametersAreMissedByTheCloud() throws Exception {
        try {
            client.describeHealthStatus(new DescribeHealthStatusRequest());
        } catch (TeaException refused) {
            assertThat(refused.getCode()).isEqualTo("MissingParameter");
            assertThat(refused.getStatusCode()).isEqualTo(400);
            return;
        }
        throw new AssertionError("not refused");
    }
}
