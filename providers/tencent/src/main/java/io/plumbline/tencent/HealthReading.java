package io.plumbline.tencent;

import io.plumbline.spi.Answer;
import io.plumbline.spi.Answer.Got;
import io.plumbline.spi.Answer.Missed;
import io.plumbline.spi.Provider.HealthQuestion;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Health;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.tencent.Failures.Meaning;
import io.plumbline.tencent.Failures.Result;
import io.plumbline.tencent.Replies.ListenerHealth;
import io.plumbline.tencent.Replies.LoadBalancerHealth;
import io.plumbline.tencent.Replies.RuleHealth;
import io.plumbline.tencent.Replies.TargetHealth;
import io.plumbline.tencent.Replies.TargetHealths;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Asks how targets are, for as many load balancers in a call as the API allows.
final class HealthReading {
    private static final String MACHINE = "ins-";

    private HealthReading() {}

    static Answer<List<Health>> ask(List<HealthQuestion> questions, Calls calls, Instant askedAt) {
        List<String> loadBalancers = questions.stream()
                .flatMap(question -> id(question).stream())
                .distinct()
                .sorted()
                .toList();
        TreeMap<String, LoadBalancerHealth> answers = new TreeMap<>();
        for (int from = 0; from < loadBalancers.size(); from += Limits.LOAD_BALANCERS_PER_HEALTH_CALL) {
            int to = Math.min(loadBalancers.size(), from + Limits.LOAD_BALANCERS_PER_HEALTH_CALL);
            switch (some(loadBalancers.subList(from, to), calls)) {
                case Missed<List<LoadBalancerHealth>>(var failure) -> {
                    return new Missed<>(failure);
                }
                case Got<List<LoadBalancerHealth>>(var list) ->
                    list.forEach(shown -> answers.put(
                            Optional.ofNullable(shown.loadBalancerId).orElse(""), shown));
            }
        }
        return new Got<>(questions.stream()
                .map(question -> health(question, id(question).map(answers::get), askedAt))
                .toList());
    }

    private static Optional<String> id(HealthQuestion question) {
        return question.ids().id(question.loadBalancer());
    }

    /// One that is gone fails the call for all others: then each is asked for alone, and nothing is known of that one.
    private static Answer<List<LoadBalancerHealth>> some(List<String> loadBalancers, Calls calls) {
        return switch (calls.health(loadBalancers)) {
            case Result.Refused<TargetHealths>(Meaning.Absent absent) ->
                loadBalancers.size() == 1 ? new Got<>(List.of()) : oneByOne(loadBalancers, calls);
            case Result.Refused<TargetHealths>(Meaning meaning) -> new Missed<>(Failures.failure(meaning));
            case Result.Replied<TargetHealths>(TargetHealths reply) ->
                Optional.ofNullable(reply.loadBalancers)
                        .<Answer<List<LoadBalancerHealth>>>map(list -> new Got<>(List.of(list)))
                        .orElseGet(() -> new Missed<>(
                                Failures.broken("DescribeTargetHealth: the reply lacks what was asked for")));
        };
    }

    private static Answer<List<LoadBalancerHealth>> oneByOne(List<String> loadBalancers, Calls calls) {
        List<LoadBalancerHealth> all = new ArrayList<>();
        for (String loadBalancer : loadBalancers) {
            switch (some(List.of(loadBalancer), calls)) {
                case Missed<List<LoadBalancerHealth>> missed -> {
                    return missed;
                }
                case Got<List<LoadBalancerHealth>>(var list) -> all.addAll(list);
            }
        }
        return new Got<>(all);
    }

    private static Health health(HealthQuestion question, Optional<LoadBalancerHealth> shown, Instant askedAt) {
        TreeMap<BackendKey, Health.Status> byBackend = new TreeMap<>();
        for (PoolKey pool : question.pools()) {
            Optional<String> listener = question.ids().id(pool);
            shown.stream()
                    .flatMap(loadBalancer -> stream(loadBalancer.listeners))
                    .filter(found -> found.listenerId != null
                            && listener.filter(found.listenerId::equals).isPresent())
                    .flatMap(HealthReading::targets)
                    .forEach(target -> keys(pool, target).forEach(key -> byBackend.put(key, status(target))));
        }
        return new Health(byBackend, askedAt);
    }

    /// At layer 4 a listener has one rule without a name.
    private static Stream<TargetHealth> targets(ListenerHealth listener) {
        return stream(listener.rules)
                .flatMap((RuleHealth rule) -> stream(rule.targets))
                .filter(target -> target.ip != null && target.port != null);
    }

    /// The API does not say by which of its two names a target was registered. One with a machine's identifier answers
    /// to both: a listener has no second target of that address and port.
    private static List<BackendKey> keys(PoolKey pool, TargetHealth target) {
        int port = Optional.ofNullable(target.port).orElse(0);
        return Stream.concat(
                        Optional.ofNullable(target.targetId).filter(id -> id.startsWith(MACHINE)).stream()
                                .map(Address.Instance::new),
                        Optional.ofNullable(target.ip).stream().map(Address.Ip::new))
                .map(address -> new BackendKey(pool, address, port))
                .toList();
    }

    /// `HealthStatus: false` alone says unhealthy or not known yet
    /// (https://www.tencentcloud.com/document/api/214/33825).
    private static Health.Status status(TargetHealth target) {
        return switch (Optional.ofNullable(target.detail).orElse("")) {
            case "Alive" -> Health.Status.HEALTHY;
            case "Dead" -> Health.Status.UNHEALTHY;
            case "Close" -> Health.Status.UNCHECKED;
            case "Unknown" -> Health.Status.PROBING;
            default -> Boolean.TRUE.equals(target.healthStatus) ? Health.Status.HEALTHY : Health.Status.PROBING;
        };
    }

    private static <T> Stream<T> stream(T @Nullable [] list) {
        return list == null ? Stream.empty() : Arrays.stream(list);
    }
}
