package io.plumbline.it.endtoend;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;

/// Pod disruption budgets.
final class Budgets {
    private Budgets() {}

    /// At most one Pod of the example may be missing; returns when the cluster knows it.
    static void oneAtATime(Example example, int replicas) {
        PodDisruptionBudget budget = new PodDisruptionBudgetBuilder()
                .withNewMetadata()
                .withNamespace(example.namespace())
                .withName(example.deployment())
                .endMetadata()
                .withNewSpec()
                .withMaxUnavailable(new IntOrString(1))
                .withNewSelector()
                .withMatchLabels(example.now().getSpec().getSelector())
                .endSelector()
                .endSpec()
                .build();
        example.laboratory().cluster().apply(budget);
        example.waitFor("the budget to count " + replicas + " Pods", () -> counted(example, budget) == replicas);
    }

    private static int counted(Example example, PodDisruptionBudget budget) {
        PodDisruptionBudget now =
                example.laboratory().cluster().client().resource(budget).get();
        return now == null || now.getStatus() == null || now.getStatus().getCurrentHealthy() == null
                ? 0
                : now.getStatus().getCurrentHealthy();
    }
}
