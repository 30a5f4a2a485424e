package io.plumbline.aliyun;

import io.plumbline.spi.Provider.ReadRequest;
import io.plumbline.spi.model.Actual.Found;
import io.plumbline.spi.model.Actual.FoundPool;
import io.plumbline.spi.model.Actual.Member;
import io.plumbline.spi.model.Actual.State;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.HealthCheck;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Owned;
import io.plumbline.spi.model.Ownership;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.model.Transport;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Groups of backends as the cloud shows them: those that carry a mark of ours, and those that a user
/// named.
final class ReadPool {
    /// Names of groups that cloud-provider-alibaba-cloud makes: `k8s/80/shop/web/<cluster>`.
    private static final String OTHERS = "k8s/[0-9]+/.*";

    /// Begins the name of a pool that nobody wants.
    private static final String LEFT = "left#";

    private ReadPool() {}

    /// Keys by identifiers. Two groups of one name come of a creation whose answer was lost: the one
    /// that a listener leads to counts, and the other has a key of its own, which nobody wants.
    static SortedMap<String, PoolKey> keys(List<Fields> groups, List<Fields> listeners, ReadRequest request) {
        List<String> led = listeners.stream()
                .flatMap(listener -> Replies.group(listener).stream())
                .toList();
        TreeMap<String, PoolKey> keys = new TreeMap<>();
        request.named().byKey().forEach((key, id) -> {
            if (key instanceof PoolKey pool
                    && groups.stream().anyMatch(group -> id(group).equals(id))) {
                keys.put(id, pool);
            }
        });
        groups.stream()
                .sorted(Comparator.comparing((Fields group) -> !led.contains(id(group)))
                        .thenComparing(ReadPool::id))
                .forEach(group -> key(group, request)
                        .filter(key -> !keys.containsKey(id(group)))
                        .ifPresent(key -> keys.put(
                                id(group),
                                keys.containsValue(key)
                                                || request.named().byKey().containsKey(key)
                                        ? new PoolKey(key.object(), key.name() + "#" + id(group))
                                        : key)));
        return keys;
    }

    static String id(Fields group) {
        return group.textOrNone("VServerGroupId");
    }

    private static Optional<PoolKey> key(Fields group, ReadRequest request) {
        return Names.pool(group.textOrNone("VServerGroupName"))
                .flatMap(marked ->
                        claimant(marked.hash(), request).map(mark -> new PoolKey(mark.object(), marked.rest())));
    }

    static Optional<Mark> claimant(String hash, ReadRequest request) {
        return request.claimants().stream()
                .filter(mark -> mark.hash().equals(hash))
                .findFirst();
    }

    /// Those whose members were read, sorted by key.
    static List<FoundPool> of(
            Reader.Seen seen, SortedMap<String, PoolKey> keys, List<ReadListener> listeners, ReadRequest request) {
        Stream<FoundPool> there = seen.groups().stream()
                .filter(group -> seen.members().containsKey(id(group)))
                .flatMap(group -> {
                    List<Fields> members = seen.members().getOrDefault(id(group), List.of());
                    Stream<FoundPool> wanted = keysOf(group, keys, request)
                            .map(key -> found(group, pool(group, key, listeners, request), members, request));
                    Stream<FoundPool> left = left(group, members, keys, request)
                            .map(key -> found(
                                    group,
                                    new Ownership.Borrowed<>(value(id(group), key, listeners)),
                                    members,
                                    request));
                    return Stream.concat(wanted, left);
                });
        return Stream.concat(there, missing(seen.groups(), request))
                .sorted(Comparator.comparing(
                        found -> found.pool().resource().value().key()))
                .toList();
    }

    /// A group of the user's own may be that of several Services, each of which has its own members in it.
    private static Stream<PoolKey> keysOf(Fields group, Map<String, PoolKey> keys, ReadRequest request) {
        return Stream.concat(keyOf(group, keys), named(id(group), request)).distinct();
    }

    private static Stream<PoolKey> keyOf(Fields group, Map<String, PoolKey> keys) {
        return Optional.ofNullable(keys.get(id(group))).stream();
    }

    private static Stream<PoolKey> named(String id, ReadRequest request) {
        return request.named().byKey().entrySet().stream()
                .filter(named -> named.getValue().equals(id))
                .flatMap(named -> named.getKey() instanceof PoolKey key ? Stream.of(key) : Stream.empty());
    }

    /// The pool that a listener leads to: of several Services' in one group it is that of its own.
    static Optional<PoolKey> behind(Fields listener, Map<String, PoolKey> keys, ReadRequest request) {
        Optional<Mark> claimant = ReadListener.claimant(listener, request);
        return Replies.group(listener)
                .flatMap(group -> named(group, request)
                        .filter(key -> claimant.filter(mark -> mark.object().equals(key.object()))
                                .isPresent())
                        .findFirst()
                        .or(() -> Optional.ofNullable(keys.get(group))));
    }

    /// What claimants have left in a group that they name no more.
    private static Stream<PoolKey> left(
            Fields group, List<Fields> members, Map<String, PoolKey> keys, ReadRequest request) {
        return request.claimants().stream()
                .filter(mark -> mayHaveLeft(group, request))
                .filter(mark -> keysOf(group, keys, request)
                        .noneMatch(key -> key.object().equals(mark.object())))
                .filter(mark -> members.stream()
                        .flatMap(member -> Names.backend(member.textOrNone("Description")).stream())
                        .anyMatch(marked -> marked.hash().equals(mark.hash())))
                .map(mark -> new PoolKey(mark.object(), LEFT + id(group)));
    }

