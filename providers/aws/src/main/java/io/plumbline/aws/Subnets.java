package io.plumbline.aws;

import io.plumbline.aws.Requests.Place;
import io.plumbline.spi.Answer;
import io.plumbline.spi.Answer.Got;
import io.plumbline.spi.Answer.Missed;
import io.plumbline.spi.Outcome.Because;
import io.plumbline.spi.Outcome.Rejected;
import io.plumbline.spi.model.LoadBalancer;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Tag;

/// Where a load balancer stands: in one subnet of each zone. Which there are is read once in ten minutes for all.
///
/// Subnets that the user has not named are those with the role tag of the scheme
/// (https://docs.aws.amazon.com/eks/latest/userguide/network-load-balancing.html), or, where none has one, those
/// whose routes lead to an internet gateway, or do not.
final class Subnets {
    private static final String PUBLIC_ROLE = "kubernetes.io/role/elb";
    private static final String INTERNAL_ROLE = "kubernetes.io/role/internal-elb";

    private final Inquiries inquiries;
    private final InstantSource clock;
    private final AtomicReference<@Nullable Seen> seen = new AtomicReference<>();

    Subnets(Inquiries inquiries, InstantSource clock) {
        this.inquiries = inquiries;
        this.clock = clock;
    }

    private record Seen(List<Subnet> subnets, List<RouteTable> routes, Instant until) {}

    /// @param wanted as it is to be made, or changed
    Answer<List<Place>> places(LoadBalancer wanted) {
        return switch (read()) {
            case Missed<Seen>(var failure) -> new Missed<>(failure);
            case Got<Seen>(Seen now) -> choose(now, wanted);
        };
    }

    private Answer<Seen> read() {
        Optional<Seen> last =
                Optional.ofNullable(seen.get()).filter(known -> clock.instant().isBefore(known.until()));
        if (last.isPresent()) {
            return new Got<>(last.get());
        }
        return switch (inquiries.subnets().asAnswer()) {
            case Missed<List<Subnet>>(var failure) -> new Missed<>(failure);
            case Got<List<Subnet>>(List<Subnet> subnets) ->
                inquiries.routeTables().asAnswer().map(routes -> {
                    Seen now = new Seen(subnets, routes, clock.instant().plus(Limits.NETWORK_FACTS));
                    seen.set(now);
                    return now;
                });
        };
    }

    private Answer<List<Place>> choose(Seen now, LoadBalancer wanted) {
        AwsLoadBalancerOptions options = AwsLoadBalancerOptions.of(wanted.options());
        boolean open = wanted.scheme().asOptional().orElse(Scheme.INTERNAL) == Scheme.INTERNET;
        Optional<List<String>> named = options.subnets().asOptional();
        Answer<List<Subnet>> chosen =
                named.isPresent() ? named(now, named.get()) : new Got<>(onePerZone(discovered(now, open)));
        return switch (chosen) {
            case Missed<List<Subnet>>(var failure) -> new Missed<>(failure);
            case Got<List<Subnet>>(List<Subnet> subnets) when subnets.isEmpty() -> refused(nothingFound(open));
            case Got<List<Subnet>>(List<Subnet> subnets) -> withAddresses(subnets, options.addresses());
        };
    }

    private static String nothingFound(boolean open) {
        return "no subnet was found for "
                + (open ? "an internet-facing" : "an internal")
                + " load balancer: tag the subnets it may stand in with " + (open ? PUBLIC_ROLE : INTERNAL_ROLE)
                + "=1, or name them in " + Annotations.BETA + Annotations.SUBNETS;
    }

    private Answer<List<Subnet>> named(Seen now, List<String> names) {
        List<Subnet> chosen = new ArrayList<>();
        TreeMap<String, String> zones = new TreeMap<>();
        for (String name : names) {
            List<Subnet> found = now.subnets().stream()
                    .filter(subnet ->
                            name.equals(subnet.subnetId()) || Optional.of(name).equals(tag(subnet, "Name")))
                    .toList();
            if (found.size() != 1) {
                seen.set(null);
                return refused(
                        found.isEmpty()
                                ? "there is no subnet " + name + " in the VPC: correct " + Annotations.SUBNETS
                                : "several subnets are named " + name + ": name the one that is meant by its id in "
                                        + Annotations.SUBNETS);
            }
            Optional<String> before =
                    Optional.ofNullable(zones.put(found.getFirst().availabilityZone(), name));
            if (before.isPresent()) {
                return refused("subnets " + before.get() + " and " + name + " are in the same zone "
                        + found.getFirst().availabilityZone() + ": name one of each zone in " + Annotations.SUBNETS);
            }
            chosen.add(found.getFirst());
        }
        return new Got<>(chosen);
    }

