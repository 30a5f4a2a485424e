package io.plumbline.tencent;

import com.tencentcloudapi.clb.v20180317.models.BatchDeregisterTargetsRequest;
import com.tencentcloudapi.clb.v20180317.models.BatchModifyTargetWeightRequest;
import com.tencentcloudapi.clb.v20180317.models.BatchRegisterTargetsRequest;
import com.tencentcloudapi.clb.v20180317.models.BatchTarget;
import com.tencentcloudapi.clb.v20180317.models.CreateListenerRequest;
import com.tencentcloudapi.clb.v20180317.models.CreateLoadBalancerRequest;
import com.tencentcloudapi.clb.v20180317.models.DeleteLoadBalancerListenersRequest;
import com.tencentcloudapi.clb.v20180317.models.DeleteLoadBalancerRequest;
import com.tencentcloudapi.clb.v20180317.models.InternetAccessible;
import com.tencentcloudapi.clb.v20180317.models.ModifyListenerRequest;
import com.tencentcloudapi.clb.v20180317.models.ModifyLoadBalancerAttributesRequest;
import com.tencentcloudapi.clb.v20180317.models.RsWeightRule;
import com.tencentcloudapi.clb.v20180317.models.TagInfo;
import com.tencentcloudapi.clb.v20180317.models.Target;
import com.tencentcloudapi.common.AbstractModel;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Pool.Scheduling;
import io.plumbline.spi.model.Stickiness;
import io.plumbline.tencent.Batches.WeightRule;
import io.plumbline.tencent.TencentSettings.Credentials;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Call -> the SDK's request. Fields that are not managed are left out; those that this SDK does not know yet
/// are set by name.
final class Requests {
    /// A session needs a length: the cloud's own default where nobody says one.
    private static final int DEFAULT_SESSION_SECONDS = 30;

    private Requests() {}

    /// A request of an API that this SDK has no classes of.
    private static final class Parameters extends AbstractModel {
        @Override
        @SuppressWarnings("NonApiType")
        protected void toMap(HashMap<String, String> map, String prefix) {
            any().forEach((name, value) -> setParamSimple(map, prefix + name, value));
        }
    }

    /// It is not signed: the token says who asks (https://cloud.tencent.com/document/api/1312/73070).
    static AbstractModel of(Credentials.WebIdentity identity, String token) {
        Parameters request = new Parameters();
        request.set("ProviderId", identity.providerId());
        request.set("WebIdentityToken", token);
        request.set("RoleArn", identity.roleArn());
        request.set("RoleSessionName", "plumbline");
        request.setSkipSign(true);
        return request;
    }

    /// @param vpcId where a new load balancer is made
    static AbstractModel of(Call call, String vpcId) {
        return switch (call) {
            case Call.CreateLoadBalancer create -> create(create, vpcId);
            case Call.ModifyLoadBalancer modify -> modify(modify);
            case Call.LiftProtection lift -> lift(lift);
            case Call.DeleteLoadBalancer delete -> delete(delete);
            case Call.CreateListeners create -> create(create);
            case Call.ModifyListener modify -> modify(modify);
            case Call.DeleteListeners delete -> delete(delete);
            case Call.Register register -> register(register);
            case Call.Deregister deregister -> deregister(deregister);
            case Call.SetWeights weights -> weights(weights);
        };
    }

    private static CreateLoadBalancerRequest create(Call.CreateLoadBalancer create, String vpcId) {
        CreateLoadBalancerRequest request = new CreateLoadBalancerRequest();
        request.setLoadBalancerType(create.scheme() == Scheme.INTERNAL ? "INTERNAL" : "OPEN");
        request.setForward(1L);
        request.setLoadBalancerName(Names.loadBalancer(create.owner().object(), create.incarnation()));
        request.setVpcId(vpcId);
        request.setNumber(1L);
        request.setClientToken(create.token());
        request.setTags(tags(create.owner(), create.incarnation()));
        TencentLoadBalancerOptions options = create.options();
        options.subnetId().asOptional().ifPresent(request::setSubnetId);
        internet(
                        options.internetChargeType().asOptional(),
                        options.bandwidth().or(options.initialBandwidth()).asOptional())
                .ifPresent(request::setInternetAccessible);
        return request;
    }

