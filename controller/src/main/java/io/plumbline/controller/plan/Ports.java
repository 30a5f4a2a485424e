package io.plumbline.controller.plan;

import io.plumbline.spi.model.Actual.Found;
import io.plumbline.spi.model.Desired.ListenerClaim;
import io.plumbline.spi.model.Desired.ListenerClaims;
import io.plumbline.spi.model.Desired.Problem;
import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.Owned;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.objects.ObjectKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Who gets which port. The claimant whose mark the listener already carries keeps it, else the oldest gets
/// it; nobody gets one that a stranger's listener occupies. Whoever loses is told.
///
/// @param ports those that are served
/// @param unwanted listeners of ours that serve none of them
record Ports(List<Port> ports, List<Owned<Listener>> unwanted, List<Problem> problems) {

    /// A port that is served.
    ///
    /// @param kept the listener that is there and stays
    /// @param displaced listeners of ours that must go before this one can be made
    record Port(ListenerClaim winner, Optional<Found<Listener>> kept, List<Owned<Listener>> displaced) {
        Listener listener() {
            return winner.listener();
        }
    }

    static Ports of(Situation situation) {
        List<Port> ports = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        situation.desired().listeners().stream()
                .sorted(Comparator.comparing(ListenerClaims::key))
                .forEach(claims -> decide(claims, situation, ports, problems));
        List<Found<Listener>> kept =
                ports.stream().flatMap(port -> port.kept().stream()).toList();
        List<Owned<Listener>> unwanted = situation.actual().listeners().stream()
                .filter(found -> !kept.contains(found))
                .flatMap(found -> owned(found).stream())
                .toList();
        return new Ports(List.copyOf(ports), unwanted, List.copyOf(problems));
    }

    /// The object whose listener this is: the mark that it carries leads to the name of its pool. One that leads to
    /// none is its whose mark it carries.
    static ObjectKey holder(Owned<Listener> listener) {
        return holder(listener.value(), listener.object());
    }

    /// The object whose listener this is to be.
    static ObjectKey holder(ListenerClaim claim) {
        return holder(claim.listener(), claim.mark().object());
    }

    /// @param marked whose mark it carries
    static ObjectKey holder(Listener listener, ObjectKey marked) {
        return listener.pools().stream().map(PoolKey::object).findFirst().orElse(marked);
    }

    private static void decide(ListenerClaims claims, Situation situation, List<Port> ports, List<Problem> problems) {
        List<Found<Listener>> there = situation.actual().listeners().stream()
                .filter(found -> found.resource().value().key().excludes(claims.key()))
                .toList();
        Optional<Found<Listener>> same = there.stream()
                .filter(found -> owned(found).isPresent())
                .filter(found -> found.resource().value().key().equals(claims.key()))
                .findFirst();
        ListenerClaim winner = winner(claims, same.flatMap(Ports::owned));
        ObjectKey winning = winner.mark().object();
        claims.claims().stream()
                .map(claim -> claim.mark().object())
                .filter(object -> !object.equals(winning))
                .forEach(
                        loser -> problems.add(Refusals.taken(loser, claims.key().name(), winning.text())));
        if (there.stream().anyMatch(found -> owned(found).isEmpty())) {
            problems.add(Refusals.taken(winning, claims.key().name(), "a listener that is not ours"));
            return;
        }
        Optional<Found<Listener>> kept =
                same.filter(found -> owned(found).map(Ports::holder).equals(Optional.of(holder(winner))));
        List<Owned<Listener>> displaced = there.stream()
                .filter(found -> !kept.equals(Optional.of(found)))
                .flatMap(found -> owned(found).stream())
                .toList();
        ports.add(new Port(winner, kept, displaced));
    }

    private static ListenerClaim winner(ListenerClaims claims, Optional<Owned<Listener>> same) {
        Optional<ObjectKey> holder = same.map(Ports::holder);
        return claims.claims().stream()
                .filter(claim -> holder.equals(Optional.of(claim.mark().object())))
                .findFirst()
                .orElse(claims.claims().getFirst());
    }

    private static Optional<Owned<Listener>> owned(Found<Listener> found) {
        return found.resource() instanceof Owned<Listener> owned ? Optional.of(owned) : Optional.empty();
    }
}
