package io.plumbline.aws;

import io.plumbline.spi.CallGate.Sort;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.LoadBalancer;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// One call that writes, as data. [Requests] gives it the SDK's shape.
///
/// What a call names may be made by an earlier one of the same request: then it is named by [#made].
sealed interface Call {
    /// A reference to what will have been made under this name by then.
    static String made(String name) {
        return "made:" + name;
    }

    static boolean isMade(String reference) {
        return reference.startsWith("made:");
    }

    /// Goes out as it is.
    sealed interface Plain extends Call {}

    /// Makes something that others of the same request may name.
    sealed interface Making extends Call {
        /// Under which they name it.
        String name();

        SortedMap<String, String> tags();
    }

    /// Names certificates.
    sealed interface Certified extends Call {
        List<String> certificates();
    }

    /// Takes something away: where that is gone already, it is done.
    sealed interface Removing extends Call {}

    /// @param frontend identifier of its own security group, where that is known
    record CreateLoadBalancer(
            String name, LoadBalancer wanted, Optional<String> frontend, SortedMap<String, String> tags)
            implements Making {}

    record ModifyLoadBalancerAttributes(String loadBalancer, SortedMap<String, String> attributes) implements Plain {}

    record SetSubnets(String loadBalancer, LoadBalancer wanted) implements Call {}

    record SetIpAddressType(String loadBalancer, LoadBalancer.AddressFamily family) implements Plain {}

    /// @param groups as [AwsLoadBalancerOptions#groups]
    record SetSecurityGroups(
            String loadBalancer, List<String> groups, Optional<String> frontend, Optional<String> rulesForPrivateLink)
            implements Call {
        public SetSecurityGroups {
            groups = List.copyOf(groups);
        }
    }

    record AddTags(String resource, SortedMap<String, String> tags) implements Plain {}

    record RemoveTags(String resource, List<String> keys) implements Plain, Removing {
        public RemoveTags {
            keys = List.copyOf(keys);
        }
    }

    record DeleteLoadBalancer(String loadBalancer) implements Plain, Removing {}

    record CreateTargetGroup(
            String name, String protocol, int port, GroupKind kind, Check check, SortedMap<String, String> tags)
            implements Plain, Making {}

    record ModifyTargetGroup(String group, Check check) implements Plain {}

    record ModifyTargetGroupAttributes(String group, SortedMap<String, String> attributes) implements Plain {}

    record DeleteTargetGroup(String group) implements Plain, Removing {}

    record CreateListener(
            String loadBalancer,
            int port,
            String name,
            AwsListenerOptions options,
            List<Forward> forwards,
            SortedMap<String, String> tags)
            implements Plain, Making, Certified {
        public CreateListener {
            forwards = List.copyOf(forwards);
        }

        @Override
        public List<String> certificates() {
            return options.certificate().asOptional().stream().toList();
        }
    }

    /// @param options empty where they stay
    /// @param forwards empty where they stay
    record ModifyListener(String listener, Optional<AwsListenerOptions> options, List<Forward> forwards)
            implements Plain, Certified {
        public ModifyListener {
            forwards = List.copyOf(forwards);
        }

        @Override
        public List<String> certificates() {
            return options.flatMap(its -> its.certificate().asOptional()).stream()
                    .toList();
        }
    }

    record ModifyListenerAttributes(String listener, SortedMap<String, String> attributes) implements Plain {}

    record AddListenerCertificates(String listener, List<String> certificates) implements Plain, Certified {
        public AddListenerCertificates {
            certificates = List.copyOf(certificates);
        }
    }

    record RemoveListenerCertificates(String listener, List<String> certificates) implements Plain, Removing {
        public RemoveListenerCertificates {
            certificates = List.copyOf(certificates);
        }
    }

    record DeleteListener(String listener) implements Plain, Removing {}

    /// @param pool its name, `tcp/80`
    /// @param open their security groups are to let this one in first, where it is given
    /// @param checkPort at which they are all probed; empty where each is at its own port
    record Register(String group, String pool, List<Target> targets, Optional<String> open, Optional<Integer> checkPort)
            implements Call {
        public Register {
            targets = List.copyOf(targets);
        }
    }

    record Deregister(String group, List<Target> targets) implements Plain, Removing {
        public Deregister {
            targets = List.copyOf(targets);
        }
    }

    record CreateSecurityGroup(String name, String description, SortedMap<String, String> tags)
            implements Plain, Making {}

    record AuthorizeRules(String group, List<SecurityRule> rules) implements Call {
        public AuthorizeRules {
            rules = List.copyOf(rules);
        }
    }

    record RevokeRules(String group, List<SecurityRule> rules) implements Removing {
        public RevokeRules {
            rules = List.copyOf(rules);
        }
    }

    record DeleteSecurityGroup(String group) implements Removing {}

    /// How members are probed; what is empty is left to the cloud.
    record Check(
            Optional<String> protocol,
            Optional<String> port,
            Optional<String> path,
            Optional<String> codes,
            Times times) {}

    /// Seconds and counts of a check.
    record Times(
            Optional<Integer> interval,
            Optional<Integer> timeout,
            Optional<Integer> healthy,
            Optional<Integer> unhealthy) {}

    /// A target group of a listener, and its share.
    record Forward(String group, int weight) {}

    /// A target of a target group.
    record Target(Address address, int port) {
        String id() {
            return switch (address) {
                case Address.Ip(String ip) -> ip;
                case Address.Instance(String id) -> id;
            };
        }
    }

    /// The API's own name of the action.
    default String action() {
        return switch (this) {
            case AuthorizeRules call -> "AuthorizeSecurityGroupIngress";
            case RevokeRules call -> "RevokeSecurityGroupIngress";
            case Register call -> "RegisterTargets";
            case Deregister call -> "DeregisterTargets";
            case CreateLoadBalancer call -> "CreateLoadBalancer";
            case ModifyLoadBalancerAttributes call -> "ModifyLoadBalancerAttributes";
            case SetSubnets call -> "SetSubnets";
            case SetIpAddressType call -> "SetIpAddressType";
            case SetSecurityGroups call -> "SetSecurityGroups";
            case AddTags call -> "AddTags";
            case RemoveTags call -> "RemoveTags";
            case DeleteLoadBalancer call -> "DeleteLoadBalancer";
            case CreateTargetGroup call -> "CreateTargetGroup";
            case ModifyTargetGroup call -> "ModifyTargetGroup";
            case ModifyTargetGroupAttributes call -> "ModifyTargetGroupAttributes";
            case DeleteTargetGroup call -> "DeleteTargetGroup";
            case CreateListener call -> "CreateListener";
            case ModifyListener call -> "ModifyListener";
            case ModifyListenerAttributes call -> "ModifyListenerAttributes";
            case AddListenerCertificates call -> "AddListenerCertificates";
            case RemoveListenerCertificates call -> "RemoveListenerCertificates";
            case DeleteListener call -> "DeleteListener";
            case CreateSecurityGroup call -> "CreateSecurityGroup";
            case DeleteSecurityGroup call -> "DeleteSecurityGroup";
        };
    }

    /// How urgent it is.
    default Sort sort() {
        if (this instanceof Deregister) {
            return Sort.DEREGISTER;
        }
        return this instanceof Register ? Sort.REGISTER : Sort.CREATE;
    }
}
