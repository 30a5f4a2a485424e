package io.plumbline.controller.loop;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import io.plumbline.spi.CallGate;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.Provider.ReadRequest;
import java.time.Duration;
import java.util.function.LongSupplier;

/// Whether this process still holds its lease, asked before each write.
///
/// A Lease is no fence: another process may take it over while this one is paused. So the moment before
/// each renewal was sent is noted on the monotonic clock, and once it is older than the deadline nothing
/// is written, whatever the election believes.
public final class LeaseGuard {
    private static final Duration COME_AGAIN = Duration.ofSeconds(1);

    private final LongSupplier nanoTime;
    private final long deadlineNanos;
    private volatile Hold hold = new Hold(false, 0);

    /// @param deadline how long after a renewal writing is allowed: shorter than the lease by what a
    ///     write may take
    public LeaseGuard(Duration deadline, LongSupplier nanoTime) {
        this.deadlineNanos = deadline.toNanos();
        this.nanoTime = nanoTime;
    }

    /// The lease was renewed by a request that was sent at this moment.
    public void renewed(long sentAtNanos) {
        hold = new Hold(true, sentAtNanos);
    }

    /// The lease was given up or lost.
    public void lost() {
        hold = new Hold(false, 0);
    }

    /// Whether a write may be sent now.
    public boolean held() {
        Hold now = hold;
        return now.held && nanoTime.getAsLong() - now.sinceNanos < deadlineNanos;
    }

    /// Refuses writes while the lease is not held; everything else is for `next` to decide.
    public CallGate before(CallGate next) {
        return new Guarded(next);
    }

    /// The same lock, which notes each renewal of ours.
    public Lock watching(Lock lock) {
        return new Watched(lock);
    }

    private static boolean writes(CallGate.Sort sort) {
        return switch (sort) {
            case DEREGISTER, REGISTER, CREATE -> true;
            case HEALTH, READ, POLL, VERIFY -> false;
        };
    }

    private final class Guarded implements CallGate {
        private final CallGate next;

        private Guarded(CallGate next) {
            this.next = next;
        }

        @Override
        public Permission ask(String action, Sort sort) {
            return !writes(sort) || held()
                    ? next.ask(action, sort)
                    : new Permission.NotNow(new Outcome.Retry(COME_AGAIN, Outcome.Why.STALE, "the lease is not held"));
        }

        @Override
        public CallGate reading(ReadRequest request) {
            return next.reading(request);
        }
    }

    private record Hold(boolean held, long sinceNanos) {}

    /// The election has no callback for a renewal, so its lock is wrapped.
    private final class Watched implements Lock {
        private final Lock lock;

        private Watched(Lock lock) {
            this.lock = lock;
        }

        @Override
        public LeaderElectionRecord get(KubernetesClient client) {
            return lock.get(client);
        }

        @Override
        public void create(KubernetesClient client, LeaderElectionRecord wanted) {
            long sentAt = nanoTime.getAsLong();
            lock.create(client, wanted);
            note(wanted, sentAt);
        }

        @Override
        public void update(KubernetesClient client, LeaderElectionRecord wanted) {
            long sentAt = nanoTime.getAsLong();
            lock.update(client, wanted.getHolderIdentity() == null ? released(wanted) : wanted);
            note(wanted, sentAt);
        }

        /// A lease is given up by a holder of null, but fabric8 7.8 sends a merge patch without nulls,
        /// which leaves the holder as it was. An empty one says the same and is written, as client-go
        /// does.
        private static LeaderElectionRecord released(LeaderElectionRecord wanted) {
            return new LeaderElectionRecord(
                    "",
                    wanted.getLeaseDuration(),
                    wanted.getAcquireTime(),
                    wanted.getRenewTime(),
                    wanted.getLeaderTransitions());
        }

        @Override
        public String identity() {
            return lock.identity();
        }

        @Override
        public String describe() {
            return lock.describe();
        }

        private void note(LeaderElectionRecord wanted, long sentAt) {
            if (lock.identity().equals(wanted.getHolderIdentity())) {
                renewed(sentAt);
            } else {
                lost();
            }
        }
    }
}
