package io.plumbline.aliyun;

import io.plumbline.aliyun.Call.CreatePool;
import io.plumbline.aliyun.Call.OfTargets;
import io.plumbline.aliyun.Call.Target;
import io.plumbline.aliyun.Call.What;
import io.plumbline.aliyun.Failures.Meaning;
import io.plumbline.aliyun.Failures.Result;
import io.plumbline.aliyun.Lowering.Lowered;
import io.plumbline.aliyun.Lowering.Step;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.Outcome.Because;
import io.plumbline.spi.Outcome.Done;
import io.plumbline.spi.Outcome.Pending;
import io.plumbline.spi.Outcome.Rejected;
import io.plumbline.spi.Outcome.Retry;
import io.plumbline.spi.Outcome.Task;
import io.plumbline.spi.Outcome.Why;
import io.plumbline.spi.Provider.ApplyRequest;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.model.Ids;
import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.PoolKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Sends what [Lowering] made, one call after the other, and says of each change what became of it.
///
/// A load balancer takes one write at a time, and refuses the next while it works on the last. So after
/// a call that has to be tried again nothing more is sent: the rest is told to come again. Waiting is
/// the caller's.
final class Writing {
    static final String START = "StartLoadBalancerListener";

    /// How soon the cloud may be through with a write of ours.
    private static final Duration SETTLED = Duration.ofMillis(300);

    private final Calls calls;
    private final OwnWrites ownWrites;
    private final ApplyRequest request;
    private final Aftermath aftermath;
    private final TreeMap<Integer, Outcome> outcomes = new TreeMap<>();
    private final Ids.Collector made = new Ids.Collector();

    private Writing(Calls calls, OwnWrites ownWrites, ApplyRequest request) {
        this.calls = calls;
        this.ownWrites = ownWrites;
        this.request = request;
        this.aftermath = new Aftermath(calls, request);
    }

    static List<Outcome> apply(ApplyRequest request, AliyunSettings settings, Calls calls, OwnWrites ownWrites) {
        Targets targets = Targets.of(request, calls);
        ApplyRequest complete = targets.completed(request);
        Lowered lowered = Lowering.lower(complete, settings);
        Writing writing = new Writing(calls, ownWrites, complete);
        lowered.settled()
                .forEach((index, outcome) -> writing.outcomes.put(
                        index, targets.instead(request.changes().get(index), outcome)));
        Optional<Outcome> stopped = Optional.empty();
        for (Step step : lowered.steps()) {
            stopped = stopped.isPresent() ? writing.postponed(step, stopped.get()) : writing.send(step);
        }
        return List.copyOf(writing.outcomes.values());
    }

    /// @return why nothing more may be sent, if so
    private Optional<Outcome> send(Step step) {
        boolean failedBefore = step.changes().size() == 1
                && outcomes.containsKey(step.changes().getFirst())
                && !(outcomes.get(step.changes().getFirst()) instanceof Done);
        if (failedBefore) {
            return Optional.empty();
        }
        return switch (step.call()) {
            case CreatePool create -> pool(step, create);
            case OfTargets batch -> targets(step, batch);
            case Call.CreateLoadBalancer create -> loadBalancer(step, create, 0);
            case Call.SetExtensions set -> settle(step, aftermath.extensions(set));
            case Call.SetAccessList set -> settle(step, aftermath.accessList(set));
            case Call.Plain plain -> plain(step, plain);
        };
    }

    private Result write(Call call, Optional<String> group) {
        Result result = calls.write(call, group);
        if (result instanceof Result.Replied) {
            loadBalancer().ifPresent(ownWrites::wrote);
        }
        return result;
    }

    private Optional<String> loadBalancer() {
        return request.ids().id(request.key());
    }

