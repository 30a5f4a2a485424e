package io.plumbline.fake;

import io.plumbline.fake.FakeState.Balancer;
import io.plumbline.fake.Lowering.Batch;
import io.plumbline.fake.Reply.Receipt;
import io.plumbline.fake.Reply.Refusal;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.Provider.ApplyRequest;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.model.Ids;
import io.plumbline.spi.model.Key;
import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.ListenerKey;
import io.plumbline.spi.model.LoadBalancerKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// One request under way: its calls one after the other, and what each brought.
final class Applying {
    private final Calls calls;
    private final Traits traits;
    private final ApplyRequest request;
    private final SortedMap<Integer, Outcome> outcomes = new TreeMap<>();
    private Ids ids;
    private boolean cloudIsBusy;

    Applying(Calls calls, Traits traits, ApplyRequest request) {
        this.calls = calls;
        this.traits = traits;
        this.request = request;
        this.ids = request.ids();
    }

    List<Outcome> all() {
        Lowering lowering = new Lowering(traits, request);
        for (Batch batch : lowering.batches()) {
            if (cloudIsBusy) {
                Outcome.Retry postponed = new Outcome.Retry(
                        traits.pace().task(), Outcome.Why.POSTPONED, "the cloud works on a change before");
                batch.places().forEach(place -> outcomes.put(place, postponed));
            } else {
                take(batch, lowering.lower(batch, ids));
            }
        }
        return new ArrayList<>(outcomes.values());
    }

    private void take(Batch batch, Lowering.Lowered lowered) {
        switch (lowered) {
            case Lowering.Missing(Key key) -> {
                String message = "no identifier of " + key.text() + " is known";
                batch.places()
                        .forEach(place ->
                                outcomes.put(place, new Outcome.Retry(Duration.ZERO, Outcome.Why.STALE, message)));
            }
            case Lowering.Unknown(String what) ->
                batch.places()
                        .forEach(place -> outcomes.put(
                                place, new Outcome.Rejected(Outcome.Because.INVALID, "this cloud has no " + what)));
            case Lowering.Ready(List<Call> ready) -> send(batch, ready);
        }
    }

    private void send(Batch batch, List<Call> ready) {
        batch.places().forEach(place -> outcomes.put(place, new Outcome.Done()));
        for (Call call : ready) {
            Reply<Receipt> reply =
                    found(call).<Reply<Receipt>>map(Reply.Ok::new).orElseGet(() -> calls.write(call));
            for (int member = 0; member < batch.places().size(); member++) {
                int place = batch.places().get(member);
                outcomes.put(place, outcome(request.changes().get(place), reply, member));
            }
            if (!batch.places().stream().allMatch(place -> outcomes.get(place) instanceof Outcome.Done)) {
                break;
            }
        }
    }

    /// A load balancer with our mark that an earlier attempt made, with whatever token.
    private Optional<Receipt> found(Call call) {
        if (!(call instanceof Call.CreateBalancer)) {
            return Optional.empty();
        }
        return Failures.answer(calls.balancers(balancer -> Reader.isMeant(request.key(), request.owner(), balancer)))
                .asOptional()
                .flatMap(found -> found.stream().findFirst())
                .map(balancer -> new Receipt(balancer.id(), Optional.empty(), new TreeMap<>()));
    }

    private Outcome outcome(Change change, Reply<Receipt> reply, int member) {
        return switch (reply) {
            case Reply.Ok<Receipt>(Receipt receipt) ->
                receipt.failures().containsKey(member)
                        ? Failures.outcome(change.verb(), receipt.failures().get(member))
                        : succeeded(change, receipt);
            case Reply.Refused<Receipt>(Refusal refusal) ->
                refusal.code() == Reply.Code.ALREADY_EXISTS && change.key() instanceof ListenerKey key
                        ? ours(change, key, refusal)
                        : Failures.outcome(change.verb(), refusal);
            case Reply.NoAnswer<Receipt>() -> Failures.noAnswer();
            case Reply.Held<Receipt>(Outcome.Retry retry) -> retry;
        };
    }

    private Outcome succeeded(Change change, Receipt receipt) {
        Ids its = receipt.id().isEmpty() ? Ids.none() : ids(change, receipt.id());
        if (receipt.task().isPresent()) {
            cloudIsBusy = true;
            Outcome.Task task =
                    new Outcome.Task(receipt.task().get(), change.verb().text(), its);
            return new Outcome.Pending(task, traits.pace().task());
        }
        ids = ids.and(its);
        return new Outcome.Done(its);
    }

    /// Where pools are inline a listener's identifier is its pool's as well.
    private Ids ids(Change change, String id) {
        Ids.Collector its = new Ids.Collector().put(change.key(), id);
        if (traits.inlinePools()
                && change instanceof Change.Create create
                && create.desired() instanceof Listener listener) {
            listener.pools().forEach(pool -> its.put(pool, id));
        }
        return its.collect();
    }

    /// The port is taken: done if that is our own listener, made by a call whose answer was lost.
    private Outcome ours(Change change, ListenerKey key, Refusal refusal) {
        LoadBalancerKey balancer = key.loadBalancer();
        Optional<String> id = ids.id(balancer);
        return Failures.answer(calls.balancers(seen -> Optional.of(seen.id()).equals(id)))
                .asOptional()
                .flatMap(found -> found.stream().findFirst())
                .flatMap(found -> listener(found, key))
                .<Outcome>map(listener -> succeeded(change, new Receipt(listener, Optional.empty(), new TreeMap<>())))
                .orElseGet(() -> Failures.outcome(change.verb(), refusal));
    }

    private Optional<String> listener(Balancer balancer, ListenerKey key) {
        return balancer.listeners().stream()
                .filter(listener -> listener.port() == key.port()
                        && listener.transport() == key.transport()
                        && listener.mark().filter(request.claimants()::contains).isPresent())
                .findFirst()
                .map(FakeState.Listener::id);
    }
}
