package io.plumbline.it.scenario;

import io.plumbline.spi.Capabilities.Pools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One step of a scenario: the first is `input.yaml` and what goes with it, the next `step-2-input.yaml`,
/// and so on.
///
/// @param facts of this step, or those of the one before where it has none
record Steps(Path folder, String prefix, Facts facts, Cluster cluster) {

    static List<Steps> of(Path folder) throws IOException {
        List<Steps> steps = new ArrayList<>();
        String prefix = "";
        while (Files.exists(folder.resolve(prefix + "input.yaml"))) {
            Optional<Facts> before = steps.isEmpty()
                    ? Optional.empty()
                    : Optional.of(steps.getLast().facts());
            steps.add(step(folder, prefix, before));
            prefix = "step-" + (steps.size() + 1) + "-";
        }
        return steps;
    }

    private static Steps step(Path folder, String prefix, Optional<Facts> before) throws IOException {
        Path file = folder.resolve(prefix + "facts.yaml");
        Facts facts = before.isPresent() && !Files.exists(file) ? before.get() : Facts.read(file);
        String input = Files.readString(folder.resolve(prefix + "input.yaml"));
        return new Steps(folder, prefix, facts, new Cluster(Cluster.read(input), facts.fresh()));
    }

    static boolean inline(Facts facts) {
        return facts.traits().pools() == Pools.INLINE;
    }

    Path expectedPlan() {
        return folder.resolve(prefix + "expected-plan.txt");
    }

    Path expectedStatus() {
        return folder.resolve(prefix + "expected-status.yaml");
    }

    /// Every file that belongs to this step.
    List<String> files() {
        List<String> files = new ArrayList<>(List.of(
                prefix + "input.yaml",
                prefix + "facts.yaml",
                prefix + "expected-plan.txt",
                prefix + "expected-status.yaml"));
        if (prefix.isEmpty()) {
            files.add("actual.yaml");
        }
        return files;
    }
}
