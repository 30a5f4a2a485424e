package io.plumbline.aws;

import io.plumbline.spi.model.Options;
import io.plumbline.spi.model.Setting;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What only this cloud's load balancers have. Lists are sorted unless their order counts.
///
/// @param name never changes
/// @param subnets ids and names as the user wrote them; unmanaged: those that are found
/// @param groups its security groups: the user's by id, our own as [#FRONTEND] and [#BACKEND]
/// @param rulesForPrivateLink `on` or `off`
/// @param addresses never change
/// @param tags beside our own
/// @param frontend who may connect; [Normalize] makes an access list of it
record AwsLoadBalancerOptions(
        Setting<String> name,
        Setting<List<String>> subnets,
        Setting<List<String>> groups,
        Setting<String> rulesForPrivateLink,
        Addresses addresses,
        Setting<SortedMap<String, String>> tags,
        Setting<Frontend> frontend,
        LoadBalancerAttributes attributes)
        implements Options {
    /// Stands for the load balancer's own security group.
    static final String FRONTEND = "frontend";

    /// Stands for the security group that all load balancers of a cluster share, which their targets let in.
    static final String BACKEND = "backend";

    /// Addresses of its own choice, in each list one for each subnet.
    record Addresses(Setting<List<String>> elastic, Setting<List<String>> privateIpv4, Setting<List<String>> ipv6) {
        static Addresses unmanaged() {
            return new Addresses(Setting.unmanaged(), Setting.unmanaged(), Setting.unmanaged());
        }
    }

    /// Who may connect.
    ///
    /// @param icmp they may also send the messages of path MTU discovery
    /// @param tags of the security group
    record Frontend(List<String> sourceRanges, List<String> prefixLists, boolean icmp, SortedMap<String, String> tags) {
        Frontend {
            sourceRanges = List.copyOf(sourceRanges);
            prefixLists = List.copyOf(prefixLists);
            tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
        }
    }

    /// Everything as the cloud has it.
    static AwsLoadBalancerOptions unmanaged() {
        return new AwsLoadBalancerOptions(
                Setting.unmanaged(),
                Setting.unmanaged(),
                Setting.unmanaged(),
                Setting.unmanaged(),
                Addresses.unmanaged(),
                Setting.unmanaged(),
                Setting.unmanaged(),
                LoadBalancerAttributes.unmanaged());
    }

    /// The same, whose access list has been made.
    AwsLoadBalancerOptions withoutFrontend() {
        return new AwsLoadBalancerOptions(
                name, subnets, groups, rulesForPrivateLink, addresses, tags, Setting.unmanaged(), attributes);
    }

    /// Those of a load balancer that came from us; of any other none are known.
    static AwsLoadBalancerOptions of(Options options) {
        return options instanceof AwsLoadBalancerOptions ours ? ours : unmanaged();
    }
}
