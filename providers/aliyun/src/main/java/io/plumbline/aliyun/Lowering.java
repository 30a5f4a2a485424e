package io.plumbline.aliyun;

import io.plumbline.aliyun.Call.OfTargets;
import io.plumbline.aliyun.Call.Target;
import io.plumbline.aliyun.Call.What;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.Outcome.Because;
import io.plumbline.spi.Provider.ApplyRequest;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.model.AccessList;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Certificate;
import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.LoadBalancer;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.Resource;
import io.plumbline.spi.model.Rule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Changes -> calls: as few as the API allows, in the order of the changes. A pool's settings live in
/// its listener here; its members in the group that it is.
final class Lowering {
    private final ApplyRequest request;
    private final AliyunSettings settings;
    private final ListenerCalls listeners;

    private Lowering(ApplyRequest request, AliyunSettings settings) {
        this.request = request;
        this.settings = settings;
        this.listeners = new ListenerCalls(request);
    }

    /// Calls, and what is known without one.
    ///
    /// @param settled by the index of the change
    record Lowered(List<Step> steps, SortedMap<Integer, Outcome> settled) {
        Lowered {
            steps = List.copyOf(steps);
            settled = Collections.unmodifiableSortedMap(new TreeMap<>(settled));
        }
    }

    /// A call and the changes that it carries out, or has a part in.
    ///
    /// @param changes their indexes; in a batch of members one for each in the same order, behind that of the pool
    ///     where that is made with them
    record Step(Call call, List<Integer> changes) {
        Step {
            changes = List.copyOf(changes);
        }
    }

    /// What one change needs.
    sealed interface Need {
        /// @param calls one after the other
        record Send(List<Call> calls) implements Need {
            public Send {
                calls = List.copyOf(calls);
            }
        }

        record Settled(Outcome outcome) implements Need {}

        static Need send(Call... calls) {
            return new Send(List.of(calls));
        }

        static Need rejected(String message) {
            return new Settled(new Outcome.Rejected(Because.INVALID, message));
        }

        static Need unknown(String what) {
            return new Settled(Failures.stale("the identifier of " + what + " is not known"));
        }
    }

    static Lowered lower(ApplyRequest request, AliyunSettings settings) {
        Lowering lowering = new Lowering(request, settings);
        List<Step> single = new ArrayList<>();
        TreeMap<Integer, Outcome> settled = new TreeMap<>();
        for (int change : lowering.order()) {
            switch (lowering.need(request.changes().get(change))) {
                case Need.Send(List<Call> calls) when calls.isEmpty() -> settled.put(change, new Outcome.Done());
                case Need.Send(List<Call> calls) -> calls.forEach(call -> single.add(new Step(call, List.of(change))));
                case Need.Settled(Outcome outcome) -> settled.put(change, outcome);
            }
        }
        Batches batches = new Batches(settings.backendsPerCall());
        return new Lowered(batches.merged(Batches.withoutWhatGoesAnyway(single)), settled);
    }

    /// That of the changes, but that a listener which forwards to another comes after it and goes
    /// before it.
    private List<Integer> order() {
        return IntStream.range(0, request.changes().size())
                .boxed()
                .sorted(Comparator.comparingInt(
                        index -> ListenerCalls.rank(request.changes().get(index))))
                .toList();
    }

    private Need need(Change change) {
        return switch (change) {
            case Change.Create create -> create(create.desired());
            case Change.Update update -> update(update);
            case Change.Replace replace -> replace(replace);
            case Change.Drain drain -> target(What.SET, drain.was().value(), 0);
            case Change.Remove remove -> remove(remove.was().value());
            case Change.Await await -> throw new IllegalArgumentException("nothing to apply: " + await.name());
            case Change.Leave leave -> throw new IllegalArgumentException("nothing to apply: " + leave.name());
        };
    }

    private Need create(Resource desired) {
        return switch (desired) {
            case LoadBalancer loadBalancer -> new LoadBalancerCalls(request, settings).create(loadBalancer);
            case Pool pool ->
                onLoadBalancer(
                        id -> new Call.CreatePool(id, pool.key(), Names.pool(mark(pool.key()), pool.key()), List.of()));
            case Listener listener -> listeners.create(listener);
            case Backend backend -> target(What.ADD, backend, weight(backend));
            case AccessList list -> accessList(list);
            case Rule rule -> notYet(rule);
            case Certificate certificate -> notYet(certificate);
        };
    }

