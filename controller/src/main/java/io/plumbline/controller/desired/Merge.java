package io.plumbline.controller.desired;

import io.plumbline.controller.desired.Claims.Standing;
import io.plumbline.controller.desired.DesiredState.Context;
import io.plumbline.controller.desired.DesiredState.Invalid;
import io.plumbline.controller.desired.DesiredState.Valid;
import io.plumbline.controller.desired.Part.Noted;
import io.plumbline.controller.snapshot.ClusterSnapshot;
import io.plumbline.controller.snapshot.ClusterSnapshot.ServiceClaim;
import io.plumbline.controller.snapshot.SnapshotAssembly;
import io.plumbline.spi.Dialect.Extent;
import io.plumbline.spi.Dialect.Interpretation;
import io.plumbline.spi.Dialect.Wishes;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.AccessList;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.Desired.Fate;
import io.plumbline.spi.model.Desired.ListenerClaim;
import io.plumbline.spi.model.Desired.ListenerClaims;
import io.plumbline.spi.model.Desired.Problem;
import io.plumbline.spi.model.ListenerKey;
import io.plumbline.spi.model.LoadBalancer;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.objects.ServiceView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// All claimants of a load balancer -> the one that is wanted. Pure.
///
/// A claimant that may not or does not want to take part leaves the others alone.
final class Merge {
    private Merge() {}

    static DesiredState of(ClusterSnapshot snapshot, Context context) {
        List<Problem> refusals = new ArrayList<>();
        List<Part> parts = new ArrayList<>();
        for (ServiceClaim claim : snapshot.claims()) {
            switch (Claims.standing(claim.service(), context.dialect(), context.settings())) {
                case Standing.NotOurs() -> {}
                case Standing.AlreadyManaged(String field, String why) ->
                    refusals.add(new Problem(claim.service().key(), field, why, ProblemReasons.ALREADY_MANAGED));
                case Standing.Released(String why) -> parts.add(part(claim, true, snapshot, context));
                case Standing.Ours() -> parts.add(part(claim, false, snapshot, context));
            }
        }
        return parts.isEmpty()
                ? new Invalid(sorted(refusals.stream()))
                : new Valid(merged(snapshot.key(), parts, refusals, context));
    }

    private static Part part(ServiceClaim claim, boolean released, ClusterSnapshot snapshot, Context context) {
        Interpretation reading = context.dialect().interpret(claim.service(), claim.referenced(), claim.kindsKnown());
        boolean elsewhere = !names(reading, claim.service(), snapshot.key());
        return new Part(
                claim,
                Claims.mark(claim.service(), context.settings()),
                reading,
                released || elsewhere,
                snapshot.nodes());
    }

    /// Whether the Service asks for this load balancer; a replacement of its own is this one too.
    private static boolean names(Interpretation reading, ServiceView service, LoadBalancerKey key) {
        return reading.key().orElseGet(() -> SnapshotAssembly.ownKey(service)).equals(key.asked());
    }

    private static Desired merged(LoadBalancerKey key, List<Part> parts, List<Problem> refusals, Context context) {
        List<Part> touched =
                parts.stream().filter(part -> !part.reading().untouched()).toList();
        if (touched.isEmpty()) {
            return bare(key, parts, Fate.UNTOUCHED, refusals);
        }
        List<Part> living = touched.stream().filter(part -> !part.released()).toList();
        return living.isEmpty()
                ? bare(key, touched, Fate.RELEASED, refusals)
                : wanted(key, touched, living, refusals, context);
    }

    private static Desired bare(LoadBalancerKey key, List<Part> parts, Fate fate, List<Problem> problems) {
        return new Desired(
                key,
                parts.stream().map(Part::claimant).toList(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                fate,
                sorted(problems.stream()));
    }

    private static Desired wanted(
            LoadBalancerKey key, List<Part> touched, List<Part> living, List<Problem> refusals, Context context) {
        List<Noted<List<Part.Port>>> offers =
                living.stream().map(part -> Ports.of(part, key, context)).toList();
        List<Part.Port> offered =
                offers.stream().flatMap(offer -> offer.value().stream()).toList();
        Noted<List<Part.Port>> standing =
                TupleRule.apply(offered, context.capabilities().backendUniquePerLoadBalancer());
        Stream<Problem> problems = Stream.of(
                        refusals.stream(),
                        overruled(key, living),
                        offers.stream().flatMap(offer -> offer.problems().stream()),
                        standing.problems().stream())
                .flatMap(stream -> stream);
        return new Desired(
                key,
                touched.stream().map(Part::claimant).toList(),
                Optional.of(loadBalancer(key, living.getFirst())),
                listeners(standing.value(), context),
                List.of(),
                standing.value().stream()
                        .map(port -> Resources.pool(port, context))
                        .sorted(Comparator.comparing(pool -> pool.pool().key()))
                        .toList(),
                accessLists(standing.value(), context),
                List.of(),
                Fate.WANTED,
                sorted(problems));
    }

    /// Those whose wishes for a shared load balancer are not what its oldest claimant wants.
    private static Stream<Problem> overruled(LoadBalancerKey key, List<Part> living) {
        Part oldest = living.getFirst();
        return living.stream()
                .skip(1)
                .filter(part -> key instanceof LoadBalancerKey.Group)
                .filter(part -> !part.reading().wishes().equals(oldest.reading().wishes()))
                .map(part -> part.problem(
                        "metadata.annotations",
                        "the load balancer is shared, and its own settings are those of the oldest Service, "
                                + oldest.service().key().text() + ", which has others than this one: make them alike",
                        Reason.CONFLICT));
    }

    /// Its own settings are those of the oldest claimant that lives.
    private static LoadBalancer loadBalancer(LoadBalancerKey key, Part oldest) {
        Wishes wishes = oldest.reading().wishes();
        return new LoadBalancer(key, wishes.scheme(), wishes.addressFamily(), wishes.options());
    }

    private static List<ListenerClaims> listeners(List<Part.Port> ports, Context context) {
        SortedMap<ListenerKey, List<ListenerClaim>> byKey = new TreeMap<>();
        ports.stream()
                .filter(port -> port.wishes().extent() == Extent.LISTENER_AND_POOL)
                .forEach(port -> byKey.computeIfAbsent(port.listener(), key -> new ArrayList<>())
                        .add(new ListenerClaim(port.part().mark(), Resources.listener(port, context))));
        return byKey.entrySet().stream()
                .map(entry -> new ListenerClaims(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static List<AccessList> accessLists(List<Part.Port> ports, Context context) {
        return ports.stream()
                .map(Part.Port::part)
                .distinct()
                .flatMap(part -> Resources.accessList(part, context).stream())
                .sorted(Comparator.comparing(AccessList::key))
                .toList();
    }

    private static List<Problem> sorted(Stream<Problem> problems) {
        return problems.sorted().distinct().toList();
    }
}
