package io.plumbline.it.clouds.tencent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.ChangeLog;
import io.plumbline.it.clouds.Pool;
import io.plumbline.it.clouds.Prober;
import io.plumbline.it.clouds.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// What the data plane follows: each listener as it was some time ago, and the verdicts of the health checks made
/// since.
///
/// ```
/// write accepted --propagation delay--> adopted: new members are checked at once, and then every interval
///                                        verdict turns --> published to the data plane, logged
/// ```
/// A member gets no traffic until it has passed as many checks in a row as the listener asks for; it is checked
/// whatever its weight (https://cloud.tencent.com/document/product/214/6097).
final class Pools {
    private final Estate estate;
    private final Prober prober;
    private final Executor underLock;
    private final Map<String, Live> lives = new LinkedHashMap<>();

    private record Snapshot(Listener listener, Pool empty, ObjectNode healthCheck, List<Known> members) {}

    private record Known(long registration, String address, int port, int weight) {}

    private static final class Live {
        Snapshot snapshot;
        final Map<Long, Checked> checked = new LinkedHashMap<>();
        List<String> serving = List.of();
        int members = -1;
        int round;

        Live(Snapshot snapshot) {
            this.snapshot = snapshot;
        }
    }

    /// How the checks of one registration went.
    private static final class Checked {
        Health health = Health.UNKNOWN;
        int passed;
        int failed;
    }

    /// HealthStatusDetail.
    enum Health {
        ALIVE("Alive"),
        DEAD("Dead"),
        UNKNOWN("Unknown"),
        CLOSE("Close");

        final String wireName;

        Health(String wireName) {
            this.wireName = wireName;
        }

        boolean passes() {
            return this == ALIVE || this == CLOSE;
        }
    }

    /// @param underLock runs work under the cloud's lock, for checks that end later
    Pools(Estate estate, Prober prober, Executor underLock) {
        this.estate = estate;
        this.prober = prober;
        this.underLock = underLock;
    }

    /// The listener or its targets changed.
    void changed(Listener listener) {
        Snapshot snapshot = snapshot(listener);
        estate.agenda.after(estate.limits.durationOf(Limit.PROPAGATION_MILLIS), () -> adopt(snapshot));
    }

    /// The listener is gone.
    void removed(Listener listener) {
        estate.agenda.after(estate.limits.durationOf(Limit.PROPAGATION_MILLIS), () -> {
            if (lives.remove(listener.id) != null) {
                estate.dataPlane.remove(listener.pool());
                estate.log.add(new ChangeLog.Serving(estate.agenda.now(), listener.pool(), 0, List.of()));
            }
        });
    }

    /// The health of a registration as the API tells it.
    Health health(Listener listener, Target target) {
        Optional<Checked> checked = Optional.ofNullable(lives.get(listener.id))
                .flatMap(live -> Optional.ofNullable(live.checked.get(target.registration)));
        return HealthSettings.isOn(listener.healthCheck)
                ? checked.map(found -> found.health).orElse(Health.UNKNOWN)
                : Health.CLOSE;
    }

    private static Snapshot snapshot(Listener listener) {
        List<Known> members = listener.targets.values().stream()
                .map(target -> new Known(target.registration, target.address, target.port, target.weight))
                .toList();
        Pool empty = new Pool(
                listener.pool(),
                listener.protocol.equals("UDP") ? Transport.UDP : Transport.TCP,
                listener.vip,
                listener.port,
                listener.scheduler.equals("LEAST_CONN")
                        ? Pool.Choice.LEAST_CONNECTIONS
                        : Pool.Choice.WEIGHTED_ROUND_ROBIN,
                Duration.ofSeconds(listener.sessionExpireSeconds),
                listener.resetAtDeregistration ? Pool.AtRemoval.RESET_FLOWS : Pool.AtRemoval.KEEP_FLOWS,
                List.of());
        return new Snapshot(listener, empty, listener.healthCheck, members);
    }

