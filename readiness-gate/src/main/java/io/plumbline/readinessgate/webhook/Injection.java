package io.plumbline.readinessgate.webhook;

import io.plumbline.readinessgate.gate.GateSettings;
import io.plumbline.readinessgate.webhook.Admission.Operation;
import io.plumbline.readinessgate.webhook.IncomingPod.Container;
import io.plumbline.readinessgate.webhook.IncomingPod.Lifecycle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is put into a Pod that a direct Service of ours selects. Pure.
public final class Injection {
    /// On a Pod's template, or on its namespace for all of them.
    public static final String SLEEP_ANNOTATION = "plumbline.io/pre-stop-sleep-seconds";

    private static final long DEFAULT_GRACE_SECONDS = 30;
    private static final long LONGEST_SLEEP_SECONDS = 3600;

    private Injection() {}

    /// The gate, and the sleep where it is asked for.
    ///
    /// @param namespaceSleep the namespace's annotation, which the Pod's own precedes
    public static Admission into(IncomingPod pod, Optional<String> namespaceSleep, WebhookSettings settings) {
        List<Operation> operations = new ArrayList<>(gate(pod));
        List<String> warnings = new ArrayList<>();
        long seconds = sleepSeconds(pod, namespaceSleep, warnings);
        if (seconds > 0) {
            switch (settings.sleepAction()) {
                case KNOWN -> operations.addAll(sleep(pod, seconds, warnings));
                case TOO_OLD -> warnings.add(noSleep("this cluster is older than Kubernetes 1.30"));
                case UNTOLD -> warnings.add(noSleep("the version of this cluster could not be read"));
            }
        }
        return new Admission(operations, warnings);
    }

    private static String noSleep(String why) {
        return SLEEP_ANNOTATION + " has no effect: " + why;
    }

    private static List<Operation> gate(IncomingPod pod) {
        Map<String, String> gate = Map.of("conditionType", GateSettings.TYPE);
        return pod.gates()
                .map(gates -> gates.contains(GateSettings.TYPE)
                        ? List.<Operation>of()
                        : List.of(new Operation("/spec/readinessGates/-", gate)))
                .orElse(List.of(new Operation("/spec/readinessGates", List.of(gate))));
    }

    private static long sleepSeconds(IncomingPod pod, Optional<String> namespaceSleep, List<String> warnings) {
        return seconds(Optional.ofNullable(pod.annotations().get(SLEEP_ANNOTATION)), "the Pod's", warnings)
                .or(() -> seconds(namespaceSleep, "the namespace's", warnings))
                .orElse(0L);
    }

    private static Optional<Long> seconds(Optional<String> text, String whose, List<String> warnings) {
        Optional<Long> value = text.flatMap(Injection::number);
        if (text.isPresent() && value.isEmpty()) {
            warnings.add(whose + " annotation " + SLEEP_ANNOTATION + " is ignored: \"" + shortened(text.get())
                    + "\" is not a whole number of seconds from 0 to " + LONGEST_SLEEP_SECONDS);
        }
        return value;
    }

    private static Optional<Long> number(String text) {
        return Optional.of(text.strip())
                .filter(digits -> digits.matches("\\d{1,4}"))
                .map(Long::valueOf)
                .filter(seconds -> seconds <= LONGEST_SLEEP_SECONDS);
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }

    /// The sleep comes before SIGTERM and counts against the grace period, so that is made longer by it:
    /// the process keeps its own grace on top.
    private static List<Operation> sleep(IncomingPod pod, long seconds, List<String> warnings) {
        List<Operation> operations = new ArrayList<>();
        Map<String, Object> preStop = Map.of("sleep", Map.of("seconds", seconds));
        for (int i = 0; i < pod.containers().size(); i++) {
            Container container = pod.containers().get(i);
            String path = "/spec/containers/" + i + "/lifecycle";
            switch (container.lifecycle()) {
                case ABSENT -> operations.add(new Operation(path, Map.of("preStop", preStop)));
                case WITHOUT_PRE_STOP -> operations.add(new Operation(path + "/preStop", preStop));
                case WITH_PRE_STOP ->
                    warnings.add("container " + container.name()
                            + " has a preStop hook of its own, which is left alone: it gets no sleep of " + seconds
                            + " s");
            }
        }
        if (!operations.isEmpty()) {
            long grace = pod.graceSeconds().orElse(DEFAULT_GRACE_SECONDS) + seconds;
            operations.add(new Operation("/spec/terminationGracePeriodSeconds", grace));
        }
        return operations;
    }

    /// Whether the container's lifecycle holds a preStop hook.
    static Lifecycle lifecycle(boolean hasLifecycle, boolean hasPreStop) {
        if (!hasLifecycle) {
            return Lifecycle.ABSENT;
        }
        return hasPreStop ? Lifecycle.WITH_PRE_STOP : Lifecycle.WITHOUT_PRE_STOP;
    }
}
