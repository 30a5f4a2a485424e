package io.plumbline.spi.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A load balancer as its cloud shows it: the only place, beside `apply`, where a cloud's identifiers appear.
///
/// Settings of the resources in here are managed as far as the cloud tells them.
///
/// @param loadBalancer empty where there is none
/// @param pools with their members; after a reading of a lesser scope, those that were read
/// @param readAt when the reading began
public record Actual(
        LoadBalancerKey key,
        Optional<Found<LoadBalancer>> loadBalancer,
        List<PublicAddress> addresses,
        boolean deletionProtected,
        List<Found<Listener>> listeners,
        List<Found<Rule>> rules,
        List<FoundPool> pools,
        List<Found<AccessList>> accessLists,
        List<Found<Certificate>> certificates,
        Instant readAt) {
    public Actual {
        addresses = List.copyOf(addresses);
        listeners = List.copyOf(listeners);
        rules = List.copyOf(rules);
        pools = List.copyOf(pools);
        accessLists = List.copyOf(accessLists);
        certificates = List.copyOf(certificates);
    }

    /// Nothing is there.
    public static Actual absent(LoadBalancerKey key, Instant readAt) {
        return new Actual(
                key, Optional.empty(), List.of(), false, List.of(), List.of(), List.of(), List.of(), List.of(), readAt);
    }

    /// The pool of that key, if it was found.
    public Optional<FoundPool> pool(PoolKey pool) {
        return pools.stream()
                .filter(found -> found.pool().resource().value().key().equals(pool))
                .findFirst();
    }

    /// The identifiers of everything in here.
    public Ids ids() {
        Ids.Collector ids = new Ids.Collector();
        loadBalancer.ifPresent(found -> ids.put(key, found.id()));
        listeners.forEach(found -> ids.put(found.resource().value().key(), found.id()));
        rules.forEach(found -> ids.put(found.resource().value().key(), found.id()));
        pools.forEach(found -> {
            ids.put(found.pool().resource().value().key(), found.pool().id());
            found.members().forEach(member -> member.id().ifPresent(id -> ids.put(member.key(), id)));
        });
        accessLists.forEach(found -> ids.put(found.resource().value().key(), found.id()));
        certificates.forEach(found -> ids.put(found.resource().value().key(), found.id()));
        return ids.collect();
    }

    /// A resource, its identifier, whose it is and how it is doing.
    public record Found<T extends Resource>(String id, Ownership<T> resource, State state) {}

    /// A pool and its members, sorted by key.
    public record FoundPool(Found<Pool> pool, List<Member> members) {
        public FoundPool {
            members = List.copyOf(members);
        }
    }

    /// A registered backend.
    ///
    /// @param state [State#STOPPED] while it drains, [State#PROVISIONING] while the cloud still adds it
    /// @param id the cloud's own name of the target, where it differs from its address
    public record Member(Ownership<Backend> backend, State state, Optional<String> id) {
        public BackendKey key() {
            return backend.value().key();
        }

        /// It gets no new connections.
        public boolean draining() {
            return state == State.STOPPED || backend.value().weight().equals(Setting.managed(0));
        }
    }

    /// A resource's own state at the cloud.
    public enum State {
        PROVISIONING,
        ACTIVE,
        STOPPED,
        FAILED,
        DELETING
    }

    /// Where clients reach the load balancer.
    ///
    /// @param proxied the load balancer ends the connection itself (`ipMode: Proxy`), else it is a virtual IP
    /// @param bound not the load balancer's own: its user has bound it to it, and may take it away
    public record PublicAddress(Form form, String text, boolean proxied, boolean bound) {
        /// The load balancer's own.
        public PublicAddress(Form form, String text, boolean proxied) {
            this(form, text, proxied, false);
        }

        /// What `text` is.
        public enum Form {
            IP,
            HOSTNAME
        }
    }
}