    private Optional<Outcome> plain(Step step, Call.Plain plain) {
        return switch (write(plain, Optional.empty())) {
            case Result.Replied replied -> settle(step, new Done(ids(step, plain)));
            case Result.Refused(Meaning.Absent absent) when plain.removes() -> settle(step, new Done());
            case Result.Refused(Meaning.Absent(String message))
            when message.contains(Failures.NO_LIST) && namesListOfItsUser(plain) ->
                settle(step, new Rejected(Because.INVALID, message));
            case Result.Refused(Meaning.Present present)
            when plain.action().startsWith("Create") ->
                settle(step, aftermath.listener(plain) ? new Done(ids(step, plain)) : Failures.failure(present));
            case Result.Refused(Meaning.InUse inUse) -> settle(step, aftermath.inUse(plain, inUse));
            case Result.Refused(Meaning.Failed(Retry retry))
            when retry.why() == Why.BUSY && plain.action().equals(START) && isMade(step) ->
                settle(step, starting(step, plain));
            case Result.Refused(Meaning meaning) -> settle(step, outcome(meaning));
        };
    }

    /// Of what a listener names only an access control list of its user's own can be missing for good: what is ours is
    /// found missing by the next reading, and made anew.
    private boolean namesListOfItsUser(Call.Plain plain) {
        String lists = plain.parameters().getOrDefault("AclId", "");
        return !plain.action().contains("AccessControlList")
                && !lists.isEmpty()
                && !request.ids().byKey().containsValue(lists);
    }

    /// The listener was made just now, and waits to be started.
    private boolean isMade(Step step) {
        return outcomes.get(step.changes().getFirst()) instanceof Done
                && request.changes().get(step.changes().getFirst()) instanceof Change.Create;
    }

    private Outcome starting(Step step, Call.Plain start) {
        Ids ids = outcomes.get(step.changes().getFirst()) instanceof Done(Ids given) ? given : Ids.none();
        outcomes.remove(step.changes().getFirst());
        return new Pending(new Task(start.listener().orElse(""), START, ids), SETTLED);
    }

    /// That of a listener that was made.
    private Ids ids(Step step, Call.Plain plain) {
        Change change = request.changes().get(step.changes().getFirst());
        boolean creation = plain.action().startsWith("CreateLoadBalancer");
        Optional<Listener> listener = switch (change) {
            case Change.Create create when create.desired() instanceof Listener made -> Optional.of(made);
            case Change.Replace replace when replace.desired() instanceof Listener made -> Optional.of(made);
            case Change other -> Optional.empty();
        };
        return listener.filter(any -> creation)
                .flatMap(one -> plain.listener().map(id -> Ids.of(one.key(), id)))
                .orElseGet(Ids::none);
    }

    /// The next vSwitch, where one has no address left; under another token, since it is another order.
    private Optional<Outcome> loadBalancer(Step step, Call.CreateLoadBalancer create, int vSwitch) {
        TreeMap<String, String> parameters = new TreeMap<>(create.parameters());
        parameters.put("ClientToken", create.token() + (vSwitch == 0 ? "" : "-" + vSwitch));
        if (!create.vSwitches().isEmpty()) {
            parameters.put("VSwitchId", create.vSwitches().get(vSwitch));
        }
        Call sent = new Call.CreateLoadBalancer(create.token(), parameters, create.vSwitches());
        return switch (write(sent, Optional.empty())) {
            case Result.Replied(Fields reply) ->
                settle(
                        step,
                        reply.text("LoadBalancerId")
                                .<Outcome>map(id -> new Done(Ids.of(request.key(), id)))
                                .orElseGet(() -> Failures.broken("CreateLoadBalancer: the reply lacks its id")));
            case Result.Refused(Meaning.NoAddress none)
            when vSwitch + 1 < create.vSwitches().size() -> loadBalancer(step, create, vSwitch + 1);
            case Result.Refused(Meaning meaning) -> settle(step, outcome(meaning));
        };
    }

    /// A group of this name that is there already is the one: then its members are added to it.
    private Optional<Outcome> pool(Step step, CreatePool create) {
        switch (aftermath.group(create)) {
            case Aftermath.Group.Unread(Outcome outcome) -> {
                return settle(step, outcome);
            }
            case Aftermath.Group.There(String id) -> {
                return poolIsThere(step, create, id);
            }
            case Aftermath.Group.Absent() -> {}
        }
        return switch (write(create, Optional.empty())) {
            case Result.Replied(Fields reply) -> poolMade(step, create, reply);
            case Result.Refused(Meaning.Failed(Rejected rejected))
            when isolable(rejected) && !create.targets().isEmpty() -> alone(step, create);
            case Result.Refused(Meaning meaning) -> settle(step, outcome(meaning));
        };
    }

