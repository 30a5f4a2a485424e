package io.plumbline.controller.apply;

import io.plumbline.spi.change.Change;
import io.plumbline.spi.model.AccessListKey;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Actual.State;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.CertificateKey;
import io.plumbline.spi.model.Key;
import io.plumbline.spi.model.ListenerKey;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.RuleKey;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether a reading shows a load balancer as it was before a write of ours. Pure.
///
/// Clouds answer reads from copies that lag behind: such a reading is not believed but repeated.
final class Contradiction {
    private Contradiction() {}

    static boolean between(Change written, Actual read) {
        Optional<State> seen = state(read, written.key());
        return switch (written) {
            case Change.Create create -> seen.isEmpty();
            case Change.Replace replace -> seen.isEmpty();
            case Change.Remove remove ->
                seen.filter(state -> state != State.DELETING).isPresent();
            case Change.Drain drain ->
                seen.filter(state -> state != State.STOPPED).isPresent();
            case Change.Update update -> seen.isEmpty();
            case Change.Await await -> false;
            case Change.Leave leave -> false;
        };
    }

    private static Optional<State> state(Actual read, Key key) {
        return switch (key) {
            case LoadBalancerKey loadBalancer -> read.loadBalancer().map(Actual.Found::state);
            case ListenerKey listener -> among(read.listeners().stream(), listener);
            case RuleKey rule -> among(read.rules().stream(), rule);
            case PoolKey pool -> read.pool(pool).map(found -> found.pool().state());
            case BackendKey backend -> member(read, backend);
            case AccessListKey list -> among(read.accessLists().stream(), list);
            case CertificateKey certificate -> among(read.certificates().stream(), certificate);
        };
    }

    private static Optional<State> among(Stream<? extends Actual.Found<?>> found, Key key) {
        return found.filter(one -> one.resource().value().key().equals(key))
                .map(Actual.Found::state)
                .findFirst()
                .map(State.class::cast);
    }

    private static Optional<State> member(Actual read, BackendKey backend) {
        return read.pool(backend.pool()).stream()
                .flatMap(pool -> pool.members().stream())
                .filter(member -> member.backend().value().key().equals(backend))
                .map(Actual.Member::state)
                .findFirst();
    }
}
