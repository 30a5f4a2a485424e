package io.plumbline.it.endtoend;

import com.tencentcloudapi.clb.v20180317.ClbClient;
import com.tencentcloudapi.clb.v20180317.models.CreateListenerRequest;
import com.tencentcloudapi.clb.v20180317.models.CreateLoadBalancerRequest;
import com.tencentcloudapi.clb.v20180317.models.DeleteLoadBalancerRequest;
import com.tencentcloudapi.clb.v20180317.models.DescribeTaskStatusRequest;
import com.tencentcloudapi.clb.v20180317.models.TagInfo;
import com.tencentcloudapi.common.AbstractModel;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import io.plumbline.it.clouds.BalancerView;
import io.plumbline.it.clouds.tencent.TencentAccount;
import io.plumbline.it.cluster.Waiting;
import io.plumbline.it.laboratory.Laboratory;
import java.net.URI;
import java.util.Map;

final class TencentStranger implements Stranger {
    private static final long SUCCEEDED = 0;

    private final Laboratory laboratory;
    private final ClbClient client;

    TencentStranger(Laboratory laboratory) {
        this.laboratory = laboratory;
        TencentAccount account = TencentAccount.example();
        URI endpoint = URI.create(laboratory.strangersEndpoint());
        HttpProfile http = new HttpProfile();
        http.setProtocol("http://");
        http.setEndpoint(endpoint.getAuthority());
        ClientProfile profile = new ClientProfile();
        profile.setHttpProfile(http);
        this.client = new ClbClient(new Credential(account.secretId(), account.secretKey()), account.region(), profile);
    }

    private interface Sending<T extends AbstractModel> {
        T send() throws TencentCloudSDKException;
    }

    @Override
    public String createBalancer(String name, Map<String, String> tags) {
        CreateLoadBalancerRequest request = new CreateLoadBalancerRequest();
        request.setLoadBalancerType("OPEN");
        request.setForward(1L);
        request.setLoadBalancerName(name);
        request.setTags(tags.entrySet().stream().map(TencentStranger::tag).toArray(TagInfo[]::new));
        request.setVpcId(TencentAccount.example().vpcId());
        String id = send(() -> client.CreateLoadBalancer(request)).getLoadBalancerIds()[0];
        Waiting.until(
                "the stranger's balancer",
                Example.LIMIT,
                () -> laboratory.cloud().balancers().stream()
                        .anyMatch(balancer -> balancer.id().equals(id) && balancer.running()));
        return id;
    }

    private static TagInfo tag(Map.Entry<String, String> given) {
        TagInfo tag = new TagInfo();
        tag.setTagKey(given.getKey());
        tag.setTagValue(given.getValue());
        return tag;
    }

    @Override
    public void createListener(BalancerView balancer, String name, int port) {
        CreateListenerRequest request = new CreateListenerRequest();
        request.setLoadBalancerId(balancer.id());
        request.setProtocol("TCP");
        request.setPorts(new Long[] {(long) port});
        request.setListenerNames(new String[] {name});
        await(send(() -> client.CreateListener(request)).getRequestId());
    }

    @Override
    public void deleteBalancer(BalancerView balancer) {
        DeleteLoadBalancerRequest request = new DeleteLoadBalancerRequest();
        request.setLoadBalancerIds(new String[] {balancer.id()});
        await(send(() -> client.DeleteLoadBalancer(request)).getRequestId());
    }

    private void await(String task) {
        DescribeTaskStatusRequest request = new DescribeTaskStatusRequest();
        request.setTaskId(task);
        Waiting.until(
                "the stranger's task",
                Example.LIMIT,
                () -> send(() -> client.DescribeTaskStatus(request)).getStatus() == SUCCEEDED);
    }

    /// What is refused because the balancer is at work is tried again, as he would.
    private static <T extends AbstractModel> T send(Sending<T> sending) {
        for (int attempt = 0; ; attempt++) {
            try {
                return sending.send();
            } catch (TencentCloudSDKException e) {
                if (attempt == 20 || !e.getErrorCode().contains("ResourceInOperating")) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }
}
