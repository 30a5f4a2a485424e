package io.plumbline.controller.report;

import io.plumbline.controller.desired.Names;
import io.plumbline.controller.desired.ProblemReasons;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.change.Verb;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Desired.Intent;
import io.plumbline.spi.model.Desired.Problem;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.ServiceView;
import io.plumbline.spi.objects.ServiceView.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Condition `BackendsComplete`: whether every backend that one Service wants is registered, and none is
/// left over.
///
/// The first of these that applies is the reason, the message has them all: left out by a problem, held
/// back, left out by a quota or mode, refused, not done yet, and waiting for replacements for long.
final class Membering {
    /// After this an Await is worth a condition.
    private static final Duration LONG = Duration.ofMinutes(10);

    private final Ledger ledger;
    private final ServiceView service;
    private final Instant now;
    private final List<Verdict> troubles = new ArrayList<>();

    private Membering(Ledger ledger, ServiceView service, Instant now) {
        this.ledger = ledger;
        this.service = service;
        this.now = now;
    }

    static Verdict verdict(Ledger ledger, ServiceView service, Instant now) {
        Membering membering = new Membering(ledger, service, now);
        membering.leftOut();
        membering.left(Reason.HELD_BACK, "not removed for want of evidence: ");
        membering.unresolved();
        membering.truncated();
        membering.left(Reason.MODE, "not touched in this mode: ");
        membering.refused();
        membering.waiting();
        membering.awaiting();
        return membering.summary();
    }

    private Verdict summary() {
        return troubles.isEmpty()
                ? Verdict.yes(Reasons.COMPLETE, "every backend that is wanted is registered")
                : Verdict.no(
                        troubles.getFirst().reason(),
                        Lists.sentences(troubles.stream().map(Verdict::message).toList()));
    }

    private void leftOut() {
        for (Problem problem : ledger.problems(service.key())) {
            if (ProblemReasons.ofBackends().contains(problem.reason())) {
                troubles.add(Verdict.no(problem.reason(), Lists.text(problem)));
            }
        }
    }

    private void left(String code, String words) {
        List<String> left = endpoints(
                change -> change.verb() == Verb.LEAVE && change.reason().code().equals(code));
        if (!left.isEmpty()) {
            troubles.add(Verdict.no(code, words + Names.list(left)));
        }
    }

    /// By us, or by the cloud, which has less room than we know of: others' members count too.
    private void truncated() {
        List<String> left = endpoints(change -> leavesOut(change) || isOverQuota(change));
        if (!left.isEmpty()) {
            long wanted = wanted();
            troubles.add(Verdict.no(
                    Reason.TRUNCATED,
                    Math.max(0, wanted - left.size()) + " of " + wanted + " backends are registered, the quota is used"
                            + " up (" + whyTruncated() + "): raise it at the cloud, have fewer backends, or spread the"
                            + " ports over several load balancers. Not registered: " + Names.list(left)));
        }
    }

    private static boolean leavesOut(Change change) {
        return change.verb() == Verb.LEAVE && change.reason().code().equals(Reason.TRUNCATED);
    }

    private boolean isOverQuota(Change change) {
        return change.verb() == Verb.CREATE
                && ledger.rejection(change)
                        .filter(rejected -> rejected.because() == Outcome.Because.QUOTA)
                        .isPresent();
    }

    private String whyTruncated() {
        return Names.list(ledger.changes()
                .filter(this::isOurs)
                .flatMap(change -> leavesOut(change)
                        ? Stream.of(change.reason().text())
                        : ledger.rejection(change).filter(any -> isOverQuota(change)).stream()
                                .map(Outcome.Rejected::message))
                .distinct()
                .toList());
    }

    /// How many backends are to be registered.
    private long wanted() {
        return ledger.round().desired().pools().stream()
                .filter(pool -> pool.pool().key().object().equals(service.key()))
                .mapToLong(pool -> pool.candidates().stream()
                        .filter(candidate -> candidate.intent() == Intent.REGISTER)
                        .map(candidate -> candidate.backend().key())
                        .distinct()
                        .count())
                .sum();
    }

