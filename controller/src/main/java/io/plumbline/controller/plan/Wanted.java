package io.plumbline.controller.plan;

import io.plumbline.controller.plan.Members.Judged;
import io.plumbline.controller.plan.Ports.Port;
import io.plumbline.controller.plan.Step.Wish;
import io.plumbline.spi.Capabilities.Mutability;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.ChangeName;
import io.plumbline.spi.change.FieldChange;
import io.plumbline.spi.change.Plan;
import io.plumbline.spi.model.AccessList;
import io.plumbline.spi.model.AccessListKey;
import io.plumbline.spi.model.Actual.Found;
import io.plumbline.spi.model.Actual.FoundPool;
import io.plumbline.spi.model.Desired.DesiredPool;
import io.plumbline.spi.model.Desired.Problem;
import io.plumbline.spi.model.Key;
import io.plumbline.spi.model.Kind;
import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.LoadBalancer;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Owned;
import io.plumbline.spi.model.Ownership.Foreign;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.Resource;
import io.plumbline.spi.model.Rule;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.objects.ObjectKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Plans a load balancer that is wanted: from the outside inwards, each part needing what holds it.
final class Wanted {
    private final Situation situation;
    private final Draft draft = new Draft();

    private Wanted(Situation situation) {
        this.situation = situation;
    }

    static Plan plan(Situation situation) {
        Wanted wanted = new Wanted(situation);
        wanted.shared();
        Step balancer = wanted.balancer();
        return balancer.changes().stream()
                .flatMap(change -> change instanceof Change.Replace replace ? Stream.of(replace) : Stream.of())
                .findFirst()
                .map(replace -> Incarnation.plan(situation, replace))
                .orElseGet(() -> wanted.inPlace(balancer));
    }

    private Plan inPlace(Step balancer) {
        draft.problems(situation.desired().problems());
        draft.add(balancer);
        if (usable()) {
            Ports ports = Ports.of(situation);
            draft.problems(ports.problems());
            List<Rule> rules = rules(ports);
            List<DesiredPool> pools = pools(ports, rules);
            List<Judged> judged = parts(ports.ports(), rules, pools);
            Leftovers leftovers = Leftovers.of(situation, ports, rules, pools);
            draft.add(leftovers.removals(draft));
            draft.add(leftovers.strangers());
            draft.add(Members.changes(judged, Moves.of(situation, leftovers), situation));
        }
        return draft.plan(situation.desired().key());
    }

    /// What holds members is drafted before these are judged: pools, or the listeners and rules that they are part of.
    private List<Judged> parts(List<Port> ports, List<Rule> rules, List<DesiredPool> pools) {
        if (!situation.inline()) {
            pools.forEach(this::pool);
        }
        List<Judged> standing = situation.inline() ? List.of() : judged(pools);
        ports.forEach(port -> listener(port, standing));
        rules.forEach(this::rule);
        return situation.inline() ? judged(pools) : standing;
    }

    /// Something can be put on it.
    private boolean usable() {
        return situation
                .actual()
                .loadBalancer()
                .map(found -> !(found.resource() instanceof Foreign))
                .orElse(mayBeMade());
    }

    /// A load balancer that its user made is never made again.
    private boolean mayBeMade() {
        return situation.desired().loadBalancer().isPresent()
                && !(situation.desired().key() instanceof LoadBalancerKey.Existing);
    }

    private Step balancer() {
        Optional<Found<LoadBalancer>> found = situation.actual().loadBalancer();
        LoadBalancerKey key = situation.desired().key();
        if (found.isPresent() && found.get().resource() instanceof Foreign<LoadBalancer>(LoadBalancer it, String why)) {
            Step left = Step.leave(it.key(), why);
            return new Step(left.changes(), toldAll(object -> Refusals.foreign(object, key.text(), why)));
        }
        if (found.isEmpty() && !mayBeMade()) {
            boolean named = key instanceof LoadBalancerKey.Existing;
            return new Step(List.of(), named ? toldAll(object -> Refusals.missing(object, key.text())) : List.of());
        }
        return situation
                .desired()
                .loadBalancer()
                .map(desired -> new Wish(
                        desired,
                        differences(desired, found),
                        situation.owner(),
                        replaceable(),
                        draft.making(accessListKeys())))
                .map(wish -> Step.of(wish, found, situation.capabilities()))
                .orElse(Step.NOTHING);
    }

