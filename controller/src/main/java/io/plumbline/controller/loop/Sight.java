package io.plumbline.controller.loop;

import io.plumbline.controller.apply.LastSeen;
import io.plumbline.controller.desired.ExistingPools;
import io.plumbline.spi.Answer;
import io.plumbline.spi.CallGate.Sort;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.Provider;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Ids;
import io.plumbline.spi.model.LoadBalancerKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Looks at a load balancer: from memory as long as there is no doubt and it is not too old, else at the
/// cloud.
final class Sight {
    /// After this a load balancer is read again though nothing has happened, to find what others have
    /// changed.
    private static final Duration VERIFY_AFTER = Duration.ofMinutes(9);

    /// An address that its user has yet to bind is looked for more often than that.
    private static final Duration BOUND_AFTER = Duration.ofSeconds(30);

    private static final int SPREAD_SECONDS = 60;
    private static final Duration REPEAT_AFTER = Duration.ofMillis(500);

    private final Provider provider;
    private final InstantSource clock;
    private final Term term;

    Sight(Provider provider, InstantSource clock, Term term) {
        this.provider = provider;
        this.clock = clock;
        this.term = term;
    }

    /// What a look brought.
    sealed interface Look {
        /// @param fresh it was read just now
        record Seen(Actual actual, boolean fresh) implements Look {}

        /// What was read is older than our own writes.
        record Repeat(Duration after) implements Look {}

        /// Nothing: it says nothing about what is there.
        record Missed(Outcome.Failure failure) implements Look {}
    }

    /// From memory if that will do.
    Look glance(Case visited) {
        LastSeen lastSeen = visited.remembered().memory().lastSeen();
        Optional<Actual> known = lastSeen.actual(named(visited));
        if (known.isEmpty()) {
            return look(visited, term.calm(visited.key()) ? Sort.VERIFY : Sort.READ);
        }
        if (clock.instant().isBefore(again(visited, known.get()))) {
            return new Look.Seen(known.get(), false);
        }
        Look verified = look(visited, Sort.VERIFY);
        boolean noBudget = verified instanceof Look.Missed(Outcome.Retry retry) && retry.why() == Outcome.Why.THROTTLED;
        return noBudget ? new Look.Seen(known.get(), false) : verified;
    }

    /// At the cloud.
    Look look(Case visited) {
        return look(visited, Sort.READ);
    }

    private Look look(Case visited, Sort urgency) {
        LastSeen lastSeen = visited.remembered().memory().lastSeen();
        Ids named = named(visited);
        return switch (provider.read(visited.reading(named, urgency))) {
            case Answer.Got<Actual>(Actual read) -> {
                term.freeze().over();
                term.stirred(visited.key());
                Instant now = clock.instant();
                boolean believed = lastSeen.take(
                        read, named, provider.capabilities().timing().consistencyWindow(), now);
                if (believed) {
                    visited.remembered().history().saw(read, visited.desired(), now);
                }
                yield believed ? new Look.Seen(read, true) : new Look.Repeat(REPEAT_AFTER);
            }
            case Answer.Missed<Actual>(Outcome.Failure failure) -> {
                term.freeze().failed(failure, clock.instant());
                yield new Look.Missed(failure);
            }
        };
    }

    private Ids named(Case visited) {
        return ExistingPools.named(visited.seen(), provider.dialect(), provider.capabilities());
    }

    /// When to look at the cloud again, whatever happens meanwhile.
    static Instant again(Case visited, Actual known) {
        boolean unbound = visited.desired().publishesBoundAddress()
                && known.loadBalancer().isPresent()
                && known.addresses().stream().noneMatch(Actual.PublicAddress::bound);
        return unbound ? known.readAt().plus(BOUND_AFTER) : verifyAt(known);
    }

    /// When what was read then is to be verified; different load balancers at different times.
    static Instant verifyAt(Actual actual) {
        return actual.readAt().plus(VERIFY_AFTER).plusSeconds(Math.floorMod(spread(actual.key()), SPREAD_SECONDS));
    }

    private static int spread(LoadBalancerKey key) {
        return key.text().hashCode();
    }
}
