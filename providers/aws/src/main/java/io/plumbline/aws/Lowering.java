package io.plumbline.aws;

import io.plumbline.aws.Call.Forward;
import io.plumbline.aws.Call.Target;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.Outcome.Because;
import io.plumbline.spi.Provider.ApplyRequest;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.AccessList;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.Certificate;
import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.LoadBalancer;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.Pool.Targets;
import io.plumbline.spi.model.Resource;
import io.plumbline.spi.model.Rule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Changes -> calls: as few as the API allows, in the order of the changes. [LoweringParts] has the parts of a load
/// balancer.
final class Lowering {
    private final ApplyRequest request;
    private final LoweringParts parts;

    private Lowering(ApplyRequest request) {
        this.request = request;
        this.parts = new LoweringParts(request);
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

    /// Calls that belong together, one after the other, and the changes that they carry out.
    ///
    /// @param changes their indexes; in a batch of targets, one for each in the same order
    record Step(List<Call> calls, List<Integer> changes) {
        Step {
            calls = List.copyOf(calls);
            changes = List.copyOf(changes);
        }

        Step(Call call, List<Integer> changes) {
            this(List.of(call), changes);
        }
    }

    /// What one change needs.
    sealed interface Need {
        /// None at all: it is done.
        record Send(List<Call> calls) implements Need {
            public Send {
                calls = List.copyOf(calls);
            }
        }

        record Settled(Outcome outcome) implements Need {}
    }

    static Lowered lower(ApplyRequest request) {
        Lowering lowering = new Lowering(request);
        List<Step> single = new ArrayList<>();
        TreeMap<Integer, Outcome> settled = new TreeMap<>();
        for (int index = 0; index < request.changes().size(); index++) {
            switch (lowering.need(request.changes().get(index))) {
                case Need.Send(List<Call> calls) when calls.isEmpty() -> settled.put(index, new Outcome.Done());
                case Need.Send(List<Call> calls) -> single.add(new Step(calls, List.of(index)));
                case Need.Settled(Outcome outcome) -> settled.put(index, outcome);
            }
        }
        return new Lowered(Batches.merged(Batches.onceOnly(single)), settled);
    }

    private Need need(Change change) {
        return switch (change) {
            case Change.Create create -> create(create.desired());
            case Change.Update update -> update(update);
            case Change.Replace(var was, LoadBalancer wanted, var fields, var reason, var needs) -> create(wanted);
            case Change.Replace replace ->
                rejected("it cannot be replaced: remove its port from the Service and add it " + "again to get "
                        + replace.fields());
            case Change.Drain drain -> deregister(drain.was().value(), drain.reason());
            case Change.Remove remove -> remove(remove);
            case Change.Await await -> throw new IllegalArgumentException("nothing to apply: " + await.name());
            case Change.Leave leave -> throw new IllegalArgumentException("nothing to apply: " + leave.name());
        };
    }

    private Need create(Resource desired) {
        return switch (desired) {
            case LoadBalancer loadBalancer -> create(loadBalancer);
            case Pool pool -> send(parts.create(pool));
            case Listener listener -> parts.create(listener);
            case Backend backend -> register(backend);
            case AccessList list -> send(create(list));
            case Rule rule -> notYet(rule);
            case Certificate certificate -> notYet(certificate);
        };
    }

    private Need update(Change.Update update) {
        Resource was = update.was().value();
        return switch (update.desired()) {
            case LoadBalancer loadBalancer when was instanceof LoadBalancer old -> update(old, loadBalancer);
            case Pool pool
            when was instanceof Pool old ->
                sameMachines(old, pool)
                        ? rejected("the family of its machines' addresses cannot be changed: remove its port from the "
                                + "Service and add it again to get "
                                + GroupKind.of(pool).ipAddressType())
                        : send(parts.update(old, pool));
            case Listener listener when was instanceof Listener old -> parts.update(old, listener);
            case AccessList list when was instanceof AccessList old -> update(old, list);
            case Backend backend -> register(backend);
            case LoadBalancer other -> notYet(other);
            case Pool other -> notYet(other);
            case Listener other -> notYet(other);
            case AccessList other -> notYet(other);
            case Rule rule -> notYet(rule);
            case Certificate certificate -> notYet(certificate);
        };
    }

    /// By their names they would be in both of its target groups at once.
    private static boolean sameMachines(Pool was, Pool wanted) {
        return was.targets() == Targets.NODES
                && wanted.targets() == Targets.NODES
                && GroupKind.of(was) != GroupKind.of(wanted);
    }

    private Need remove(Change.Remove remove) {
        return switch (remove.was().value()) {
            case LoadBalancer loadBalancer -> remove(loadBalancer);
            case Listener listener -> byId(listener.key(), id -> List.of(new Call.DeleteListener(id)));
            case Pool pool ->
                byId(
                        pool.key(),
                        id -> GroupIds.parse(id)
                                .all()
                                .<Call>map(Call.DeleteTargetGroup::new)
                                .toList());
            case Backend backend -> deregister(backend, remove.reason());
            case AccessList list -> byId(list.key(), id -> List.of(new Call.DeleteSecurityGroup(id)));
            case Rule rule -> notYet(rule);
            case Certificate certificate -> notYet(certificate);
        };
    }

    private Need create(LoadBalancer wanted) {
        if (request.key() instanceof LoadBalancerKey.Existing) {
            return rejected("it is its user's: it is not made again");
        }
        AwsLoadBalancerOptions options = AwsLoadBalancerOptions.of(wanted.options());
        String name = options.name().asOptional().orElseGet(() -> Names.loadBalancer(request.owner(), request.key()));
        TreeMap<String, String> tags = new TreeMap<>(Names.withNote(Normalize.tags(options.tags())));
        tags.putAll(Names.tags(request.owner(), request.key()));
        options.subnets().asOptional().ifPresent(subnets -> tags.put(Names.SUBNETS_TAG, Names.joined(subnets)));
        List<Call> calls = new ArrayList<>();
        calls.add(new Call.CreateLoadBalancer(name, wanted, frontend(), tags));
        SortedMap<String, String> attributes =
                AttributeText.missing(options.attributes().managed(), LoadBalancerAttributes.defaults());
        if (!attributes.isEmpty()) {
            calls.add(new Call.ModifyLoadBalancerAttributes(Call.made(name), attributes));
        }
        options.rulesForPrivateLink()
                .asOptional()
                .filter("off"::equals)
                .ifPresent(off -> calls.add(setGroups(Call.made(name), options)));
        return new Need.Send(calls);
    }

    private Call setGroups(String loadBalancer, AwsLoadBalancerOptions options) {
        return new Call.SetSecurityGroups(
                loadBalancer,
                options.groups()
                        .asOptional()
                        .orElse(List.of(AwsLoadBalancerOptions.BACKEND, AwsLoadBalancerOptions.FRONTEND)),
                frontend(),
                options.rulesForPrivateLink().asOptional());
    }

    private Optional<String> frontend() {
        return request.ids().id(Normalize.accessListKey(request.key()));
    }

    private Need update(LoadBalancer was, LoadBalancer wanted) {
        Optional<String> id = request.ids().id(request.key());
        if (id.isEmpty()) {
            return unknown(wanted.key().text());
        }
        AwsLoadBalancerOptions old = AwsLoadBalancerOptions.of(was.options());
        AwsLoadBalancerOptions options = AwsLoadBalancerOptions.of(wanted.options());
        boolean none = old.groups().asOptional().filter(List::isEmpty).isPresent();
        boolean groups = LoweringParts.differs(options.groups(), old.groups());
        if (groups
                && (none || options.groups().asOptional().filter(List::isEmpty).isPresent())) {
            return rejected(
                    "AWS gives security groups to a load balancer only if it was made with some, and takes away "
                            + "all but the last: delete the Service and create it again");
        }
        List<Call> calls = new ArrayList<>();
        if (LoweringParts.differs(wanted.addressFamily(), was.addressFamily())) {
            wanted.addressFamily()
                    .asOptional()
                    .ifPresent(family -> calls.add(new Call.SetIpAddressType(id.get(), family)));
        }
        if (LoweringParts.differs(options.subnets(), old.subnets())) {
            TreeMap<String, String> note = new TreeMap<>();
            options.subnets().asOptional().ifPresent(names -> note.put(Names.SUBNETS_TAG, Names.joined(names)));
            calls.add(new Call.SetSubnets(id.get(), wanted));
            calls.add(new Call.AddTags(id.get(), note));
        }
        if (groups || LoweringParts.differs(options.rulesForPrivateLink(), old.rulesForPrivateLink())) {
            calls.add(setGroups(
                    id.get(), options.groups().asOptional().isPresent() ? options : withGroups(options, old)));
        }
        SortedMap<String, String> attributes = AttributeText.missing(
                options.attributes().managed(), old.attributes().managed());
        if (!attributes.isEmpty()) {
            calls.add(new Call.ModifyLoadBalancerAttributes(id.get(), attributes));
        }
        calls.addAll(LoweringParts.tags(id.get(), old.tags(), options.tags()));
        return send(calls);
    }

    private static AwsLoadBalancerOptions withGroups(AwsLoadBalancerOptions options, AwsLoadBalancerOptions old) {
        return new AwsLoadBalancerOptions(
                options.name(),
                options.subnets(),
                old.groups(),
                options.rulesForPrivateLink(),
                options.addresses(),
                options.tags(),
                options.frontend(),
                options.attributes());
    }

    /// A protection that was seen when this was decided is ours: it is lifted. One that came later is not.
    private Need remove(LoadBalancer gone) {
        boolean isProtected = AwsLoadBalancerOptions.of(gone.options())
                .attributes()
                .deletionProtection()
                .asOptional()
                .filter("true"::equals)
                .isPresent();
        TreeMap<String, String> lifted = new TreeMap<>();
        lifted.put(LoadBalancerAttributes.DELETION_PROTECTION, "false");
        return byId(
                request.key(),
                id -> Stream.<Call>concat(
                                isProtected
                                        ? Stream.of(new Call.ModifyLoadBalancerAttributes(id, lifted))
                                        : Stream.of(),
                                Stream.of(new Call.DeleteLoadBalancer(id)))
                        .toList());
    }

    private List<Call> create(AccessList wanted) {
        String name = Names.frontendGroup(request.owner(), request.key());
        List<Call> calls = new ArrayList<>();
        calls.add(new Call.CreateSecurityGroup(
                name,
                "Who may connect to the load balancer of "
                        + request.owner().object().text(),
                Names.tags(request.owner(), request.key())));
        List<SecurityRule> rules = AwsAccessListOptions.of(wanted.options()).read();
        if (!rules.isEmpty()) {
            calls.add(new Call.AuthorizeRules(Call.made(name), rules));
        }
        return calls;
    }

    private Need update(AccessList was, AccessList wanted) {
        List<SecurityRule> old = AwsAccessListOptions.of(was.options()).read();
        List<SecurityRule> rules = AwsAccessListOptions.of(wanted.options()).read();
        List<SecurityRule> added =
                rules.stream().filter(rule -> !old.contains(rule)).toList();
        List<SecurityRule> removed =
                old.stream().filter(rule -> !rules.contains(rule)).toList();
        return byId(wanted.key(), id -> {
            List<Call> calls = new ArrayList<>();
            if (!added.isEmpty()) {
                calls.add(new Call.AuthorizeRules(id, added));
            }
            if (!removed.isEmpty()) {
                calls.add(new Call.RevokeRules(id, removed));
            }
            return calls;
        });
    }

    private Need register(Backend backend) {
        return parts.group(backend)
                .<Need>map(group -> new Need.Send(List.of(new Call.Register(
                        group,
                        backend.key().pool().name(),
                        List.of(target(backend)),
                        request.ids().id(BackendGroup.KEY),
                        parts.checkPort(backend.key().pool())))))
                .orElseGet(() -> unknown(backend.key().pool().text()));
    }

    /// Members that others have replaced go when the listener has gone over to those others.
    private Need deregister(Backend backend, Reason reason) {
        Optional<String> group = parts.present(backend);
        if (group.isEmpty()) {
            return request.ids().id(backend.key().pool()).isPresent()
                    ? new Need.Settled(new Outcome.Done())
                    : unknown(backend.key().pool().text());
        }
        Call deregister = new Call.Deregister(group.get(), List.of(target(backend)));
        return parts.goingOver(backend, reason)
                .<Need>map(over -> new Need.Send(List.of(over, deregister)))
                .orElseGet(() -> new Need.Send(List.of(deregister)));
    }

    private static Target target(Backend backend) {
        return new Target(backend.key().address(), backend.key().port());
    }

    private Need byId(io.plumbline.spi.model.Key key, java.util.function.Function<String, List<Call>> calls) {
        return request.ids().id(key).map(id -> send(calls.apply(id))).orElseGet(() -> unknown(key.text()));
    }

    private static Need send(List<Call> calls) {
        return new Need.Send(calls);
    }

    static Need notYet(Resource resource) {
        return rejected(resource.key().kind().text() + " " + resource.key().text() + " is not supported yet");
    }

    static Need rejected(String message) {
        return new Need.Settled(new Outcome.Rejected(Because.INVALID, message));
    }

    static Need unknown(String what) {
        return new Need.Settled(Failures.stale("the identifier of " + what + " is not known"));
    }

    static List<Forward> only(String group) {
        return List.of(new Forward(group, 1));
    }
}