    /// Everybody who wants something of it.
    private List<Problem> toldAll(Function<ObjectKey, Problem> problem) {
        return situation.desired().claimants().stream()
                .filter(claimant -> !claimant.released())
                .map(claimant -> problem.apply(claimant.mark().object()))
                .toList();
    }

    /// One that is shared is never made anew: a consent of one claimant does not speak for the others.
    private boolean replaceable() {
        return situation.desired().key() instanceof LoadBalancerKey.Managed
                && situation.replaceAllowed(situation.owner());
    }

    private List<Key> accessListKeys() {
        return situation.desired().accessLists().stream()
                .<Key>map(AccessList::key)
                .toList();
    }

    /// What several load balancers may share, and what one may be made with. Nothing of the kind is made for one that
    /// does not exist and may not be made.
    private void shared() {
        if (!usable()) {
            return;
        }
        situation.desired().accessLists().stream()
                .sorted(Comparator.comparing(AccessList::key))
                .forEach(list -> draft.add(
                        step(list, find(list, situation.actual().accessLists()), situation.owner(), List.of())));
        situation
                .desired()
                .certificates()
                .forEach(certificate -> draft.add(step(
                        certificate,
                        find(certificate, situation.actual().certificates()),
                        situation.owner(),
                        List.of())));
    }

    private void pool(DesiredPool wanted) {
        Pool pool = wanted.pool();
        Optional<Found<Pool>> found = situation.actual().pool(pool.key()).map(FoundPool::pool);
        List<FieldChange> fields = differences(pool, found).stream()
                .filter(field -> isLedTo(pool.key())
                        || Step.mutability(Kind.POOL, field.field(), situation.capabilities())
                                != Mutability.WITH_LISTENER)
                .toList();
        ObjectKey answers = pool.key().object();
        draft.add(Step.of(
                new Wish(pool, fields, answers, situation.replaceAllowed(answers), holding()),
                found,
                situation.capabilities()));
    }

    /// By a listener of ours.
    private boolean isLedTo(PoolKey pool) {
        return situation.actual().listeners().stream()
                .filter(found -> found.resource() instanceof Owned)
                .anyMatch(found -> found.resource().value().pools().contains(pool));
    }

    private void listener(Port port, List<Judged> standing) {
        Takeover takeover = Takeover.of(port, situation, standing);
        Listener listener = takeover.listener();
        List<ChangeName> needs = new ArrayList<>(holding());
        needs.addAll(draft.making(references(listener)));
        needs.addAll(takeover.needs());
        port.displaced().forEach(gone -> needs.add(Leftovers.removalOf(gone)));
        draft.add(holder(listener, listener.pools(), port.winner().mark().object(), port.kept(), needs));
        draft.add(takeover.changes());
    }

    private List<Judged> judged(List<DesiredPool> pools) {
        return Members.judge(pools.stream().map(this::membersOf).toList(), situation);
    }

    private void rule(Rule rule) {
        List<Key> inside = new ArrayList<>(rule.action().pools());
        inside.add(rule.key().listener());
        draft.add(holder(
                rule,
                rule.action().pools(),
                rule.action().pools().stream().map(PoolKey::object).findFirst().orElse(situation.owner()),
                find(rule, situation.actual().rules()),
                draft.making(inside)));
    }

    /// A listener or rule, together with its pools where these are inline.
    ///
    /// @param answers whose it is
    private Step holder(
            Resource desired,
            List<PoolKey> pools,
            ObjectKey answers,
            Optional<? extends Found<? extends Resource>> found,
            List<ChangeName> needs) {
        List<FieldChange> fields = new ArrayList<>(differences(desired, found));
        if (situation.inline() && found.isPresent()) {
            pools.forEach(pool -> fields.addAll(Step.prefixed(poolDifferences(pool))));
        }
        return Step.of(
                new Wish(desired, fields, answers, situation.replaceAllowed(answers), needs),
                found,
                situation.capabilities());
    }

    private List<FieldChange> poolDifferences(PoolKey key) {
        return situation.desired().pools().stream()
                .map(DesiredPool::pool)
                .filter(pool -> pool.key().equals(key))
                .flatMap(pool -> situation.actual().pool(key).stream()
                        .flatMap(found ->
                                Diff.fields(pool, found.pool().resource().value()).stream()))
                .toList();
    }