    /// Whether a group may have members of ours though nobody names it: a user's own, on a load balancer of his.
    static boolean mayHaveLeft(Fields group, ReadRequest request) {
        String name = group.textOrNone("VServerGroupName");
        return request.key() instanceof LoadBalancerKey.Existing
                && !name.matches(OTHERS)
                && Names.pool(name).isEmpty();
    }

    private static FoundPool found(Fields group, Ownership<Pool> pool, List<Fields> members, ReadRequest request) {
        return new FoundPool(
                new Found<>(id(group), pool, State.ACTIVE),
                members.stream()
                        .map(member -> member(pool, member, request))
                        .sorted(Comparator.comparing(Member::key))
                        .toList());
    }

    /// One that a user names and that is not here is none that we would make.
    private static Stream<FoundPool> missing(List<Fields> groups, ReadRequest request) {
        return request.named().byKey().entrySet().stream()
                .filter(named -> groups.stream().noneMatch(group -> id(group).equals(named.getValue())))
                .flatMap(named -> named.getKey() instanceof PoolKey key
                        ? Stream.of(missing(key, named.getValue()))
                        : Stream.<FoundPool>of());
    }

    private static FoundPool missing(PoolKey key, String id) {
        Pool none = value(id, key, List.of());
        Ownership<Pool> ownership = new Ownership.Foreign<>(none, "the load balancer has no such group");
        return new FoundPool(new Found<>(id, ownership, State.FAILED), List.of());
    }

    private static Ownership<Pool> pool(Fields group, PoolKey key, List<ReadListener> listeners, ReadRequest request) {
        Pool value = value(id(group), key, listeners);
        String name = group.textOrNone("VServerGroupName");
        if (!id(group).equals(request.named().id(key).orElse(""))) {
            Optional<String> hash = Names.pool(name).map(Names.Marked::hash);
            Mark expected = hash.flatMap(text -> claimant(text, request)).orElse(request.owner());
            return Ownership.decideByHash(expected, hash, value);
        }
        return name.matches(OTHERS) || Names.pool(name).isPresent()
                ? new Ownership.Foreign<>(value, "a controller made it (" + name + ")")
                : new Ownership.Borrowed<>(value);
    }

    /// Its settings are those of the listener of ours that leads to it.
    private static Pool value(String id, PoolKey key, List<ReadListener> listeners) {
        Optional<ReadListener> leading = listeners.stream()
                .filter(listener -> listener.listener() instanceof Owned<?>)
                .filter(listener -> Replies.group(listener.shown()).equals(Optional.of(id)))
                .filter(listener -> listener.pool().equals(key))
                .findFirst();
        return new Pool(
                key,
                key.name().startsWith("udp") ? Transport.UDP : Transport.TCP,
                Pool.Targets.PODS,
                leading.map(ReadPool::healthCheck).orElseGet(HealthCheck::unmanaged),
                leading.map(ReadListener::stickiness).orElse(HealthChecks.NOT_STICKY),
                Setting.unmanaged(),
                new AliyunPoolOptions(
                        Setting.of(leading.flatMap(listener -> listener.shown().text("Scheduler"))),
                        Setting.unmanaged()));
    }

    private static HealthCheck healthCheck(ReadListener listener) {
        return HealthChecks.read(Replies.config(listener.shown()), Replies.protocol(listener.shown()));
    }

    /// In a group of ours all members are ours; in a borrowed one those that carry our mark.
    private static Member member(Ownership<Pool> pool, Fields shown, ReadRequest request) {
        Optional<Names.Marked> mark = Names.backend(shown.textOrNone("Description"));
        Optional<Integer> weight = shown.whole("Weight");
        Backend backend = new Backend(
                key(pool.value().key(), shown),
                Setting.of(weight),
                mark.map(Names.Marked::rest).filter(label -> !label.isEmpty()));
        Ownership<Backend> ownership = pool instanceof Owned<Pool> owner
                ? Ownership.partOf(owner, backend)
                : Ownership.decideByHash(
                        claimantOf(pool.value().key(), request), mark.map(Names.Marked::hash), backend);
        boolean drains = weight.filter(share -> share == 0).isPresent();
        return new Member(
                ownership,
                drains ? State.STOPPED : State.ACTIVE,
                shown.text("ServerId").filter(id -> backend.key().address() instanceof Address.Ip));
    }

    private static Mark claimantOf(PoolKey pool, ReadRequest request) {
        return request.claimants().stream()
                .filter(mark -> mark.object().equals(pool.object()))
                .findFirst()
                .orElse(request.owner());
    }

    /// A machine is known by its identifier, a network interface, which may have several addresses, by
    /// the address.
    static BackendKey key(PoolKey pool, Fields shown) {
        Optional<String> ip = shown.text("ServerIp");
        String id = shown.textOrNone("ServerId");
        boolean machine = shown.text("Type").map("ecs"::equals).orElse(id.startsWith("i-"));
        Address address = machine || ip.isEmpty() ? new Address.Instance(id) : new Address.Ip(ip.get());
        return new BackendKey(pool, address, shown.whole("Port").orElse(0));
    }
}
