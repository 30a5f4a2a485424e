package io.plumbline.fake;

import io.plumbline.fake.FakeState.Balancer;
import io.plumbline.fake.FakeState.Group;
import io.plumbline.fake.FakeState.Member;
import io.plumbline.spi.Provider.ReadRequest;
import io.plumbline.spi.Scope;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Actual.Found;
import io.plumbline.spi.model.Actual.FoundPool;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.ListenerKey;
import io.plumbline.spi.model.LoadBalancer;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Options;
import io.plumbline.spi.model.Owned;
import io.plumbline.spi.model.Ownership;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.objects.ObjectKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What the cloud shows -> [Actual], and whose everything is. Pure.
final class Reader {
    private Reader() {}

    /// Whether this is the load balancer that the key names: by its mark and name, or by its identifier where the
    /// user has named it by that.
    static boolean isMeant(LoadBalancerKey key, Mark owner, Balancer balancer) {
        return switch (key) {
            case LoadBalancerKey.Managed managed ->
                balancer.name().equals(key.text()) && balancer.mark().equals(Optional.of(owner));
            case LoadBalancerKey.Group group ->
                balancer.name().equals(key.text()) && ofCluster(owner.clusterUid(), balancer);
            case LoadBalancerKey.Existing(String provider, String region, String id) ->
                balancer.id().equals(id);
        };
    }

    static Actual read(ReadRequest request, Balancer balancer, Instant readAt) {
        LoadBalancer loadBalancer = new LoadBalancer(
                request.key(),
                balancer.settings().scheme(),
                balancer.settings().family(),
                balancer.settings().options().protectedFromDeletion(balancer.protectedFromDeletion()));
        return new Actual(
                request.key(),
                Optional.of(new Found<>(balancer.id(), ownership(request, balancer, loadBalancer), balancer.state())),
                List.of(new Actual.PublicAddress(Actual.PublicAddress.Form.IP, balancer.ip(), false)),
                balancer.protectedFromDeletion(),
                listeners(request, balancer),
                List.of(),
                pools(request, balancer),
                List.of(),
                List.of(),
                readAt);
    }

    private static Ownership<LoadBalancer> ownership(ReadRequest request, Balancer balancer, LoadBalancer value) {
        return switch (request.key()) {
            case LoadBalancerKey.Managed managed -> Ownership.decide(request.owner(), balancer.mark(), value);
            // Whoever made it, it is the group's.
            case LoadBalancerKey.Group group ->
                balancer.mark()
                        .map(seen -> new Mark(request.owner().clusterUid(), seen.object(), seen.objectUid()))
                        .map(expected -> Ownership.decide(expected, balancer.mark(), value))
                        .orElseGet(() -> new Ownership.Foreign<>(value, "not marked"));
            case LoadBalancerKey.Existing existing -> borrowed(request, balancer, value);
        };
    }

    /// One with a mark has an owner, who would delete it under the borrower: even where that is another object of ours.
    private static Ownership<LoadBalancer> borrowed(ReadRequest request, Balancer balancer, LoadBalancer value) {
        if (balancer.otherController().isPresent()) {
            return new Ownership.Foreign<>(
                    value, "marked by " + balancer.otherController().get());
        }
        if (balancer.mark().isEmpty()) {
            return new Ownership.Borrowed<>(value);
        }
        return new Ownership.Foreign<>(
                value,
                ofCluster(request.owner().clusterUid(), balancer)
                        ? "it was made for " + balancer.mark().get().object().text()
                        : "marked by another cluster");
    }

    private static boolean ofCluster(String clusterUid, Balancer balancer) {
        return balancer.mark()
                .filter(mark -> mark.clusterUid().equals(clusterUid))
                .isPresent();
    }