    private Need update(Change.Update update) {
        return switch (update.desired()) {
            case LoadBalancer loadBalancer ->
                new LoadBalancerCalls(request, settings).update(update.was().value(), loadBalancer);
            case Pool pool -> listeners.update(pool);
            case Listener listener -> listeners.update(listener, update.fields());
            case Backend backend -> target(What.SET, backend, weight(backend));
            case AccessList list -> accessList(list);
            case Rule rule -> notYet(rule);
            case Certificate certificate -> notYet(certificate);
        };
    }

    private Need replace(Change.Replace replace) {
        return replace.was().value() instanceof Listener was && replace.desired() instanceof Listener desired
                ? listeners.replace(was, desired)
                : Need.rejected(
                        "it cannot be replaced: delete the Service and create it again to get " + replace.fields());
    }

    private Need remove(Resource gone) {
        return switch (gone) {
            case LoadBalancer loadBalancer -> new LoadBalancerCalls(request, settings).remove(loadBalancer);
            case Pool pool ->
                request.ids()
                        .id(pool.key())
                        .map(id -> Need.send(new Call.Plain("DeleteVServerGroup", one("VServerGroupId", id))))
                        .orElseGet(() -> Need.unknown(pool.key().text()));
            case Listener listener -> listeners.remove(listener);
            case Backend backend -> target(What.REMOVE, backend, 0);
            case AccessList list ->
                request.ids()
                        .id(list.key())
                        .map(id -> Need.send(new Call.Plain("DeleteAccessControlList", one("AclId", id))))
                        .orElseGet(() -> Need.unknown(list.key().text()));
            case Rule rule -> notYet(rule);
            case Certificate certificate -> notYet(certificate);
        };
    }

    /// A white list without entries would let everybody in.
    private Need accessList(AccessList list) {
        return list.sourceRanges().isEmpty()
                ? Need.rejected("no range of spec.loadBalancerSourceRanges is of the load balancer's address family:"
                        + " nobody could connect, so no listener is opened; add one, or remove them all")
                : Need.send(new Call.SetAccessList(
                        list.key(),
                        request.ids().id(list.key()),
                        Names.marked(mark(list.key().name())),
                        list.sourceRanges()));
    }

    private static int weight(Backend backend) {
        return backend.weight().asOptional().orElse(Limits.DEFAULT_WEIGHT);
    }

    /// A member is named by its machine, or by its network interface and address.
    private Need target(What what, Backend backend, int weight) {
        BackendKey key = backend.key();
        Optional<Target> target = switch (key.address()) {
            case Address.Instance(String id) ->
                Optional.of(new Target(id, Optional.empty(), key.port(), weight, description(backend)));
            case Address.Ip(String ip) ->
                request.ids()
                        .id(key)
                        .map(id -> new Target(id, Optional.of(ip), key.port(), weight, description(backend)));
        };
        Optional<String> group = request.ids().id(key.pool());
        if (target.isEmpty()) {
            return Need.unknown("the network interface of " + key.endpoint());
        }
        return group.isEmpty() && !isMade(key.pool())
                ? Need.unknown(key.pool().text())
                : Need.send(new OfTargets(what, key.pool(), group, List.of(target.get())));
    }

    private String description(Backend backend) {
        return Names.backend(mark(backend.key().pool()), backend.registrant());
    }

    /// In this very request.
    private boolean isMade(PoolKey pool) {
        return request.changes().stream()
                .anyMatch(change ->
                        change instanceof Change.Create && change.key().equals(pool));
    }

    private Need onLoadBalancer(Function<String, Call> call) {
        return request.ids()
                .id(request.key())
                .map(id -> Need.send(call.apply(id)))
                .orElseGet(() -> Need.unknown(request.key().text()));
    }

    /// That of the claimant whose port it is.
    private Mark mark(PoolKey pool) {
        return mark(pool.object().text());
    }

    private Mark mark(String object) {
        return request.claimants().stream()
                .filter(mark -> mark.object().text().equals(object))
                .findFirst()
                .orElse(request.owner());
    }

    static SortedMap<String, String> one(String name, String value) {
        TreeMap<String, String> parameters = new TreeMap<>();
        parameters.put(name, value);
        return parameters;
    }

    private static Need notYet(Resource resource) {
        return Need.rejected(resource.key().kind().text() + " " + resource.key().text() + " is not supported yet");
    }
}
