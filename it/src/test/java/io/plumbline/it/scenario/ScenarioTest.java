package io.plumbline.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.controller.plan.PlanText;
import io.plumbline.controller.report.ObjectReport;
import io.plumbline.fake.FakeState;
import io.plumbline.it.scenario.Rehearsal.Decision;
import io.plumbline.spi.model.LoadBalancerKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Runs every folder of `src/test/resources/scenario`.
class ScenarioTest {
    private static final Path FOLDER = Path.of("src/test/resources/scenario");
    private static final boolean WRITE = "write".equals(System.getProperty("golden"));
    private static final int MOST_LINES = 40;
    private static final int MOST_ROUNDS = 20;
    private static final int SHUFFLES = 5;

    @TestFactory
    Stream<DynamicTest> scenario() throws IOException {
        return folders().stream()
                .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> run(folder)));
    }

    @Test
    void everyScenarioSaysWhatItProves() throws IOException {
        for (Path folder : folders()) {
            assertThat(Files.readAllLines(folder.resolve("input.yaml")).getFirst())
                    .as("first line of %s", folder)
                    .startsWith("# ")
                    .hasSizeGreaterThan(20);
        }
    }

    @Test
    void noFileIsUnused() throws IOException {
        for (Path folder : folders()) {
            try (Stream<Path> files = Files.list(folder)) {
                List<String> known = Steps.of(folder).stream()
                        .flatMap(step -> step.files().stream())
                        .toList();
                assertThat(files.map(file -> file.getFileName().toString())).isSubsetOf(known);
            }
        }
    }

    private static List<Path> folders() throws IOException {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static void run(Path folder) throws IOException {
        List<Steps> steps = Steps.of(folder);
        Facts facts = steps.getFirst().facts();
        FakeState state = CloudFile.read(folder.resolve("actual.yaml"), Steps.inline(facts));
        Rehearsal rehearsal = new Rehearsal(facts, steps.getFirst().cluster(), state);
        for (Steps step : steps) {
            rehearsal.next(step.facts(), step.cluster());
            run(rehearsal, step);
        }
    }

    private static void run(Rehearsal rehearsal, Steps step) throws IOException {
        List<LoadBalancerKey> keys = rehearsal.keys();
        StringBuilder plans = new StringBuilder();
        List<ObjectReport> reports = new ArrayList<>();
        for (LoadBalancerKey key : keys) {
            Decision decision = rehearsal.decide(key);
            plans.append(keys.size() > 1 ? key.text() + ":\n" : "").append(PlanText.print(decision.plan()));
            anyOrderGivesTheSamePlan(rehearsal, key, decision);
            reports.addAll(rehearsal.apply(decision));
        }
        compare(step.expectedPlan(), plans.toString());
        compare(step.expectedStatus(), StatusText.print(reports));
        for (LoadBalancerKey key : keys) {
            converges(rehearsal, key);
        }
    }

    private static void anyOrderGivesTheSamePlan(Rehearsal rehearsal, LoadBalancerKey key, Decision decision) {
        for (int seed = 0; seed < SHUFFLES; seed++) {
            Shuffle shuffle = new Shuffle(seed);
            assertThat(rehearsal.decide(key, shuffle::desired, shuffle::actual).plan())
                    .isEqualTo(decision.plan());
        }
    }

    /// Applying leads to a plan of nothing but `Leave`, which stays so and makes no call.
    private static void converges(Rehearsal rehearsal, LoadBalancerKey key) {
        Decision decision = rehearsal.decide(key);
        for (int round = 0; round < MOST_ROUNDS && !decision.plan().converged(); round++) {
            rehearsal.apply(decision);
            decision = rehearsal.decide(key);
        }
        assertThat(decision.plan().converged())
                .as("converged: %s", PlanText.print(decision.plan()))
                .isTrue();
        int writes = rehearsal.writes();
        rehearsal.apply(decision);
        assertThat(rehearsal.decide(key).plan()).isEqualTo(decision.plan());
        assertThat(rehearsal.writes()).as("writes of a converged plan").isEqualTo(writes);
    }

    private static void compare(Path expectation, String text) throws IOException {
        if (WRITE) {
            Files.writeString(expectation, text);
        }
        assertThat(Files.exists(expectation)).as("%s is there", expectation).isTrue();
        assertThat(text).as("%s", expectation).isEqualTo(Files.readString(expectation));
        assertThat(text.lines().count()).as("lines of %s", expectation).isLessThanOrEqualTo(MOST_LINES);
    }
}
