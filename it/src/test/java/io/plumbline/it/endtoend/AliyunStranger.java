package io.plumbline.it.endtoend;

import com.aliyun.slb20140515.Client;
import com.aliyun.slb20140515.models.CreateLoadBalancerRequest;
import com.aliyun.slb20140515.models.CreateLoadBalancerTCPListenerRequest;
import com.aliyun.slb20140515.models.CreateVServerGroupRequest;
import com.aliyun.slb20140515.models.DeleteLoadBalancerRequest;
import com.aliyun.slb20140515.models.SetLoadBalancerDeleteProtectionRequest;
import com.aliyun.slb20140515.models.TagResourcesRequest;
import com.aliyun.slb20140515.models.TagResourcesRequest.TagResourcesRequestTag;
import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.models.Config;
import io.plumbline.it.clouds.BalancerView;
import io.plumbline.it.clouds.aliyun.AliyunAccount;
import io.plumbline.it.cluster.Waiting;
import io.plumbline.it.laboratory.Laboratory;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

final class AliyunStranger implements Stranger {
    private static final AliyunAccount ACCOUNT = AliyunAccount.example();

    private final Client client;

    AliyunStranger(Laboratory laboratory) {
        String place = URI.create(laboratory.strangersEndpoint()).getAuthority();
        this.client = send(() -> new Client(new Config()
                .setAccessKeyId(ACCOUNT.accessKeyId())
                .setAccessKeySecret(ACCOUNT.accessKeySecret())
                .setRegionId(ACCOUNT.region())
                .setProtocol("HTTP")
                .setEndpoint(place)));
    }

    private interface Sending<T> {
        T send() throws Exception;
    }

    @Override
    public String createBalancer(String name, Map<String, String> tags) {
        String id = send(() -> client.createLoadBalancer(new CreateLoadBalancerRequest()
                        .setRegionId(ACCOUNT.region())
                        .setLoadBalancerName(name)
                        .setAddressType("internet")
                        .setInstanceChargeType("PayByCLCU")))
                .getBody()
                .getLoadBalancerId();
        if (!tags.isEmpty()) {
            tag(id, tags);
        }
        return id;
    }

    private void tag(String id, Map<String, String> tags) {
        send(() -> client.tagResources(new TagResourcesRequest()
                .setRegionId(ACCOUNT.region())
                .setResourceType("instance")
                .setResourceId(List.of(id))
                .setTag(tags.entrySet().stream()
                        .map(tag -> new TagResourcesRequestTag()
                                .setKey(tag.getKey())
                                .setValue(tag.getValue()))
                        .toList())));
    }

    @Override
    public void createListener(BalancerView balancer, String name, int port) {
        String group = send(() -> client.createVServerGroup(new CreateVServerGroupRequest()
                        .setRegionId(ACCOUNT.region())
                        .setLoadBalancerId(balancer.id())
                        .setVServerGroupName(name)))
                .getBody()
                .getVServerGroupId();
        send(() -> client.createLoadBalancerTCPListener(new CreateLoadBalancerTCPListenerRequest()
                .setRegionId(ACCOUNT.region())
                .setLoadBalancerId(balancer.id())
                .setListenerPort(port)
                .setDescription(name)
                .setBandwidth(-1)
                .setVServerGroupId(group)));
    }

    @Override
    public void deleteBalancer(BalancerView balancer) {
        send(() -> client.setLoadBalancerDeleteProtection(new SetLoadBalancerDeleteProtectionRequest()
                .setRegionId(ACCOUNT.region())
                .setLoadBalancerId(balancer.id())
                .setDeleteProtection("off")));
        send(() -> client.deleteLoadBalancer(
                new DeleteLoadBalancerRequest().setRegionId(ACCOUNT.region()).setLoadBalancerId(balancer.id())));
    }

    /// What is refused because the balancer is at work is tried again, as he would.
    private static <T> T send(Sending<T> sending) {
        List<T> reply = new ArrayList<>();
        Waiting.until("the stranger's call to be taken", Example.LIMIT, () -> {
            try {
                reply.add(sending.send());
                return true;
            } catch (TeaException e) {
                if (e.getCode().contains("onfiguring")) {
                    return false;
                }
                throw new IllegalStateException(e);
            } catch (Exception broken) {
                throw new IllegalStateException(broken);
            }
        });
        return reply.getFirst();
    }
}
