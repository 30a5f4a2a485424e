package io.plumbline.app;

import io.plumbline.controller.desired.DesiredState;
import io.plumbline.controller.desired.Settings;
import io.plumbline.controller.plan.History;
import io.plumbline.controller.plan.PlanText;
import io.plumbline.controller.plan.Planner;
import io.plumbline.controller.snapshot.ClusterObjects;
import io.plumbline.controller.snapshot.SnapshotAssembly;
import io.plumbline.spi.Answer;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.Provider;
import io.plumbline.spi.Provider.HealthQuestion;
import io.plumbline.spi.Provider.ReadRequest;
import io.plumbline.spi.Scope;
import io.plumbline.spi.change.Plan;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.Desired.Problem;
import io.plumbline.spi.model.Health;
import io.plumbline.spi.model.Ids;
import io.plumbline.spi.model.LoadBalancerKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What would be done for every load balancer of some objects.
///
/// @param plans one for each load balancer that can be planned, by key; they carry their own problems
/// @param problems of those that cannot
record Planning(List<Plan> plans, List<Problem> problems) {
    Planning {
        plans = List.copyOf(plans);
        problems = List.copyOf(problems);
    }

    /// Every Service of type LoadBalancer is planned for, unless it names a class of somebody else.
    static Settings settings(String provider, Provider cloud, String clusterUid) {
        return new Settings(
                clusterUid,
                provider,
                new TreeSet<>(),
                true,
                false,
                Optional.empty(),
                new TreeSet<>(cloud.capabilities().nativeGateTypes()));
    }

    /// Nothing exists yet.
    static Planning offline(ClusterObjects objects, Provider cloud, Settings settings, Instant now) {
        return each(
                objects,
                cloud,
                settings,
                desired -> new Seen(Actual.absent(desired.key(), now), Health.unknown(now), now));
    }

    /// What exists is read from the cloud.
    ///
    /// @throws UserError where the cloud does not answer
    static Planning live(ClusterObjects objects, Provider cloud, Settings settings, Instant now) {
        return each(objects, cloud, settings, desired -> read(desired, cloud, now));
    }

    private interface Reading {
        Seen of(Desired desired);
    }

    private record Seen(Actual actual, Health health, Instant now) {}

    private static Planning each(ClusterObjects objects, Provider cloud, Settings settings, Reading reading) {
        List<Plan> plans = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (LoadBalancerKey key : keys(objects, cloud)) {
            switch (DesiredState.from(
                    SnapshotAssembly.of(key, objects, cloud.dialect()),
                    cloud.dialect(),
                    cloud.capabilities(),
                    settings)) {
                case DesiredState.Invalid(List<Problem> found) -> problems.addAll(found);
                case DesiredState.Valid(Desired wanted) -> {
                    Desired desired = cloud.normalize(wanted);
                    Seen seen = reading.of(desired);
                    plans.add(Planner.plan(
                            desired,
                            seen.actual(),
                            seen.health(),
                            cloud.capabilities(),
                            seen.now(),
                            History.begin(seen.now())));
                }
            }
        }
        return new Planning(plans, problems);
    }

    private static TreeSet<LoadBalancerKey> keys(ClusterObjects objects, Provider cloud) {
        TreeSet<LoadBalancerKey> keys = new TreeSet<>();
        objects.services().stream()
                .filter(service -> service.type().equals("LoadBalancer"))
                .forEach(service -> keys.add(SnapshotAssembly.key(service, cloud.dialect())));
        return keys;
    }

    private static Seen read(Desired desired, Provider cloud, Instant now) {
        Actual actual = got(cloud.read(new ReadRequest(
                desired.key(),
                new Scope.Whole(),
                desired.claimants().getFirst().mark(),
                desired.claimants().stream().map(Desired.Claimant::mark).toList(),
                Ids.none())));
        if (actual.pools().isEmpty()) {
            return new Seen(actual, Health.unknown(now), now);
        }
        HealthQuestion question = new HealthQuestion(
                desired.key(),
                actual.pools().stream()
                        .map(found -> found.pool().resource().value().key())
                        .toList(),
                actual.ids());
        return new Seen(actual, got(cloud.health(List.of(question))).getFirst(), now);
    }

    private static <T> T got(Answer<T> answer) {
        return switch (answer) {
            case Answer.Got<T>(T value) -> value;
            case Answer.Missed<T>(Outcome.Failure failure) ->
                throw new UserError("the cloud does not answer: " + failure.message());
        };
    }

    boolean converged() {
        return plans.stream().allMatch(Plan::converged);
    }

    List<Problem> allProblems() {
        return Stream.concat(plans.stream().flatMap(plan -> plan.problems().stream()), problems.stream())
                .sorted()
                .distinct()
                .toList();
    }

    String text() {
        StringBuilder text = new StringBuilder();
        plans.forEach(plan -> text.append(PlanText.print(plan)).append('\n'));
        problems.forEach(problem -> text.append("! ")
                .append(problem.object().text())
                .append(' ')
                .append(problem.field())
                .append(": ")
                .append(problem.message())
                .append('\n'));
        if (plans.isEmpty() && problems.isEmpty()) {
            text.append("No Service of type LoadBalancer.\n");
        }
        return text.toString();
    }
}
