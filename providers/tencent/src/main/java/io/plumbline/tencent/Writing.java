package io.plumbline.tencent;

import io.plumbline.spi.Outcome;
import io.plumbline.spi.Outcome.Because;
import io.plumbline.spi.Outcome.Done;
import io.plumbline.spi.Outcome.Pending;
import io.plumbline.spi.Outcome.Rejected;
import io.plumbline.spi.Outcome.Retry;
import io.plumbline.spi.Outcome.Task;
import io.plumbline.spi.Outcome.Why;
import io.plumbline.spi.Provider.ApplyRequest;
import io.plumbline.spi.model.Ids;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.tencent.Failures.Meaning;
import io.plumbline.tencent.Failures.Result;
import io.plumbline.tencent.Lowering.Lowered;
import io.plumbline.tencent.Lowering.Step;
import io.plumbline.tencent.Replies.Written;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Sends what [Lowering] made, one call after the other, and says of each change what became of it.
///
/// A load balancer does one task at a time. So after a call that the cloud still works on, or that has to be tried
/// again, nothing more is sent: the rest is told to come again. Waiting is the caller's.
final class Writing {
    /// Names a task that is only the first half of a removal.
    private static final String LIFTED = "ModifyLoadBalancerAttributes (DeleteProtect)";

    private final Calls calls;
    private final ApplyRequest request;
    private final Aftermath aftermath;
    private final TreeMap<Integer, Outcome> outcomes = new TreeMap<>();

    private Writing(Calls calls, ApplyRequest request) {
        this.calls = calls;
        this.request = request;
        this.aftermath = new Aftermath(calls, request);
    }

    static List<Outcome> apply(ApplyRequest request, Calls calls) {
        Lowered lowered = Lowering.lower(request);
        Writing writing = new Writing(calls, request);
        writing.outcomes.putAll(lowered.settled());
        Optional<Outcome> stopped = Optional.empty();
        for (Step step : lowered.steps()) {
            stopped = stopped.isPresent() ? writing.postponed(step, stopped.get()) : writing.send(step);
        }
        return List.copyOf(writing.outcomes.values());
    }

    /// @return why nothing more may be sent, if so
    private Optional<Outcome> send(Step step) {
        return switch (calls.write(step.call())) {
            case Result.Replied<Written>(Written reply) -> replied(step, reply);
            case Result.Refused<Written>(Meaning meaning) -> refused(step, meaning);
        };
    }

    private Optional<Outcome> replied(Step step, Written reply) {
        return step.call() instanceof Call.OfTargets batch && !(batch instanceof Call.SetWeights)
                ? batch(step, batch, reply)
                : settle(step, pending(step.call(), reply));
    }

    /// The batch calls answer with success although some listeners failed.
    private Optional<Outcome> batch(Step step, Call.OfTargets call, Written reply) {
        List<String> failed = List.of(Optional.ofNullable(reply.failedListeners).orElse(new String[0]));
        Outcome why = Failures.cloud(call.action() + " failed for " + String.join(", ", failed) + ": "
                + Optional.ofNullable(reply.message).orElse("no reason given"));
        List<Outcome> each = aftermath.targets(call, failed, why);
        Outcome done = call.targets().size() < Limits.LONG_BATCH ? new Done() : locked(call, reply);
        for (int index = 0; index < each.size(); index++) {
            outcomes.put(step.changes().get(index), each.get(index) instanceof Done ? done : each.get(index));
        }
        return stops(done) ? Optional.of(done) : Optional.empty();
    }

    /// A long batch is carried out when its answer comes, but the load balancer refuses the next write for a while
    /// (tkestack/tke-extend-network-controller v2.5.1): its task tells when that is over.
    private static Outcome locked(Call call, Written reply) {
        return Optional.ofNullable(reply.requestId)
                .filter(id -> !id.isEmpty())
                .<Outcome>map(task -> new Pending(new Task(task, call.action(), Ids.none()), Limits.POLL_LISTENER))
                .orElseGet(Done::new);
    }

    private Outcome pending(Call call, Written reply) {
        Optional<String> task = Optional.ofNullable(reply.requestId).filter(id -> !id.isEmpty());
        Optional<Ids> ids = ids(call, reply);
        if (task.isEmpty() || ids.isEmpty()) {
            return Failures.broken(call.action() + ": the reply lacks its task or its identifiers");
        }
        Duration pollAfter = call.pollAfter().orElse(Limits.POLL_LISTENER);
        String action = call instanceof Call.LiftProtection ? LIFTED : call.action();
        return new Pending(new Task(task.get(), action, ids.get()), pollAfter);
    }

    /// Empty where they are not what was asked for. A new load balancer's may come later, with the task.
    private Optional<Ids> ids(Call call, Written reply) {
        return switch (call) {
            case Call.CreateListeners create -> listeners(create, reply.listenerIds);
            case Call.CreateLoadBalancer create -> Optional.of(loadBalancer(request.key(), reply.loadBalancerIds));
            case Call.ModifyLoadBalancer other -> Optional.of(Ids.none());
            case Call.LiftProtection other -> Optional.of(Ids.none());
            case Call.DeleteLoadBalancer other -> Optional.of(Ids.none());
            case Call.ModifyListener other -> Optional.of(Ids.none());
            case Call.DeleteListeners other -> Optional.of(Ids.none());
            case Call.SetWeights other -> Optional.of(Ids.none());
            case Call.Register other -> Optional.of(Ids.none());
            case Call.Deregister other -> Optional.of(Ids.none());
        };
    }

