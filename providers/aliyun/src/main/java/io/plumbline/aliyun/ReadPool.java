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

/// Groups of backends as the cloud shows them: those that carry a mark of ours, and those that a user
/// named.
final class ReadPool {
    /// Names of groups that cloud-provider-alibaba-cloud makes: `k8s/80/shop/web/<cluster>`.
    private static final String OTHERS = "k8s/[0-9]+/.*";

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
        return seen.groups().stream()
                .filter(group -> keys.containsKey(id(group)) && seen.members().containsKey(id(group)))
                .map(group -> {
                    Ownership<Pool> pool = pool(group, keys, listeners, request);
                    List<Member> members = seen.members().getOrDefault(id(group), List.of()).stream()
                            .map(member -> member(pool, member, request))
                            .sorted(Comparator.comparing(Member::key))
                            .toList();
                    return new FoundPool(new Found<>(id(group), pool, State.ACTIVE), members);
                })
                .sorted(Comparator.comparing(
                        found -> found.pool().resource().value().key()))
                .toList();
    }

    private static Ownership<Pool> pool(
            Fields group, Map<String, PoolKey> keys, List<ReadListener> listeners, ReadRequest request) {
        PoolKey key = keys.getOrDefault(id(group), new PoolKey(request.owner().object(), ""));
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
