package io.plumbline.fake;

import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Health;
import io.plumbline.spi.model.HealthCheck;
import io.plumbline.spi.model.LoadBalancer.AddressFamily;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.model.Stickiness;
import io.plumbline.spi.model.Transport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Everything that the cloud holds. All settings in here are managed: a cloud knows its own values.
public record FakeState(List<Balancer> balancers) {
    public FakeState {
        balancers = List.copyOf(balancers);
    }

    public static FakeState empty() {
        return new FakeState(List.of());
    }

    public Optional<Balancer> balancer(String id) {
        return balancers.stream().filter(balancer -> balancer.id().equals(id)).findFirst();
    }

    /// With this one in place of the one of its identifier.
    public FakeState with(Balancer balancer) {
        return new FakeState(Placed.put(balancers, balancer, Balancer::id));
    }

    public FakeState without(String id) {
        return new FakeState(Placed.drop(balancers, id, Balancer::id));
    }

    /// A load balancer.
    ///
    /// @param mark whose it is; empty for one that nobody has marked
    /// @param name that its maker gave it: the text of our key (`namespace/name`, `group/name`) for
    ///     ours
    /// @param token of the call that made it
    /// @param otherController the name of another controller that has marked it as its own
    /// @param protectedFromDeletion its user has forbidden to delete it
    /// @param state FAILED, STOPPED and DELETING stay as they are; PROVISIONING ends at `activeAt`
    public record Balancer(
            String id,
            Optional<Mark> mark,
            String name,
            String token,
            Optional<String> otherController,
            String ip,
            BalancerSettings settings,
            boolean protectedFromDeletion,
            Actual.State state,
            Instant activeAt,
            List<Listener> listeners,
            List<Group> groups) {
        public Balancer {
            listeners = List.copyOf(listeners);
            groups = List.copyOf(groups);
        }

        /// An active one with the cloud's defaults.
        public static Balancer of(
                String id, Optional<Mark> mark, String name, List<Listener> listeners, List<Group> groups) {
            return new Balancer(
                    id,
                    mark,
                    name,
                    "",
                    Optional.empty(),
                    "192.0.2.1",
                    BalancerSettings.defaults(),
                    false,
                    Actual.State.ACTIVE,
                    Instant.EPOCH,
                    listeners,
                    groups);
        }

        public Balancer with(BalancerSettings settings) {
            return new Balancer(
                    id,
                    mark,
                    name,
                    token,
                    otherController,
                    ip,
                    settings,
                    protectedFromDeletion,
                    state,
                    activeAt,
                    listeners,
                    groups);
        }

        public Balancer holding(List<Listener> listeners, List<Group> groups) {
            return new Balancer(
                    id,
                    mark,
                    name,
                    token,
                    otherController,
                    ip,
                    settings,
                    protectedFromDeletion,
                    state,
                    activeAt,
                    listeners,
                    groups);
        }

        Balancer protectedFromDeletion(boolean its) {
            return new Balancer(
                    id, mark, name, token, otherController, ip, settings, its, state, activeAt, listeners, groups);
        }

        public Balancer in(Actual.State state) {
            return new Balancer(
                    id,
                    mark,
                    name,
                    token,
                    otherController,
                    ip,
                    settings,
                    protectedFromDeletion,
                    state,
                    activeAt,
                    listeners,
                    groups);
        }

        /// With this listener, in place of the one of its identifier if there is one.
        public Balancer put(Listener listener) {
            return holding(Placed.put(listeners, listener, Listener::id), groups);
        }

        /// With this group, in place of the one of its identifier if there is one.
        public Balancer put(Group group) {
            return holding(listeners, Placed.put(groups, group, Group::id));
        }

        public Balancer withoutListener(String listenerId) {
            return holding(Placed.drop(listeners, listenerId, Listener::id), groups);
        }

        public Balancer withoutGroup(String groupId) {
            return holding(listeners, Placed.drop(groups, groupId, Group::id));
        }

        public Optional<Listener> listener(String listenerId) {
            return listeners.stream()
                    .filter(listener -> listener.id().equals(listenerId))
                    .findFirst();
        }

        public Optional<Group> group(String groupId) {
            return groups.stream().filter(group -> group.id().equals(groupId)).findFirst();
        }
    }

    /// What can be set of a load balancer.
    public record BalancerSettings(
            Setting<Scheme> scheme, Setting<AddressFamily> family, FakeOptions.OfBalancer options) {
        public static BalancerSettings defaults() {
            return new BalancerSettings(
                    Setting.managed(Scheme.INTERNET),
                    Setting.managed(AddressFamily.IPV4),
                    new FakeOptions.OfBalancer(Setting.managed("a"), Setting.managed(10)));
        }

        /// These, and those of `other` where these are unmanaged.
        public BalancerSettings or(BalancerSettings other) {
            return new BalancerSettings(scheme.or(other.scheme), family.or(other.family), options.or(other.options));
        }
    }

