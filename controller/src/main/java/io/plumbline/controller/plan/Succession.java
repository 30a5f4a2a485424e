package io.plumbline.controller.plan;

import io.plumbline.spi.Capabilities;
import io.plumbline.spi.Capabilities.Mutability;
import io.plumbline.spi.change.FieldChange;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Actual.FoundPool;
import io.plumbline.spi.model.Actual.Member;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.Desired.Claimant;
import io.plumbline.spi.model.Health;
import io.plumbline.spi.model.Kind;
import io.plumbline.spi.objects.ServiceView;
import java.util.List;
import java.util.Optional;

/// Of two incarnations of a load balancer: which one is to stay, and whose address is published. Pure.
///
/// | newer | is as it is wanted | older is | to stay |
/// |---|---|---|---|
/// | there | yes | | the newer |
/// | there | no | as it is wanted | the older: its user has changed his mind |
/// | there | no | no | the one that is published; it is replaced once the other one is gone |
/// | not there | | as it is wanted, or its user consents no more | the older |
/// | not there | | not | the newer, which is made |
///
/// @param target the one that is to stay, `true` for the newer
/// @param shown whose address is published, `true` for the newer
public record Succession(boolean target, boolean shown) {
    /// An incarnation, as it is wanted and as it is.
    public record Life(Desired wanted, Optional<Actual> actual) {
        private boolean there() {
            return actual.flatMap(Actual::loadBalancer).isPresent();
        }
    }

    public static Succession of(Life older, Life newer, ServiceView service, Capabilities capabilities) {
        boolean olderShown = publishes(older, service);
        boolean newerShown = publishes(newer, service);
        boolean shown = !olderShown && (newerShown || !older.there());
        return new Succession(target(older, newer, shown, capabilities), shown);
    }

    private static boolean target(Life older, Life newer, boolean shown, Capabilities capabilities) {
        boolean olderFits = older.there() && differences(older, capabilities).isEmpty();
        if (!newer.there()) {
            return !older.there() || (!olderFits && consents(older.wanted()));
        }
        if (differences(newer, capabilities).isEmpty()) {
            return true;
        }
        return !olderFits && shown;
    }

    /// In what an incarnation cannot become as it is wanted.
    public static List<FieldChange> differences(Life life, Capabilities capabilities) {
        return life.wanted().loadBalancer().stream()
                .flatMap(wanted -> life.actual().flatMap(Actual::loadBalancer).stream()
                        .flatMap(found -> Diff.fields(wanted, found.resource().value()).stream()))
                .filter(change ->
                        Step.mutability(Kind.LOAD_BALANCER, change.field(), capabilities) == Mutability.REPLACE)
                .toList();
    }

    private static boolean consents(Desired wanted) {
        return wanted.claimants().stream()
                .findFirst()
                .filter(Claimant::replaceAllowed)
                .isPresent();
    }

    /// Whether one of its addresses is in the Service's status.
    static boolean publishes(Life life, ServiceView service) {
        return life.actual().filter(actual -> isPublished(actual, service)).isPresent();
    }

    static boolean isPublished(Actual actual, ServiceView service) {
        return actual.addresses().stream()
                .anyMatch(address -> service.addresses().stream()
                        .anyMatch(published -> published.ip().equals(address.text())
                                || published.hostname().equals(address.text())));
    }

    /// Whether a replacement may take the traffic: in each of its pools as many are healthy as serve in that of the
    /// load balancer that it replaces, or all of them.
    public static boolean isReady(Actual replacement, Health health, Optional<Actual> before) {
        boolean active = replacement
                .loadBalancer()
                .filter(found -> found.state() == Actual.State.ACTIVE)
                .isPresent();
        return active
                && !replacement.addresses().isEmpty()
                && replacement.pools().stream().allMatch(pool -> isReady(pool, health, before));
    }

    private static boolean isReady(FoundPool pool, Health health, Optional<Actual> before) {
        List<BackendKey> members = serving(pool);
        long healthy = members.stream().filter(health::serves).count();
        long enough = before.flatMap(
                        old -> old.pool(pool.pool().resource().value().key()))
                .map(old -> Math.min(serving(old).size(), members.size()))
                .orElse(members.size());
        return healthy >= enough;
    }

    private static List<BackendKey> serving(FoundPool pool) {
        return pool.members().stream()
                .filter(member -> !member.draining())
                .map(Member::key)
                .toList();
    }
}
