package io.plumbline.fake;

import io.plumbline.fake.FakeState.Balancer;
import io.plumbline.fake.Reply.GroupHealth;
import io.plumbline.fake.Reply.MemberHealth;
import io.plumbline.fake.Reply.TaskStatus;
import io.plumbline.spi.Answer;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.Provider.HealthQuestion;
import io.plumbline.spi.Provider.ReadRequest;
import io.plumbline.spi.Provider.Resolution;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Health;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.PoolKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The verbs that change nothing.
final class Asking {
    private final Calls calls;

    Asking(Calls calls) {
        this.calls = calls;
    }

    Answer<SortedMap<Address, Resolution>> resolve(List<Address> addresses) {
        return Failures.answer(calls.addresses(addresses)).map(known -> {
            SortedMap<Address, Resolution> all = new TreeMap<>(Comparator.comparing(Address::text));
            for (Address address : addresses) {
                boolean its = known.contains(address);
                all.put(address, new Resolution(its, its ? FakeCloud.nameOf(address) : ""));
            }
            return all;
        });
    }

    /// By the identifier that was known, else by mark and name.
    Answer<Actual> read(ReadRequest request) {
        Instant readAt = calls.now();
        Optional<String> known = request.known().id(request.key());
        if (known.isPresent()) {
            Answer<Optional<Balancer>> there =
                    find(request, balancer -> balancer.id().equals(known.get()));
            if (!there.equals(new Answer.Got<>(Optional.empty()))) {
                return there.map(found -> actual(request, found, readAt));
            }
        }
        return find(request, any -> true).map(found -> actual(request, found, readAt));
    }

    private Answer<Optional<Balancer>> find(ReadRequest request, java.util.function.Predicate<Balancer> also) {
        return Failures.answer(calls.balancers(
                        balancer -> also.test(balancer) && Reader.isMeant(request.key(), request.owner(), balancer)))
                .map(found -> found.stream().findFirst());
    }

    private static Actual actual(ReadRequest request, Optional<Balancer> found, Instant readAt) {
        return found.map(balancer -> Reader.read(request, balancer, readAt))
                .orElseGet(() -> Actual.absent(request.key(), readAt));
    }

    Outcome poll(Outcome.Task task) {
        return switch (Failures.answer(calls.task(task.id()))) {
            case Answer.Got<TaskStatus>(TaskStatus status) -> outcome(task, status);
            case Answer.Missed<TaskStatus>(Outcome.Failure failure) -> (Outcome) failure;
        };
    }

    private static Outcome outcome(Outcome.Task task, TaskStatus status) {
        return switch (status) {
            case TaskStatus.Working(Duration left) -> new Outcome.Pending(task, left);
            case TaskStatus.Succeeded() -> new Outcome.Done(task.ids());
            case TaskStatus.Failed() ->
                new Outcome.Retry(Duration.ofSeconds(1), Outcome.Why.STALE, task.action() + " failed");
            case TaskStatus.Unknown() -> new Outcome.Retry(Duration.ZERO, Outcome.Why.STALE, "no task " + task.id());
        };
    }

    Answer<List<Health>> health(List<HealthQuestion> questions, int perCall) {
        List<Health> all = new ArrayList<>();
        for (int from = 0; from < questions.size(); from += perCall) {
            List<HealthQuestion> some = questions.subList(from, Math.min(questions.size(), from + perCall));
            Instant askedAt = calls.now();
            List<String> ids = some.stream()
                    .flatMap(question -> id(question).stream())
                    .distinct()
                    .toList();
            switch (Failures.answer(calls.health(ids))) {
                case Answer.Got<SortedMap<String, List<GroupHealth>>>(SortedMap<String, List<GroupHealth>> got) ->
                    some.forEach(question -> all.add(health(question, got, askedAt)));
                case Answer.Missed<SortedMap<String, List<GroupHealth>>>(Outcome.Failure failure) -> {
                    return new Answer.Missed<>(failure);
                }
            }
        }
        return new Answer.Got<>(all);
    }

    private static Optional<String> id(HealthQuestion question) {
        return switch (question.loadBalancer()) {
            case LoadBalancerKey.Existing(String provider, String region, String id) -> Optional.of(id);
            case LoadBalancerKey.Managed managed -> question.ids().id(managed);
            case LoadBalancerKey.Group group -> question.ids().id(group);
        };
    }

    private static Health health(HealthQuestion question, SortedMap<String, List<GroupHealth>> got, Instant askedAt) {
        SortedMap<BackendKey, Health.Status> all = new TreeMap<>();
        List<GroupHealth> groups =
                id(question).map(id -> got.getOrDefault(id, List.of())).orElse(List.of());
        for (PoolKey pool : question.pools()) {
            groups.stream()
                    .filter(group -> question.ids().id(pool).equals(Optional.of(group.group())))
                    .flatMap(group -> group.members().stream())
                    .forEach(member -> all.put(key(pool, member), member.status()));
        }
        return new Health(all, askedAt);
    }

    private static BackendKey key(PoolKey pool, MemberHealth member) {
        return new BackendKey(pool, member.member().address(), member.member().port());
    }
}
