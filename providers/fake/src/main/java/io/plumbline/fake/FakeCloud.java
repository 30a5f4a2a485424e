package io.plumbline.fake;

import io.plumbline.fake.FakeState.Balancer;
import io.plumbline.fake.Faults.Effect;
import io.plumbline.fake.Reply.Code;
import io.plumbline.fake.Reply.GroupHealth;
import io.plumbline.fake.Reply.Receipt;
import io.plumbline.fake.Reply.Refusal;
import io.plumbline.fake.Reply.TaskStatus;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Health;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// The cloud: what it holds, what it works on, what goes wrong in it. It outlives every [FakeProvider]
/// that talks to it.
///
/// Time comes from the source that it was given; whatever is due by then has happened. Thread-safe.
public final class FakeCloud {
    private final Traits traits;
    private final InstantSource time;
    private final Faults faults = new Faults();
    private final ChangeLog log = new ChangeLog();
    private final SortedMap<String, Health.Status> said = new TreeMap<>();
    private final SortedSet<String> unknownAddresses = new TreeSet<>();
    private final Tasks tasks = new Tasks();
    private final Versions versions;
    private int numbered;

    /// An empty cloud.
    public FakeCloud(Traits traits, InstantSource time) {
        this(traits, time, FakeState.empty());
    }

    public FakeCloud(Traits traits, InstantSource time, FakeState state) {
        this.traits = traits;
        this.time = time;
        this.versions = new Versions(state);
    }

    public Traits traits() {
        return traits;
    }

    public Faults faults() {
        return faults;
    }

    public ChangeLog log() {
        return log;
    }

    /// Everything that it holds now.
    public synchronized FakeState state() {
        settle();
        return shown(versions.current());
    }

    /// Holds this from now on, as if it had been there for ever.
    public synchronized void load(FakeState state) {
        tasks.clear();
        versions.restart(state);
    }

    /// What a stranger does to it by hand.
    public synchronized void edit(String what, UnaryOperator<FakeState> change) {
        settle();
        log.add(new ChangeLog.Entry(time.instant(), "stranger", "Edit", "", what));
        become(time.instant(), change.apply(versions.current()));
    }

    /// From now on the health check says this of `endpoint` (`10.0.3.7:80`), wherever it is or becomes
    /// a member.
    public synchronized void setHealth(String endpoint, Health.Status status) {
        settle();
        said.put(endpoint, status);
        become(time.instant(), versions.current());
    }

    /// How many members of a group get new connections and are healthy, now.
    public synchronized int serving(String group) {
        settle();
        return state().balancers().stream()
                .flatMap(balancer -> HealthRule.of(balancer, said, traits, time.instant()).stream())
                .filter(one -> one.group().equals(group))
                .flatMap(one -> one.members().stream())
                .filter(one ->
                        one.member().weight() > 0 && one.member().leavesAt().isEmpty())
                .mapToInt(one -> one.status().serves() ? 1 : 0)
                .sum();
    }

    /// From now on this address is not of our network.
    public synchronized void forget(Address address) {
        unknownAddresses.add(address.text());
    }

    /// And from now on it is.
    public synchronized void remember(Address address) {
        unknownAddresses.remove(address.text());
    }

    /// What the cloud calls the target that has an address.
    static String nameOf(Address address) {
        return switch (address) {
            case Address.Ip(String ip) -> "eni-" + ip;
            case Address.Instance(String id) -> id;
        };
    }

    synchronized Instant now() {
        return time.instant();
    }

    synchronized Reply<Receipt> write(Call call) {
        settle();
        log.called(call.action());
        log.add(new ChangeLog.Entry(time.instant(), "controller", call.action(), call.balancer(), call.toString()));
        Optional<Effect> effect = faults.meet(call.action(), true);
        Optional<Reply<Receipt>> broken = broken(call.action(), effect);
        if (broken.isPresent()) {
            return broken.get();
        }
        Reply<Receipt> reply = accept(call, effect);
        if (effect.equals(Optional.of(Effect.CRASH_AFTER))) {
            throw new Faults.Crash(call.action());
        }
        return effect.equals(Optional.of(Effect.LOSE_REPLY)) ? new Reply.NoAnswer<>() : reply;
    }

    synchronized Reply<List<Balancer>> describeBalancers(Predicate<Balancer> wanted) {
        return read(
                "DescribeBalancers",
                state -> shown(state).balancers().stream().filter(wanted).toList());
    }

    /// The health of everything on these load balancers; one that does not exist is left out.
    synchronized Reply<SortedMap<String, List<GroupHealth>>> describeHealth(List<String> balancers) {
        return read("DescribeHealth", state -> {
            SortedMap<String, List<GroupHealth>> all = new TreeMap<>();
            for (String id : balancers) {
                state.balancer(id)
                        .ifPresent(balancer -> all.put(id, HealthRule.of(balancer, said, traits, time.instant())));
            }
            return all;
        });
    }

