package io.plumbline.controller.loop;

import io.plumbline.controller.apply.Applier;
import io.plumbline.controller.apply.Applier.Result;
import io.plumbline.controller.desired.Lives;
import io.plumbline.controller.plan.History;
import io.plumbline.spi.change.Plan;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.Ids;
import io.plumbline.spi.model.LoadBalancerKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Everything that is remembered for one lease term and forgotten with it. Each load balancer's part
/// belongs to whoever works on that load balancer.
public final class Term {
    private final Instant started;
    private final Freeze freeze = new Freeze();
    private final Set<LoadBalancerKey> calm;
    private final ConcurrentMap<LoadBalancerKey, Remembered> remembered = new ConcurrentHashMap<>();

    /// @param calm load balancers of which nothing is known that waits to be done
    public Term(Instant started, Collection<LoadBalancerKey> calm) {
        this.started = started;
        this.calm = ConcurrentHashMap.newKeySet();
        this.calm.addAll(calm);
    }

    /// Whether nothing has happened to it in this term.
    boolean calm(LoadBalancerKey key) {
        return calm.contains(key.asked());
    }

    /// Something has happened to it, or it has been looked at.
    void stirred(LoadBalancerKey key) {
        calm.remove(key.asked());
    }

    /// What is remembered of one load balancer.
    record Remembered(
            Applier.Memory memory,
            HistoryKeeper history,
            Existence existence,
            Notice notice,
            Standby standby,
            Repetition repetition) {}

    /// Of one of two incarnations.
    static final class Standby {
        private volatile Optional<Instant> retiredAt = Optional.empty();
        private boolean ready;

        /// Since when another one's address is published.
        Instant retiredSince(Instant now) {
            Instant since = retiredAt.orElse(now);
            retiredAt = Optional.of(since);
            return since;
        }

        /// It is wanted again.
        void recalled() {
            retiredAt = Optional.empty();
        }

        /// Whether it may take the traffic.
        boolean ready() {
            return ready;
        }

        void ready(boolean its) {
            ready = its;
        }
    }

    /// How the last visit ended, for whoever wants to know it at any time.
    static final class Notice {
        private volatile Optional<Told> told = Optional.empty();

        void post(Told news) {
            told = Optional.of(news);
        }
    }

    /// @param outcomes of what was tried, and of what still stands refused
    /// @param ids of the load balancer and its pools, as far as they are known
    record Told(Desired desired, Plan plan, List<Result> outcomes, History history, Ids ids) {}

    Remembered of(LoadBalancerKey key) {
        return remembered.computeIfAbsent(
                key,
                absent -> new Remembered(
                        new Applier.Memory(),
                        new HistoryKeeper(started),
                        new Existence(),
                        new Notice(),
                        new Standby(),
                        new Repetition()));
    }

    /// How the last visit of a load balancer ended, if there was one.
    Optional<Told> told(LoadBalancerKey key) {
        Remembered known = remembered.get(key);
        return known == null ? Optional.empty() : known.notice.told;
    }

    /// The incarnation whose members count: the old one until the new one has taken its place.
    int serving(LoadBalancerKey asked, Lives lives) {
        int older = lives.existing().getFirst();
        Remembered known = remembered.get(Lives.key(asked, older));
        boolean retired = known != null && known.standby.retiredAt.isPresent();
        return retired ? lives.existing().getLast() : older;
    }

    /// When this term began.
    Instant started() {
        return started;
    }

    void forget(LoadBalancerKey key) {
        remembered.remove(key);
    }

    Freeze freeze() {
        return freeze;
    }
}