    private Optional<Outcome> poolMade(Step step, CreatePool create, Fields reply) {
        Optional<String> id = reply.text("VServerGroupId");
        if (id.isEmpty()) {
            return settle(step, Failures.broken("CreateVServerGroup: the reply lacks its id"));
        }
        made.put(create.pool(), id.get());
        settle(step.changes().getFirst(), new Done(Ids.of(create.pool(), id.get())));
        each(members(step), aftermath.added(create.targets(), reply, create.action()));
        return Optional.empty();
    }

    private Optional<Outcome> poolIsThere(Step step, CreatePool create, String id) {
        made.put(create.pool(), id);
        settle(step.changes().getFirst(), new Done(Ids.of(create.pool(), id)));
        return create.targets().isEmpty()
                ? Optional.empty()
                : targets(
                        new Step(create, members(step)),
                        new OfTargets(What.ADD, create.pool(), Optional.of(id), create.targets()));
    }

    /// Some member cannot be taken: the group first, then its members.
    private Optional<Outcome> alone(Step step, CreatePool create) {
        CreatePool empty = new CreatePool(create.loadBalancer(), create.pool(), create.name(), List.of());
        Optional<Outcome> stopped = pool(new Step(empty, step.changes().subList(0, 1)), empty);
        Step rest = new Step(new OfTargets(What.ADD, create.pool(), Optional.empty(), create.targets()), members(step));
        return stopped.isPresent() ? postponed(rest, stopped.get()) : send(rest);
    }

    /// Behind the first, which is the pool's.
    private static List<Integer> members(Step step) {
        return step.changes().subList(1, step.changes().size());
    }

    private Optional<Outcome> targets(Step step, OfTargets batch) {
        Optional<String> group = batch.group().or(() -> made(batch.pool()));
        if (group.isEmpty()) {
            return settle(
                    step,
                    Failures.postponed(
                            SETTLED, "not sent: waits for pool " + batch.pool().text()));
        }
        return switch (write(batch, group)) {
            case Result.Replied(Fields reply) -> {
                each(
                        step.changes(),
                        batch.what() == What.ADD
                                ? aftermath.added(batch.targets(), reply, batch.action())
                                : batch.targets().stream()
                                        .<Outcome>map(target -> new Done())
                                        .toList());
                yield Optional.empty();
            }
            case Result.Refused(Meaning.Absent absent) when batch.removes() -> settle(step, new Done());
            case Result.Refused(Meaning.Present present)
            when batch.what() == What.ADD -> present(step, batch, group.get(), present);
            case Result.Refused(Meaning.Failed(Rejected rejected))
            when batch.what() == What.ADD && isolable(rejected) ->
                batch.targets().size() > 1 ? halves(step, batch) : settle(step, rejected);
            // Nothing in it is the user's: a member that we name is not there any more.
            case Result.Refused(Meaning.Failed(Rejected rejected))
            when rejected.because() == Because.INVALID -> settle(step, Failures.stale(rejected.message()));
            case Result.Refused(Meaning meaning) -> settle(step, outcome(meaning));
        };
    }

    private Optional<String> made(PoolKey pool) {
        return made.collect().id(pool);
    }

    /// Some are members already, by a call whose answer was lost: the others are added.
    private Optional<Outcome> present(Step step, OfTargets batch, String group, Meaning.Present present) {
        Map<Target, Outcome> known = aftermath.present(batch, group, Failures.failure(present));
        List<Target> left = new ArrayList<>();
        List<Integer> changes = new ArrayList<>();
        for (int index = 0; index < batch.targets().size(); index++) {
            Outcome outcome = known.get(batch.targets().get(index));
            if (outcome == null) {
                left.add(batch.targets().get(index));
                changes.add(step.changes().get(index));
            } else {
                settle(step.changes().get(index), outcome);
            }
        }
        return left.isEmpty() || left.size() == batch.targets().size()
                ? settle(new Step(batch, changes), Failures.failure(present))
                : targets(new Step(batch, changes), batch.with(left));
    }

