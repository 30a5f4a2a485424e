package io.plumbline.aws;

import io.plumbline.aws.Call.Forward;
import io.plumbline.aws.Calls.Written;
import io.plumbline.aws.Failures.Meaning;
import io.plumbline.aws.Failures.Result;
import io.plumbline.aws.Lowering.Lowered;
import io.plumbline.aws.Lowering.Step;
import io.plumbline.spi.Answer;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.Outcome.Because;
import io.plumbline.spi.Outcome.Done;
import io.plumbline.spi.Outcome.Pending;
import io.plumbline.spi.Outcome.Rejected;
import io.plumbline.spi.Outcome.Retry;
import io.plumbline.spi.Outcome.Why;
import io.plumbline.spi.Provider.ApplyRequest;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.model.AccessListKey;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.CertificateKey;
import io.plumbline.spi.model.Ids;
import io.plumbline.spi.model.ListenerKey;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.RuleKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Sends what [Lowering] made, one call after the other, and says of each change what became of it.
///
/// The cloud does several things of one load balancer at once. So what fails holds back only what it makes, unless
/// it shows that every other call would fail too.
final class Writing {
    private static final Duration SOON = Duration.ofMillis(500);

    private final Cloud cloud;
    private final ApplyRequest request;
    private final Aftermath aftermath;
    private final BalancerWriting balancers;
    private final TreeMap<Integer, Outcome> outcomes = new TreeMap<>();
    private final SortedMap<String, String> made = new TreeMap<>();

    private Writing(Cloud cloud, ApplyRequest request) {
        this.cloud = cloud;
        this.request = request;
        this.aftermath = new Aftermath(cloud.inquiries(), request);
        this.balancers = new BalancerWriting(cloud, request, made);
    }

    static List<Outcome> apply(ApplyRequest request, Cloud cloud) {
        Lowered lowered = Lowering.lower(request);
        Writing writing = new Writing(cloud, request);
        writing.outcomes.putAll(lowered.settled());
        Optional<Outcome> stopped = Optional.empty();
        for (Step step : lowered.steps()) {
            stopped = stopped.isPresent() ? writing.postponed(step, stopped.get()) : writing.send(step);
        }
        return List.copyOf(writing.outcomes.values());
    }

    /// @return why nothing more may be sent, if so
    private Optional<Outcome> send(Step step) {
        Ids ids = Ids.none();
        boolean removing = step.calls().getLast() instanceof Call.Removing;
        for (Call call : step.calls()) {
            Outcome outcome = perform(call, step, removing);
            if (outcome instanceof Done(Ids given)) {
                ids = ids.and(given);
            } else if (outcome instanceof Rejected rejected && isolable(call, rejected)) {
                return halves(step, (Call.Register) call);
            } else if (removing
                    && !call.equals(step.calls().getFirst())
                    && outcome instanceof Retry retry
                    && isHeldOff(retry)) {
                return halfDone(step, retry);
            } else {
                return settle(step, outcome);
            }
        }
        return settle(step, new Done(ids));
    }

    private static boolean isHeldOff(Retry retry) {
        return retry.why() == Why.THROTTLED || retry.why() == Why.POSTPONED;
    }

    /// That a call was held off says that nothing was changed; here something was, by the calls before it.
    private Optional<Outcome> halfDone(Step step, Retry retry) {
        settle(step, Failures.stale("half of it is done: " + retry.message()));
        return stops(retry) ? Optional.of(retry) : Optional.empty();
    }

    private Outcome perform(Call call, Step step, boolean removing) {
        return switch (call) {
            case Call.CreateLoadBalancer create -> concluded(create, balancers.create(create), step, removing);
            case Call.SetSubnets set -> concluded(set, balancers.setSubnets(set), step, removing);
            case Call.SetSecurityGroups set -> concluded(set, balancers.setSecurityGroups(set), step, removing);
            case Call.DeleteSecurityGroup delete -> concluded(delete, balancers.delete(delete), step, removing);
            case Call.AuthorizeRules authorize -> concluded(authorize, authorize(authorize), step, removing);
            case Call.RevokeRules revoke -> concluded(revoke, revoke(revoke), step, removing);
            case Call.Register register -> register(register, step);
            case Call.Plain plain -> plain(plain, step, removing);
        };
    }

