package io.plumbline.it.clouds;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.it.cluster.kubelet.Loopback;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Predicate;

/// What exists in the one simulated VPC: instances by id with their private address, and the addresses of network
/// interfaces. Thread-safe; the laboratory changes it while its cluster lives.
///
/// Addresses are those of the cluster (10.x.y.z), never the loopback places behind them.
public final class Network {
    private final Predicate<String> range;
    private final Set<String> addresses = new ConcurrentSkipListSet<>();
    private final Map<String, String> instances = new ConcurrentSkipListMap<>();
    private final Map<String, String> primaryIpv6 = new ConcurrentSkipListMap<>();

    private Network(Predicate<String> range) {
        this.range = range;
    }

    /// A VPC 10.0.0.0/8 in which every address is a network interface, for clients that bring no cluster.
    public static Network everyAddress() {
        return new Network(address -> address.startsWith("10.") && Loopback.isIpv4(address));
    }

    /// A VPC that knows only what is put into it.
    public static Network closed() {
        return new Network(address -> false);
    }

    /// A VPC that asks someone else which addresses are network interfaces, besides what is put into it.
    public static Network asking(Predicate<String> isInterface) {
        return new Network(isInterface);
    }

    /// An instance (a node) now exists.
    public void putInstance(String id, String address) {
        instances.put(id, address);
    }

    /// An instance now has this primary IPv6 address too.
    public void putPrimaryIpv6(String id, String address) {
        primaryIpv6.put(id, address);
    }

    /// An instance is gone. What is bound to it stays bound, as in the real clouds.
    public void removeInstance(String id) {
        instances.remove(id);
        primaryIpv6.remove(id);
    }

    /// A network interface (a Pod) now has this address.
    public void putAddress(String address) {
        addresses.add(address);
    }

    /// No network interface has this address any more.
    public void removeAddress(String address) {
        addresses.remove(address);
    }

    /// Puts and removes by JSON:
    /// `{"instances":{"ins-1":"10.0.0.1","ins-2":null},"addresses":{"10.244.0.7":true,"10.244.0.8":false}}`.
    /// Nothing changes when an entry is wrong.
    ///
    /// @throws IllegalArgumentException when the shape is another
    public void put(JsonNode change) {
        change.fieldNames().forEachRemaining(key -> require(key.equals("instances") || key.equals("addresses"), key));
        change.path("instances")
                .forEach(value -> require(value.isNull() || Loopback.isIpv4(value.asText()), value.toString()));
        change.path("addresses").forEach(value -> require(value.isBoolean(), value.toString()));
        for (Map.Entry<String, JsonNode> entry : change.path("instances").properties()) {
            if (entry.getValue().isNull()) {
                removeInstance(entry.getKey());
            } else {
                putInstance(entry.getKey(), entry.getValue().asText());
            }
        }
        for (Map.Entry<String, JsonNode> entry : change.path("addresses").properties()) {
            if (entry.getValue().booleanValue()) {
                putAddress(entry.getKey());
            } else {
                removeAddress(entry.getKey());
            }
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException("not understood: " + what);
        }
    }

    /// Whether a network interface has this address.
    public boolean hasAddress(String address) {
        return addresses.contains(address) || range.test(address);
    }

    /// The private address of an instance.
    public Optional<String> addressOf(String instanceId) {
        return Optional.ofNullable(instances.get(instanceId));
    }

    /// The primary IPv6 address of an instance that has one.
    public Optional<String> primaryIpv6Of(String instanceId) {
        return Optional.ofNullable(primaryIpv6.get(instanceId));
    }

    /// All instances by id.
    public Map<String, String> instances() {
        return Collections.unmodifiableMap(new TreeMap<>(instances));
    }

    /// The addresses that were put, sorted.
    public Set<String> addresses() {
        return Collections.unmodifiableSet(addresses);
    }
}
