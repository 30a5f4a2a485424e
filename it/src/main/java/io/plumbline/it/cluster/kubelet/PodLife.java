package io.plumbline.it.cluster.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One Pod from its binding to its end: a mailbox, and after each event or due time the next step.
final class PodLife implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(PodLife.class);
    private static final Duration RETRY = Duration.ofMillis(200);

    /// What a real kubelet leaves to the process where the preStop hook has used up the grace period
    /// (kubernetes/pkg/kubelet/kuberuntime, minimumGracePeriodInSeconds).
    private static final Duration LEAST_GRACE = Duration.ofSeconds(2);

    private static final int KILLED = 137;

    /// What all Pods share.
    record Surroundings(KubernetesClient client, Nodes nodes, PodAddresses addresses, EventLoop loop, Clock clock) {}

    sealed interface Event {
        /// The API server's Pod, perhaps an old one.
        record Seen(Pod pod) implements Event {}

        /// The Pod's object is gone.
        record Gone() implements Event {}

        /// All containers end now; they start again after `down`, or never.
        record Crash(Optional<Duration> down, CompletableFuture<Void> done) implements Event {}

        /// Look again.
        record Wake() implements Event {}
    }

    private record Ending(Duration grace, Instant termAt, Instant killAt) {}

    private final PodFacts facts;
    private final Surroundings around;
    private final PodApi api;
    private final BlockingQueue<Event> inbox = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> address;
    private Pod latest;
    private ContainerState state = new ContainerState.Waiting("ContainerCreating");
    private volatile Optional<PodProcess> process = Optional.empty();
    private volatile int httpStatus = 200;
    private Optional<PodReport> said = Optional.empty();
    private Optional<Ending> ending = Optional.empty();
    private Instant startAt;
    private Instant readyAt = Instant.MAX;
    private Instant sayAgainAt = Instant.MIN;
    private int restarts;
    private boolean addressSaid;
    private boolean killed;
    private boolean released;
    private boolean over;

    PodLife(Pod pod, Surroundings around, Duration startDelay) {
        this.facts = PodFacts.of(pod);
        this.around = around;
        this.api = new PodApi(around.client(), facts);
        this.latest = pod;
        this.startAt = around.clock().instant().plus(startDelay);
        this.address = facts.hostNetwork()
                ? CompletableFuture.completedFuture(nodeAddress())
                : around.addresses().take();
        CompletableFuture<Void> _ = address.thenRun(() -> tell(new Event.Wake()));
    }

    PodFacts facts() {
        return facts;
    }

    void tell(Event event) {
        inbox.add(event);
    }

    /// The HTTP status of every answer from now on.
    void answer(int status) {
        httpStatus = status;
        process.ifPresent(running -> running.answer(status));
    }

    @Override
    public void run() {
        try {
            while (!over) {
                Event event = inbox.poll(waitMillis(), TimeUnit.MILLISECONDS);
                take(event);
                step(around.clock().instant());
            }
        } catch (InterruptedException kubeletStops) {
            stop();
        } catch (RuntimeException e) {
            LOG.error("the kubelet gives up on {}/{}", facts.namespace(), facts.name(), e);
            stop();
        }
    }

    private void take(@Nullable Event event) {
        switch (event) {
            case null -> {}
            case Event.Wake _ -> {}
            case Event.Seen seen -> latest = newer(latest, seen.pod());
            case Event.Gone _ -> stop();
            case Event.Crash crash -> crash(crash);
        }
    }

    private static Pod newer(Pod one, Pod other) {
        return version(other) > version(one) ? other : one;
    }

    private static long version(Pod pod) {
        return Long.parseLong(pod.getMetadata().getResourceVersion());
    }

    private void step(Instant now) {
        if (over) {
            return;
        }
        boolean silent = around.nodes().isSilent(facts.node());
        if (!silent && latest.getMetadata().getDeletionTimestamp() != null) {
            heedDeletion(now);
        }
        ending.ifPresentOrElse(end -> endWhenDue(now, end), () -> startWhenDue(now));
        if (!silent && !now.isBefore(sayAgainAt)) {
            report(now);
            if (state instanceof ContainerState.Terminated && !over) {
                over = api.delete();
                sayAgainAt = now.plus(RETRY);
            }
        }
    }

    private void startWhenDue(Instant now) {
        if (!(state instanceof ContainerState.Waiting) || now.isBefore(startAt) || !address.isDone()) {
            return;
        }
        try {
            PodProcess started = PodProcess.start(facts.name(), address.join(), facts.ports(), around.loop());
            started.answer(httpStatus);
            CompletableFuture<Void> _ = started.end().thenRun(() -> tell(new Event.Wake()));
            process = Optional.of(started);
            state = new ContainerState.Running(now);
            readyAt = now.plus(facts.readinessDelay());
        } catch (IOException e) {
            LOG.warn("{}/{} cannot listen on {}: {}", facts.namespace(), facts.name(), address.join(), e.getMessage());
            startAt = now.plusSeconds(1);
        }
    }

    private void crash(Event.Crash crash) {
        killNow();
        if (ending.isEmpty()) {
            state = new ContainerState.Waiting("CrashLoopBackOff");
            restarts++;
            startAt = crash.down().map(around.clock().instant()::plus).orElse(Instant.MAX);
        }
        crash.done().complete(null);
    }

    /// The grace period counts from when the deletion is first seen; a shorter one may follow.
    private void heedDeletion(Instant now) {
        Duration grace = Duration.ofSeconds(
                Objects.requireNonNullElse(latest.getMetadata().getDeletionGracePeriodSeconds(), 30L));
        if (ending.isPresent() && grace.compareTo(ending.get().grace()) >= 0) {
            return;
        }
        Duration preStop = process.isEmpty() ? Duration.ZERO : facts.preStop();
        Instant termAt = now.plus(preStop.compareTo(grace) < 0 ? preStop : grace);
        Instant killAt = now.plus(grace);
        Instant least = termAt.plus(preStop.isZero() ? Duration.ZERO : LEAST_GRACE);
        ending = Optional.of(new Ending(grace, termAt, killAt.isBefore(least) ? least : killAt));
        if (!facts.hostNetwork() && address.isDone()) {
            around.addresses().leaving(address.join());
        }
    }

    private void endWhenDue(Instant now, Ending end) {
        if (process.isPresent()) {
            PodProcess running = process.get();
            if (!now.isBefore(end.termAt()) && !running.isDraining()) {
                running.drain();
            }
            if (!now.isBefore(end.killAt()) && !running.end().isDone()) {
                killed = true;
                killNow();
            }
            if (!running.end().isDone()) {
                return;
            }
        }
        process = Optional.empty();
        if (!(state instanceof ContainerState.Terminated)) {
            state = new ContainerState.Terminated(killed ? KILLED : 0, killed ? "Error" : "Completed", now);
        }
        release();
    }

    private void killNow() {
        process.ifPresent(running -> {
            running.kill();
            running.end().join();
        });
        process = Optional.empty();
    }

    private void stop() {
        killNow();
        release();
        over = true;
    }

    private void release() {
        if (!released && !facts.hostNetwork() && !address.cancel(false)) {
            around.addresses().release(address.join());
        }
        released = true;
    }

    private void report(Instant now) {
        PodReport report = new PodReport(state, containersReady(now), restarts);
        boolean nothingYet = report.restarts() == 0 && state instanceof ContainerState.Waiting;
        if (nothingYet || (said.equals(Optional.of(report)) && report.isSaidBy(facts, latest))) {
            return;
        }
        if (!addressSaid && address.isDone() && !address.isCancelled()) {
            addressSaid =
                    heard(api.patchAddresses(PodReport.addresses(facts, address.join(), nodeAddress(), now)), now);
        }
        if (!over && heard(api.patchStatus(report.status(facts, latest, now)), now)) {
            said = Optional.of(report);
        }
    }

    private boolean heard(PodApi.Answer answer, Instant now) {
        return switch (answer) {
            case PodApi.Answer.Is is -> {
                latest = newer(latest, is.pod());
                yield true;
            }
            case PodApi.Answer.Gone _ -> {
                stop();
                yield false;
            }
            case PodApi.Answer.Failed failed -> {
                LOG.debug("{}/{}: {}", facts.namespace(), facts.name(), failed.why());
                sayAgainAt = now.plus(RETRY);
                yield false;
            }
        };
    }

    private boolean containersReady(Instant now) {
        return state instanceof ContainerState.Running && process.isPresent() && !now.isBefore(readyAt);
    }

    private String nodeAddress() {
        return around.nodes().address(facts.node()).orElseThrow();
    }

    private long waitMillis() {
        Instant now = around.clock().instant();
        List<Instant> ends =
                ending.map(end -> List.of(end.termAt(), end.killAt())).orElse(List.of());
        return Stream.concat(ends.stream(), Stream.of(startAt, readyAt, sayAgainAt))
                .filter(now::isBefore)
                .filter(at -> at.isBefore(Instant.MAX))
                .min(Instant::compareTo)
                .map(at -> Math.max(1, Duration.between(now, at).toMillis() + 1))
                .orElse(TimeUnit.HOURS.toMillis(1));
    }
}