    private static List<Found<Listener>> listeners(ReadRequest request, Balancer balancer) {
        if (request.scope() instanceof Scope.Existence) {
            return List.of();
        }
        return balancer.listeners().stream()
                .map(listener -> new Found<>(
                        listener.id(),
                        Ownership.decide(
                                expected(request, listener.mark()),
                                listener.mark(),
                                listener(request, balancer, listener)),
                        listener.running() ? Actual.State.ACTIVE : Actual.State.STOPPED))
                .sorted(Comparator.comparing(found -> found.resource().value().key()))
                .toList();
    }

    private static Listener listener(ReadRequest request, Balancer balancer, FakeState.Listener seen) {
        ListenerKey key = new ListenerKey(request.key(), seen.transport(), seen.port());
        PoolKey pool = balancer.group(seen.group())
                .map(group -> poolKey(request, group))
                .orElseGet(() -> strange(seen.group()));
        Optional<PoolKey> standby = seen.standby().flatMap(balancer::group).map(group -> poolKey(request, group));
        Listener listener = switch (seen.transport()) {
            case TCP -> new Listener.Tcp(key, pool, Setting.unmanaged(), seen.running(), seen.options());
            case UDP -> new Listener.Udp(key, pool, Setting.unmanaged(), seen.running(), seen.options());
            case TCP_UDP -> new Listener.TcpUdp(key, pool, Setting.unmanaged(), seen.running(), seen.options());
        };
        return listener.leadingTo(pool, standby);
    }

    private static List<FoundPool> pools(ReadRequest request, Balancer balancer) {
        return balancer.groups().stream()
                .filter(group -> switch (request.scope()) {
                    case Scope.Existence existence -> false;
                    case Scope.Members(List<PoolKey> pools) -> pools.contains(poolKey(request, group));
                    case Scope.Whole whole -> true;
                })
                .map(group -> pool(request, group))
                .sorted(Comparator.comparing(
                        found -> found.pool().resource().value().key()))
                .toList();
    }

    private static FoundPool pool(ReadRequest request, Group group) {
        FakeState.GroupSettings settings = group.settings();
        Pool value = new Pool(
                poolKey(request, group),
                settings.transport(),
                settings.targets(),
                settings.healthCheck(),
                settings.stickiness(),
                settings.scheduling(),
                new Options.None());
        Ownership<Pool> pool = Ownership.decide(expected(request, group.mark()), group.mark(), value);
        List<Actual.Member> members = group.members().stream()
                .map(member -> member(pool, member))
                .sorted(Comparator.comparing(member -> member.backend().value().key()))
                .toList();
        return new FoundPool(new Found<>(group.id(), pool, Actual.State.ACTIVE), members);
    }

    private static Actual.Member member(Ownership<Pool> pool, Member seen) {
        Backend backend = new Backend(
                new BackendKey(pool.value().key(), seen.address(), seen.port()),
                Setting.managed(seen.weight()),
                seen.label());
        boolean drains = seen.weight() == 0 || seen.leavesAt().isPresent();
        Ownership<Backend> whose = pool instanceof Owned<Pool> owned
                ? Ownership.partOf(owned, backend)
                : new Ownership.Foreign<>(backend, "a member of somebody else's pool");
        return new Actual.Member(
                whose,
                drains ? Actual.State.STOPPED : Actual.State.ACTIVE,
                seen.address() instanceof Address.Ip
                        ? Optional.of(FakeCloud.nameOf(seen.address()))
                        : Optional.empty());
    }

    /// The mark that the resource would carry if it were ours: that of the claimant whom it names.
    private static Mark expected(ReadRequest request, Optional<Mark> seen) {
        return request.claimants().stream()
                .filter(mark -> seen.equals(Optional.of(mark)))
                .findFirst()
                .orElse(request.owner());
    }

    private static PoolKey poolKey(ReadRequest request, Group group) {
        return group.mark()
                .filter(mark -> expected(request, group.mark()).equals(mark))
                .map(mark -> new PoolKey(mark.object(), group.name()))
                .orElseGet(() -> strange(group.id()));
    }

    private static PoolKey strange(String id) {
        return new PoolKey(new ObjectKey("Foreign", "", id), "");
    }
}
