package io.plumbline.tencent;

import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.Desired.Candidate;
import io.plumbline.spi.model.Desired.DesiredPool;
import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.LoadBalancer;
import io.plumbline.spi.model.LoadBalancer.AddressFamily;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.Setting;

/// Fills in what the cloud would choose itself. A layer 4 listener has its targets inside, and each Service port has
/// a pool of its own already, so nothing needs to be split.
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
                desired.accessLists(),
                desired.certificates(),
                desired.fate(),
                desired.problems());
    }

    private static LoadBalancer loadBalancer(LoadBalancer wanted) {
        return new LoadBalancer(
                wanted.key(),
                wanted.scheme().or(Setting.managed(Scheme.INTERNET)),
                wanted.addressFamily().or(Setting.managed(AddressFamily.IPV4)),
                TencentLoadBalancerOptions.of(wanted.options()));
    }

    private static Listener listener(Listener wanted) {
        return wanted.withOptions(TencentListenerOptions.of(wanted.options()));
    }

    /// A listener takes Pods and machines alike, and the cloud knows no setting that says which: what is there is
    /// always read as a pool of Pods.
    private static DesiredPool pool(DesiredPool wanted) {
        Pool pool = wanted.pool();
        return new DesiredPool(
                new Pool(
                        pool.key(),
                        pool.transport(),
                        Pool.Targets.PODS,
                        pool.healthCheck(),
                        pool.stickiness(),
                        pool.scheduling(),
                        TencentPoolOptions.of(pool.options())),
                wanted.candidates().stream().map(Normalize::candidate).toList());
    }

    private static Candidate candidate(Candidate candidate) {
        Backend backend = candidate.backend();
        return candidate.with(new Backend(
                backend.key(), backend.weight().or(Setting.managed(Limits.DEFAULT_WEIGHT)), backend.registrant()));
    }
}
