package io.plumbline.fake;

import io.plumbline.fake.Call.MemberSpec;
import io.plumbline.fake.FakeState.BalancerSettings;
import io.plumbline.fake.FakeState.GroupSettings;
import io.plumbline.spi.Capabilities;
import io.plumbline.spi.Provider.ApplyRequest;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.model.AccessList;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Certificate;
import io.plumbline.spi.model.Ids;
import io.plumbline.spi.model.Key;
import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.LoadBalancer;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Options;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.Resource;
import io.plumbline.spi.model.Rule;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.objects.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Changes -> calls. Pure.
final class Lowering {
    private final Traits traits;
    private final ApplyRequest request;

    Lowering(Traits traits, ApplyRequest request) {
        this.traits = traits;
        this.request = request;
    }

    /// What is done with members, all of one kind in one call.
    enum Handling {
        ADD,
        WEIGH,
        REMOVE
    }

    /// Changes that go together, by their places in the request.
    sealed interface Batch {
        List<Integer> places();
    }

    /// One that goes alone.
    record Alone(int place) implements Batch {
        @Override
        public List<Integer> places() {
            return List.of(place);
        }
    }

    /// Members that are handled alike.
    record Members(Handling handling, List<Integer> places) implements Batch {
        Members {
            places = List.copyOf(places);
        }
    }

    /// Calls, or the key whose identifier they would need.
    sealed interface Lowered {}

    record Ready(List<Call> calls) implements Lowered {
        Ready {
            calls = List.copyOf(calls);
        }
    }

    record Missing(Key key) implements Lowered {}

    record Unknown(String what) implements Lowered {}

    /// The request's changes in their order; neighbours that handle members alike share a call.
    List<Batch> batches() {
        List<Batch> batches = new ArrayList<>();
        for (int place = 0; place < request.changes().size(); place++) {
            Optional<Handling> handling = handling(request.changes().get(place));
            if (handling.isEmpty()) {
                batches.add(new Alone(place));
            } else if (batches.isEmpty() || !joins(batches.getLast(), handling.get())) {
                batches.add(new Members(handling.get(), List.of(place)));
            } else {
                List<Integer> places = new ArrayList<>(batches.removeLast().places());
                places.add(place);
                batches.add(new Members(handling.get(), places));
            }
        }
        return batches;
    }

    private boolean joins(Batch last, Handling handling) {
        return last instanceof Members(Handling its, List<Integer> places)
                && its == handling
                && places.size() < traits.backendsPerCall();
    }

    private Optional<Handling> handling(Change change) {
        boolean member = change.key() instanceof BackendKey;
        return switch (change) {
            case Change.Create create when member -> Optional.of(Handling.ADD);
            case Change.Update update when member -> Optional.of(Handling.WEIGH);
            case Change.Drain drain ->
                Optional.of(traits.drain() == Capabilities.Drain.WEIGHT_ZERO ? Handling.WEIGH : Handling.REMOVE);
            case Change.Remove remove when member -> Optional.of(Handling.REMOVE);
            case Change.Create create -> Optional.empty();
            case Change.Update update -> Optional.empty();
            case Change.Replace replace -> Optional.empty();
            case Change.Remove remove -> Optional.empty();
            case Change.Await await -> Optional.empty();
            case Change.Leave leave -> Optional.empty();
        };
    }

    Lowered lower(Batch batch, Ids ids) {
        return switch (batch) {
            case Alone(int place) -> alone(request.changes().get(place), ids);
            case Members(Handling handling, List<Integer> places) -> members(handling, places, ids);
        };
    }

