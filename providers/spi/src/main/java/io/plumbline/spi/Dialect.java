package io.plumbline.spi;

import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Desired.Problem;
import io.plumbline.spi.model.Desired.Publishing;
import io.plumbline.spi.model.HealthCheck;
import io.plumbline.spi.model.LoadBalancer.AddressFamily;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Options;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.model.Stickiness;
import io.plumbline.spi.objects.CustomObject;
import io.plumbline.spi.objects.NodeView;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.PodView;
import io.plumbline.spi.objects.ServiceView;
import java.util.List;
import java.util.Optional;

/// How a cloud's annotations and custom objects are read. Pure: no clock, no I/O.
///
/// Bad input never holds back more than itself: a value that cannot be read is a problem, its setting is left
/// unmanaged, and everything else is interpreted.
public interface Dialect {
    /// Custom kinds that it reads; none of them need exist in a cluster.
    List<CustomObject.Kind> customKinds();

    /// The custom objects that a Service's annotations name.
    List<ObjectKey> references(ServiceView service);

    /// Reads a Service's annotations.
    ///
    /// @param referenced those of `references(service)` that exist
    /// @param kindsKnown whether the custom kinds exist in the cluster and have been read
    Interpretation interpret(ServiceView service, List<CustomObject> referenced, boolean kindsKnown);

    /// Whether a Pod has an address of its own in the cloud's network, by what it carries and where it runs.
    ///
    /// @param assumeDirect the settings say that every Pod has one
    Directness directness(PodView pod, Optional<NodeView> node, boolean assumeDirect);

    /// The cloud's name of a node's machine, empty where the node does not tell.
    Optional<Address.Instance> instance(NodeView node);

    /// Why the cloud's own labels, taints or identifiers keep a node from being a member, in words; empty where
    /// they do not. Those that Kubernetes defines are the core's.
    Optional<String> excluded(NodeView node);

    /// Whether a node is none: Pods that run there are members by their own address even where nodes are the
    /// members.
    boolean virtual(NodeView node);

    /// The annotation that sets a field, given as plans name it (`LoadBalancer.scheme`,
    /// `Pool.healthCheck.interval`); empty where none does, or where it is no single one.
    default Optional<String> annotationOf(String fieldPath) {
        return Optional.empty();
    }

    /// Annotation keys that this dialect writes for people to read (an identifier, a token), with their values.
    List<WrittenAnnotation> written(String loadBalancerId, String token);

    /// Annotations that show that another controller has already made a load balancer for this Service.
    List<String> foreignMarks();

    /// A key that is written, and its value.
    record WrittenAnnotation(String key, String value) {}

    /// Whether a Pod can be a direct backend.
    sealed interface Directness {
        record Direct() implements Directness {}

        /// It shares its node's address, and the cloud registers it by the node's machine, at the Pod's own port.
        record OnNode() implements Directness {}

        /// @param why in words, with the remedy
        record NotDirect(String why) implements Directness {}
    }

    /// What a Service's annotations say.
    ///
    /// @param untouched the user wants nothing done, whatever is there
    /// @param key another load balancer than one made for this Service alone
    /// @param ports for each of `spec.ports`, in their order
    /// @param publishing what its status shows
    record Interpretation(
            boolean untouched,
            Optional<LoadBalancerKey> key,
            Wishes wishes,
            Backends backends,
            List<PortWishes> ports,
            Publishing publishing,
            List<Problem> problems) {
        public Interpretation {
            ports = List.copyOf(ports);
            problems = List.copyOf(problems);
        }

        /// Of a Service that shows the load balancer's own addresses.
        public Interpretation(
                boolean untouched,
                Optional<LoadBalancerKey> key,
                Wishes wishes,
                Backends backends,
                List<PortWishes> ports,
                List<Problem> problems) {
            this(untouched, key, wishes, backends, ports, new Publishing.OwnAddress(), problems);
        }
    }

    /// Of the load balancer itself.
    ///
    /// @param deletionProtection where it is managed it is ours, and lifted at deletion; what a user has put on is
    ///     honoured
    record Wishes(
            Setting<Scheme> scheme,
            Setting<AddressFamily> addressFamily,
            Setting<Boolean> deletionProtection,
            Options options) {}

    /// Of the members.
    ///
    /// @param drainTerminating a Pod that is being deleted keeps its connections
    /// @param drainNotReady a Pod whose containers are not ready is drained, not removed
    /// @param nodeSelector a label selector in Kubernetes' own syntax; empty selects all
    /// @param excludeUnschedulable a cordoned node is no member
    /// @param allNodesWhenLocal under `externalTrafficPolicy: Local` nodes without a Pod are members too
    record Backends(
            Pool.Targets targets,
            boolean drainTerminating,
            boolean drainNotReady,
            String nodeSelector,
            boolean excludeUnschedulable,
            boolean allNodesWhenLocal,
            boolean weighByPods,
            Setting<Integer> weight) {}

    /// Of one port.
    ///
    /// @param form the kind of its listener
    /// @param extent what is made for it; where that is [Extent#NOTHING] a problem says why
    /// @param existingPool the cloud's identifier of a pool that the user made: only members with our mark
    ///     are ours
    record PortWishes(
            Form form,
            Extent extent,
            Optional<String> existingPool,
            HealthCheck healthCheck,
            Stickiness stickiness,
            Setting<Pool.Scheduling> scheduling,
            Options listenerOptions,
            Options poolOptions) {}

    /// What is made for a port.
    enum Extent {
        LISTENER_AND_POOL,
        /// The user's own listeners lead to the pool.
        POOL_ONLY,
        NOTHING
    }

    /// The kinds of listener that a Service's port can become.
    enum Form {
        TCP,
        UDP,
        TCP_UDP,
        TLS,
        HTTP,
        HTTPS
    }
}