    private static TagInfo[] tags(Mark owner, int incarnation) {
        List<TagInfo> tags = new ArrayList<>();
        tags.add(tag(Names.CLUSTER_TAG, owner.clusterUid()));
        tags.add(tag(Names.OBJECT_TAG, owner.objectUid()));
        if (incarnation > 0) {
            tags.add(tag(Names.INCARNATION_TAG, Integer.toString(incarnation)));
        }
        return tags.toArray(TagInfo[]::new);
    }

    private static TagInfo tag(String key, String value) {
        TagInfo tag = new TagInfo();
        tag.setTagKey(key);
        tag.setTagValue(value);
        return tag;
    }

    private static Optional<InternetAccessible> internet(Optional<String> chargeType, Optional<Integer> bandwidth) {
        if (chargeType.isEmpty() && bandwidth.isEmpty()) {
            return Optional.empty();
        }
        InternetAccessible internet = new InternetAccessible();
        chargeType.ifPresent(internet::setInternetChargeType);
        bandwidth.map(Integer::longValue).ifPresent(internet::setInternetMaxBandwidthOut);
        return Optional.of(internet);
    }

    private static ModifyLoadBalancerAttributesRequest modify(Call.ModifyLoadBalancer modify) {
        ModifyLoadBalancerAttributesRequest request = new ModifyLoadBalancerAttributesRequest();
        request.setLoadBalancerId(modify.loadBalancer());
        modify.bandwidth()
                .flatMap(bandwidth -> internet(modify.chargeType(), Optional.of(bandwidth)))
                .ifPresent(request::setInternetChargeInfo);
        modify.deletionProtection().ifPresent(request::setDeleteProtect);
        return request;
    }

    private static ModifyLoadBalancerAttributesRequest lift(Call.LiftProtection lift) {
        ModifyLoadBalancerAttributesRequest request = new ModifyLoadBalancerAttributesRequest();
        request.setLoadBalancerId(lift.loadBalancer());
        request.setDeleteProtect(false);
        return request;
    }

    private static DeleteLoadBalancerRequest delete(Call.DeleteLoadBalancer delete) {
        DeleteLoadBalancerRequest request = new DeleteLoadBalancerRequest();
        request.setLoadBalancerIds(new String[] {delete.loadBalancer()});
        if (delete.force()) {
            request.set("ForceDelete", true);
        }
        return request;
    }

    private static CreateListenerRequest create(Call.CreateListeners create) {
        CreateListenerRequest request = new CreateListenerRequest();
        request.setLoadBalancerId(create.loadBalancer());
        request.setProtocol(create.settings().transport().name());
        request.setPorts(create.listeners().stream()
                .map(listener -> (long) listener.key().port())
                .toArray(Long[]::new));
        request.setListenerNames(
                create.listeners().stream().map(Call.NewListener::name).toArray(String[]::new));
        Call.Settings settings = create.settings();
        HealthChecks.request(settings).ifPresent(request::setHealthCheck);
        settings.scheduling().asOptional().map(Requests::scheduler).ifPresent(request::setScheduler);
        session(settings.stickiness()).ifPresent(request::setSessionExpireTime);
        return request;
    }

    private static ModifyListenerRequest modify(Call.ModifyListener modify) {
        ModifyListenerRequest request = new ModifyListenerRequest();
        request.setLoadBalancerId(modify.loadBalancer());
        request.setListenerId(modify.listener());
        modify.name().ifPresent(request::setListenerName);
        Call.Settings settings = modify.settings();
        HealthChecks.request(settings).ifPresent(request::setHealthCheck);
        settings.scheduling().asOptional().map(Requests::scheduler).ifPresent(request::setScheduler);
        session(settings.stickiness()).ifPresent(request::setSessionExpireTime);
        return request;
    }