    /// One member that the cloud does not take fails its whole batch; the others are to be added all
    /// the same.
    private static boolean isolable(Rejected rejected) {
        return switch (rejected.because()) {
            case INVALID, QUOTA, CONFLICT -> true;
            case CREDENTIALS, DENIED, PROTECTED -> false;
        };
    }

    private Optional<Outcome> halves(Step step, OfTargets batch) {
        int all = batch.targets().size();
        Optional<Outcome> stopped =
                targets(part(step, 0, all / 2), batch.with(batch.targets().subList(0, all / 2)));
        Step second = part(step, all / 2, all);
        return stopped.isPresent()
                ? postponed(second, stopped.get())
                : targets(second, batch.with(batch.targets().subList(all / 2, all)));
    }

    private static Step part(Step step, int from, int to) {
        return new Step(step.call(), step.changes().subList(from, to));
    }

    /// What the cloud is busy with may well be what we did last.
    private Outcome outcome(Meaning meaning) {
        Outcome outcome = Failures.failure(meaning);
        boolean ours = outcome instanceof Retry retry
                && retry.why() == Why.BUSY
                && loadBalancer().filter(ownWrites::lately).isPresent();
        return ours && outcome instanceof Retry(Duration after, Why why, String message)
                ? Failures.postponed(SETTLED, message)
                : outcome;
    }

    private void each(List<Integer> changes, List<Outcome> each) {
        for (int index = 0; index < changes.size(); index++) {
            settle(changes.get(index), each.get(index));
        }
    }

    /// A change that takes several calls is done when all are.
    private void settle(int change, Outcome outcome) {
        outcomes.merge(
                change,
                outcome,
                (before, now) -> before instanceof Done(Ids old)
                        ? now instanceof Done(Ids given) ? new Done(old.and(given)) : partly(now)
                        : before);
    }

    /// A part of it has been done: what was known before no longer holds.
    private static Outcome partly(Outcome outcome) {
        return outcome instanceof Retry(Duration after, Why why, String message) && why == Why.POSTPONED
                ? new Retry(after, Why.BUSY, message)
                : outcome;
    }

    private Optional<Outcome> settle(Step step, Outcome outcome) {
        step.changes().forEach(change -> settle(change, outcome));
        return stops(outcome) ? Optional.of(outcome) : Optional.empty();
    }

    private static boolean stops(Outcome outcome) {
        return switch (outcome) {
            case Done done -> false;
            case Pending pending -> true;
            case Retry retry -> true;
            case Rejected rejected -> rejected.because() == Because.CREDENTIALS;
        };
    }

    private Optional<Outcome> postponed(Step step, Outcome stopped) {
        Outcome outcome = switch (stopped) {
            case Pending pending ->
                Failures.postponed(
                        pending.pollAfter(),
                        "not sent: waits for " + pending.task().action());
            case Retry retry when retry.why() == Why.THROTTLED || retry.why() == Why.POSTPONED -> retry;
            case Retry retry -> Failures.postponed(retry.after(), "not sent after: " + retry.message());
            case Rejected rejected -> rejected;
            case Done done -> done;
        };
        step.changes().forEach(change -> settle(change, outcome));
        return Optional.of(stopped);
    }

    /// Starts a listener that was made while the load balancer was still busy with that.
    static Outcome poll(Task task, Calls calls) {
        String[] parts = task.id().split("/", -1);
        if (!task.action().equals(START) || parts.length != 3) {
            return Failures.stale("no task of " + task.action() + " is known: this cloud has none");
        }
        TreeMap<String, String> parameters = new TreeMap<>(Requests.listener(parts[0], Integer.parseInt(parts[2])));
        parameters.put("ListenerProtocol", parts[1]);
        return switch (calls.write(START, parameters)) {
            case Result.Replied replied -> new Done(task.ids());
            case Result.Refused(Meaning.Failed(Retry retry)) when retry.why() == Why.BUSY -> new Pending(task, SETTLED);
            case Result.Refused(Meaning meaning) -> Failures.failure(meaning);
        };
    }
}