    private Outcome plain(Call.Plain call, Step step, boolean removing) {
        Outcome outcome = CertificateRefusals.explained(call, concluded(call, write(call), step, removing));
        if (outcome instanceof Rejected
                && call instanceof Call.AddListenerCertificates add
                && add.certificates().size() > 1) {
            return oneCertificateAtATime(add, step);
        }
        if (call instanceof Call.DeleteLoadBalancer && outcome instanceof Done) {
            cloud.backendGroup().gone(request.key());
        }
        return outcome;
    }

    /// One that the cloud does not take fails the call for all of them; the others are to be added all the same.
    private Outcome oneCertificateAtATime(Call.AddListenerCertificates all, Step step) {
        List<Rejected> refused = new ArrayList<>();
        for (String certificate : all.certificates()) {
            Call.Plain one = new Call.AddListenerCertificates(all.listener(), List.of(certificate));
            Outcome outcome = plain(one, step, false);
            if (outcome instanceof Rejected rejected) {
                refused.add(rejected);
            } else if (!(outcome instanceof Done)) {
                return outcome;
            }
        }
        return refused.isEmpty()
                ? new Done()
                : new Rejected(
                        refused.getFirst().because(),
                        String.join(
                                "; ", refused.stream().map(Rejected::message).toList()));
    }

    private Result<Written> write(Call call) {
        return cloud.calls().write(call, this::resolved);
    }

    private String resolved(String reference) {
        return made.getOrDefault(reference, reference);
    }

    private Outcome register(Call.Register register, Step step) {
        if (Call.isMade(resolved(register.group()))) {
            return Failures.postponed(SOON, "not sent: its target group could not be made yet");
        }
        Optional<Outcome.Failure> closed =
                register.open().flatMap(backend -> cloud.targetRules().open(backend, register));
        if (closed.isPresent()) {
            return Failures.failure(new Meaning.Failed(closed.get()));
        }
        return concluded(register, write(register), step, false);
    }

    /// One rule that is there already fails the call for all of them.
    private Result<Written> authorize(Call.AuthorizeRules call) {
        Result<Written> all = write(call);
        return isExisting(all) && call.rules().size() > 1
                ? oneByOne(call.rules().stream()
                        .<Call>map(rule -> new Call.AuthorizeRules(call.group(), List.of(rule)))
                        .toList())
                : isExisting(all) ? new Result.Replied<>(Written.NOTHING) : all;
    }

    private Result<Written> revoke(Call.RevokeRules call) {
        Result<Written> all = write(call);
        return isAbsent(all) && call.rules().size() > 1
                ? oneByOne(call.rules().stream()
                        .<Call>map(rule -> new Call.RevokeRules(call.group(), List.of(rule)))
                        .toList())
                : all;
    }

    private Result<Written> oneByOne(List<Call> single) {
        for (Call call : single) {
            Result<Written> result = write(call);
            if (result instanceof Result.Refused<Written> && !isExisting(result) && !isAbsent(result)) {
                return result;
            }
        }
        return new Result.Replied<>(Written.NOTHING);
    }

    private static boolean isExisting(Result<Written> result) {
        return result instanceof Result.Refused<Written>(Meaning.Exists exists);
    }

    private static boolean isAbsent(Result<Written> result) {
        return result instanceof Result.Refused<Written>(Meaning.Absent absent);
    }

    private Outcome concluded(Call call, Result<Written> result, Step step, boolean removing) {
        return switch (result) {
            case Result.Replied<Written>(Written written) -> done(call, written.id(), step);
            case Result.Refused<Written>(Meaning.Absent absent) when removing -> new Done();
            case Result.Refused<Written>(Meaning.Exists exists)
            when call instanceof Call.Making making ->
                switch (aftermath.existing(making, this::resolved)) {
                    case Answer.Missed<Optional<String>>(Outcome.Failure failure) ->
                        Failures.failure(new Meaning.Failed(failure));
                    case Answer.Got<Optional<String>>(Optional<String> ours)
                    when ours.isPresent() -> done(call, ours, step);
                    case Answer.Got<Optional<String>> foreign -> Failures.failure(exists);
                };
            case Result.Refused<Written>(Meaning meaning) -> Failures.failure(meaning);
        };
    }

