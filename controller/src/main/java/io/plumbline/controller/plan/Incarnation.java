package io.plumbline.controller.plan;

import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.ChangeName;
import io.plumbline.spi.change.Plan;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.Desired.Fate;
import io.plumbline.spi.model.Desired.ListenerClaim;
import io.plumbline.spi.model.Desired.ListenerClaims;
import io.plumbline.spi.model.Desired.Problem;
import io.plumbline.spi.model.Health;
import io.plumbline.spi.model.ListenerKey;
import io.plumbline.spi.model.LoadBalancer;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Rule;
import io.plumbline.spi.model.RuleKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Plans a load balancer in place of one that cannot become what is wanted: the next incarnation is made
/// beside it, whole, under a key of its own.
public final class Incarnation {
    private Incarnation() {}

    /// @param replace of the present load balancer, which its owner has allowed
    static Plan plan(Situation situation, Change.Replace replace) {
        if (!(situation.desired().key() instanceof LoadBalancerKey.Managed now)) {
            throw new IllegalStateException("only a managed load balancer is replaced: " + replace.key());
        }
        LoadBalancerKey next = new LoadBalancerKey.Managed(now.object(), now.uid(), now.incarnation() + 1);
        Desired desired = desired(situation.desired(), next);
        Plan fresh = Planner.plan(
                desired,
                Actual.absent(next, situation.actual().readAt()),
                Health.unknown(situation.now()),
                situation.capabilities(),
                situation.now(),
                History.begin(situation.history().termStarted()));
        List<Change> changes = fresh.changes().stream()
                .map(change -> replacing(change, next, replace))
                .toList();
        return new Plan(next, Ordering.order(changes), fresh.problems());
    }

    /// The load balancer is made in place of the old one; whatever needs it needs that.
    private static Change replacing(Change change, LoadBalancerKey next, Change.Replace replace) {
        if (change instanceof Change.Create create && create.desired() instanceof LoadBalancer balancer) {
            return new Change.Replace(replace.was(), balancer, replace.fields(), replace.reason(), List.of());
        }
        List<ChangeName> needs = change.needs().stream()
                .map(need -> need.key().equals(next) ? new ChangeName(replace.verb(), next) : need)
                .toList();
        return change.needing(needs);
    }

    /// The same, wanted of another incarnation.
    public static Desired desired(Desired old, LoadBalancerKey next) {
        return old.key().equals(next) ? old : rekeyed(old, next);
    }

    /// As it is wanted while its replacement is made: its members follow, its own settings stay as they are.
    public static Desired frozen(Desired wanted, Actual actual) {
        return with(wanted, actual.loadBalancer().map(found -> found.resource().value()), wanted.problems());
    }

    /// With this said as well.
    public static Desired saying(Desired wanted, List<Problem> more) {
        List<Problem> problems = new ArrayList<>(wanted.problems());
        problems.addAll(more);
        return with(wanted, wanted.loadBalancer(), problems);
    }

    /// As it is wanted once its replacement has taken its place: it goes, and leaves what both share.
    public static Desired retired(Desired wanted) {
        return new Desired(
                wanted.key(),
                wanted.claimants(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                wanted.accessLists(),
                wanted.certificates(),
                Fate.RETIRED,
                List.of());
    }

    private static Desired with(Desired wanted, Optional<LoadBalancer> balancer, List<Problem> problems) {
        return new Desired(
                wanted.key(),
                wanted.claimants(),
                balancer,
                wanted.listeners(),
                wanted.rules(),
                wanted.pools(),
                wanted.accessLists(),
                wanted.certificates(),
                wanted.fate(),
                problems);
    }

    private static Desired rekeyed(Desired old, LoadBalancerKey next) {
        return new Desired(
                next,
                old.claimants(),
                old.loadBalancer().map(one -> new LoadBalancer(next, one.scheme(), one.addressFamily(), one.options())),
                old.listeners().stream().map(claims -> listeners(claims, next)).toList(),
                old.rules().stream().map(rule -> rule(rule, next)).toList(),
                old.pools(),
                old.accessLists(),
                old.certificates(),
                old.fate(),
                old.problems());
    }

    private static ListenerClaims listeners(ListenerClaims claims, LoadBalancerKey next) {
        ListenerKey key = on(claims.key(), next);
        return new ListenerClaims(
                key,
                claims.claims().stream()
                        .map(claim ->
                                new ListenerClaim(claim.mark(), claim.listener().withKey(key)))
                        .toList());
    }

    private static Rule rule(Rule rule, LoadBalancerKey next) {
        RuleKey key = new RuleKey(
                on(rule.key().listener(), next), rule.key().host(), rule.key().path());
        return new Rule(key, rule.pathMatch(), rule.priority(), rule.action(), rule.options());
    }

    private static ListenerKey on(ListenerKey key, LoadBalancerKey next) {
        return new ListenerKey(next, key.transport(), key.port());
    }
}
