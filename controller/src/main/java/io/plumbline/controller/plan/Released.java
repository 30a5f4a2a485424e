package io.plumbline.controller.plan;

import io.plumbline.spi.Capabilities;
import io.plumbline.spi.Capabilities.Cascade;
import io.plumbline.spi.Capabilities.Mutability;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.ChangeName;
import io.plumbline.spi.change.Plan;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Actual.Found;
import io.plumbline.spi.model.Desired.Claimant;
import io.plumbline.spi.model.Kind;
import io.plumbline.spi.model.LoadBalancer;
import io.plumbline.spi.model.Owned;
import io.plumbline.spi.model.Ownership.Borrowed;
import io.plumbline.spi.model.Ownership.Foreign;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Plans the end of a load balancer. What the cloud removes together with it gets no removal of its own. A
/// load balancer that must stay loses what is ours on it.
final class Released {
    private static final Reason UNWANTED = new Reason(Reason.UNWANTED, "no longer wanted");

    private Released() {}

    static Plan plan(Situation situation) {
        Draft draft = new Draft();
        draft.problems(situation.desired().problems());
        Leftovers leftovers = Leftovers.all(situation);
        List<Change> strangers = leftovers.strangers();
        List<Change> parts = leftovers.removals(draft);
        draft.add(strangers);
        Optional<Found<LoadBalancer>> balancer = situation.actual().loadBalancer();
        Optional<Owned<LoadBalancer>> removable = balancer.flatMap(found -> removable(situation, strangers, found));
        draft.add(removable
                .map(owned -> whole(owned, parts, situation.capabilities().cascade()))
                .orElseGet(() -> beside(situation, parts)));
        if (removable.isEmpty()) {
            balancer.ifPresent(found -> draft.add(stays(situation, found)));
        }
        return draft.plan(situation.desired().key());
    }

    /// What goes although the load balancer stays: not the access list that it cannot be without.
    private static List<Change> beside(Situation situation, List<Change> parts) {
        boolean kept = situation.actual().loadBalancer().isPresent()
                && situation.capabilities().mutability().get(Capabilities.OWN_ACCESS_LIST) == Mutability.FIXED;
        return parts.stream()
                .filter(part -> !(kept && part.key().kind() == Kind.ACCESS_LIST))
                .toList();
    }

    private static Optional<Owned<LoadBalancer>> removable(
            Situation situation, List<Change> strangers, Found<LoadBalancer> found) {
        boolean free = strangers.isEmpty() && !isProtected(situation);
        return free && found.resource() instanceof Owned<LoadBalancer> owned ? Optional.of(owned) : Optional.empty();
    }

    /// A protection that its owner has asked us for is lifted together with the removal.
    private static boolean isProtected(Situation situation) {
        return situation.actual().deletionProtected()
                && situation.desired().claimants().stream().noneMatch(Claimant::liftsProtection);
    }

    /// The load balancer, and what does not go with it.
    private static List<Change> whole(Owned<LoadBalancer> balancer, List<Change> parts, Cascade cascade) {
        ChangeName itself = Leftovers.removalOf(balancer);
        Change removal = new Change.Remove(balancer, UNWANTED, List.of());
        return switch (cascade) {
            case NOTHING -> emptied(removal, parts);
            case LISTENERS -> join(removal, after(itself, parts, false));
            case EVERYTHING -> join(removal, after(itself, parts, true));
        };
    }

    /// It goes when it is empty; what it shares with others goes after it.
    private static List<Change> emptied(Change removal, List<Change> parts) {
        List<Change> all = new ArrayList<>();
        List<ChangeName> inside = new ArrayList<>();
        for (Change part : parts) {
            boolean shared = isShared(part.key().kind());
            all.add(shared ? part.needing(List.of(removal.name())) : part);
            inside.addAll(shared ? List.of() : List.of(part.name()));
        }
        all.add(removal.needing(inside));
        return all;
    }

    private static boolean isShared(Kind kind) {
        return switch (kind) {
            case ACCESS_LIST, CERTIFICATE -> true;
            case LOAD_BALANCER, LISTENER, RULE, POOL, BACKEND -> false;
        };
    }

    private static List<Change> after(ChangeName balancer, List<Change> parts, boolean poolsGo) {
        return parts.stream()
                .filter(part -> switch (part.key().kind()) {
                    case LOAD_BALANCER, LISTENER, RULE, BACKEND -> false;
                    case POOL -> !poolsGo;
                    case ACCESS_LIST, CERTIFICATE -> true;
                })
                .map(part -> part.needing(List.of(balancer)))
                .toList();
    }

    private static List<Change> join(Change removal, List<Change> parts) {
        List<Change> all = new ArrayList<>(parts);
        all.add(removal);
        return all;
    }

    private static Change stays(Situation situation, Found<LoadBalancer> found) {
        Reason reason = switch (found.resource()) {
            case Owned<LoadBalancer> owned ->
                isProtected(situation)
                        ? new Reason(Reason.PROTECTED, "its user protects it from deletion")
                        : new Reason(Reason.FOREIGN, "it carries listeners that are not ours");
            case Borrowed<LoadBalancer> borrowed -> new Reason(Reason.FOREIGN, "its user's own");
            case Foreign<LoadBalancer>(LoadBalancer balancer, String why) ->
                new Reason(Reason.FOREIGN, "not ours: " + why);
        };
        return new Change.Leave(situation.desired().key(), reason);
    }
}
