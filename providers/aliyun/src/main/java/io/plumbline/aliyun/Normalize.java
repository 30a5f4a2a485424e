package io.plumbline.aliyun;

import io.plumbline.spi.model.AccessList;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.Desired.Candidate;
import io.plumbline.spi.model.Desired.DesiredPool;
import io.plumbline.spi.model.Desired.Intent;
import io.plumbline.spi.model.Desired.ListenerClaim;
import io.plumbline.spi.model.Desired.ListenerClaims;
import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.LoadBalancer;
import io.plumbline.spi.model.LoadBalancer.AddressFamily;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Options;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.RuleAction;
import io.plumbline.spi.model.Setting;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Fills in what the cloud would choose itself, and brings what it keeps in another form into that one:
/// a listener that only forwards has no pool, a weight for a whole pool becomes one for each member,
/// address ranges are written as the cloud writes them.
final class Normalize {
    private static final int MOVED_PERMANENTLY = 301;

    private Normalize() {}

    static Desired normalize(Desired desired) {
        boolean ipv6 = desired.loadBalancer()
                .flatMap(wanted -> wanted.addressFamily().asOptional())
                .filter(AddressFamily.IPV6::equals)
                .isPresent();
        List<ListenerClaims> listeners =
                desired.listeners().stream().map(Normalize::claims).toList();
        return new Desired(
                desired.key(),
                desired.claimants(),
                desired.loadBalancer().map(Normalize::loadBalancer),
                listeners,
                desired.rules(),
                desired.pools().stream()
                        .filter(pool -> !onlyForwarded(pool, desired, listeners))
                        .map(Normalize::pool)
                        .toList(),
                desired.accessLists().stream()
                        .map(list ->
                                new AccessList(list.key(), AddressRanges.of(list.sourceRanges(), ipv6), list.options()))
                        .toList(),
                desired.certificates(),
                desired.fate(),
                desired.problems());
    }

    private static LoadBalancer loadBalancer(LoadBalancer wanted) {
        return new LoadBalancer(
                wanted.key(),
                wanted.scheme().or(Setting.managed(Scheme.INTERNET)),
                wanted.addressFamily().or(Setting.managed(AddressFamily.IPV4)),
                AliyunLoadBalancerOptions.of(wanted.options()));
    }

    private static ListenerClaims claims(ListenerClaims wanted) {
        return new ListenerClaims(
                wanted.key(),
                wanted.claims().stream()
                        .map(claim -> new ListenerClaim(claim.mark(), listener(claim.listener(), claim.mark())))
                        .toList());
    }

    private static Listener listener(Listener wanted, Mark claimant) {
        AliyunListenerOptions options =
                AliyunListenerOptions.of(wanted.options()).fitting(wanted);
        return switch (wanted) {
            case Listener.Tcp tcp -> tcp.withOptions(options);
            case Listener.Udp udp -> udp.withOptions(options);
            case Listener.TcpUdp both -> both;
            case Listener.Tls tls -> tls;
            case Listener.Http http -> http(http, options, claimant);
            case Listener.Https https -> https.withOptions(options);
        };
    }

    private static Listener http(Listener.Http http, AliyunListenerOptions options, Mark claimant) {
        Optional<Integer> forward = options.forwardPort().asOptional();
        RuleAction action = forward.<RuleAction>map(Normalize::redirect).orElseGet(http::defaultAction);
        Options left = forward.isPresent()
                ? new AliyunListenerOptions(
                        options.acl(),
                        Setting.unmanaged(),
                        options.layer4(),
                        AliyunListenerOptions.Layer7.unmanaged(),
                        options.tls(),
                        Setting.managed(claimant))
                : options;
        return new Listener.Http(http.key(), action, http.accessList(), http.running(), left);
    }

    /// As a listener that forwards is read.
    static RuleAction redirect(int port) {
        return new RuleAction.Redirect("https", "", port, "", MOVED_PERMANENTLY);
    }

    /// A listener led to it, and now forwards.
    private static boolean onlyForwarded(DesiredPool pool, Desired before, List<ListenerClaims> after) {
        return leadTo(before.listeners(), pool) && !leadTo(after, pool);
    }

    private static boolean leadTo(List<ListenerClaims> listeners, DesiredPool pool) {
        return listeners.stream()
                .flatMap(claims -> claims.claims().stream())
                .anyMatch(claim -> claim.listener().pools().contains(pool.pool().key()));
    }

    /// A group takes Pods and machines alike, and the cloud knows no setting that says which: what is
    /// there is always read as a pool of Pods.
    private static DesiredPool pool(DesiredPool wanted) {
        Pool pool = wanted.pool();
        AliyunPoolOptions options = AliyunPoolOptions.of(pool.options());
        List<Candidate> candidates = options.totalWeight()
                .asOptional()
                .map(total -> spread(wanted.candidates(), total))
                .orElseGet(wanted::candidates);
        return new DesiredPool(
                new Pool(
                        pool.key(),
                        pool.transport(),
                        Pool.Targets.PODS,
                        pool.healthCheck(),
                        pool.stickiness(),
                        pool.scheduling(),
                        new AliyunPoolOptions(options.scheduler(), Setting.unmanaged())),
                candidates);
    }

    /// Each member gets its share by the weight that it would have alone, and at least 1, unless all
    /// have none.
    private static List<Candidate> spread(List<Candidate> candidates, int total) {
        int sum = registering(candidates)
                .mapToInt(candidate -> weight(candidate.backend()))
                .sum();
        return candidates.stream()
                .map(candidate -> weighing(candidate, share(total, weight(candidate.backend()), sum)))
                .toList();
    }

    private static Stream<Candidate> registering(List<Candidate> candidates) {
        return candidates.stream().filter(candidate -> candidate.intent() == Intent.REGISTER);
    }

    private static int share(int total, int weight, int sum) {
        return total == 0 || weight == 0 ? 0 : Math.max(1, Math.min(total, total * weight / Math.max(1, sum)));
    }

    private static int weight(Backend backend) {
        return backend.weight().asOptional().orElse(Limits.DEFAULT_WEIGHT);
    }

    private static Candidate weighing(Candidate candidate, int weight) {
        Backend backend = candidate.backend();
        return candidate.with(new Backend(backend.key(), Setting.managed(weight), backend.registrant()));
    }
}
