package io.plumbline.controller.plan;

import io.plumbline.controller.plan.Evidence.FreshRead;
import io.plumbline.controller.plan.Evidence.Question;
import io.plumbline.controller.plan.Finding.Asks;
import io.plumbline.controller.plan.Finding.Held;
import io.plumbline.controller.plan.Finding.Supported;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.AccessList;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.Certificate;
import io.plumbline.spi.model.Desired.Claimant;
import io.plumbline.spi.model.Desired.DesiredPool;
import io.plumbline.spi.model.Desired.Fate;
import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.LoadBalancer;
import io.plumbline.spi.model.Owned;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.Resource;
import io.plumbline.spi.model.Rule;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.ServiceView;
import java.util.List;
import java.util.function.Predicate;

/// Whether the owner of a load balancer, listener, rule or pool, read afresh, has let go of it. An owner
/// that is gone without having let go leaves an orphan, which is reported and never removed.
final class OwnerEvidence {
    private final Facts facts;

    private OwnerEvidence(Facts facts) {
        this.facts = facts;
    }

    static Finding of(Owned<? extends Resource> gone, Facts facts) {
        OwnerEvidence evidence = new OwnerEvidence(facts);
        return facts.desired().fate() == Fate.RETIRED ? evidence.everyClaimant() : evidence.of(gone);
    }

    private Finding of(Owned<? extends Resource> gone) {
        return switch (gone.value()) {
            case LoadBalancer balancer -> everyClaimant();
            case Listener listener ->
                ofOwner(Ports.holder(listener, gone.object()), fresh -> !Wants.listener(fresh, listener.key()));
            case Rule rule ->
                rule.action().pools().stream()
                        .findFirst()
                        .map(PoolKey::object)
                        .map(owner -> ofOwner(owner, fresh -> false))
                        .orElse(everyClaimant());
            case Pool pool -> ofOwnerOf(pool.key(), fresh -> hasSuccessor(pool, fresh));
            case Backend backend -> new Supported();
            case AccessList list -> new Supported();
            case Certificate certificate -> new Supported();
        };
    }

    /// Of a pool, or of what is in it.
    static Finding ofPool(PoolKey pool, Facts facts) {
        return new OwnerEvidence(facts).ofOwnerOf(pool, fresh -> false);
    }

    private Finding ofOwnerOf(PoolKey pool, Predicate<ServiceView> letsGo) {
        return ofOwner(pool.object(), fresh -> !Wants.pool(fresh, pool) || letsGo.test(fresh));
    }

    private Finding everyClaimant() {
        List<Finding> findings = facts.desired().claimants().stream()
                .map(claimant -> ofOwner(claimant.mark().object(), this::isReplaced))
                .toList();
        return findings.stream()
                .filter(finding -> !(finding instanceof Supported))
                .findFirst()
                .orElse(findings.isEmpty() ? Held.because("nobody is known to have owned it") : new Supported());
    }

    private Finding ofOwner(ObjectKey owner, Predicate<ServiceView> letsGo) {
        return facts.evidence()
                .of(owner)
                .map(read -> ofRead(owner, read, letsGo))
                .orElse(new Asks(List.of(new Question.OfObject(owner))));
    }

    private Finding ofRead(ObjectKey owner, FreshRead read, Predicate<ServiceView> letsGo) {
        return switch (read) {
            case FreshRead.FreshService(ServiceView fresh) when isAnother(owner, fresh) -> orphaned(owner);
            case FreshRead.FreshService(ServiceView fresh)
            when released(fresh) || letsGo.test(fresh) -> new Supported();
            case FreshRead.FreshService fresh -> Held.because(owner.text() + ", read afresh, still wants it");
            case FreshRead.NotFound notFound -> orphaned(owner);
            case FreshRead.Unreadable(String why) -> Held.because(owner.text() + " could not be read: " + why);
            case FreshRead.FreshPod pod -> Held.because("no evidence against it");
            case FreshRead.FreshNode node -> Held.because("no evidence against it");
        };
    }

    private boolean released(ServiceView fresh) {
        return !Wants.loadBalancer(fresh)
                || !facts.settings().ours(fresh.loadBalancerClass())
                || !Wants.loadBalancer(fresh, facts.desired().key(), facts.dialect());
    }

    /// The fresh status shows another load balancer's address.
    private boolean isReplaced(ServiceView fresh) {
        return facts.desired().fate() == Fate.RETIRED && !Succession.isPublished(facts.actual(), fresh);
    }

    /// Another pool of the same port has taken its place, as the fresh Service wants it.
    private boolean hasSuccessor(Pool pool, ServiceView fresh) {
        return facts.desired().pools().stream()
                .map(DesiredPool::pool)
                .filter(other -> !other.key().equals(pool.key())
                        && other.key().sharesNumber(pool.key())
                        && other.transport().overlaps(pool.transport()))
                .anyMatch(other -> Wants.targets(fresh, other.targets(), facts.dialect()));
    }

    private boolean isAnother(ObjectKey owner, ServiceView fresh) {
        return facts.desired().claimants().stream()
                .map(Claimant::mark)
                .anyMatch(
                        mark -> mark.object().equals(owner) && !mark.objectUid().equals(fresh.uid()));
    }

    private static Held orphaned(ObjectKey owner) {
        return new Held(new Reason(Reason.ORPHANED, owner.text() + " is gone and never let go of it"));
    }
}
