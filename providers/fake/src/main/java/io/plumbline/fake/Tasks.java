package io.plumbline.fake;

import io.plumbline.fake.Reply.Receipt;
import io.plumbline.fake.Reply.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the cloud works on after its answer. While it works on a load balancer it refuses every other
/// write to it.
final class Tasks {
    private final List<Work> working = new ArrayList<>();
    private final SortedMap<String, TaskStatus> finished = new TreeMap<>();

    /// A write that was accepted and is done at `due`.
    record Work(Call call, Receipt receipt, Step.Context context, Instant due, boolean fails) {
        String task() {
            return receipt.task().orElseThrow();
        }
    }

    Receipt begin(Call call, Step.Taken taken, Step.Context context, boolean fails) {
        Receipt receipt = new Receipt(taken.id(), Optional.of("task-" + context.number()), taken.failures());
        Instant due = context.now().plus(context.traits().pace().task());
        working.add(new Work(call, receipt, context, due, fails));
        return receipt;
    }

    boolean busy(String balancer) {
        return !balancer.isEmpty()
                && working.stream().anyMatch(work -> work.call().balancer().equals(balancer));
    }

    /// The answer that a creation under way with the same token got.
    Optional<Receipt> sameCreation(Call call) {
        return call instanceof Call.CreateBalancer create
                ? working.stream()
                        .filter(work -> work.call() instanceof Call.CreateBalancer other
                                && other.token().equals(create.token()))
                        .findFirst()
                        .map(Work::receipt)
                : Optional.empty();
    }

    /// Takes out what is due, in the order of its acceptance.
    List<Work> due(Instant now) {
        List<Work> due =
                working.stream().filter(work -> !work.due().isAfter(now)).toList();
        working.removeAll(due);
        due.forEach(
                work -> finished.put(work.task(), work.fails() ? new TaskStatus.Failed() : new TaskStatus.Succeeded()));
        return due;
    }

    TaskStatus status(String task, Instant now) {
        return working.stream()
                .filter(work -> work.task().equals(task))
                .findFirst()
                .<TaskStatus>map(work -> new TaskStatus.Working(Duration.between(now, work.due())))
                .orElseGet(() -> finished.getOrDefault(task, new TaskStatus.Unknown()));
    }

    void clear() {
        working.clear();
        finished.clear();
    }
}
