package io.plumbline.it.clouds;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// What the data plane follows: each listener as it was some time ago, and the verdicts of the health checks made
/// since. Not thread-safe: the cloud's lock guards it.
///
/// ```
/// write accepted --propagation delay--> adopted: new members are checked at once, and then every interval
///                                        verdict turns --> published to the data plane, logged
/// ```
/// A member gets no traffic until it has passed as many checks in a row as are asked for; it is checked whatever
/// its weight.
public final class LivePools {
    private final Agenda agenda;
    private final ChangeLog log;
    private final DataPlane dataPlane;
    private final Prober prober;
    private final Executor underLock;
    private final Map<String, Live> lives = new LinkedHashMap<>();

    /// A listener as the control plane has it now.
    ///
    /// @param empty the listener without its members
    /// @param check how its members are checked; empty is not at all
    public record Snapshot(Pool empty, Optional<Check> check, List<Known> members) {
        public Snapshot {
            members = List.copyOf(members);
        }
    }

    /// How members are checked.
    ///
    /// @param port the port to check; empty is the member's own
    /// @param how what is asked; an HTTP domain that is empty stands for the member's address
    public record Check(
            Duration interval,
            Duration timeout,
            int healthyAfter,
            int unhealthyAfter,
            OptionalInt port,
            Probe.How how) {
        Probe probe(Known member) {
            return new Probe(member.address(), port.orElse(member.port()), timeout, how(member));
        }

        private Probe.How how(Known member) {
            return how instanceof Probe.Http http && http.domain().isEmpty()
                    ? new Probe.Http(http.method(), member.address(), http.path(), http.version(), http.goodClasses())
                    : how;
        }
    }

    /// A member.
    ///
    /// @param registration the same address registered again has another one, and is checked anew
    public record Known(long registration, String address, int port, int weight) {}

    /// What the checks say of a registration.
    public enum Health {
        HEALTHY,
        UNHEALTHY,
        /// No threshold has been reached yet.
        UNKNOWN,
        /// There is no check.
        UNCHECKED;

        boolean passes() {
            return this == HEALTHY || this == UNCHECKED;
        }
    }

    private static final class Live {
        Snapshot snapshot;
        final Map<Long, Checked> checked = new LinkedHashMap<>();
        List<String> serving = List.of();
        int members = -1;
        int round;

        Live(Snapshot snapshot) {
            this.snapshot = snapshot;
        }

        String pool() {
            return snapshot.empty().id();
        }

        Known member(long registration) {
            return snapshot.members().stream()
                    .filter(known -> known.registration() == registration)
                    .findFirst()
                    .orElseThrow();
        }
    }

    /// How the checks of one registration went.
    private static final class Checked {
        Health health = Health.UNKNOWN;
        int passed;
        int failed;
    }

    /// @param underLock runs work under the cloud's lock, for checks that end later
    public LivePools(Agenda agenda, ChangeLog log, DataPlane dataPlane, Prober prober, Executor underLock) {
        this.agenda = agenda;
        this.log = log;
        this.dataPlane = dataPlane;
        this.prober = prober;
        this.underLock = underLock;
    }

    /// The listener or its members changed.
    ///
    /// @param delay how long the data plane lags behind
    public void changed(Snapshot snapshot, Duration delay) {
        agenda.after(delay, () -> adopt(snapshot));
    }

    /// The listener is gone.
    ///
    /// @param delay how long the data plane lags behind
    public void removed(String pool, Duration delay) {
        agenda.after(delay, () -> {
            if (lives.remove(pool) != null) {
                dataPlane.remove(pool);
                log.add(new ChangeLog.Serving(agenda.now(), pool, 0, List.of()));
            }
        });
    }

    /// The health of a registration; empty while the data plane does not know it.
    public Optional<Health> health(String pool, long registration) {
        return Optional.ofNullable(lives.get(pool))
                .flatMap(live -> Optional.ofNullable(live.checked.get(registration)))
                .map(checked -> checked.health);
    }

    private void adopt(Snapshot snapshot) {
        Live live = lives.computeIfAbsent(snapshot.empty().id(), id -> new Live(snapshot));
        boolean otherCheck = !live.snapshot.check().equals(snapshot.check());
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
        if (live.snapshot.check().isEmpty()) {
            checked.health = Health.UNCHECKED;
            return;
        }
        checked.health = checked.health == Health.UNCHECKED ? Health.UNKNOWN : checked.health;
        int round = live.round;
        agenda.after(Duration.ZERO, () -> check(live, registration, round));
    }

    /// One check of one member, and the next one an interval later, as long as the member is there and the settings
    /// are the same.
    private void check(Live live, long registration, int round) {
        if (!current(live, registration, round)) {
            return;
        }
        Check check = live.snapshot.check().orElseThrow();
        CompletableFuture<Boolean> passed = prober.probe(check.probe(live.member(registration)));
        if (passed.isDone()) {
            judge(live, registration, round, passed.join());
        } else {
            CompletableFuture<Void> judged =
                    passed.thenAcceptAsync(result -> judge(live, registration, round, result), underLock);
            judged.exceptionally(LivePools::loud);
        }
        agenda.after(check.interval(), () -> check(live, registration, round));
    }

    private static Void loud(Throwable defect) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, defect);
        throw new IllegalStateException(defect);
    }

    private boolean current(Live live, long registration, int round) {
        return lives.get(live.pool()) == live && live.round == round && live.checked.containsKey(registration);
    }

    private void judge(Live live, long registration, int round, boolean passed) {
        Checked checked = live.checked.get(registration);
        if (checked == null || !current(live, registration, round)) {
            return;
        }
        checked.passed = passed ? checked.passed + 1 : 0;
        checked.failed = passed ? 0 : checked.failed + 1;
        Check check = live.snapshot.check().orElseThrow();
        Health before = checked.health;
        if (checked.passed >= check.healthyAfter()) {
            checked.health = Health.HEALTHY;
        } else if (checked.failed >= check.unhealthyAfter()) {
            checked.health = Health.UNHEALTHY;
        }
        if (checked.health != before) {
            verdict(live, registration, checked.health == Health.HEALTHY);
        }
    }

    private void verdict(Live live, long registration, boolean healthy) {
        Known member = live.member(registration);
        log.add(new ChangeLog.Verdict(agenda.now(), live.pool(), member.address() + ":" + member.port(), healthy));
        publish(live);
    }

    private void publish(Live live) {
        List<Pool.Member> members = new ArrayList<>();
        for (Known known : live.snapshot.members()) {
            Checked checked = live.checked.get(known.registration());
            boolean healthy = checked != null && checked.health.passes();
            members.add(new Pool.Member(known.address(), known.port(), known.weight(), healthy));
        }
        dataPlane.apply(live.snapshot.empty().with(members));
        List<String> serving = members.stream()
                .filter(Pool.Member::serves)
                .map(Pool.Member::name)
                .sorted()
                .toList();
        if (live.members != members.size() || !serving.equals(live.serving)) {
            live.serving = serving;
            live.members = members.size();
            log.add(new ChangeLog.Serving(agenda.now(), live.pool(), members.size(), serving));
        }
    }
}
