package io.plumbline.readinessgate.watch;

import io.plumbline.readinessgate.gate.GatePatch;
import io.plumbline.spi.Answer;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.PodRegistrations;
import io.plumbline.spi.Provider.HealthQuestion;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Health;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.objects.PodView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A cluster, a cloud and a clock in memory. Pods leave the waiting list when their gate is written open,
/// as an informer would show it.
final class Lab implements PodRegistrations, HealthSource, PodWrites, InstantSource {
    private Instant now;
    private final Map<String, PodView> waiting = new TreeMap<>();
    private final Map<String, Standing> standings = new HashMap<>();
    private final TreeMap<BackendKey, Health.Status> health = new TreeMap<>();
    private final Map<LoadBalancerKey, Outcome.Failure> failing = new HashMap<>();
    private Optional<Written> nextWrite = Optional.empty();
    private boolean informerLags;
    final List<PodView> ungated = new ArrayList<>();
    final List<List<HealthQuestion>> questions = Collections.synchronizedList(new ArrayList<>());
    final List<GatePatch> patches = Collections.synchronizedList(new ArrayList<>());
    final List<String> warnings = Collections.synchronizedList(new ArrayList<>());

    Lab(Instant now) {
        this.now = now;
    }

    void pod(PodView pod, Standing standing) {
        waiting.put(pod.uid(), pod);
        standings.put(pod.uid(), standing);
    }

    void gone(PodView pod) {
        waiting.remove(pod.uid());
    }

    void becomes(Registration registration, Health.Status status) {
        health.put(registration.backend(), status);
    }

    void failing(LoadBalancerKey loadBalancer, Outcome.Failure failure) {
        failing.put(loadBalancer, failure);
    }

    void mended(LoadBalancerKey loadBalancer) {
        failing.remove(loadBalancer);
    }

    void nextWriteIs(Written written) {
        nextWrite = Optional.of(written);
    }

    void informerLags() {
        informerLags = true;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public Optional<Instant> syncedSince() {
        return Optional.of(Instant.EPOCH);
    }

    @Override
    public List<PodView> waiting() {
        return List.copyOf(waiting.values());
    }

    @Override
    public List<PodView> ungated() {
        return List.copyOf(ungated);
    }

    @Override
    public Standing standing(PodView pod) {
        return standings.getOrDefault(pod.uid(), new Standing(Selection.NONE, false, List.of()));
    }

    @Override
    public Selected selects(String namespace, SortedMap<String, String> labels) {
        return Selected.YES;
    }

    @Override
    public Answer<List<Health>> ask(List<HealthQuestion> call) {
        questions.add(call);
        for (HealthQuestion question : call) {
            Outcome.Failure failure = failing.get(question.loadBalancer());
            if (failure != null) {
                return new Answer.Missed<>(failure);
            }
        }
        return new Answer.Got<>(
                call.stream().map(question -> new Health(health, now)).toList());
    }

    @Override
    public Written patch(GatePatch patch, Instant at) {
        patches.add(patch);
        Written written = nextWrite.orElseGet(Written.Done::new);
        nextWrite = Optional.empty();
        if (written instanceof Written.Done && patch.opens() && !informerLags) {
            waiting.remove(patch.uid());
        }
        return written;
    }

    @Override
    public void warn(PodView pod, String reason, String message, Instant at) {
        warnings.add(reason + " " + pod.key().text());
    }
}
