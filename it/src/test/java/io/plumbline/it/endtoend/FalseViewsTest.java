package io.plumbline.it.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.app.Program;
import io.plumbline.it.clouds.ChangeLog.Entry;
import io.plumbline.it.clouds.ChangeLog.Happened;
import io.plumbline.it.clouds.ChangeLog.Lifecycle;
import io.plumbline.it.clouds.ChangeLog.Membership;
import io.plumbline.it.cluster.Waiting;
import io.plumbline.it.cluster.proxy.ApiServerProxy;
import io.plumbline.it.cluster.proxy.Fault;
import io.plumbline.it.laboratory.Laboratory;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// An API server that lists nothing, or what was once: no backend goes for that.
@Tag("laboratory")
@ExtendWith(OnBench.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FalseViewsTest {
    private static final List<String> ALL = List.of("pods", "endpointslices", "services", "nodes");

    private final Bench bench;
    private final Laboratory laboratory;
    private final ApiServerProxy proxy;
    private final Example example;
    private Program controller;
    private Fault.Moment beforeTheRollout = new Fault.Moment("");
    private int replicas = 3;

    FalseViewsTest(Bench bench) {
        bench.stopController();
        this.bench = bench;
        this.laboratory = bench.laboratory();
        this.proxy = laboratory.cluster().proxy();
        this.example = Example.asShipped(laboratory, "viewed");
        this.controller = laboratory.controller(proxy.server());
    }

    enum View {
        NOTHING,
        OLD
    }

    /// What is false, and whether the controller begins anew while it is.
    record Falsehood(List<String> resources, View view, boolean restart) {
        @Override
        public String toString() {
            return view + " of " + resources + (restart ? " behind a restart" : "");
        }
    }

    private static Stream<Falsehood> falsehoods() {
        Stream<List<String>> sets = Stream.concat(ALL.stream().map(List::of), Stream.of(ALL));
        return sets.flatMap(resources -> Stream.of(View.values())
                .flatMap(view -> Stream.of(false, true).map(restart -> new Falsehood(resources, view, restart))));
    }

    @BeforeAll
    void given() {
        example.awaitBound(replicas);
        beforeTheRollout = proxy.moment();
        example.roll();
        example.awaitRolledOut(replicas);
    }

    @AfterAll
    void everythingWasAllowed() {
        controller.close();
        proxy.close();
        assertThat(bench.permissions().refused()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("falsehoods")
    void noBackendIsRemovedAndAfterwardsItConverges(Falsehood falsehood) {
        // Given
        List<String> before = example.bound();
        int mark = laboratory.cloud().log().size();

        // When
        if (falsehood.restart()) {
            controller.close();
        }
        falsehood.resources().forEach(resource -> proxy.fault(resource, fault(falsehood.view())));
        if (falsehood.restart()) {
            controller = laboratory.controller(proxy.server());
        }
        falsehood
                .resources()
                .forEach(resource -> Waiting.until(
                        "the controller to be shown a false list of " + resource,
                        Example.LIMIT,
                        () -> proxy.falseLists(resource) > 0));
        Waiting.until("the controller to lead", Example.LIMIT, () -> controller.ready() && controller.leader());
        nudge();

        // Then
        Observation.forSeconds(1, () -> assertThat(losses(mark, before)).isEmpty());

        // When
        falsehood.resources().forEach(resource -> proxy.fault(resource, new Fault.Pass()));
        replicas++;
        example.scale(replicas);

        // Then
        example.awaitBound(replicas);
        assertThat(losses(mark, before)).isEmpty();
    }

    private Fault fault(View view) {
        return switch (view) {
            case NOTHING -> new Fault.Empty();
            case OLD -> new Fault.Old(beforeTheRollout);
        };
    }

    /// Something that concerns the Service changes in each resource that is still told truly.
    private void nudge() {
        String value = "at-" + System.nanoTime();
        example.annotate("example.org/nudged", value);
        example.pods()
                .forEach(pod -> Edits.untilTaken(() -> laboratory
                        .cluster()
                        .client()
                        .pods()
                        .inNamespace(example.namespace())
                        .withName(pod.getMetadata().getName())
                        .edit(found -> {
                            found.getMetadata().getLabels().put("example.org/nudged", value);
                            return found;
                        })));
    }

    /// What went, or was given no more traffic, of what was there.
    private List<Entry> losses(int mark, List<String> before) {
        return laboratory.cloud().log().since(mark).stream()
                .filter(entry -> switch (entry) {
                    case Membership member ->
                        before.contains(member.backend())
                                && (member.happened() == Happened.REMOVED || member.weight() == 0);
                    case Lifecycle lifecycle ->
                        lifecycle.happened() == Happened.REMOVED
                                && !lifecycle.what().equals("task");
                    default -> false;
                })
                .toList();
    }
}
