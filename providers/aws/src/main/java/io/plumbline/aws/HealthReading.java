package io.plumbline.aws;

import io.plumbline.aws.Failures.Meaning;
import io.plumbline.aws.Failures.Result;
import io.plumbline.spi.Answer;
import io.plumbline.spi.Answer.Got;
import io.plumbline.spi.Answer.Missed;
import io.plumbline.spi.CallGate.Sort;
import io.plumbline.spi.Outcome.Failure;
import io.plumbline.spi.Provider.HealthQuestion;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Health;
import io.plumbline.spi.model.PoolKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/// Asks how targets are: one question for each target group.
final class HealthReading {
    private HealthReading() {}

    static Answer<List<Health>> ask(List<HealthQuestion> questions, Inquiries inquiries, Instant askedAt) {
        List<Health> all = new ArrayList<>();
        for (HealthQuestion question : questions) {
            TreeMap<BackendKey, Health.Status> byBackend = new TreeMap<>();
            for (PoolKey pool : question.pools()) {
                Optional<Failure> failed = pool(question, pool, inquiries, byBackend);
                if (failed.isPresent()) {
                    return new Missed<>(failed.get());
                }
            }
            all.add(new Health(byBackend, askedAt));
        }
        return new Got<>(all);
    }

    /// One that is gone has no health.
    private static Optional<Failure> pool(
            HealthQuestion question,
            PoolKey pool,
            Inquiries inquiries,
            SortedMap<BackendKey, Health.Status> byBackend) {
        GroupIds groups = question.ids().id(pool).map(GroupIds::parse).orElseGet(GroupIds::none);
        for (String group : Stream.of(groups.active(), groups.coming())
                .flatMap(Optional::stream)
                .toList()) {
            switch (inquiries.targets(group, Sort.HEALTH)) {
                case Result.Refused<List<TargetHealthDescription>>(Meaning.Absent absent) -> {}
                case Result.Refused<List<TargetHealthDescription>>(Meaning meaning) -> {
                    return Optional.of(Failures.failure(meaning));
                }
                case Result.Replied<List<TargetHealthDescription>>(var shown) ->
                    shown.stream()
                            .filter(ReadGroup::isMember)
                            .forEach(target -> byBackend.put(ReadGroup.key(pool, group, target), status(target)));
            }
        }
        return Optional.empty();
    }

    /// https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html: `unused`
    /// where no listener leads there, or none in the target's zone; `unavailable` where checks are off.
    private static Health.Status status(TargetHealthDescription target) {
        return switch (target.targetHealth().stateAsString()) {
            case "healthy" -> Health.Status.HEALTHY;
            case "unhealthy", "unhealthy.draining" -> Health.Status.UNHEALTHY;
            case "unavailable" -> Health.Status.UNCHECKED;
            default -> Health.Status.PROBING;
        };
    }
}