    private static String scheduler(Scheduling scheduling) {
        return switch (scheduling) {
            case WEIGHTED_ROUND_ROBIN -> "WRR";
            case LEAST_CONNECTIONS -> "LEAST_CONN";
            case SOURCE_HASH -> "IP_HASH";
        };
    }

    /// Seconds; 0 switches it off.
    private static Optional<Long> session(Stickiness stickiness) {
        return stickiness
                .enabled()
                .asOptional()
                .map(enabled -> enabled
                        ? stickiness
                                .duration()
                                .asOptional()
                                .map(Duration::toSeconds)
                                .orElse((long) DEFAULT_SESSION_SECONDS)
                        : 0L);
    }

    private static DeleteLoadBalancerListenersRequest delete(Call.DeleteListeners delete) {
        DeleteLoadBalancerListenersRequest request = new DeleteLoadBalancerListenersRequest();
        request.setLoadBalancerId(delete.loadBalancer());
        request.setListenerIds(delete.listeners().toArray(String[]::new));
        return request;
    }

    private static BatchRegisterTargetsRequest register(Call.Register register) {
        BatchRegisterTargetsRequest request = new BatchRegisterTargetsRequest();
        request.setLoadBalancerId(register.loadBalancer());
        request.setTargets(register.targets().stream().map(Requests::newTarget).toArray(BatchTarget[]::new));
        return request;
    }

    private static BatchTarget newTarget(Call.Target target) {
        TaggedTarget tagged = new TaggedTarget();
        fill(tagged, target);
        tagged.setWeight((long) target.weight());
        tagged.tag = target.tag().orElse(null);
        return tagged;
    }

    private static BatchDeregisterTargetsRequest deregister(Call.Deregister deregister) {
        BatchDeregisterTargetsRequest request = new BatchDeregisterTargetsRequest();
        request.setLoadBalancerId(deregister.loadBalancer());
        request.setTargets(
                deregister.targets().stream().map(Requests::batchTarget).toArray(BatchTarget[]::new));
        return request;
    }

    private static BatchTarget batchTarget(Call.Target target) {
        BatchTarget batch = new BatchTarget();
        fill(batch, target);
        return batch;
    }

    private static void fill(BatchTarget batch, Call.Target target) {
        batch.setListenerId(target.listener());
        batch.setPort((long) target.port());
        switch (target.address()) {
            case Address.Ip(String ip) -> batch.setEniIp(ip);
            case Address.Instance(String id) -> batch.setInstanceId(id);
        }
    }

    private static BatchModifyTargetWeightRequest weights(Call.SetWeights weights) {
        BatchModifyTargetWeightRequest request = new BatchModifyTargetWeightRequest();
        request.setLoadBalancerId(weights.loadBalancer());
        Map<WeightRule, List<Call.Target>> rules = weights.targets().stream()
                .collect(Collectors.groupingBy(WeightRule::of, LinkedHashMap::new, Collectors.toList()));
        List<RsWeightRule> list = new ArrayList<>();
        rules.forEach((rule, targets) -> {
            for (int from = 0; from < targets.size(); from += Limits.TARGETS_PER_WEIGHT_RULE) {
                int to = Math.min(targets.size(), from + Limits.TARGETS_PER_WEIGHT_RULE);
                list.add(weightRule(rule, targets.subList(from, to)));
            }
        });
        request.setModifyList(list.toArray(RsWeightRule[]::new));
        return request;
    }

    private static RsWeightRule weightRule(WeightRule rule, List<Call.Target> targets) {
        RsWeightRule weightRule = new RsWeightRule();
        weightRule.setListenerId(rule.listener());
        weightRule.setWeight((long) rule.weight());
        weightRule.setTargets(targets.stream().map(Requests::target).toArray(Target[]::new));
        return weightRule;
    }

    private static Target target(Call.Target target) {
        Target named = new Target();
        named.setPort((long) target.port());
        switch (target.address()) {
            case Address.Ip(String ip) -> named.setEniIp(ip);
            case Address.Instance(String id) -> named.setInstanceId(id);
        }
        return named;
    }
}