    /// What was made is known by the key of the change that it was made for.
    private Outcome done(Call call, Optional<String> id, Step step) {
        if (call instanceof Call.ModifyListener modify && !modify.forwards().isEmpty()) {
            return new Done(wentOver(request.changes().get(step.changes().getFirst()), modify.forwards()));
        }
        if (!(call instanceof Call.Making making)) {
            return new Done();
        }
        if (id.isEmpty()) {
            return Failures.broken(call.action() + ": the reply lacks the identifier");
        }
        made.put(Call.made(making.name()), id.get());
        Change change = request.changes().get(step.changes().getFirst());
        Ids ids = Ids.of(change.key(), ofPool(change, id.get()));
        return new Done(call instanceof Call.CreateLoadBalancer ? ids.and(balancers.groupIds()) : ids);
    }

    /// Which target group of a pool serves from now on: a plan that took it for the other one would send the traffic
    /// to nobody.
    private Ids wentOver(Change change, List<Forward> forwards) {
        Optional<PoolKey> pool = switch (change.key()) {
            case BackendKey backend -> Optional.of(backend.pool());
            case PoolKey key -> Optional.of(key);
            case LoadBalancerKey other -> Optional.empty();
            case ListenerKey other -> Optional.empty();
            case RuleKey other -> Optional.empty();
            case AccessListKey other -> Optional.empty();
            case CertificateKey other -> Optional.empty();
        };
        List<Forward> known = forwards.stream()
                .map(forward -> new Forward(resolved(forward.group()), forward.weight()))
                .toList();
        return pool.map(key ->
                        Ids.of(key, GroupIds.of(request.ids(), key).after(known).text()))
                .orElseGet(Ids::none);
    }

    /// A target group that joins another one of its pool.
    private String ofPool(Change change, String id) {
        if (!(change instanceof Change.Update update && update.desired() instanceof Pool pool)) {
            return id;
        }
        GroupIds before = GroupIds.of(request.ids(), pool.key());
        return new GroupIds(before.active(), Optional.of(id), before.loose()).text();
    }

    /// One target that the cloud does not take fails its whole batch; the others are to be registered all the
    /// same.
    private static boolean isolable(Call call, Rejected rejected) {
        return call instanceof Call.Register register
                && register.targets().size() > 1
                && switch (rejected.because()) {
                    case INVALID, QUOTA, CONFLICT -> true;
                    case CREDENTIALS, DENIED, PROTECTED -> false;
                };
    }

    private Optional<Outcome> halves(Step step, Call.Register register) {
        int all = register.targets().size();
        Optional<Outcome> stopped = send(part(step, register, 0, all / 2));
        Step second = part(step, register, all / 2, all);
        return stopped.isPresent() ? postponed(second, stopped.get()) : send(second);
    }

    /// Targets and changes of a batch are in the same order.
    private static Step part(Step step, Call.Register register, int from, int to) {
        return new Step(
                new Call.Register(
                        register.group(),
                        register.pool(),
                        register.targets().subList(from, to),
                        register.open(),
                        register.checkPort()),
                step.changes().subList(from, to));
    }

    private Optional<Outcome> settle(Step step, Outcome outcome) {
        step.changes().forEach(change -> outcomes.put(change, outcome));
        return stops(outcome) ? Optional.of(outcome) : Optional.empty();
    }

    private static boolean stops(Outcome outcome) {
        return switch (outcome) {
            case Done done -> false;
            case Pending pending -> false;
            case Retry retry -> retry.why() == Why.THROTTLED || retry.why() == Why.UNREACHABLE;
            case Rejected rejected -> rejected.because() == Because.CREDENTIALS;
        };
    }

    private Optional<Outcome> postponed(Step step, Outcome stopped) {
        Outcome outcome = switch (stopped) {
            case Retry retry when retry.why() == Why.THROTTLED -> retry;
            case Retry retry -> Failures.postponed(retry.after(), "not sent after: " + retry.message());
            case Rejected rejected -> rejected;
            case Pending pending -> pending;
            case Done done -> done;
        };
        step.changes().forEach(change -> outcomes.put(change, outcome));
        return Optional.of(stopped);
    }
}
