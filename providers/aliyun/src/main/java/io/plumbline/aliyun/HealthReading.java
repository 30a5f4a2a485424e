package io.plumbline.aliyun;

import io.plumbline.aliyun.Failures.Meaning;
import io.plumbline.aliyun.Failures.Result;
import io.plumbline.spi.Answer;
import io.plumbline.spi.Answer.Got;
import io.plumbline.spi.Answer.Missed;
import io.plumbline.spi.Provider.HealthQuestion;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Health;
import io.plumbline.spi.model.PoolKey;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/// Asks how members are: one call for all ports of a load balancer.
final class HealthReading {
    private HealthReading() {}

    static Answer<List<Health>> ask(List<HealthQuestion> questions, Calls calls, Instant askedAt) {
        List<String> loadBalancers = questions.stream()
                .flatMap(question -> id(question).stream())
                .distinct()
                .sorted()
                .toList();
        TreeMap<String, List<Fields>> answers = new TreeMap<>();
        for (String loadBalancer : loadBalancers) {
            switch (one(loadBalancer, calls)) {
                case Missed<List<Fields>>(var failure) -> {
                    return new Missed<>(failure);
                }
                case Got<List<Fields>>(var list) -> answers.put(loadBalancer, list);
            }
        }
        return new Got<>(questions.stream()
                .map(question -> health(question, id(question).map(answers::get).orElseGet(List::of), askedAt))
                .toList());
    }

    private static Optional<String> id(HealthQuestion question) {
        return question.ids().id(question.loadBalancer());
    }

    /// Of one that is gone nothing is known.
    private static Answer<List<Fields>> one(String loadBalancer, Calls calls) {
        return switch (calls.health(loadBalancer)) {
            case Result.Refused(Meaning.Absent absent) -> new Got<>(List.of());
            case Result.Refused(Meaning meaning) -> new Missed<>(Failures.failure(meaning));
            case Result.Replied(Fields reply) ->
                reply.list("BackendServers", "BackendServer")
                        .<Answer<List<Fields>>>map(Got::new)
                        .orElseGet(() -> Reading.missed("DescribeHealthStatus"));
        };
    }

    private static Health health(HealthQuestion question, List<Fields> shown, Instant askedAt) {
        TreeMap<BackendKey, Health.Status> byBackend = new TreeMap<>();
        for (PoolKey pool : question.pools()) {
            List<Fields> own = shown.stream().filter(one -> isOf(pool, one)).toList();
            // The user's own listener on another port may lead to it.
            (own.isEmpty() ? shown : own)
                    .forEach(one -> byBackend.merge(ReadPool.key(pool, one), status(one), HealthReading::better));
        }
        return new Health(byBackend, askedAt);
    }

    /// The pool of a Service's port is named like its listener: `tcp/80`.
    private static boolean isOf(PoolKey pool, Fields shown) {
        String protocol = shown.text("Protocol")
                .map(text -> text.toLowerCase(Locale.ROOT).equals("udp") ? "udp" : "tcp")
                .orElseGet(() -> pool.name().startsWith("udp") ? "udp" : "tcp");
        return pool.name().equals(protocol + "/" + shown.whole("ListenerPort").orElse(0));
    }

    private static Health.Status status(Fields shown) {
        return switch (shown.textOrNone("ServerHealthStatus")) {
            case "normal" -> Health.Status.HEALTHY;
            case "abnormal" -> Health.Status.UNHEALTHY;
            // Not checked yet, or not at all: the question does not tell which.
            default -> Health.Status.PROBING;
        };
    }

    private static Health.Status better(Health.Status one, Health.Status other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
