package io.plumbline.aliyun;

import io.plumbline.spi.CallGate.Sort;
import io.plumbline.spi.model.AccessListKey;
import io.plumbline.spi.model.PoolKey;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// One call that writes, as data. [Requests] gives it the API's parameters.
sealed interface Call {
    /// The API's own name of the action.
    String action();

    /// A call that is all in its parameters.
    record Plain(String action, SortedMap<String, String> parameters) implements Call {
        public Plain {
            parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        }

        /// The listener that it is about: `lb-1/tcp/80`; empty where it is about none.
        Optional<String> listener() {
            String port = parameters.getOrDefault("ListenerPort", "");
            return port.isEmpty()
                    ? Optional.empty()
                    : Optional.of(parameters.get("LoadBalancerId") + "/" + Requests.protocol(this) + "/" + port);
        }
    }

    /// @param vSwitches where an internal one may stand: the next is tried where one has no address left
    record CreateLoadBalancer(String token, SortedMap<String, String> parameters, List<String> vSwitches)
            implements Call {
        public CreateLoadBalancer {
            parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
            vSwitches = List.copyOf(vSwitches);
        }

        @Override
        public String action() {
            return "CreateLoadBalancer";
        }
    }

    /// A group of backends with its first members.
    record CreatePool(String loadBalancer, PoolKey pool, String name, List<Target> targets) implements Call {
        public CreatePool {
            targets = List.copyOf(targets);
        }

        @Override
        public String action() {
            return "CreateVServerGroup";
        }
    }

    /// A batch of members of one group.
    ///
    /// @param group empty where it is still to be made
    record OfTargets(What what, PoolKey pool, Optional<String> group, List<Target> targets) implements Call {
        public OfTargets {
            targets = List.copyOf(targets);
        }

        @Override
        public String action() {
            return switch (what) {
                case ADD -> "AddVServerGroupBackendServers";
                case REMOVE -> "RemoveVServerGroupBackendServers";
                case SET -> "SetVServerGroupAttribute";
            };
        }

        OfTargets with(List<Target> some) {
            return new OfTargets(what, pool, group, some);
        }

        boolean drains() {
            return what == What.SET && targets.stream().allMatch(target -> target.weight() == 0);
        }
    }

    /// What is done to members.
    enum What {
        ADD,
        REMOVE,
        SET
    }

    /// The certificates of a listener's further domains, however many calls that takes.
    record SetExtensions(String loadBalancer, int port, Pairs wanted) implements Call {
        @Override
        public String action() {
            return "SetDomainExtensionAttribute";
        }
    }

    /// An access control list with just these entries, however many calls that takes.
    ///
    /// @param id empty where it is still to be made, or found by its name
    record SetAccessList(AccessListKey key, Optional<String> id, String name, List<String> ranges) implements Call {
        public SetAccessList {
            ranges = List.copyOf(ranges);
        }

        @Override
        public String action() {
            return "AddAccessControlListEntry";
        }
    }

    /// A member of a group.
    ///
    /// @param serverId of the machine or of the network interface
    /// @param ip of a network interface, which may have several
    /// @param description our mark
    record Target(String serverId, Optional<String> ip, int port, int weight, String description) {
        String type() {
            return ip.isPresent() ? "eni" : "ecs";
        }
    }

    /// How urgent it is.
    default Sort sort() {
        return switch (this) {
            case OfTargets batch -> batch.what() == What.REMOVE || batch.drains() ? Sort.DEREGISTER : Sort.REGISTER;
            case Plain plain -> Sort.CREATE;
            case CreateLoadBalancer create -> Sort.CREATE;
            case CreatePool create -> Sort.CREATE;
            case SetExtensions set -> Sort.CREATE;
            case SetAccessList set -> Sort.CREATE;
        };
    }

    /// Whether it takes something away: where that is gone already, the call is done.
    default boolean removes() {
        return switch (this) {
            case OfTargets batch -> batch.what() == What.REMOVE || batch.drains();
            case Plain plain -> plain.action().startsWith("Delete");
            case CreateLoadBalancer create -> false;
            case CreatePool create -> false;
            case SetExtensions set -> false;
            case SetAccessList set -> false;
        };
    }
}
