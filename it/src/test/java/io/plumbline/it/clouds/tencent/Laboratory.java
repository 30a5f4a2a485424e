package io.plumbline.it.clouds.tencent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.tencentcloudapi.common.CommonClient;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import io.plumbline.it.clouds.InProcessTransport;
import io.plumbline.it.clouds.Network;
import io.plumbline.it.clouds.Prober;
import io.plumbline.it.clouds.Resources;
import io.plumbline.it.clouds.SimulationClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/// A simulated CLB on virtual time, called through Tencent's own SDK without sockets.
final class Laboratory {
    final SimulationClock clock = SimulationClock.virtual(Instant.parse("2026-01-01T00:00:00Z"));
    final Network network = Network.closed();
    final Set<String> sick = new ConcurrentSkipListSet<>();
    final SimulatedTencent cloud =
            SimulatedTencent.onVirtualTime(network, clock, Prober.answering(probe -> !sick.contains(probe.address())));
    final CommonClient client = client(cloud.account().secretKey());

    Laboratory() {
        network.putInstance("ins-1", "10.0.0.1");
        for (int host = 1; host <= 250; host++) {
            network.putAddress("10.244.0." + host);
        }
    }

    CommonClient client(String secretKey) {
        HttpProfile http = new HttpProfile();
        http.setProtocol("http://");
        http.setEndpoint("clb.tencentcloudapi.com");
        http.setHttpClient(InProcessTransport.client(cloud, clock::advance));
        ClientProfile profile = new ClientProfile();
        profile.setHttpProfile(http);
        TencentAccount account = cloud.account();
        return new CommonClient(
                "clb", "2018-03-17", new Credential(account.secretId(), secretKey), account.region(), profile);
    }

    JsonNode call(String action, String body) throws TencentCloudSDKException {
        try {
            return Resources.JSON
                    .readTree(client.call(action, body.replace('\'', '"')))
                    .path("Response");
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /// The error code of a refused call, or `OK`.
    String codeOf(String action, String body) {
        try {
            call(action, body);
            return "OK";
        } catch (TencentCloudSDKException refused) {
            return refused.getErrorCode();
        }
    }

    void pass(Duration time) {
        clock.advance(time);
        cloud.tick();
    }

    /// Calls, and lets the time of its task pass.
    JsonNode settled(String action, String body) throws TencentCloudSDKException {
        JsonNode reply = call(action, body);
        pass(Duration.ofSeconds(2));
        return reply;
    }

    String balancer() throws TencentCloudSDKException {
        return settled("CreateLoadBalancer", "{'LoadBalancerType':'OPEN'}")
                .at("/LoadBalancerIds/0")
                .asText();
    }

    String listener(String balancer, int port) throws TencentCloudSDKException {
        String body =
                "{'LoadBalancerId':'%s','Protocol':'TCP','Ports':[%d],'HealthCheck':{'IntervalTime':5,'HealthNum':2}}"
                        .formatted(balancer, port);
        return settled("CreateListener", body).at("/ListenerIds/0").asText();
    }

    static String target(String listener, String address) {
        return "{'ListenerId':'%s','EniIp':'%s','Port':80}".formatted(listener, address);
    }

    JsonNode register(String balancer, String... targets) throws TencentCloudSDKException {
        return call("BatchRegisterTargets", batch(balancer, targets));
    }

    static String batch(String balancer, String... targets) {
        return "{'LoadBalancerId':'%s','Targets':[%s]}".formatted(balancer, String.join(",", targets));
    }
}