    private Lowered members(Handling handling, List<Integer> places, Ids ids) {
        List<MemberSpec> members = new ArrayList<>();
        for (int place : places) {
            Backend backend = backend(request.changes().get(place));
            Optional<String> group = ids.id(backend.key().pool());
            if (group.isEmpty()) {
                return new Missing(backend.key().pool());
            }
            boolean nameless = traits.quirks().namedTargets()
                    && backend.key().address() instanceof Address.Ip
                    && ids.id(backend.key()).isEmpty();
            if (handling == Handling.ADD && nameless) {
                return new Missing(backend.key());
            }
            members.add(new MemberSpec(
                    group.get(),
                    backend.key().address(),
                    backend.key().port(),
                    weight(request.changes().get(place), backend),
                    backend.registrant().map(Mark::shortHash)));
        }
        return ids.id(request.key())
                .<Lowered>map(balancer -> new Ready(List.of(
                        switch (handling) {
                            case ADD -> new Call.AddMembers(balancer, members);
                            case WEIGH -> new Call.SetWeights(balancer, members);
                            case REMOVE -> new Call.RemoveMembers(balancer, members);
                        })))
                .orElseGet(() -> new Missing(request.key()));
    }

    private static Backend backend(Change change) {
        Resource resource = switch (change) {
            case Change.Create create -> create.desired();
            case Change.Update update -> update.desired();
            case Change.Replace replace -> replace.desired();
            case Change.Drain drain -> drain.was().value();
            case Change.Remove remove -> remove.was().value();
            case Change.Await await -> throw new IllegalArgumentException("no member in " + await);
            case Change.Leave leave -> throw new IllegalArgumentException("no member in " + leave);
        };
        return (Backend) resource;
    }

    private static int weight(Change change, Backend backend) {
        return change instanceof Change.Drain
                ? 0
                : backend.weight().asOptional().orElse(Limits.DEFAULT_WEIGHT);
    }

    private Lowered alone(Change change, Ids ids) {
        return switch (change) {
            case Change.Create create -> create(create.desired(), ids);
            case Change.Update update -> update(update.desired(), ids);
            case Change.Replace replace -> both(remove(replace.was().value(), ids), create(replace.desired(), ids));
            case Change.Remove remove -> remove(remove.was().value(), ids);
            case Change.Drain drain -> throw new IllegalArgumentException("a member: " + drain);
            case Change.Await await -> new Ready(List.of());
            case Change.Leave leave -> new Ready(List.of());
        };
    }

    private static Lowered both(Lowered first, Lowered second) {
        if (first instanceof Ready(List<Call> before) && second instanceof Ready(List<Call> after)) {
            List<Call> calls = new ArrayList<>(before);
            calls.addAll(after);
            return new Ready(calls);
        }
        return first instanceof Ready ? second : first;
    }

    private Lowered create(Resource desired, Ids ids) {
        return switch (desired) {
            case LoadBalancer balancer ->
                new Ready(List.of(new Call.CreateBalancer(
                        token(), request.owner(), request.key().text(), settings(balancer))));
            case Pool pool ->
                in(
                        ids,
                        id -> new Ready(List.of(new Call.CreateGroup(
                                id, mark(pool.key().object()), pool.key().name(), settings(pool)))));
            case Listener listener ->
                in(
                        ids,
                        id -> target(listener, ids)
                                .<Lowered>map(target -> new Ready(List.of(new Call.CreateListener(
                                        id,
                                        mark(pool(listener).object()),
                                        listener.key().transport(),
                                        listener.key().port(),
                                        listener.running(),
                                        options(listener),
                                        target))))
                                .orElseGet(() -> new Missing(pool(listener))));
            case Backend backend -> throw new IllegalArgumentException("a member: " + backend);
            case Rule rule -> new Unknown("rules");
            case AccessList list -> new Unknown("access lists");
            case Certificate certificate -> new Unknown("certificates");
        };
    }

    private String token() {
        return request.owner().token(request.attempt(), request.key().incarnation())
                + "-"
                + Mark.shortHash(request.key().text());
    }

