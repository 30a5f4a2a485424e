package io.plumbline.it.clouds.tencent;

import io.plumbline.it.clouds.ChangeLog.Happened;
import io.plumbline.it.clouds.Fault;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Asynchronous tasks, and the lock that each holds on its load balancers.
final class Tasks {
    private final Estate estate;
    private final Map<String, Task> byId = new LinkedHashMap<>();
    private final Map<String, String> taskOfDeal = new LinkedHashMap<>();

    /// @param status as DescribeTaskStatus tells it: 0 succeeded, 1 failed, 2 running
    record Task(String id, int status, String message, List<String> balancerIds) {}

    /// What a task does at its end.
    ///
    /// @param failure undoes what is visible before the end
    record Effect(Duration duration, Runnable success, Runnable failure) {}

    Tasks(Estate estate) {
        this.estate = estate;
    }

    Optional<Task> byTaskId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    Optional<Task> byDeal(String deal) {
        return Optional.ofNullable(taskOfDeal.get(deal)).flatMap(this::byTaskId);
    }

    void nameDeal(String deal, String taskId) {
        taskOfDeal.put(deal, taskId);
    }

    /// Refuses while another write of the balancer is under way.
    void requireIdle(Balancer balancer) {
        boolean busy = balancer.runningTask.isPresent() || balancer.lockedUntil.isAfter(estate.agenda.now());
        Refusal.unless(
                !busy,
                "FailedOperation.ResourceInOperating",
                "Loadbalancer(" + balancer.id + ") is not in normal desState, maybe some tasks are being processed.");
    }

    /// Starts a task that ends after the usual time.
    void start(ApiCall call, List<Balancer> balancers, Runnable success) {
        start(call, balancers, new Effect(estate.limits.durationOf(Limit.TASK_MILLIS), success, () -> {}));
    }

    /// Starts a task and locks the balancers until its end.
    void start(ApiCall call, List<Balancer> balancers, Effect effect) {
        List<String> ids = balancers.stream().map(balancer -> balancer.id).toList();
        byId.put(call.requestId(), new Task(call.requestId(), 2, "", ids));
        balancers.forEach(balancer -> balancer.runningTask = Optional.of(call.requestId()));
        estate.agenda.after(effect.duration(), () -> {
            balancers.forEach(balancer -> balancer.runningTask = Optional.empty());
            end(call, ids, effect);
        });
    }

    private void end(ApiCall call, List<String> ids, Effect effect) {
        if (call.struckBy(Fault.Kind.TASK_FAIL)) {
            effect.failure().run();
            byId.put(
                    call.requestId(),
                    new Task(call.requestId(), 1, call.action() + " failed by the fault script", ids));
            estate.lifecycle("task", call.requestId(), Happened.FAILED);
        } else {
            effect.success().run();
            byId.put(call.requestId(), new Task(call.requestId(), 0, "", ids));
        }
    }

    /// Notes a synchronous call, whose RequestId may be polled like a task, and locks the balancer for a while; the
    /// task is seen running as long.
    void done(ApiCall call, Balancer balancer, Duration lock) {
        List<String> ids = List.of(balancer.id);
        byId.put(call.requestId(), new Task(call.requestId(), lock.isZero() ? 0 : 2, "", ids));
        balancer.lockedUntil = estate.agenda.now().plus(lock);
        if (!lock.isZero()) {
            estate.agenda.after(lock, () -> byId.put(call.requestId(), new Task(call.requestId(), 0, "", ids)));
        }
    }

    List<Task> running() {
        return byId.values().stream().filter(task -> task.status() == 2).toList();
    }
}
