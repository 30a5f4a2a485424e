package io.plumbline.aliyun;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;

/// Where and as whom the cloud is called.
///
/// @param region for example `cn-beijing`
/// @param vpcId the cluster's network: internal load balancers are made in it, and only those in it may
///     be borrowed
/// @param vSwitchIds where internal load balancers stand that name no vSwitch themselves
/// @param keys asked before each call, so that they may change; must be quick and thread-safe
/// @param endpoints empty means the public ones
/// @param transport carries the requests instead of an HTTP client of our own
/// @param backendsPerCall members in one call: 20 everywhere, up to 40 in some accounts
/// @param timeout of a whole call, whatever it waits for
public record AliyunSettings(
        String region,
        String vpcId,
        List<String> vSwitchIds,
        Supplier<Keys> keys,
        Optional<Endpoints> endpoints,
        Optional<OkHttpClient> transport,
        int backendsPerCall,
        Duration timeout) {
    /// Long enough for a write that the cloud answers when it is through.
    public static final Duration USUAL_TIMEOUT = Duration.ofSeconds(15);

    public AliyunSettings {
        if (region.isEmpty() || vpcId.isEmpty()) {
            throw new IllegalArgumentException("a region and a VPC are needed");
        }
        if (backendsPerCall < 1 || backendsPerCall > Limits.MOST_BACKENDS_PER_CALL) {
            throw new IllegalArgumentException(
                    "1 to " + Limits.MOST_BACKENDS_PER_CALL + " backends go in one call, not " + backendsPerCall);
        }
        vSwitchIds = List.copyOf(vSwitchIds);
    }

    /// The public endpoints, our own HTTP client, the usual timeout and batches.
    public static AliyunSettings of(String region, String vpcId, Supplier<Keys> keys) {
        return new AliyunSettings(
                region,
                vpcId,
                List.of(),
                keys,
                Optional.empty(),
                Optional.empty(),
                Limits.BACKENDS_PER_CALL,
                USUAL_TIMEOUT);
    }

    /// The same, with vSwitches for internal load balancers.
    public AliyunSettings in(List<String> vSwitchIds) {
        return new AliyunSettings(region, vpcId, vSwitchIds, keys, endpoints, transport, backendsPerCall, timeout);
    }

    /// The same, elsewhere.
    public AliyunSettings at(Endpoints endpoints) {
        return new AliyunSettings(
                region, vpcId, vSwitchIds, keys, Optional.of(endpoints), transport, backendsPerCall, timeout);
    }

    /// The same, through this HTTP client.
    public AliyunSettings through(OkHttpClient transport) {
        return new AliyunSettings(
                region, vpcId, vSwitchIds, keys, endpoints, Optional.of(transport), backendsPerCall, timeout);
    }

    /// The same, with larger or smaller batches.
    public AliyunSettings inBatchesOf(int backendsPerCall) {
        return new AliyunSettings(region, vpcId, vSwitchIds, keys, endpoints, transport, backendsPerCall, timeout);
    }

    /// The same, with less or more patience.
    public AliyunSettings within(Duration timeout) {
        return new AliyunSettings(region, vpcId, vSwitchIds, keys, endpoints, transport, backendsPerCall, timeout);
    }

    /// Where the products are reached, each `http://host:port` or `https://host`. In a VPC without the
    /// Internet `https://slb-vpc.<region>.aliyuncs.com`, `https://ecs-vpc.<region>.aliyuncs.com` and
    /// `https://vpc-vpc.<region>.aliyuncs.com` work.
    public record Endpoints(String slb, String ecs, String vpc) {
        public Endpoints {
            requireUrl(slb);
            requireUrl(ecs);
            requireUrl(vpc);
        }

        /// All in one place.
        public static Endpoints all(String endpoint) {
            return new Endpoints(endpoint, endpoint, endpoint);
        }

        private static void requireUrl(String endpoint) {
            if (!endpoint.matches("https?://[^/]+")) {
                throw new IllegalArgumentException("endpoint must look like http://host:port, not " + endpoint);
            }
        }
    }

    /// An access key.
    ///
    /// @param token of a temporary one
    public record Keys(String accessKeyId, String accessKeySecret, Optional<String> token) {
        public Keys(String accessKeyId, String accessKeySecret) {
            this(accessKeyId, accessKeySecret, Optional.empty());
        }

        /// Without the secrets.
        @Override
        public String toString() {
            return "Keys[" + accessKeyId + "]";
        }
    }
}