    synchronized Reply<TaskStatus> describeTask(String task) {
        return read("DescribeTask", state -> tasks.status(task, time.instant()));
    }

    /// Those of them that are in our network.
    synchronized Reply<List<Address>> describeAddresses(List<Address> addresses) {
        return read(
                "DescribeAddresses",
                state -> addresses.stream()
                        .filter(address -> !unknownAddresses.contains(address.text()))
                        .toList());
    }

    private <T> Reply<T> read(String action, Function<FakeState, T> answer) {
        settle();
        log.called(action);
        Optional<Effect> effect = faults.meet(action, false);
        Optional<Reply<T>> broken = broken(action, effect);
        if (broken.isPresent()) {
            return broken.get();
        }
        FakeState seen = faults.staleReads()
                ? versions.asOf(time.instant().minus(traits.pace().consistencyWindow()))
                : versions.current();
        T value = answer.apply(seen);
        if (effect.equals(Optional.of(Effect.CRASH_AFTER))) {
            throw new Faults.Crash(action);
        }
        return effect.equals(Optional.of(Effect.LOSE_REPLY)) ? new Reply.NoAnswer<>() : new Reply.Ok<>(value);
    }

    /// The answer to a call that does nothing.
    private <T> Optional<Reply<T>> broken(String action, Optional<Effect> effect) {
        if (faults.badCredentials()) {
            return refused(Code.BAD_CREDENTIALS, "the credentials have expired");
        }
        if (effect.isEmpty()) {
            return Optional.empty();
        }
        return switch (effect.get()) {
            case THROTTLE -> refused(Code.THROTTLED, "too many calls of " + action);
            case ERROR -> refused(Code.INTERNAL_ERROR, "the cloud failed at " + action);
            case FORBID -> refused(Code.FORBIDDEN, action + " is not allowed");
            case BREAK -> Optional.of(new Reply.NoAnswer<>());
            case CRASH_BEFORE -> throw new Faults.Crash(action);
            case FAIL_TASK ->
                traits.pace().task().isZero()
                        ? refused(Code.INTERNAL_ERROR, "the cloud failed at " + action)
                        : Optional.empty();
            case LOSE_REPLY, PARTIAL, CRASH_AFTER -> Optional.empty();
        };
    }

    private static <T> Optional<Reply<T>> refused(Code code, String message) {
        return Optional.of(new Reply.Refused<>(new Refusal(code, message)));
    }

    private Reply<Receipt> accept(Call call, Optional<Effect> effect) {
        if (tasks.busy(call.balancer())) {
            return new Reply.Refused<>(
                    new Refusal(Code.BUSY, "the cloud works on something else of " + call.balancer()));
        }
        Optional<Receipt> same = tasks.sameCreation(call);
        if (same.isPresent()) {
            return new Reply.Ok<>(same.get());
        }
        int number = ++numbered;
        Step.Context context =
                new Step.Context(traits, time.instant(), number, effect.equals(Optional.of(Effect.PARTIAL)));
        return switch (Step.take(versions.current(), call, context)) {
            case Step.Impossible(Refusal refusal) -> new Reply.Refused<>(refusal);
            case Step.Taken taken -> commit(call, taken, context, effect);
        };
    }

    private Reply<Receipt> commit(Call call, Step.Taken taken, Step.Context context, Optional<Effect> effect) {
        Duration takes = traits.pace().task();
        if (takes.isZero() || taken.state().equals(versions.current())) {
            become(time.instant(), taken.state());
            return new Reply.Ok<>(new Receipt(taken.id(), Optional.empty(), taken.failures()));
        }
        boolean fails = effect.equals(Optional.of(Effect.FAIL_TASK));
        return new Reply.Ok<>(tasks.begin(call, taken, context, fails));
    }

    /// Whatever is due by now happens.
    private void settle() {
        for (Tasks.Work work : tasks.due(time.instant())) {
            Step.Context then = work.context().at(work.due());
            if (!work.fails() && Step.take(versions.current(), work.call(), then) instanceof Step.Taken taken) {
                become(work.due(), taken.state());
            }
        }
    }

    private void become(Instant at, FakeState state) {
        versions.add(at, state, at.minus(traits.pace().consistencyWindow()));
        for (Balancer balancer : state.balancers()) {
            HealthRule.of(balancer, said, traits, at).forEach(group -> log.seen(at, group));
        }
    }

    private FakeState shown(FakeState state) {
        return Step.shown(state, time.instant());
    }
}