    private Lowered update(Resource desired, Ids ids) {
        return switch (desired) {
            case LoadBalancer balancer ->
                in(ids, id -> new Ready(List.of(new Call.ModifyBalancer(id, settings(balancer)))));
            case Pool pool -> of(pool.key(), ids, (id, group) -> new Call.ModifyGroup(id, group, settings(pool)));
            case Listener listener ->
                of(
                        listener.key(),
                        ids,
                        (id, its) -> new Call.ModifyListener(
                                id, its, listener.running(), options(listener), target(listener, ids)));
            case Backend backend -> throw new IllegalArgumentException("a member: " + backend);
            case Rule rule -> new Unknown("rules");
            case AccessList list -> new Unknown("access lists");
            case Certificate certificate -> new Unknown("certificates");
        };
    }

    private Lowered remove(Resource was, Ids ids) {
        return switch (was) {
            case LoadBalancer balancer -> in(ids, id -> new Ready(removal(id, options(balancer.options()))));
            case Pool pool -> of(pool.key(), ids, Call.DeleteGroup::new);
            case Listener listener -> of(listener.key(), ids, Call.DeleteListener::new);
            case Backend backend -> throw new IllegalArgumentException("a member: " + backend);
            case Rule rule -> new Unknown("rules");
            case AccessList list -> new Unknown("access lists");
            case Certificate certificate -> new Unknown("certificates");
        };
    }

    /// A protection that is ours is lifted first.
    private static List<Call> removal(String id, FakeOptions.OfBalancer is) {
        Call delete = new Call.DeleteBalancer(id);
        BalancerSettings free = new BalancerSettings(
                Setting.unmanaged(),
                Setting.unmanaged(),
                FakeOptions.OfBalancer.unmanaged().protectedFromDeletion(false));
        return is.deletionProtection().equals(Setting.managed(true))
                ? List.of(new Call.ModifyBalancer(id, free), delete)
                : List.of(delete);
    }

    /// A call for something inside the load balancer.
    private interface Inner {
        Call call(String balancer, String its);
    }

    private Lowered of(Key key, Ids ids, Inner inner) {
        return in(
                ids,
                id -> ids.id(key)
                        .<Lowered>map(its -> new Ready(List.of(inner.call(id, its))))
                        .orElseGet(() -> new Missing(key)));
    }

    private Lowered in(Ids ids, java.util.function.Function<String, Lowered> call) {
        return ids.id(request.key()).map(call).orElseGet(() -> new Missing(request.key()));
    }

    private Optional<Call.Target> target(Listener listener, Ids ids) {
        PoolKey key = pool(listener);
        return traits.inlinePools()
                ? Optional.of(new Call.Target.Own(key.name(), settings(wanted(key))))
                : ids.id(key)
                        .map(group -> new Call.Target.ToGroup(
                                group, listener.standby().flatMap(ids::id)));
    }

    private Pool wanted(PoolKey key) {
        return request.pools().stream()
                .filter(pool -> pool.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the request lacks pool " + key.text()));
    }

    private static PoolKey pool(Listener listener) {
        return listener.pools().getFirst();
    }

    private Mark mark(ObjectKey object) {
        return request.claimants().stream()
                .filter(mark -> mark.object().equals(object))
                .findFirst()
                .orElse(request.owner());
    }

    private static BalancerSettings settings(LoadBalancer balancer) {
        return new BalancerSettings(balancer.scheme(), balancer.addressFamily(), options(balancer.options()));
    }

    private static FakeOptions.OfBalancer options(Options options) {
        return options instanceof FakeOptions.OfBalancer its ? its : FakeOptions.OfBalancer.unmanaged();
    }

    private static FakeOptions.OfListener options(Listener listener) {
        return listener.options() instanceof FakeOptions.OfListener its ? its : FakeOptions.OfListener.unmanaged();
    }

    private static GroupSettings settings(Pool pool) {
        return new GroupSettings(
                pool.transport(), pool.targets(), pool.healthCheck(), pool.stickiness(), pool.scheduling());
    }
}
