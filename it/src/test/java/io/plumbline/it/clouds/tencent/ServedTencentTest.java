package io.plumbline.it.clouds.tencent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.tencentcloudapi.clb.v20180317.ClbClient;
import com.tencentcloudapi.clb.v20180317.models.BatchRegisterTargetsRequest;
import com.tencentcloudapi.clb.v20180317.models.BatchTarget;
import com.tencentcloudapi.clb.v20180317.models.CreateListenerRequest;
import com.tencentcloudapi.clb.v20180317.models.CreateListenerResponse;
import com.tencentcloudapi.clb.v20180317.models.CreateLoadBalancerRequest;
import com.tencentcloudapi.clb.v20180317.models.CreateLoadBalancerResponse;
import com.tencentcloudapi.clb.v20180317.models.DescribeLoadBalancersRequest;
import com.tencentcloudapi.clb.v20180317.models.DescribeTaskStatusRequest;
import com.tencentcloudapi.clb.v20180317.models.HealthCheck;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import io.plumbline.it.clouds.ChangeLog;
import io.plumbline.it.clouds.CloudServer;
import io.plumbline.it.clouds.Network;
import io.plumbline.it.clouds.Resources;
import io.plumbline.it.clouds.TestBackend;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The typed Java SDK against the simulated CLB served over HTTP, and traffic through what it made.
class ServedTencentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SimulatedTencent cloud = SimulatedTencent.onSockets(Network.everyAddress());
    private final CloudServer server;
    private final ClbClient client;

    ServedTencentTest() throws IOException {
        server = CloudServer.serve(cloud);
        client = client(cloud.account().secretKey());
    }

    @AfterEach
    void close() {
        server.close();
        cloud.close();
    }

    private ClbClient client(String secretKey) {
        HttpProfile http = new HttpProfile();
        http.setProtocol("http://");
        http.setEndpoint(server.hostAndPort());
        ClientProfile profile = new ClientProfile();
        profile.setHttpProfile(http);
        return new ClbClient(
                new Credential(cloud.account().secretId(), secretKey),
                cloud.account().region(),
                profile);
    }

    @Test
    void aListenerCarriesTrafficToItsHealthyTarget() throws Exception {
        String balancer = createBalancer();
        String listener = createListener(balancer);
        try (TestBackend pod = TestBackend.listen("10.244.202.1")) {
            register(balancer, listener, pod.port(), "10.244.202.1", "10.244.202.2");
            await().atMost(PATIENCE).until(() -> healthOf(balancer).equals("Alive"));

            assertThat(answer(place())).isEqualTo("10.244.202.1");
            assertThat(cloud.log().serving(balancer + "/" + listener).getLast().healthy())
                    .containsExactly("10.244.202.1:" + pod.port());
            assertThat(cloud.log().count(call -> call.kind() == ChangeLog.CallKind.WRITE))
                    .isEqualTo(3);
        }
    }

    @Test
    void aWrongSignatureIsRefused() {
        assertThatThrownBy(() -> client("wrong").DescribeLoadBalancers(new DescribeLoadBalancersRequest()))
                .isInstanceOfSatisfying(
                        TencentCloudSDKException.class,
                        refused -> assertThat(refused.getErrorCode()).isEqualTo("AuthFailure.SignatureFailure"));
    }

    @Test
    void controlRequestsChangeTheCloudAndSayWhatTheyDoNotUnderstand() throws Exception {
        assertThat(put("quotas", "{\"listeners-per-balancer\":1,\"requests-per-second\":null}"))
                .isEqualTo(200);
        assertThat(cloud.limits().of(Limit.LISTENERS_PER_BALANCER)).isEqualTo(1);
        assertThat(put("quotas", "{\"colour\":1}")).isEqualTo(400);
        assertThat(put("instances", "{\"instances\":{\"ins-9\":\"10.0.0.9\"}}")).isEqualTo(200);
        assertThat(state().at("/network/instances/ins-9").asText()).isEqualTo("10.0.0.9");
        assertThat(put("faults", "[{\"action\":\"CreateListener\",\"nth\":1,\"do\":\"explode\"}]"))
                .isEqualTo(400);
        assertThat(put("faults", "[{\"action\":\"DescribeQuota\",\"nth\":2,\"do\":\"drop\"}]"))
                .isEqualTo(200);
        assertThat(state().at("/faults/0/do").asText()).isEqualTo("drop");
        assertThat(put("clock", "{\"advanceMillis\":3600000}")).isEqualTo(200);
        assertThat(put("weather", "{}")).isEqualTo(404);
    }

    private String createBalancer() throws TencentCloudSDKException {
        CreateLoadBalancerRequest request = new CreateLoadBalancerRequest();
        request.setLoadBalancerType("OPEN");
        CreateLoadBalancerResponse reply = client.CreateLoadBalancer(request);
        settle(reply.getRequestId());
        return reply.getLoadBalancerIds()[0];
    }

    private String createListener(String balancer) throws TencentCloudSDKException {
        HealthCheck check = new HealthCheck();
        check.setIntervalTime(3L);
        check.setHealthNum(2L);
        CreateListenerRequest request = new CreateListenerRequest();
        request.setLoadBalancerId(balancer);
        request.setProtocol("TCP");
        request.setPorts(new Long[] {8202L});
        request.setHealthCheck(check);
        CreateListenerResponse reply = client.CreateListener(request);
        settle(reply.getRequestId());
        return reply.getListenerIds()[0];
    }

    private void settle(String task) {
        DescribeTaskStatusRequest request = new DescribeTaskStatusRequest();
        request.setTaskId(task);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> client.DescribeTaskStatus(request).getStatus() == 0);
    }

    private void register(String balancer, String listener, long port, String... addresses)
            throws TencentCloudSDKException {
        BatchTarget[] targets = new BatchTarget[addresses.length];
        for (int index = 0; index < addresses.length; index++) {
            targets[index] = new BatchTarget();
            targets[index].setListenerId(listener);
            targets[index].setEniIp(addresses[index]);
            targets[index].setPort(port);
        }
        BatchRegisterTargetsRequest request = new BatchRegisterTargetsRequest();
        request.setLoadBalancerId(balancer);
        request.setTargets(targets);
        assertThat(client.BatchRegisterTargets(request).getFailListenerIdSet()).isEmpty();
    }

    /// Through the untyped call: the typed model of this SDK does not know HealthStatusDetail.
    private String healthOf(String balancer) throws Exception {
        String reply = client.call("DescribeTargetHealth", "{\"LoadBalancerIds\":[\"" + balancer + "\"]}");
        return Resources.JSON
                .readTree(reply)
                .at("/Response/LoadBalancers/0/Listeners/0/Rules/0/Targets/0/HealthStatusDetail")
                .asText();
    }

    private URI place() throws Exception {
        return URI.create(
                "tcp://" + state().at("/loadBalancers/0/listeners/0/dataPlane").asText());
    }

    private static String answer(URI place) throws IOException {
        try (Socket socket = new Socket(place.getHost(), place.getPort());
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            return String.valueOf(reader.readLine());
        }
    }

    private JsonNode state() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(server.endpoint() + "/__simulation/state"))
                    .build();
            return Resources.JSON.readTree(
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        }
    }

    private int put(String what, String body) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(server.endpoint() + "/__simulation/" + what))
                    .PUT(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        }
    }
}