    private static List<Subnet> discovered(Seen now, boolean open) {
        List<Subnet> byRole = now.subnets().stream()
                .filter(subnet -> tag(subnet, open ? PUBLIC_ROLE : INTERNAL_ROLE)
                        .filter(value -> value.isEmpty() || value.equals("1"))
                        .isPresent())
                .toList();
        return byRole.isEmpty()
                ? now.subnets().stream()
                        .filter(subnet -> leadsToInternet(now, subnet) == open)
                        .toList()
                : byRole;
    }

    /// Of several in a zone the one whose id comes first, so that the choice is always the same.
    private static List<Subnet> onePerZone(List<Subnet> subnets) {
        SortedMap<String, Subnet> byZone = new TreeMap<>();
        subnets.stream()
                .sorted((one, other) -> one.subnetId().compareTo(other.subnetId()))
                .forEach(subnet -> byZone.putIfAbsent(subnet.availabilityZone(), subnet));
        return List.copyOf(byZone.values());
    }

    /// By its own route table, or the main one of the VPC.
    private static boolean leadsToInternet(Seen now, Subnet subnet) {
        Optional<RouteTable> own = now.routes().stream()
                .filter(table ->
                        associations(table).anyMatch(one -> subnet.subnetId().equals(one.subnetId())))
                .findFirst();
        Optional<RouteTable> main = now.routes().stream()
                .filter(table -> associations(table).anyMatch(one -> Boolean.TRUE.equals(one.main())))
                .findFirst();
        return own.or(() -> main)
                .filter(table -> table.routes().stream()
                        .map(Route::gatewayId)
                        .anyMatch(id -> id != null && id.startsWith("igw-")))
                .isPresent();
    }

    private static Stream<RouteTableAssociation> associations(RouteTable table) {
        return table.associations().stream();
    }

    private static Answer<List<Place>> withAddresses(List<Subnet> subnets, AwsLoadBalancerOptions.Addresses addresses) {
        List<String> elastic = addresses.elastic().asOptional().orElse(List.of());
        List<String> ipv4 = addresses.privateIpv4().asOptional().orElse(List.of());
        List<String> ipv6 = addresses.ipv6().asOptional().orElse(List.of());
        List<Place> places = new ArrayList<>();
        for (int index = 0; index < subnets.size(); index++) {
            Subnet subnet = subnets.get(index);
            places.add(new Place(
                    subnet.subnetId(),
                    elastic.stream().skip(index).findFirst(),
                    inside(ipv4, List.of(Optional.ofNullable(subnet.cidrBlock()).orElse(""))),
                    inside(
                            ipv6,
                            subnet.ipv6CidrBlockAssociationSet().stream()
                                    .map(one -> one.ipv6CidrBlock())
                                    .toList())));
        }
        Stream<Optional<String>> wrong = Stream.of(
                unplaced(Annotations.EIPS, elastic, places.stream().flatMap(place -> place.elastic().stream())),
                unplaced(Annotations.PRIVATE_ADDRESSES, ipv4, places.stream().flatMap(place -> place.ipv4().stream())),
                unplaced(Annotations.IPV6_ADDRESSES, ipv6, places.stream().flatMap(place -> place.ipv6().stream())));
        return wrong.flatMap(Optional::stream)
                .findFirst()
                .map(Subnets::<List<Place>>refused)
                .orElseGet(() -> new Got<>(places));
    }

    private static Optional<String> inside(List<String> addresses, List<String> cidrs) {
        return addresses.stream()
                .filter(address -> cidrs.stream().anyMatch(cidr -> Cidr.contains(cidr, address)))
                .findFirst();
    }

    private static Optional<String> unplaced(String annotation, List<String> wanted, Stream<String> placed) {
        List<String> left = new ArrayList<>(wanted);
        placed.forEach(left::remove);
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(annotation + " names " + String.join(", ", left)
                        + ", which has no place in the load balancer's subnets: name one address for each subnet");
    }

    private static Optional<String> tag(Subnet subnet, String key) {
        return subnet.tags().stream()
                .filter(tag -> key.equals(tag.key()))
                .map(Tag::value)
                .map(value -> value == null ? "" : value)
                .findFirst();
    }

    private static <T> Answer<T> refused(String message) {
        return new Missed<>(new Rejected(Because.INVALID, message));
    }
}