    private void unresolved() {
        List<String> pods = ledger.changes()
                .filter(change -> isOurs(change)
                        && change.verb() == Verb.LEAVE
                        && change.reason().code().equals(Reason.UNRESOLVED))
                .map(change -> podOf(change) + " (" + change.reason().text() + ")")
                .sorted()
                .distinct()
                .toList();
        if (!pods.isEmpty()) {
            troubles.add(Verdict.no(Reason.UNRESOLVED, "not registered yet: " + Names.list(pods)));
        }
    }

    private String podOf(Change change) {
        return ledger.round().desired().pools().stream()
                .flatMap(pool -> pool.candidates().stream())
                .filter(candidate -> candidate.backend().key().equals(change.key()))
                .flatMap(candidate -> candidate.object().stream())
                .map(ObjectKey::name)
                .findFirst()
                .orElse(change.key().text());
    }

    private void refused() {
        ledger.changes()
                .filter(change -> isOurs(change) && isRefused(change))
                .findFirst()
                .flatMap(ledger::rejection)
                .ifPresent(first -> troubles.add(Verdict.no(
                        Reasons.of(first.because()),
                        "the cloud refuses " + Names.list(endpoints(this::isRefused)) + ": " + first.message())));
    }

    private boolean isRefused(Change change) {
        return ledger.rejection(change).isPresent() && !isOverQuota(change);
    }

    private void waiting() {
        boolean complete = Comparison.find(service, Reasons.BACKENDS_COMPLETE)
                .map(Condition::status)
                .filter("True"::equals)
                .isPresent();
        List<String> waiting = endpoints(change -> adds(change) && (complete ? isStuck(change) : isUnfinished(change)));
        if (!waiting.isEmpty()) {
            troubles.add(Verdict.no(Reasons.WAITING, "not registered yet: " + Names.list(waiting)));
        }
    }

    private static boolean adds(Change change) {
        return switch (change.verb()) {
            case CREATE, UPDATE, REPLACE -> true;
            case DRAIN, REMOVE, AWAIT, LEAVE -> false;
        };
    }

    private boolean isUnfinished(Change change) {
        return !ledger.done(change) && ledger.rejection(change).isEmpty();
    }

    /// Where all was complete, the usual course of a registration is not worth two changes of status: only
    /// what does not answer, or fails, is.
    private boolean isStuck(Change change) {
        return ledger.outcome(change)
                .filter(outcome -> outcome instanceof Outcome.Retry retry && isTrouble(retry.why()))
                .isPresent();
    }

    private static boolean isTrouble(Outcome.Why why) {
        return switch (why) {
            case UNREACHABLE, CLOUD_FAILURE -> true;
            case THROTTLED, BUSY, POSTPONED, STALE -> false;
        };
    }

    private void awaiting() {
        List<String> awaited = ledger.changes()
                .filter(change -> change.key() instanceof PoolKey pool
                        && pool.object().equals(service.key())
                        && change.verb() == Verb.AWAIT
                        && isLong(pool))
                .map(change -> change.key().text() + " (" + change.reason().text() + ")")
                .toList();
        if (!awaited.isEmpty()) {
            troubles.add(Verdict.no(
                    Reason.AWAITING_REPLACEMENT,
                    "for over 10 minutes old backends stay because new ones are not healthy: " + Names.list(awaited)));
        }
    }

    private boolean isLong(PoolKey pool) {
        return Optional.ofNullable(ledger.round().history().since().get(pool))
                .filter(since -> !since.plus(LONG).isAfter(now))
                .isPresent();
    }

    private List<String> endpoints(Predicate<Change> wanted) {
        return ledger.changes()
                .filter(change -> isOurs(change) && wanted.test(change))
                .flatMap(change -> change.key() instanceof BackendKey key
                        ? Stream.of(key.pool().name() + "/" + key.endpoint())
                        : Stream.empty())
                .sorted()
                .distinct()
                .toList();
    }

    private boolean isOurs(Change change) {
        return change.key() instanceof BackendKey key && key.pool().object().equals(service.key());
    }
}