    private static Optional<Ids> listeners(Call.CreateListeners create, String @Nullable [] listenerIds) {
        if (listenerIds == null || listenerIds.length != create.listeners().size()) {
            return Optional.empty();
        }
        Ids.Collector ids = new Ids.Collector();
        IntStream.range(0, listenerIds.length).forEach(index -> {
            Call.NewListener made = create.listeners().get(index);
            ids.put(made.key(), listenerIds[index]).put(made.pool(), listenerIds[index]);
        });
        return Optional.of(ids.collect());
    }

    private static Ids loadBalancer(LoadBalancerKey key, String @Nullable [] ids) {
        return ids == null || ids.length == 0 ? Ids.none() : Ids.of(key, ids[0]);
    }

    private Optional<Outcome> refused(Step step, Meaning meaning) {
        return switch (meaning) {
            case Meaning.Absent absent when gone(step.call(), absent) -> settle(step, new Done());
            case Meaning.AsksForForce asks
            when step.call() instanceof Call.DeleteLoadBalancer delete && !delete.force() ->
                send(new Step(new Call.DeleteLoadBalancer(delete.loadBalancer(), true), step.changes()));
            case Meaning.Failed(Retry retry)
            when retry.why() == Why.STALE && step.call() instanceof Call.CreateListeners create ->
                settle(step, aftermath.existing(create).<Outcome>map(Done::new).orElse(retry));
            case Meaning.Failed(Rejected rejected) when isolable(step, rejected) -> halves(step);
            case Meaning.Failed(Rejected rejected)
            when concernsTargets(step.call(), rejected) -> settle(step, Failures.stale(rejected.message()));
            case Meaning.Absent absent -> settle(step, Failures.failure(absent));
            case Meaning.AsksForForce asks -> settle(step, Failures.failure(asks));
            case Meaning.Failed failed -> settle(step, Failures.failure(failed));
        };
    }

    /// What is to be removed is not there. Of several listeners one that is missing fails the whole batch, so that
    /// says nothing about the others.
    private static boolean gone(Call call, Meaning.Absent absent) {
        boolean everything = absent.message().contains("LBIdNotFound");
        return call.removes() && (everything || call.listenersNamed().size() <= 1);
    }

    /// One target that the cloud does not take fails its whole batch; the others are to be bound all the same.
    private static boolean isolable(Step step, Rejected rejected) {
        return step.call() instanceof Call.Register register
                && register.targets().size() > 1
                && switch (rejected.because()) {
                    case INVALID, QUOTA, CONFLICT -> true;
                    case CREDENTIALS, DENIED, PROTECTED -> false;
                };
    }

    private Optional<Outcome> halves(Step step) {
        Call.Register register = (Call.Register) step.call();
        int all = register.targets().size();
        Optional<Outcome> stopped = send(part(step, register, 0, all / 2));
        Step second = part(step, register, all / 2, all);
        return stopped.isPresent() ? postponed(second, stopped.get()) : send(second);
    }

    /// Targets and changes of a batch are in the same order.
    private static Step part(Step step, Call.Register register, int from, int to) {
        return new Step(
                new Call.Register(register.loadBalancer(), register.targets().subList(from, to)),
                step.changes().subList(from, to));
    }

    /// In these calls nothing is the user's: a target or listener that we name is not there any more.
    private static boolean concernsTargets(Call call, Rejected rejected) {
        return rejected.because() == Because.INVALID && (call.removes() || call instanceof Call.SetWeights);
    }

    private Optional<Outcome> settle(Step step, Outcome outcome) {
        step.changes().forEach(change -> outcomes.put(change, outcome));
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
            case Retry retry when retry.why() == Why.THROTTLED -> retry;
            case Retry retry -> Failures.postponed(retry.after(), "not sent after: " + retry.message());
            case Rejected rejected -> rejected;
            case Done done -> done;
        };
        step.changes().forEach(change -> outcomes.put(change, outcome));
        return Optional.of(stopped);
    }

    /// What became of a task.
    static Outcome poll(LoadBalancerKey key, Task task, Calls calls) {
        return switch (calls.task(task.id())) {
            case Result.Replied<Replies.TaskStatus>(Replies.TaskStatus reply) -> status(key, task, reply);
            case Result.Refused<Replies.TaskStatus>(Meaning.Failed(Outcome.Rejected rejected))
            when rejected.because() == Because.INVALID -> Failures.stale(rejected.message());
            case Result.Refused<Replies.TaskStatus>(Meaning meaning) -> Failures.failure(meaning);
        };
    }

    private static Outcome status(LoadBalancerKey key, Task task, Replies.TaskStatus reply) {
        Optional<Long> status = Optional.ofNullable(reply.status);
        if (status.isEmpty()) {
            return Failures.broken("DescribeTaskStatus: the reply lacks its status");
        }
        return switch (status.get().intValue()) {
            case 0 -> done(key, task, reply);
            // The caller asks again for what is not known; of a task that failed everything is known.
            case 1 ->
                Failures.stale(task.action() + " failed: "
                        + Optional.ofNullable(reply.message).orElse("no reason given"));
            default -> new Pending(task, pollAfter(task));
        };
    }

    private static Outcome done(LoadBalancerKey key, Task task, Replies.TaskStatus reply) {
        if (task.action().equals(LIFTED)) {
            return Failures.stale("the deletion protection is lifted; the load balancer goes next");
        }
        boolean creation = task.action().equals("CreateLoadBalancer");
        Ids ids = creation ? task.ids().and(loadBalancer(key, reply.loadBalancerIds)) : task.ids();
        return creation && ids.id(key).isEmpty()
                ? Failures.stale("CreateLoadBalancer: done, but the cloud names no load balancer")
                : new Done(ids);
    }

    private static Duration pollAfter(Task task) {
        return task.action().endsWith("LoadBalancer") || task.action().startsWith("ModifyLoadBalancerAttributes")
                ? Limits.POLL_LOAD_BALANCER
                : Limits.POLL_LISTENER;
    }
}
