package io.plumbline.it.demo;

import io.fabric8.kubernetes.api.model.Pod;
import io.plumbline.it.clouds.BalancerView;
import io.plumbline.it.clouds.ChangeLog;
import io.plumbline.it.clouds.ChangeLog.Entry;
import io.plumbline.it.clouds.ChangeLog.Membership;
import io.plumbline.it.clouds.ChangeLog.Serving;
import io.plumbline.it.laboratory.Laboratory;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Tells of pools and gates as they change.
final class Watching implements AutoCloseable {
    private static final long PAUSE_MILLIS = 200;
    private static final String GATE = "plumbline.io/load-balancer-ready";

    private final Laboratory laboratory;
    private final List<Stage> stages;
    private final Story story;
    private final Thread thread;
    private final Map<String, String> gates = new HashMap<>();
    private int seen;
    private volatile boolean running = true;

    private Watching(Laboratory laboratory, List<Stage> stages, Story story) {
        this.laboratory = laboratory;
        this.stages = stages;
        this.story = story;
        this.thread = Thread.ofPlatform().name("watching").daemon().unstarted(this::watch);
    }

    static Watching start(Laboratory laboratory, List<Stage> stages, Story story) {
        Watching watching = new Watching(laboratory, stages, story);
        watching.thread.start();
        return watching;
    }

    private void watch() {
        try {
            while (running) {
                ChangeLog log = laboratory.cloud().log();
                List<Entry> news = log.since(seen);
                seen += news.size();
                news.forEach(this::tell);
                stages.forEach(this::tellGates);
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(Entry entry) {
        switch (entry) {
            case Membership member ->
                story.tell(stage(member.pool()) + "  pool: " + member.backend() + " "
                        + member.happened().name().toLowerCase(Locale.ROOT) + ", weight " + member.weight());
            case Serving nothing when nothing.members() == 0 -> {}
            case Serving serving ->
                story.tell(stage(serving.pool()) + "  pool: "
                        + serving.healthy().size() + " of " + serving.members() + " members serve");
            case ChangeLog.Call call -> {}
            case ChangeLog.Lifecycle lifecycle -> {}
            case ChangeLog.Verdict verdict -> {}
        }
    }

    private void tellGates(Stage stage) {
        for (Pod pod : laboratory.cluster().workloads().pods(stage.namespace(), "nginx")) {
            pod.getStatus().getConditions().stream()
                    .filter(condition -> condition.getType().equals(GATE))
                    .forEach(condition -> {
                        String now = condition.getStatus() + " (" + condition.getReason() + ")";
                        String name = pod.getMetadata().getName();
                        if (!now.equals(gates.put(name, now))) {
                            story.tell(name(stage.namespace()) + "  gate of " + name + ": " + now);
                        }
                    });
        }
    }

    private String stage(String pool) {
        Optional<String> vip = laboratory.cloud().balancers().stream()
                .filter(view -> view.listeners().stream()
                        .anyMatch(listener -> listener.pool().equals(pool)))
                .map(BalancerView::vip)
                .findFirst();
        return name(stages.stream()
                .filter(stage -> stage.address().equals(vip))
                .map(Stage::namespace)
                .findFirst()
                .orElse(pool));
    }

    private static String name(String namespace) {
        return String.format(Locale.ROOT, "%-13s", namespace);
    }

    @Override
    public void close() {
        running = false;
        thread.interrupt();
    }
}
