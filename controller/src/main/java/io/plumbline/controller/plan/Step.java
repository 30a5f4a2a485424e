package io.plumbline.controller.plan;

import io.plumbline.spi.Capabilities;
import io.plumbline.spi.Capabilities.Mutability;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.ChangeName;
import io.plumbline.spi.change.FieldChange;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Actual.Found;
import io.plumbline.spi.model.Desired.Problem;
import io.plumbline.spi.model.Key;
import io.plumbline.spi.model.Kind;
import io.plumbline.spi.model.Owned;
import io.plumbline.spi.model.Ownership.Borrowed;
import io.plumbline.spi.model.Ownership.Foreign;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.Resource;
import io.plumbline.spi.objects.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What one resource needs to become as it is wanted.
///
/// | found | differs in | what is done |
/// |---|---|---|
/// | nothing | | create |
/// | ours | nothing | nothing |
/// | ours | fields that change in place | update |
/// | ours | a field that needs a new one, with consent | replace, with whatever else differs |
/// | ours | a field that needs a new one, without consent; or just one that is fixed | leave, and say so |
/// | its user's own, lent to us | | nothing |
/// | somebody else's | | leave; of a pool, say so |
record Step(List<Change> changes, List<Problem> problems) {
    static final Step NOTHING = new Step(List.of(), List.of());
    private static final String INLINE_POOL = "pool.";

    /// A resource that is wanted.
    ///
    /// @param fields in which it differs from what was found; empty where nothing was found
    /// @param answers whose user is told what cannot be done
    /// @param needs changes that must come before it is made or changed
    record Wish(
            Resource desired,
            List<FieldChange> fields,
            ObjectKey answers,
            boolean replaceAllowed,
            List<ChangeName> needs) {}

    /// @param found what is there, whosever it is
    static Step of(Wish wish, Optional<? extends Found<? extends Resource>> found, Capabilities capabilities) {
        if (found.isEmpty()) {
            Reason reason = new Reason(Reason.DESIRED, "desired, absent");
            return new Step(List.of(new Change.Create(wish.desired(), reason, wish.needs())), List.of());
        }
        return switch (found.get().resource()) {
            case Owned<? extends Resource> owned -> ofOwned(wish, owned, capabilities);
            case Borrowed<? extends Resource> borrowed -> NOTHING;
            case Foreign<? extends Resource>(Resource value, String why) ->
                new Step(
                        leave(value.key(), why).changes(),
                        told(wish, found.get().id(), why));
        };
    }

    /// One that its user named is told to be somebody else's; of what bears a name that we gave, the change says it.
    private static List<Problem> told(Wish wish, String id, String why) {
        return wish.desired() instanceof Pool ? List.of(Refusals.foreignPool(wish.answers(), id, why)) : List.of();
    }

    static Step leave(Key key, String why) {
        return new Step(List.of(new Change.Leave(key, new Reason(Reason.FOREIGN, "not ours: " + why))), List.of());
    }

    private static Step ofOwned(Wish wish, Owned<? extends Resource> owned, Capabilities capabilities) {
        List<FieldChange> inPlace = of(List.of(Mutability.IN_PLACE, Mutability.WITH_LISTENER), wish, capabilities);
        boolean replaces = !of(List.of(Mutability.REPLACE), wish, capabilities).isEmpty();
        if (replaces && wish.replaceAllowed()) {
            Reason reason = new Reason(Reason.DIFFERS, "cannot be changed in place");
            return new Step(
                    List.of(new Change.Replace(owned, wish.desired(), wish.fields(), reason, wish.needs())), List.of());
        }
        List<Change> changes = new ArrayList<>();
        if (!inPlace.isEmpty()) {
            Reason reason = new Reason(Reason.DIFFERS, "differs");
            changes.add(new Change.Update(owned, wish.desired(), inPlace, reason, wish.needs()));
        }
        List<FieldChange> refused = new ArrayList<>(wish.fields());
        refused.removeAll(inPlace);
        if (!refused.isEmpty()) {
            changes.add(new Change.Leave(
                    wish.desired().key(), new Reason(Reason.IMMUTABLE, Refusals.list(refused) + " cannot be changed")));
        }
        return new Step(List.copyOf(changes), refusals(wish, refused, replaces));
    }

    /// A new one takes all of its settings along, those too that are fixed from then on: so where one is needed anyway
    /// they are one refusal.
    private static List<Problem> refusals(Wish wish, List<FieldChange> refused, boolean replaceable) {
        Kind kind = wish.desired().key().kind();
        return replaceable
                ? List.of(Refusals.needsConsent(wish.answers(), kind, refused))
                : refused.stream()
                        .map(field -> Refusals.fixed(wish.answers(), kind, field))
                        .toList();
    }

    private static List<FieldChange> of(List<Mutability> mutability, Wish wish, Capabilities capabilities) {
        Kind kind = wish.desired().key().kind();
        return wish.fields().stream()
                .filter(change -> mutability.contains(mutability(kind, change.field(), capabilities)))
                .toList();
    }

    static Mutability mutability(Kind kind, String field, Capabilities capabilities) {
        if (field.startsWith(INLINE_POOL)) {
            return mutability(Kind.POOL, field.substring(INLINE_POOL.length()), capabilities);
        }
        if (field.equals(Diff.FORM)) {
            return Mutability.REPLACE;
        }
        return capabilities.mutability().getOrDefault(kind.text() + "." + field, inherited(kind, field, capabilities));
    }

    /// A nested field is as its parent, where only that is listed.
    private static Mutability inherited(Kind kind, String field, Capabilities capabilities) {
        int dot = field.lastIndexOf('.');
        return dot < 0 ? Mutability.IN_PLACE : mutability(kind, field.substring(0, dot), capabilities);
    }

    /// Fields of an inline pool, as its listener's or rule's update carries them.
    static List<FieldChange> prefixed(List<FieldChange> fields) {
        return fields.stream()
                .map(change -> new FieldChange(INLINE_POOL + change.field(), change.from(), change.to()))
                .collect(Collectors.toList());
    }
}
