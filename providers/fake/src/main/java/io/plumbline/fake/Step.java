package io.plumbline.fake;

import io.plumbline.fake.FakeState.Balancer;
import io.plumbline.fake.FakeState.BalancerSettings;
import io.plumbline.fake.FakeState.Group;
import io.plumbline.fake.FakeState.GroupSettings;
import io.plumbline.fake.FakeState.Listener;
import io.plumbline.fake.Reply.Code;
import io.plumbline.fake.Reply.Refusal;
import io.plumbline.spi.Capabilities;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Setting;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// (what the cloud holds, a call) -> what it holds then. Pure.
final class Step {
    private static final int ADDRESSES = 250;

    private Step() {}

    /// What a step depends on beside the state and the call.
    ///
    /// @param number of the call: new identifiers are made of it
    /// @param everySecondFails of the members in the call
    record Context(Traits traits, Instant now, int number, boolean everySecondFails) {
        Context at(Instant due) {
            return new Context(traits, due, number, everySecondFails);
        }
    }

    /// What came of it.
    sealed interface Result {}

    /// Done.
    ///
    /// @param id of what was made, or found to be there already; empty otherwise
    /// @param failures of single members, by their place in the call
    record Taken(FakeState state, String id, SortedMap<Integer, Refusal> failures) implements Result {
        Taken(FakeState state, String id) {
            this(state, id, new TreeMap<>());
        }
    }

    /// Refused; nothing has changed.
    record Impossible(Refusal refusal) implements Result {}

    static Result take(FakeState state, Call call, Context context) {
        FakeState now = shown(state, context.now());
        return switch (call) {
            case Call.CreateBalancer create -> createBalancer(now, create, context);
            case Call.ModifyBalancer(String id, BalancerSettings settings) ->
                in(now, id, balancer -> modify(now, balancer, settings));
            case Call.DeleteBalancer(String id) -> in(now, id, balancer -> delete(now, balancer, context));
            case Call.CreateGroup create -> in(now, create.balancer(), it -> createGroup(now, it, create, context));
            case Call.ModifyGroup(String id, String group, GroupSettings settings) ->
                in(now, id, balancer -> modifyGroup(now, balancer, group, settings, context));
            case Call.DeleteGroup(String id, String group) ->
                in(now, id, balancer -> deleteGroup(now, balancer, group));
            case Call.CreateListener create ->
                in(now, create.balancer(), it -> createListener(now, it, create, context));
            case Call.ModifyListener modify ->
                in(now, modify.balancer(), it -> modifyListener(now, it, modify, context));
            case Call.DeleteListener(String id, String listener) ->
                in(now, id, balancer -> deleteListener(now, balancer, listener, context));
            case Call.AddMembers(String id, List<Call.MemberSpec> members) ->
                in(
                        now,
                        id,
                        it -> new MemberStep(context, it)
                                .each(members, MemberStep::add)
                                .in(now));
            case Call.SetWeights(String id, List<Call.MemberSpec> members) ->
                in(
                        now,
                        id,
                        it -> new MemberStep(context, it)
                                .each(members, MemberStep::weigh)
                                .in(now));
            case Call.RemoveMembers(String id, List<Call.MemberSpec> members) ->
                in(
                        now,
                        id,
                        it -> new MemberStep(context, it)
                                .each(members, MemberStep::remove)
                                .in(now));
        };
    }

    /// The state at this moment: new load balancers have become active, drained members have left.
    static FakeState shown(FakeState state, Instant now) {
        return new FakeState(
                state.balancers().stream().map(balancer -> shown(balancer, now)).toList());
    }

    private static Balancer shown(Balancer balancer, Instant now) {
        List<Group> groups = balancer.groups().stream()
                .map(group -> group.withMembers(group.members().stream()
                        .filter(member -> member.leavesAt()
                                .filter(leaves -> !leaves.isAfter(now))
                                .isEmpty())
                        .toList()))
                .toList();
        boolean active = balancer.state() == Actual.State.PROVISIONING && !now.isBefore(balancer.activeAt());
        return balancer.in(active ? Actual.State.ACTIVE : balancer.state()).holding(balancer.listeners(), groups);
    }

