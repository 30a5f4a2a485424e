package io.plumbline.tencent;

import com.google.gson.annotations.Expose;
import com.google.gson.annotations.SerializedName;
import com.tencentcloudapi.clb.v20180317.models.Backend;
import com.tencentcloudapi.clb.v20180317.models.Listener;
import com.tencentcloudapi.clb.v20180317.models.LoadBalancer;
import org.jspecify.annotations.Nullable;

/// Replies of the API that have more than the SDK's own classes of this version, which drop what they do not
/// know. Every field may be missing.
final class Replies {
    private Replies() {}

    /// A load balancer with its host name, which new accounts get instead of an address.
    static final class NamedLoadBalancer extends LoadBalancer {
        @SerializedName("LoadBalancerDomain")
        @Expose
        @Nullable
        String loadBalancerDomain;
    }

    static final class LoadBalancers {
        @SerializedName("TotalCount")
        @Expose
        @Nullable
        Long totalCount;

        @SerializedName("LoadBalancerSet")
        @Expose
        NamedLoadBalancer @Nullable [] loadBalancers;
    }

    static final class Listeners {
        @SerializedName("Listeners")
        @Expose
        Listener @Nullable [] listeners;
    }

    /// A target with the tag that says whose registration it is.
    static final class TaggedBackend extends Backend {
        @SerializedName("Tag")
        @Expose
        @Nullable
        String tag;
    }

    static final class ListenerTargets {
        @SerializedName("ListenerId")
        @Expose
        @Nullable
        String listenerId;

        @SerializedName("Targets")
        @Expose
        TaggedBackend @Nullable [] targets;
    }

    static final class Targets {
        @SerializedName("Listeners")
        @Expose
        ListenerTargets @Nullable [] listeners;
    }

    static final class TargetHealth {
        @SerializedName("IP")
        @Expose
        @Nullable
        String ip;

        @SerializedName("Port")
        @Expose
        @Nullable
        Integer port;

        @SerializedName("TargetId")
        @Expose
        @Nullable
        String targetId;

        @SerializedName("HealthStatus")
        @Expose
        @Nullable
        Boolean healthStatus;

        @SerializedName("HealthStatusDetail")
        @Expose
        @Nullable
        String detail;
    }

    static final class RuleHealth {
        @SerializedName("Targets")
        @Expose
        TargetHealth @Nullable [] targets;
    }

    static final class ListenerHealth {
        @SerializedName("ListenerId")
        @Expose
        @Nullable
        String listenerId;

        @SerializedName("Rules")
        @Expose
        RuleHealth @Nullable [] rules;
    }

    static final class LoadBalancerHealth {
        @SerializedName("LoadBalancerId")
        @Expose
        @Nullable
        String loadBalancerId;

        @SerializedName("Listeners")
        @Expose
        ListenerHealth @Nullable [] listeners;
    }

    static final class TargetHealths {
        @SerializedName("LoadBalancers")
        @Expose
        LoadBalancerHealth @Nullable [] loadBalancers;
    }

    /// Of every call that writes: which fields are there depends on the action.
    static final class Written {
        @SerializedName("RequestId")
        @Expose
        @Nullable
        String requestId;

        @SerializedName("LoadBalancerIds")
        @Expose
        String @Nullable [] loadBalancerIds;

        @SerializedName("ListenerIds")
        @Expose
        String @Nullable [] listenerIds;

        @SerializedName("FailListenerIdSet")
        @Expose
        String @Nullable [] failedListeners;

        @SerializedName("Message")
        @Expose
        @Nullable
        String message;
    }

    static final class IdentityKeys {
        @SerializedName("TmpSecretId")
        @Expose
        @Nullable
        String secretId;

        @SerializedName("TmpSecretKey")
        @Expose
        @Nullable
        String secretKey;

        @SerializedName("Token")
        @Expose
        @Nullable
        String token;
    }

    static final class Identity {
        @SerializedName("Credentials")
        @Expose
        @Nullable
        IdentityKeys credentials;

        @SerializedName("ExpiredTime")
        @Expose
        @Nullable
        Long expiredTime;
    }

    static final class TaskStatus {
        @SerializedName("Status")
        @Expose
        @Nullable
        Long status;

        @SerializedName("LoadBalancerIds")
        @Expose
        String @Nullable [] loadBalancerIds;

        @SerializedName("Message")
        @Expose
        @Nullable
        String message;
    }
}