    private Step step(
            Resource desired,
            Optional<? extends Found<? extends Resource>> found,
            ObjectKey answers,
            List<ChangeName> needs) {
        return Step.of(
                new Wish(desired, differences(desired, found), answers, situation.replaceAllowed(answers), needs),
                found,
                situation.capabilities());
    }

    private static List<FieldChange> differences(
            Resource desired, Optional<? extends Found<? extends Resource>> found) {
        return found.map(there -> Diff.fields(desired, there.resource().value()))
                .orElse(List.of());
    }

    private static <T extends Resource> Optional<Found<T>> find(Resource desired, List<Found<T>> among) {
        return among.stream()
                .filter(found -> found.resource().value().key().equals(desired.key()))
                .findFirst();
    }

    /// What makes the load balancer, if it is to be made.
    private List<ChangeName> holding() {
        return draft.making(List.of(situation.desired().key()));
    }

    private static List<Key> references(Listener listener) {
        List<Key> keys = new ArrayList<>(listener.pools());
        listener.standby().ifPresent(keys::add);
        switch (listener) {
            case Listener.Tcp tcp -> accessList(tcp.accessList(), keys);
            case Listener.Udp udp -> accessList(udp.accessList(), keys);
            case Listener.TcpUdp tcpUdp -> accessList(tcpUdp.accessList(), keys);
            case Listener.Http http -> accessList(http.accessList(), keys);
            case Listener.Tls tls -> {
                accessList(tls.accessList(), keys);
                keys.addAll(tls.certificates());
            }
            case Listener.Https https -> {
                accessList(https.accessList(), keys);
                keys.addAll(https.certificates());
            }
        }
        return keys;
    }

    private static void accessList(Setting<Optional<AccessListKey>> accessList, List<Key> keys) {
        accessList.asOptional().flatMap(list -> list).ifPresent(keys::add);
    }

    private List<Rule> rules(Ports ports) {
        return situation.desired().rules().stream()
                .filter(rule -> ports.ports().stream()
                        .anyMatch(
                                port -> port.listener().key().equals(rule.key().listener())))
                .sorted(Comparator.comparing(Rule::key))
                .toList();
    }

    /// Pools that something leads to, and those that only their user's own listeners lead to.
    private List<DesiredPool> pools(Ports ports, List<Rule> rules) {
        List<PoolKey> referenced = new ArrayList<>(poolsOnly());
        ports.ports().forEach(port -> referenced.addAll(port.listener().pools()));
        rules.forEach(rule -> referenced.addAll(rule.action().pools()));
        return situation.desired().pools().stream()
                .filter(pool -> referenced.contains(pool.pool().key()))
                .sorted(Comparator.comparing(pool -> pool.pool().key()))
                .toList();
    }

    /// Nobody claims a listener or rule for them.
    private List<PoolKey> poolsOnly() {
        List<PoolKey> claimed = new ArrayList<>();
        situation
                .desired()
                .listeners()
                .forEach(claims -> claims.claims()
                        .forEach(claim -> claimed.addAll(claim.listener().pools())));
        situation.desired().rules().forEach(rule -> claimed.addAll(rule.action().pools()));
        return situation.desired().pools().stream()
                .map(pool -> pool.pool().key())
                .filter(pool -> !claimed.contains(pool))
                .toList();
    }

    private Members.PoolWork membersOf(DesiredPool pool) {
        List<ChangeName> making = draft.making(holdersOf(pool.pool().key()));
        return new Members.PoolWork(
                pool,
                making.isEmpty()
                        ? situation
                                .actual()
                                .pool(pool.pool().key())
                                .map(FoundPool::members)
                                .orElse(List.of())
                        : List.of(),
                making);
    }

    /// What must exist before the pool can have members.
    private List<Key> holdersOf(PoolKey pool) {
        if (!situation.inline()) {
            return List.of(pool);
        }
        List<Key> holders = new ArrayList<>();
        situation
                .desired()
                .listeners()
                .forEach(claims -> claims.claims().stream()
                        .filter(claim -> claim.listener().pools().contains(pool))
                        .forEach(claim -> holders.add(claims.key())));
        situation.desired().rules().stream()
                .filter(rule -> rule.action().pools().contains(pool))
                .forEach(rule -> holders.add(rule.key()));
        return holders;
    }
}