    private static Result in(FakeState state, String id, Function<Balancer, Result> step) {
        return state.balancer(id).map(step).orElseGet(() -> refused(Code.NOT_FOUND, "no load balancer " + id));
    }

    private static Result createBalancer(FakeState state, Call.CreateBalancer create, Context context) {
        Optional<Balancer> same = state.balancers().stream()
                .filter(balancer -> balancer.token().equals(create.token()))
                .findFirst();
        if (same.isPresent()) {
            return new Taken(state, same.get().id());
        }
        String id = "lb-" + context.number();
        Balancer made = new Balancer(
                id,
                Optional.of(create.mark()),
                create.name(),
                create.token(),
                Optional.empty(),
                "192.0.2." + (2 + context.number() % ADDRESSES),
                create.settings().or(BalancerSettings.defaults()),
                create.settings().options().deletionProtection().equals(Setting.managed(true)),
                Actual.State.PROVISIONING,
                context.now().plus(context.traits().pace().provisioning()),
                List.of(),
                List.of());
        return new Taken(
                new FakeState(Stream.concat(state.balancers().stream(), Stream.of(made))
                        .toList()),
                id);
    }

    private static Result modify(FakeState state, Balancer balancer, BalancerSettings wanted) {
        BalancerSettings settings = wanted.or(balancer.settings());
        boolean fixed = settings.scheme().equals(balancer.settings().scheme())
                && settings.family().equals(balancer.settings().family())
                && settings.options()
                        .zone()
                        .equals(balancer.settings().options().zone());
        return fixed
                ? new Taken(
                        state.with(balancer.with(settings)
                                .protectedFromDeletion(wanted.options()
                                        .deletionProtection()
                                        .asOptional()
                                        .orElse(balancer.protectedFromDeletion()))),
                        "")
                : refused(Code.INVALID, "scheme, address family and zone are chosen at creation");
    }

    private static Result delete(FakeState state, Balancer balancer, Context context) {
        if (balancer.protectedFromDeletion()) {
            return refused(Code.PROTECTED, balancer.id() + " is protected from deletion");
        }
        boolean empty = balancer.listeners().isEmpty() && balancer.groups().isEmpty();
        return empty || context.traits().cascade() != Capabilities.Cascade.NOTHING
                ? new Taken(state.without(balancer.id()), "")
                : refused(Code.IN_USE, balancer.id() + " is not empty");
    }

    private static Result createGroup(FakeState state, Balancer balancer, Call.CreateGroup create, Context context) {
        if (context.traits().inlinePools()) {
            return refused(Code.INVALID, "pools live inside their listener");
        }
        Optional<Group> same = balancer.groups().stream()
                .filter(group ->
                        group.name().equals(create.name()) && group.mark().equals(Optional.of(create.mark())))
                .findFirst();
        if (same.isPresent()) {
            return new Taken(state, same.get().id());
        }
        GroupSettings settings =
                create.settings().or(GroupSettings.defaults(create.settings().transport()));
        Group made =
                new Group("grp-" + context.number(), Optional.of(create.mark()), create.name(), settings, List.of());
        return new Taken(state.with(balancer.put(made)), made.id());
    }

    private static Result modifyGroup(
            FakeState state, Balancer balancer, String id, GroupSettings settings, Context context) {
        Optional<Group> found = balancer.group(id);
        if (found.filter(group -> group.settings().targets() != settings.targets()
                        && context.traits().quirks().poolsOfOneKind())
                .isPresent()) {
            return refused(Code.INVALID, "a group is of Pods or of nodes for ever");
        }
        return found.<Result>map(group ->
                        new Taken(state.with(balancer.put(group.with(settings.or(group.settings())))), ""))
                .orElseGet(() -> refused(Code.NOT_FOUND, "no group " + id));
    }

