package io.plumbline.aws;

import io.plumbline.aws.AwsLoadBalancerOptions.Frontend;
import io.plumbline.spi.model.AccessList;
import io.plumbline.spi.model.AccessListKey;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.Desired.Candidate;
import io.plumbline.spi.model.Desired.DesiredPool;
import io.plumbline.spi.model.Desired.ListenerClaims;
import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.LoadBalancer;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Options;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.model.Stickiness;
import io.plumbline.spi.model.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Fills in what the cloud would choose itself, and gives a load balancer of ours its security group: an access
/// list with a rule for each port and each source. Targets have no weights here.
final class Normalize {
    private Normalize() {}

    static Desired normalize(Desired desired) {
        return new Desired(
                desired.key(),
                desired.claimants(),
                desired.loadBalancer().map(Normalize::loadBalancer),
                desired.listeners().stream()
                        .map(claims -> claims.each(Normalize::listener))
                        .toList(),
                desired.rules(),
                desired.pools().stream().map(Normalize::pool).toList(),
                accessLists(desired),
                desired.certificates(),
                desired.fate(),
                desired.problems());
    }

    private static LoadBalancer loadBalancer(LoadBalancer wanted) {
        return new LoadBalancer(
                wanted.key(),
                wanted.scheme(),
                wanted.addressFamily(),
                AwsLoadBalancerOptions.of(wanted.options()).withoutFrontend());
    }

    /// Access lists that are not ours come from `loadBalancerSourceRanges`, which the dialect has read already.
    private static List<AccessList> accessLists(Desired desired) {
        Optional<Frontend> frontend = desired.loadBalancer()
                .map(LoadBalancer::options)
                .map(AwsLoadBalancerOptions::of)
                .flatMap(options -> options.frontend().asOptional())
                .filter(any -> !(desired.key() instanceof LoadBalancerKey.Existing));
        return frontend.map(wanted -> List.of(accessList(desired, wanted)))
                .orElseGet(() -> desired.accessLists().stream()
                        .filter(list -> list.options() instanceof AwsAccessListOptions)
                        .toList());
    }

    private static AccessList accessList(Desired desired, Frontend frontend) {
        List<SecurityRule> rules = new ArrayList<>();
        for (ListenerClaims claims : desired.listeners()) {
            List<String> ranges = restricted(claims, desired).orElse(frontend.sourceRanges());
            for (String source : sources(ranges, frontend)) {
                protocols(claims.key().transport())
                        .forEach(protocol -> rules.add(
                                SecurityRule.port(protocol, claims.key().port(), source)));
            }
        }
        if (frontend.icmp()) {
            sources(frontend.sourceRanges(), frontend).forEach(source -> rules.add(pathMtu(source)));
        }
        return new AccessList(
                accessListKey(desired.key()),
                ranges(rules),
                new AwsAccessListOptions(Setting.managed(rules.stream()
                        .map(SecurityRule::text)
                        .sorted()
                        .distinct()
                        .toList())));
    }

    /// Who may connect to one port, where it has an access list of its own.
    private static Optional<List<String>> restricted(ListenerClaims claims, Desired desired) {
        return claims.claims().stream()
                .map(claim -> Listeners.accessList(claim.listener()))
                .flatMap(setting -> setting.asOptional().flatMap(list -> list).stream())
                .flatMap(key ->
                        desired.accessLists().stream().filter(list -> list.key().equals(key)))
                .map(AccessList::sourceRanges)
                .findFirst();
    }

    private static List<String> sources(List<String> ranges, Frontend frontend) {
        return Stream.concat(ranges.stream().filter(Cidr::isOne).map(Cidr::canonical), frontend.prefixLists().stream())
                .toList();
    }

    /// The address ranges among the sources.
    static List<String> ranges(List<SecurityRule> rules) {
        return rules.stream()
                .filter(rule -> !rule.fromGroup() && !rule.fromPrefixList())
                .map(SecurityRule::source)
                .sorted()
                .distinct()
                .toList();
    }

    /// The same for all incarnations of a load balancer: each finds its own group by its own name.
    static AccessListKey accessListKey(LoadBalancerKey key) {
        return new AccessListKey(key.asked().text());
    }

    static List<String> protocols(Transport transport) {
        return switch (transport) {
            case TCP -> List.of("tcp");
            case UDP -> List.of("udp");
            case TCP_UDP -> List.of("tcp", "udp");
        };
    }

    /// "Fragmentation needed" and "packet too big".
    private static SecurityRule pathMtu(String source) {
        return Cidr.isIpv6(source) ? new SecurityRule("icmpv6", 2, 0, source) : new SecurityRule("icmp", 3, 4, source);
    }

    private static Listener listener(Listener wanted) {
        return switch (wanted) {
            case Listener.Tcp tcp ->
                new Listener.Tcp(tcp.key(), tcp.pool(), Setting.unmanaged(), true, options(tcp.options(), "TCP"));
            case Listener.Udp udp ->
                new Listener.Udp(udp.key(), udp.pool(), Setting.unmanaged(), true, options(udp.options(), "UDP"));
            case Listener.TcpUdp both ->
                new Listener.TcpUdp(
                        both.key(), both.pool(), Setting.unmanaged(), true, options(both.options(), "TCP_UDP"));
            case Listener.Tls tls ->
                new Listener.Tcp(
                        tls.key(), tls.pool(), Setting.unmanaged(), true, AwsListenerOptions.of(tls.options()));
            case Listener.Http http -> http;
            case Listener.Https https -> https;
        };
    }

    private static AwsListenerOptions options(Options options, String protocol) {
        AwsListenerOptions ours = AwsListenerOptions.of(options);
        return ours.withProtocol(ours.protocol().or(Setting.managed(protocol)));
    }

    private static DesiredPool pool(DesiredPool wanted) {
        Pool pool = wanted.pool();
        AwsPoolOptions options = AwsPoolOptions.of(pool.options());
        return new DesiredPool(
                new Pool(
                        pool.key(),
                        pool.transport(),
                        pool.targets(),
                        pool.healthCheck(),
                        new Stickiness(pool.stickiness().enabled(), Setting.unmanaged()),
                        Setting.unmanaged(),
                        new AwsPoolOptions(
                                options.protocol(),
                                options.ipAddressType(),
                                options.checkPort(),
                                options.checkTls(),
                                Setting.managed(false),
                                options.tags(),
                                options.attributes())),
                wanted.candidates().stream().map(Normalize::candidate).toList());
    }

    private static Candidate candidate(Candidate candidate) {
        Backend backend = candidate.backend();
        return candidate.with(new Backend(backend.key(), Setting.unmanaged(), backend.registrant()));
    }

    /// Tags that were asked for, where any were.
    static SortedMap<String, String> tags(Setting<SortedMap<String, String>> tags) {
        return tags.asOptional().orElseGet(TreeMap::new);
    }
}