    private void adopt(Snapshot snapshot) {
        Live live = lives.computeIfAbsent(snapshot.listener().id, id -> new Live(snapshot));
        boolean otherCheck = !live.snapshot.healthCheck().equals(snapshot.healthCheck());
        live.snapshot = snapshot;
        live.checked.keySet().retainAll(registrations(snapshot));
        if (otherCheck) {
            live.round++;
            live.checked.forEach((registration, checked) -> restart(live, registration, checked));
        }
        for (Known member : snapshot.members()) {
            if (!live.checked.containsKey(member.registration())) {
                Checked checked = new Checked();
                live.checked.put(member.registration(), checked);
                restart(live, member.registration(), checked);
            }
        }
        publish(live);
    }

    private static List<Long> registrations(Snapshot snapshot) {
        return snapshot.members().stream().map(Known::registration).toList();
    }

    private void restart(Live live, long registration, Checked checked) {
        checked.passed = 0;
        checked.failed = 0;
        boolean on = HealthSettings.isOn(live.snapshot.healthCheck());
        if (!on) {
            checked.health = Health.CLOSE;
            return;
        }
        checked.health = checked.health == Health.CLOSE ? Health.UNKNOWN : checked.health;
        int round = live.round;
        estate.agenda.after(Duration.ZERO, () -> check(live, registration, round));
    }

    /// One check of one member, and the next one an interval later, as long as the member is there and the settings
    /// are the same.
    private void check(Live live, long registration, int round) {
        if (!current(live, registration, round)) {
            return;
        }
        ObjectNode settings = live.snapshot.healthCheck();
        Known member = live.snapshot.members().stream()
                .filter(known -> known.registration() == registration)
                .findFirst()
                .orElseThrow();
        CompletableFuture<Boolean> passed = prober.probe(
                HealthSettings.probe(settings, live.snapshot.listener().protocol, member.address(), member.port()));
        if (passed.isDone()) {
            judge(live, registration, round, passed.join());
        } else {
            CompletableFuture<Void> judged =
                    passed.thenAcceptAsync(result -> judge(live, registration, round, result), underLock);
            judged.exceptionally(Pools::loud);
        }
        estate.agenda.after(HealthSettings.interval(settings), () -> check(live, registration, round));
    }

    private static Void loud(Throwable defect) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, defect);
        throw new IllegalStateException(defect);
    }

    private boolean current(Live live, long registration, int round) {
        String id = live.snapshot.listener().id;
        return lives.get(id) == live && live.round == round && live.checked.containsKey(registration);
    }

    private void judge(Live live, long registration, int round, boolean passed) {
        Checked checked = live.checked.get(registration);
        if (checked == null || !current(live, registration, round)) {
            return;
        }
        checked.passed = passed ? checked.passed + 1 : 0;
        checked.failed = passed ? 0 : checked.failed + 1;
        ObjectNode settings = live.snapshot.healthCheck();
        Health before = checked.health;
        if (checked.passed >= HealthSettings.healthyAfter(settings)) {
            checked.health = Health.ALIVE;
        } else if (checked.failed >= HealthSettings.unhealthyAfter(settings)) {
            checked.health = Health.DEAD;
        }
        if (checked.health != before) {
            verdict(live, registration, checked.health == Health.ALIVE);
        }
    }

    private void verdict(Live live, long registration, boolean healthy) {
        Known member = live.snapshot.members().stream()
                .filter(known -> known.registration() == registration)
                .findFirst()
                .orElseThrow();
        estate.log.add(new ChangeLog.Verdict(
                estate.agenda.now(), live.snapshot.listener().pool(), member.address() + ":" + member.port(), healthy));
        publish(live);
    }

    private void publish(Live live) {
        List<Pool.Member> members = new ArrayList<>();
        for (Known known : live.snapshot.members()) {
            Checked checked = live.checked.get(known.registration());
            boolean healthy = checked != null && checked.health.passes();
            members.add(new Pool.Member(known.address(), known.port(), known.weight(), healthy));
        }
        estate.dataPlane.apply(live.snapshot.empty().with(members));
        List<String> serving = members.stream()
                .filter(Pool.Member::serves)
                .map(Pool.Member::name)
                .sorted()
                .toList();
        if (live.members != members.size() || !serving.equals(live.serving)) {
            live.serving = serving;
            live.members = members.size();
            estate.log.add(new ChangeLog.Serving(
                    estate.agenda.now(), live.snapshot.listener().pool(), members.size(), serving));
        }
    }
}
