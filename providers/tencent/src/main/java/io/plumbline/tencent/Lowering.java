package io.plumbline.tencent;

import io.plumbline.spi.Outcome;
import io.plumbline.spi.Outcome.Because;
import io.plumbline.spi.Provider.ApplyRequest;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.model.AccessList;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Certificate;
import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.LoadBalancer;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.Resource;
import io.plumbline.spi.model.Rule;
import io.plumbline.spi.model.Setting;
import io.plumbline.tencent.Call.NewListener;
import io.plumbline.tencent.Call.Settings;
import io.plumbline.tencent.Call.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Changes -> calls: as few as the API allows, in the order of the changes. A layer 4 listener holds its pool, so its
/// calls carry the pool's settings.
final class Lowering {
    private final ApplyRequest request;

    private Lowering(ApplyRequest request) {
        this.request = request;
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

    /// A call and the changes that it carries out.
    ///
    /// @param changes their indexes; in a batch of targets or new listeners, one for each in the same order
    record Step(Call call, List<Integer> changes) {
        Step {
            changes = List.copyOf(changes);
        }
    }

    /// What one change needs.
    private sealed interface Need {
        record Send(Call call) implements Need {}

        record Settled(Outcome outcome) implements Need {}
    }

    static Lowered lower(ApplyRequest request) {
        Lowering lowering = new Lowering(request);
        List<Step> single = new ArrayList<>();
        TreeMap<Integer, Outcome> settled = new TreeMap<>();
        for (int index = 0; index < request.changes().size(); index++) {
            switch (lowering.need(request.changes().get(index))) {
                case Need.Send(Call call) -> single.add(new Step(call, List.of(index)));
                case Need.Settled(Outcome outcome) -> settled.put(index, outcome);
            }
        }
        return new Lowered(Batches.merged(Batches.withoutWhatGoesAnyway(single)), settled);
    }

    private Need need(Change change) {
        return switch (change) {
            case Change.Create create -> create(create.desired());
            case Change.Update update -> update(update);
            case Change.Replace replace ->
                rejected("it cannot be replaced: delete the Service and create it again to get " + replace.fields());
            case Change.Drain drain -> weight(drain.was().value(), 0);
            case Change.Remove remove -> remove(remove.was().value());
            case Change.Await await -> throw new IllegalArgumentException("nothing to apply: " + await.name());
            case Change.Leave leave -> throw new IllegalArgumentException("nothing to apply: " + leave.name());
        };
    }

    private Need create(Resource desired) {
        return switch (desired) {
            case LoadBalancer loadBalancer -> create(loadBalancer);
            case Listener listener -> create(listener);
            case Backend backend ->
                target(backend, backend.weight().asOptional().orElse(Limits.DEFAULT_WEIGHT), Call.Register::new);
            case Rule rule -> notYet(rule);
            case Pool pool -> notYet(pool);
            case AccessList list -> notYet(list);
            case Certificate certificate -> notYet(certificate);
        };
    }

    private Need create(LoadBalancer wanted) {
        TencentLoadBalancerOptions options = TencentLoadBalancerOptions.of(wanted.options());
        Scheme scheme = wanted.scheme().asOptional().orElse(Scheme.INTERNET);
        if (scheme == Scheme.INTERNAL && options.subnetId().asOptional().isEmpty()) {
            return rejected("an internal load balancer needs a subnet: set " + Annotations.SUBNET);
        }
        String token = request.owner().token(request.attempt(), request.key().incarnation());
        return new Need.Send(
                new Call.CreateLoadBalancer(request.owner(), request.key().incarnation(), token, scheme, options));
    }

    private Need create(Listener wanted) {
        Optional<PoolKey> pool = layer4(wanted);
        if (pool.isEmpty()) {
            return notYet(wanted);
        }
        String name = Names.listener(
                mark(pool.get()), TencentListenerOptions.of(wanted.options()).listenerName());
        NewListener listener = new NewListener(wanted.key(), pool.get(), name);
        return onLoadBalancer(
                loadBalancer -> new Call.CreateListeners(loadBalancer, settings(pool.get()), List.of(listener)));
    }

    private Need update(Change.Update update) {
        return switch (update.desired()) {
            case LoadBalancer loadBalancer -> update(loadBalancer, update);
            case Listener listener -> update(listener);
            case Backend backend ->
                weight(backend, backend.weight().asOptional().orElse(Limits.DEFAULT_WEIGHT));
            case Rule rule -> notYet(rule);
            case Pool pool -> notYet(pool);
            case AccessList list -> notYet(list);
            case Certificate certificate -> notYet(certificate);
        };
    }

    private Need update(LoadBalancer wanted, Change.Update update) {
        TencentLoadBalancerOptions options = TencentLoadBalancerOptions.of(wanted.options());
        TencentLoadBalancerOptions was = update.was().value() instanceof LoadBalancer before
                ? TencentLoadBalancerOptions.of(before.options())
                : TencentLoadBalancerOptions.unmanaged();
        Optional<Integer> bandwidth = changed(was.bandwidth(), options.bandwidth());
        Optional<Boolean> protection = changed(was.deletionProtection(), options.deletionProtection());
        if (bandwidth.isEmpty() && protection.isEmpty()) {
            return rejected("of a load balancer only bandwidth and protection can be changed, not " + update.fields());
        }
        Optional<String> chargeType = was.internetChargeType().asOptional();
        return onLoadBalancer(
                loadBalancer -> new Call.ModifyLoadBalancer(loadBalancer, chargeType, bandwidth, protection));
    }

    private static <T> Optional<T> changed(Setting<T> was, Setting<T> wanted) {
        return wanted.asOptional().filter(value -> !was.equals(Setting.managed(value)));
    }

    private Need update(Listener wanted) {
        Optional<PoolKey> pool = layer4(wanted);
        Optional<String> id = request.ids().id(wanted.key());
        if (pool.isEmpty()) {
            return notYet(wanted);
        }
        if (id.isEmpty()) {
            return unknown(wanted.key().text());
        }
        Optional<String> name = TencentListenerOptions.of(wanted.options())
                .listenerName()
                .asOptional()
                .map(suffix -> Names.listener(mark(pool.get()), Setting.managed(suffix)));
        return onLoadBalancer(
                loadBalancer -> new Call.ModifyListener(loadBalancer, id.get(), name, settings(pool.get())));
    }

    private Need remove(Resource gone) {
        return switch (gone) {
            case LoadBalancer loadBalancer -> remove(loadBalancer);
            case Listener listener ->
                request.ids()
                        .id(listener.key())
                        .map(id -> onLoadBalancer(loadBalancer -> new Call.DeleteListeners(loadBalancer, List.of(id))))
                        .orElseGet(() -> unknown(listener.key().text()));
            case Backend backend -> target(backend, 0, Call.Deregister::new);
            case Rule rule -> notYet(rule);
            case Pool pool -> notYet(pool);
            case AccessList list -> notYet(list);
            case Certificate certificate -> notYet(certificate);
        };
    }

    /// A protection is there still: it is ours, or there would be no removal. It is lifted first.
    private Need remove(LoadBalancer gone) {
        boolean shielded = TencentLoadBalancerOptions.of(gone.options())
                .deletionProtection()
                .equals(Setting.managed(true));
        return onLoadBalancer(id -> shielded ? new Call.LiftProtection(id) : new Call.DeleteLoadBalancer(id, false));
    }

    private Need weight(Backend backend, int weight) {
        return target(backend, weight, Call.SetWeights::new);
    }

    private Need target(Backend backend, int weight, BiFunction<String, List<Target>, Call> call) {
        BackendKey key = backend.key();
        Optional<String> listener = request.ids().id(key.pool());
        Optional<String> loadBalancer = request.ids().id(request.key());
        if (listener.isEmpty() || loadBalancer.isEmpty()) {
            return unknown(key.pool().text());
        }
        Target target = new Target(
                listener.get(),
                key.address(),
                key.port(),
                weight,
                backend.registrant().map(Mark::shortHash));
        return new Need.Send(call.apply(loadBalancer.get(), List.of(target)));
    }

    private Need onLoadBalancer(Function<String, Call> call) {
        return request.ids()
                .id(request.key())
                .<Need>map(id -> new Need.Send(call.apply(id)))
                .orElseGet(() -> unknown(request.key().text()));
    }

    private static Optional<PoolKey> layer4(Listener listener) {
        return switch (listener) {
            case Listener.Tcp tcp -> Optional.of(tcp.pool());
            case Listener.Udp udp -> Optional.of(udp.pool());
            case Listener.TcpUdp both -> Optional.empty();
            case Listener.Tls tls -> Optional.empty();
            case Listener.Http http -> Optional.empty();
            case Listener.Https https -> Optional.empty();
        };
    }

    private Settings settings(PoolKey key) {
        return request.pools().stream()
                .filter(pool -> pool.key().equals(key))
                .findFirst()
                .map(Settings::of)
                .orElseThrow(() -> new IllegalArgumentException("the request lacks pool " + key.text()));
    }

    /// That of the claimant whose port it is.
    private Mark mark(PoolKey pool) {
        return request.claimants().stream()
                .filter(mark -> mark.object().equals(pool.object()))
                .findFirst()
                .orElse(request.owner());
    }

    private static Need notYet(Resource resource) {
        return rejected(resource.key().kind().text() + " " + resource.key().text() + " is not supported yet");
    }

    private static Need rejected(String message) {
        return new Need.Settled(new Outcome.Rejected(Because.INVALID, message));
    }

    private static Need unknown(String what) {
        return new Need.Settled(Failures.stale("the identifier of " + what + " is not known"));
    }
}