    /// A listener.
    ///
    /// @param group the group that it leads to; where pools are inline, the one that has the listener's identifier
    /// @param standby a group that is attached without getting traffic
    public record Listener(
            String id,
            Optional<Mark> mark,
            Transport transport,
            int port,
            boolean running,
            FakeOptions.OfListener options,
            String group,
            Optional<String> standby) {
        public Listener(
                String id,
                Optional<Mark> mark,
                Transport transport,
                int port,
                boolean running,
                FakeOptions.OfListener options,
                String group) {
            this(id, mark, transport, port, running, options, group, Optional.empty());
        }

        boolean attaches(String its) {
            return group.equals(its) || standby.equals(Optional.of(its));
        }

        /// A running one with the cloud's defaults.
        public static Listener of(String id, Optional<Mark> mark, Transport transport, int port, String group) {
            return new Listener(id, mark, transport, port, true, defaults(), group);
        }

        public static FakeOptions.OfListener defaults() {
            return new FakeOptions.OfListener(Setting.managed(Duration.ofSeconds(60)), Setting.managed(false));
        }
    }

    /// A set of members.
    ///
    /// @param name that its maker gave it: the name within our key (`tcp/80`) for ours
    public record Group(String id, Optional<Mark> mark, String name, GroupSettings settings, List<Member> members) {
        public Group {
            members = List.copyOf(members);
        }

        /// One of Pods, with the cloud's defaults.
        public static Group of(String id, Optional<Mark> mark, String name, Transport transport, List<Member> members) {
            return new Group(id, mark, name, GroupSettings.defaults(transport), members);
        }

        public Group with(GroupSettings settings) {
            return new Group(id, mark, name, settings, members);
        }

        public Group withMembers(List<Member> members) {
            return new Group(id, mark, name, settings, members);
        }

        /// With this member, in place of the one of its endpoint if there is one.
        public Group put(Member member) {
            return withMembers(Placed.put(members, member, Member::endpoint));
        }
    }

    /// What can be set of a group.
    public record GroupSettings(
            Transport transport,
            Pool.Targets targets,
            HealthCheck healthCheck,
            Stickiness stickiness,
            Setting<Pool.Scheduling> scheduling) {
        /// Pods, probed at their own port by a connection every 5 s, 2 s long, 2 to become healthy, 3 to become
        /// unhealthy.
        public static GroupSettings defaults(Transport transport) {
            return new GroupSettings(
                    transport,
                    Pool.Targets.PODS,
                    new HealthCheck(
                            Setting.managed(true),
                            Setting.managed(Duration.ofSeconds(5)),
                            Setting.managed(Duration.ofSeconds(2)),
                            Setting.managed(2),
                            Setting.managed(3),
                            Setting.managed(0),
                            Setting.managed(new HealthCheck.Probe.Connect())),
                    new Stickiness(Setting.managed(false), Setting.managed(Duration.ZERO)),
                    Setting.managed(Pool.Scheduling.WEIGHTED_ROUND_ROBIN));
        }

        /// These, and those of `other` where these are unmanaged.
        public GroupSettings or(GroupSettings other) {
            HealthCheck check = other.healthCheck;
            return new GroupSettings(
                    transport,
                    targets,
                    new HealthCheck(
                            healthCheck.enabled().or(check.enabled()),
                            healthCheck.interval().or(check.interval()),
                            healthCheck.timeout().or(check.timeout()),
                            healthCheck.healthyThreshold().or(check.healthyThreshold()),
                            healthCheck.unhealthyThreshold().or(check.unhealthyThreshold()),
                            healthCheck.port().or(check.port()),
                            healthCheck.probe().or(check.probe())),
                    new Stickiness(
                            stickiness.enabled().or(other.stickiness.enabled()),
                            stickiness.duration().or(other.stickiness.duration())),
                    scheduling.or(other.scheduling));
        }
    }

    /// A member of a group.
    ///
    /// @param label what its registrar wrote on it
    /// @param health as a test has said; else it follows from when it was registered
    /// @param leavesAt set once it is deregistered: shown until then
    public record Member(
            Address address,
            int port,
            int weight,
            Optional<String> label,
            Optional<Health.Status> health,
            Instant registeredAt,
            Optional<Instant> leavesAt) {
        /// One registered long ago, with the default weight.
        public static Member of(Address address, int port, Health.Status health) {
            return new Member(
                    address,
                    port,
                    Limits.DEFAULT_WEIGHT,
                    Optional.empty(),
                    Optional.of(health),
                    Instant.EPOCH,
                    Optional.empty());
        }

        public Member weighing(int weight) {
            return new Member(address, port, weight, label, health, registeredAt, leavesAt);
        }

        public Member labelled(String label) {
            return new Member(address, port, weight, Optional.of(label), health, registeredAt, leavesAt);
        }

        public Member being(Health.Status health) {
            return new Member(address, port, weight, label, Optional.of(health), registeredAt, leavesAt);
        }

        Member leaving(Optional<Instant> leavesAt) {
            return new Member(address, port, weight, label, health, registeredAt, leavesAt);
        }

        /// `10.0.3.7:80`.
        public String endpoint() {
            return address.text() + ":" + port;
        }
    }
}
