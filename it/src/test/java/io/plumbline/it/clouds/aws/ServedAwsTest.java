package io.plumbline.it.clouds.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.it.clouds.BalancerView;
import io.plumbline.it.clouds.CloudServer;
import io.plumbline.it.clouds.Network;
import io.plumbline.it.clouds.TestBackend;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;

/// The SDK against the simulated AWS served over HTTP, and traffic through what it made.
class ServedAwsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PORT = 8302;

    private final SimulatedAws cloud = SimulatedAws.onSockets(Network.everyAddress());
    private final CloudServer server;
    private final ElasticLoadBalancingV2Client elb;

    ServedAwsTest() throws IOException {
        server = CloudServer.serve(cloud);
        cloud.limits().set(Limit.PROVISIONING_MILLIS, 100);
        cloud.limits().set(Limit.REGISTRATION_MILLIS, 100);
        cloud.limits().set(Limit.PROPAGATION_MILLIS, 100);
        cloud.limits().set(Limit.DEREGISTERED_STILL_SERVES_MILLIS, 2000);
        elb = ElasticLoadBalancingV2Client.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .endpointOverride(URI.create(server.endpoint()))
                .region(Region.of(cloud.account().region()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        cloud.account().accessKeyId(), cloud.account().secretAccessKey())))
                .build();
    }

    @AfterEach
    void close() {
        elb.close();
        server.close();
        cloud.close();
    }

    private String group() {
        return group("ip", ProtocolEnum.TCP);
    }

    private String group(String targetType, ProtocolEnum protocol) {
        return elb.createTargetGroup(request -> request.name("web")
                        .protocol(protocol)
                        .port(80)
                        .vpcId(cloud.account().vpcId())
                        .targetType(targetType)
                        .healthCheckIntervalSeconds(5)
                        .healthCheckTimeoutSeconds(2))
                .targetGroups()
                .getFirst()
                .targetGroupArn();
    }

    private void listener(String group) {
        listener(group, ProtocolEnum.TCP);
    }

    private void listener(String group, ProtocolEnum protocol) {
        String balancer = elb.createLoadBalancer(request -> request.name("web")
                        .type("network")
                        .subnets(cloud.account().subnetIds().subList(0, 2)))
                .loadBalancers()
                .getFirst()
                .loadBalancerArn();
        elb.createListener(request -> request.loadBalancerArn(balancer)
                .protocol(protocol)
                .port(PORT)
                .defaultActions(
                        Action.builder().type("forward").targetGroupArn(group).build()));
    }

    private static TargetDescription target(TestBackend pod, String address) {
        return TargetDescription.builder().id(address).port(pod.port()).build();
    }

    private void awaitServing(String... names) {
        await().atMost(PATIENCE)
                .until(() -> cloud.balancers().getFirst().listeners().getFirst().targets().stream()
                                .filter(BalancerView.TargetView::serving)
                                .count()
                        == names.length);
        String pool = cloud.balancers().getFirst().listeners().getFirst().pool();
        await().atMost(PATIENCE)
                .until(() -> cloud.log().serving(pool).getLast().healthy().equals(List.of(names)));
    }

    private InetSocketAddress place() {
        await().atMost(PATIENCE).until(() -> dataPlane().isTextual());
        String[] parts = dataPlane().asText().split(":");
        return new InetSocketAddress(parts[0], Integer.parseInt(parts[1]));
    }

    private JsonNode dataPlane() {
        return cloud.state().at("/loadBalancers/0/listeners/0/dataPlane");
    }

    private String answer() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(place());
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).split("\n", 2)[0];
        }
    }

    private List<String> answers(int count) throws IOException {
        List<String> answers = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            answers.add(answer());
        }
        return answers;
    }

    @Test
    void aDeregisteredTargetGetsConnectionsForAWhileAndThenNone() throws Exception {
        String group = group();
        listener(group);
        try (TestBackend one = TestBackend.listen("10.244.203.1");
                TestBackend two = TestBackend.listen("10.244.203.2")) {
            elb.registerTargets(request ->
                    request.targetGroupArn(group).targets(target(one, "10.244.203.1"), target(two, "10.244.203.2")));
            awaitServing("10.244.203.1:" + one.port(), "10.244.203.2:" + two.port());
            assertThat(answers(2)).containsExactlyInAnyOrder("10.244.203.1", "10.244.203.2");

            elb.deregisterTargets(request -> request.targetGroupArn(group).targets(target(one, "10.244.203.1")));
            awaitServing("10.244.203.2:" + two.port());
            await().atMost(PATIENCE).until(() -> answers(2).equals(List.of("10.244.203.2", "10.244.203.2")));
        }
    }

    @Test
    void whereNobodyIsHealthyEverybodyIsTried() throws Exception {
        String group = group();
        listener(group);
        try (TestBackend pod = TestBackend.listen("10.244.203.3")) {
            elb.modifyTargetGroup(request -> request.targetGroupArn(group).healthCheckPort("1"));
            elb.registerTargets(request -> request.targetGroupArn(group).targets(target(pod, "10.244.203.3")));
            await().atMost(PATIENCE)
                    .until(() -> elb.describeTargetHealth(request -> request.targetGroupArn(group))
                            .targetHealthDescriptions()
                            .getFirst()
                            .targetHealth()
                            .stateAsString()
                            .equals("unhealthy"));

            assertThat(answer()).isEqualTo("10.244.203.3");
        }
    }

    @Test
    void anInstanceIsReachedAtItsNodesAddress() throws Exception {
        cloud.network().putInstance("i-plumb009", "10.0.0.9");
        String group = group("instance", ProtocolEnum.TCP);
        listener(group, ProtocolEnum.TCP);
        try (TestBackend node = TestBackend.listen("10.0.0.9")) {
            elb.registerTargets(request -> request.targetGroupArn(group).targets(target(node, "i-plumb009")));
            awaitServing("10.0.0.9:" + node.port());

            assertThat(answer()).isEqualTo("10.0.0.9");
        }
    }

    @Test
    void oneListenerCarriesTcpAndUdp() throws Exception {
        String group = group("ip", ProtocolEnum.TCP_UDP);
        listener(group, ProtocolEnum.TCP_UDP);
        try (TestBackend pod = TestBackend.listen("10.244.203.5");
                DatagramSocket datagrams = new DatagramSocket(new InetSocketAddress("127.44.203.5", pod.port()));
                DatagramSocket client = new DatagramSocket()) {
            elb.registerTargets(request -> request.targetGroupArn(group).targets(target(pod, "10.244.203.5")));
            awaitServing("10.244.203.5:" + pod.port());
            client.send(new DatagramPacket(new byte[] {7}, 1, place()));
            datagrams.setSoTimeout((int) PATIENCE.toMillis());
            DatagramPacket arrived = new DatagramPacket(new byte[10], 10);
            datagrams.receive(arrived);

            assertThat(arrived.getLength()).isEqualTo(1);
            assertThat(answer()).isEqualTo("10.244.203.5");
        }
    }

    @Test
    void theProxyProtocolTellsTheTargetWhoTheClientIs() throws Exception {
        String group = group();
        elb.modifyTargetGroupAttributes(request -> request.targetGroupArn(group)
                .attributes(TargetGroupAttribute.builder()
                        .key("proxy_protocol_v2.enabled")
                        .value("true")
                        .build()));
        listener(group);
        try (ServerSocket pod = new ServerSocket()) {
            pod.bind(new InetSocketAddress("127.44.203.4", 0));
            CompletableFuture<byte[]> header = CompletableFuture.supplyAsync(() -> firstBytes(pod));
            elb.registerTargets(request -> request.targetGroupArn(group)
                    .targets(TargetDescription.builder()
                            .id("10.244.203.4")
                            .port(pod.getLocalPort())
                            .build()));
            awaitServing("10.244.203.4:" + pod.getLocalPort());
            try (Socket client = new Socket()) {
                client.connect(place());
                client.getOutputStream().write(1);
                byte[] sent = header.get(60, TimeUnit.SECONDS);

                assertThat(new String(sent, 0, 12, StandardCharsets.ISO_8859_1)).isEqualTo("\r\n\r\n\0\r\nQUIT\n");
                assertThat(sent[12]).isEqualTo((byte) 0x21);
                assertThat(((sent[24] & 0xFF) << 8) | (sent[25] & 0xFF)).isEqualTo(client.getLocalPort());
            }
        }
    }

    /// The first connection that sends something; health checks send nothing.
    private static byte[] firstBytes(ServerSocket pod) {
        try {
            while (true) {
                try (Socket client = pod.accept();
                        InputStream in = client.getInputStream()) {
                    byte[] bytes = in.readNBytes(29);
                    if (bytes.length == 29) {
                        return bytes;
                    }
                } catch (SocketException reset) {
                    // A health check ends so.
                    if (pod.isClosed()) {
                        throw reset;
                    }
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
