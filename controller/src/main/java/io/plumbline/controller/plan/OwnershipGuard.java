package io.plumbline.controller.plan;

import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.ChangeName;
import io.plumbline.spi.change.Plan;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.AccessList;
import io.plumbline.spi.model.AccessListKey;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Actual.Found;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Certificate;
import io.plumbline.spi.model.CertificateKey;
import io.plumbline.spi.model.Key;
import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.ListenerKey;
import io.plumbline.spi.model.LoadBalancer;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Owned;
import io.plumbline.spi.model.Ownership;
import io.plumbline.spi.model.Ownership.Foreign;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.Resource;
import io.plumbline.spi.model.Rule;
import io.plumbline.spi.model.RuleKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Lets pass what touches nothing but our own. The types see to that already; this checks it once more
/// against what was read, and for what is made inside something that is not ours.
final class OwnershipGuard {
    private static final Reason NOT_OURS = new Reason(Reason.FOREIGN, "not ours");

    private OwnershipGuard() {}

    static Plan guard(Plan plan, Actual actual) {
        Map<Key, Ownership<?>> found = found(actual);
        Map<ChangeName, Reason> held = new LinkedHashMap<>();
        for (Change change : plan.changes()) {
            boolean touches = found.containsKey(change.key()) && !(found.get(change.key()) instanceof Owned<?>);
            boolean inside = Stream.concat(within(change.key()).stream(), ledTo(change).stream())
                    .anyMatch(key -> found.get(key) instanceof Foreign<?>);
            if (touches || inside) {
                held.put(change.name(), reason(change));
            }
        }
        return Hold.back(plan, held);
    }

    /// What is left alone already keeps its own reason.
    private static Reason reason(Change change) {
        return change instanceof Change.Leave leave ? leave.reason() : NOT_OURS;
    }

    /// Pools that a listener or rule is to lead to.
    private static List<PoolKey> ledTo(Change change) {
        Optional<Resource> wanted = switch (change) {
            case Change.Create create -> Optional.of(create.desired());
            case Change.Update update -> Optional.of(update.desired());
            case Change.Replace replace -> Optional.of(replace.desired());
            case Change.Drain drain -> Optional.empty();
            case Change.Remove remove -> Optional.empty();
            case Change.Await await -> Optional.empty();
            case Change.Leave leave -> Optional.empty();
        };
        return wanted.map(resource -> switch (resource) {
                    case Listener listener -> listener.pools();
                    case Rule rule -> rule.action().pools();
                    case LoadBalancer balancer -> List.<PoolKey>of();
                    case Pool pool -> List.<PoolKey>of();
                    case Backend backend -> List.<PoolKey>of();
                    case AccessList list -> List.<PoolKey>of();
                    case Certificate certificate -> List.<PoolKey>of();
                })
                .orElseGet(List::of);
    }

    /// What the thing of this key is in.
    private static List<Key> within(Key key) {
        return switch (key) {
            case LoadBalancerKey balancer -> List.of();
            case ListenerKey listener -> List.of(listener.loadBalancer());
            case RuleKey rule -> List.of(rule.listener(), rule.listener().loadBalancer());
            case PoolKey pool -> List.of();
            case BackendKey backend -> List.of(backend.pool());
            case AccessListKey list -> List.of();
            case CertificateKey certificate -> List.of();
        };
    }

    private static Map<Key, Ownership<?>> found(Actual actual) {
        Map<Key, Ownership<?>> all = new LinkedHashMap<>();
        List<Found<?>> found = new ArrayList<>();
        actual.loadBalancer().ifPresent(found::add);
        found.addAll(actual.listeners());
        found.addAll(actual.rules());
        found.addAll(actual.accessLists());
        found.addAll(actual.certificates());
        actual.pools().forEach(pool -> {
            found.add(pool.pool());
            pool.members().forEach(member -> all.put(member.key(), member.backend()));
        });
        found.forEach(one -> all.put(one.resource().value().key(), one.resource()));
        return all;
    }
}
