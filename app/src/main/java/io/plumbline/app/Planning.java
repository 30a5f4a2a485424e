package io.plumbline.app;

import io.plumbline.controller.desired.Claims;
import io.plumbline.controller.desired.Claims.Standing;
import io.plumbline.controller.desired.DesiredState;
import io.plumbline.controller.desired.Lives;
import io.plumbline.controller.desired.Settings;
import io.plumbline.controller.plan.History;
import io.plumbline.controller.plan.Incarnation;
import io.plumbline.controller.plan.PlanText;
import io.plumbline.controller.plan.Planner;
import io.plumbline.controller.snapshot.ClusterObjects;
import io.plumbline.controller.snapshot.SnapshotAssembly;
import io.plumbline.spi.Answer;
import io.plumbline.spi.Dialect;
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
import io.plumbline.spi.objects.ServiceView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What would be done for every load balancer of some objects.
///
/// @param plans one for each load balancer that can be planned, by key; they carry their own problems
/// @param problems of those that cannot
record Planning(List<Plan> plans, List<Problem> problems) {
    Planning {
        plans = List.copyOf(plans);
        problems = problems.stream().sorted().distinct().toList();
    }

    /// A Service without a class is planned for too: what must not be is left out of the objects.
    static Settings settings(String provider, Provider cloud, String clusterUid, boolean everyPodDirect) {
        return new Settings(
                clusterUid,
                provider,
                new TreeSet<>(),
                true,
                everyPodDirect,
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
        for (LoadBalancerKey key : keys(objects, cloud.dialect(), settings)) {
            switch (DesiredState.from(
                    SnapshotAssembly.of(key, objects, cloud.dialect()),
                    cloud.dialect(),
                    cloud.capabilities(),
                    settings)) {
                case DesiredState.Invalid(List<Problem> found) -> problems.addAll(found);
                case DesiredState.Valid(Desired wanted) -> {
                    Desired desired = cloud.normalize(latest(wanted, objects));
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

    /// Of a load balancer that was replaced, the incarnation that was made last.
    private static Desired latest(Desired wanted, ClusterObjects objects) {
        if (!(wanted.key() instanceof LoadBalancerKey.Managed managed)) {
            return wanted;
        }
        return Optional.ofNullable(objects.servicesByKey().get(managed.object()))
                .map(service -> Lives.of(service.metadata()).existing().getLast())
                .map(incarnation -> Incarnation.desired(wanted, Lives.key(managed, incarnation)))
                .orElse(wanted);
    }

    private static SortedSet<LoadBalancerKey> keys(ClusterObjects objects, Dialect dialect, Settings settings) {
        SortedSet<LoadBalancerKey> keys = new TreeSet<>();
        for (ServiceView service : objects.services()) {
            switch (Claims.standing(service, dialect, settings)) {
                case Standing.Ours() -> keys.add(SnapshotAssembly.key(service, dialect));
                case Standing.AlreadyManaged(String field, String why) ->
                    keys.add(SnapshotAssembly.key(service, dialect));
                case Standing.Released(String why) -> keys.addAll(Claims.keys(service, dialect));
                case Standing.NotOurs() -> {}
            }
        }
        return keys;
    }

    /// With the Services of `named` told of that are of type LoadBalancer and yet are not ours: somebody asked
    /// about them.
    Planning withStrangers(ClusterObjects named, Dialect dialect, Settings settings) {
        Stream<Problem> strangers = named.services().stream()
                .filter(service -> service.type().equals("LoadBalancer"))
                .filter(service -> Claims.standing(service, dialect, settings) instanceof Standing.NotOurs)
                .map(service -> stranger(service, settings));
        return new Planning(plans, Stream.concat(problems.stream(), strangers).toList());
    }

    private static Problem stranger(ServiceView service, Settings settings) {
        return service.metadata().deleting()
                ? new Problem(
                        service.key(),
                        "metadata.deletionTimestamp",
                        "the Service is being deleted, and nothing of ours is left of it")
                : new Problem(
                        service.key(),
                        "spec.loadBalancerClass",
                        "this class belongs to another controller: "
                                + service.loadBalancerClass().orElse("none")
                                + ". Make the Service anew with " + settings.ownClass()
                                + ", or leave it to that controller");
    }

    private static Seen read(Desired desired, Provider cloud, Instant now) {
        ReadRequest request = new ReadRequest(
                desired.key(),
                new Scope.Whole(),
                desired.claimants().getFirst().mark(),
                desired.claimants().stream().map(Desired.Claimant::mark).toList(),
                Ids.none());
        Actual actual = got(cloud.read(request.withBoundAddresses(desired.publishesBoundAddress())));
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

    /// Nothing is left to do.
    boolean converged() {
        return plans.stream().allMatch(Plan::converged);
    }

    /// Those of the plans, too.
    List<Problem> allProblems() {
        return Stream.concat(plans.stream().flatMap(plan -> plan.problems().stream()), problems.stream())
                .sorted()
                .distinct()
                .toList();
    }

    /// For people. Each load balancer is named where there are several.
    String text() {
        if (plans.isEmpty() && problems.isEmpty()) {
            return "No Service of type LoadBalancer to plan for.\n";
        }
        StringBuilder text = new StringBuilder();
        for (Plan plan : plans) {
            text.append(plans.size() > 1 ? plan.key().text() + ":\n" : "")
                    .append(PlanText.print(plan))
                    .append('\n');
        }
        problems.forEach(problem -> text.append("! ")
                .append(problem.object().text())
                .append(' ')
                .append(problem.field())
                .append(": ")
                .append(problem.message())
                .append('\n'));
        return text.toString();
    }
}
