package io.plumbline.it.clouds.aws;

import io.plumbline.it.clouds.ChangeLog;
import io.plumbline.it.clouds.Prober;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// Makes the health checks of the target groups.
final class Checks {
    private final Estate estate;
    private final Prober prober;
    private final Executor underLock;
    private final Firewall firewall;

    /// @param underLock runs work under the cloud's lock, for checks that end later
    Checks(Estate estate, Prober prober, Executor underLock) {
        this.estate = estate;
        this.prober = prober;
        this.underLock = underLock;
        this.firewall = new Firewall(estate);
    }

    /// Checks a member from now on.
    ///
    /// @param turned what is done when its verdict turns
    void start(Live live, Live.Member member, Runnable turned) {
        int round = live.round;
        estate.agenda.after(Duration.ZERO, () -> check(live, member, round, turned));
    }

    /// The settings changed: counting starts anew, verdicts stay.
    void restart(Live live, Runnable turned) {
        live.round++;
        for (Live.Member member : live.members.values()) {
            member.passed = 0;
            member.failed = 0;
            start(live, member, turned);
        }
    }

    private void check(Live live, Live.Member member, int round, Runnable turned) {
        if (!current(live, member, round)) {
            return;
        }
        String balancer = estate.listenersOf(live.group).stream()
                .map(listener -> listener.balancer.vip)
                .findFirst()
                .orElse("127.200.0.0");
        boolean letIn = firewall.letsIn(live.group, live.check.portOf(member.target));
        CompletableFuture<Boolean> passed = letIn
                ? prober.probe(live.check.probe(member.target, balancer))
                : CompletableFuture.completedFuture(false);
        member.blocked = !letIn;
        if (passed.isDone()) {
            judge(live, member, round, passed.join(), turned);
        } else {
            CompletableFuture<Void> judged =
                    passed.thenAcceptAsync(result -> judge(live, member, round, result, turned), underLock);
            judged.exceptionally(Checks::loud);
        }
        estate.agenda.after(live.check.interval(), () -> check(live, member, round, turned));
    }

    private static Void loud(Throwable defect) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, defect);
        throw new IllegalStateException(defect);
    }

    private static boolean current(Live live, Live.Member member, int round) {
        return live.round == round && live.members.get(member.target.registration()) == member && !member.leaving;
    }

    private void judge(Live live, Live.Member member, int round, boolean passed, Runnable turned) {
        if (!current(live, member, round)) {
            return;
        }
        member.passed = passed ? member.passed + 1 : 0;
        member.failed = passed ? 0 : member.failed + 1;
        int enough = member.health == Health.CHECKING ? 1 : live.check.healthyThreshold();
        Health before = member.health;
        if (member.passed >= enough) {
            member.health = Health.HEALTHY;
        } else if (member.failed >= live.check.unhealthyThreshold()) {
            member.health = member.blocked ? Health.TIMED_OUT : Health.FAILED;
        }
        if (member.health != before) {
            note(live, member);
            turned.run();
        }
    }

    private void note(Live live, Live.Member member) {
        estate.listenersOf(live.group)
                .forEach(listener -> estate.log.add(new ChangeLog.Verdict(
                        estate.agenda.now(), listener.pool(), member.target.name(), member.health == Health.HEALTHY)));
    }
}