    private static Result deleteGroup(FakeState state, Balancer balancer, String id) {
        if (balancer.group(id).isEmpty()) {
            return refused(Code.NOT_FOUND, "no group " + id);
        }
        return balancer.listeners().stream().anyMatch(listener -> listener.attaches(id))
                ? refused(Code.IN_USE, "a listener leads to " + id)
                : new Taken(state.with(balancer.withoutGroup(id)), "");
    }

    private static Result createListener(
            FakeState state, Balancer balancer, Call.CreateListener create, Context context) {
        Optional<Listener> there = balancer.listeners().stream()
                .filter(listener ->
                        listener.port() == create.port() && listener.transport().overlaps(create.transport()))
                .findFirst();
        if (there.isPresent()) {
            return refused(Code.ALREADY_EXISTS, there.get().id() + " already listens on port " + create.port());
        }
        String id = "lsn-" + context.number();
        Listener made = new Listener(
                id,
                Optional.of(create.mark()),
                create.transport(),
                create.port(),
                create.running(),
                create.options().or(Listener.defaults()),
                groupOf(create.target(), id),
                standbyOf(create.target()));
        return switch (create.target()) {
            case Call.Target.ToGroup(String group, Optional<String> standby) ->
                balancer.group(group).isPresent()
                        ? new Taken(state.with(balancer.put(made)), id)
                        : refused(Code.NOT_FOUND, "no group " + group);
            case Call.Target.Own(String name, GroupSettings settings) -> {
                GroupSettings full = settings.or(GroupSettings.defaults(settings.transport()));
                Group own = new Group(id, Optional.of(create.mark()), name, full, List.of());
                yield new Taken(state.with(balancer.put(own).put(made)), id);
            }
        };
    }

    private static String groupOf(Call.Target target, String listener) {
        return switch (target) {
            case Call.Target.ToGroup(String group, Optional<String> standby) -> group;
            case Call.Target.Own own -> listener;
        };
    }

    private static Optional<String> standbyOf(Call.Target target) {
        return switch (target) {
            case Call.Target.ToGroup(String group, Optional<String> standby) -> standby;
            case Call.Target.Own own -> Optional.empty();
        };
    }

    private static Result modifyListener(
            FakeState state, Balancer balancer, Call.ModifyListener modify, Context context) {
        Optional<Listener> found = balancer.listener(modify.listener());
        if (found.isEmpty()) {
            return refused(Code.NOT_FOUND, "no listener " + modify.listener());
        }
        Listener was = found.get();
        FakeOptions.OfListener options = modify.options().or(was.options());
        if (!options.proxyProtocol().equals(was.options().proxyProtocol())) {
            return refused(Code.INVALID, "the proxy protocol is chosen when the listener is made");
        }
        Listener changed = new Listener(
                was.id(),
                was.mark(),
                was.transport(),
                was.port(),
                modify.running(),
                options,
                modify.target().map(target -> groupOf(target, was.id())).orElse(was.group()),
                modify.target().map(Step::standbyOf).orElse(was.standby()));
        Balancer then = balancer.put(changed);
        if (modify.target().isPresent() && modify.target().get() instanceof Call.Target.Own own) {
            return modifyGroup(state.with(then), then, was.id(), own.settings(), context);
        }
        return then.group(changed.group()).isPresent()
                ? new Taken(state.with(then), "")
                : refused(Code.NOT_FOUND, "no group " + changed.group());
    }

    private static Result deleteListener(FakeState state, Balancer balancer, String id, Context context) {
        if (balancer.listener(id).isEmpty()) {
            return refused(Code.NOT_FOUND, "no listener " + id);
        }
        Balancer without = balancer.withoutListener(id);
        return new Taken(state.with(context.traits().inlinePools() ? without.withoutGroup(id) : without), "");
    }

    private static Result refused(Code code, String message) {
        return new Impossible(new Refusal(code, message));
    }
}
