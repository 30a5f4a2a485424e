package io.plumbline.it.contract;

import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Actual.Found;
import io.plumbline.spi.model.Actual.FoundPool;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.Owned;
import io.plumbline.spi.model.Ownership.Foreign;
import io.plumbline.spi.objects.ObjectKey;
import java.util.List;
import java.util.stream.Stream;

/// What tests look at in an [Actual].
final class Seen {
    private Seen() {}

    static Stream<Actual.Member> members(Actual actual) {
        return actual.pools().stream().map(FoundPool::members).flatMap(List::stream);
    }

    static Stream<Address> addresses(Actual actual) {
        return members(actual).map(member -> member.key().address());
    }

    static List<Object> options(Actual actual) {
        return actual.listeners().stream()
                .<Object>map(found -> found.resource().value().options())
                .toList();
    }

    /// Ports of the listeners that are ours.
    static List<Integer> owned(Actual actual) {
        return ports(actual, Owned.class);
    }

    /// Ports of the listeners that are somebody else's.
    static List<Integer> foreign(Actual actual) {
        return ports(actual, Foreign.class);
    }

    private static List<Integer> ports(Actual actual, Class<?> ownership) {
        return actual.listeners().stream()
                .map(Found::resource)
                .filter(ownership::isInstance)
                .map(listener -> listener.value().key().port())
                .toList();
    }

    /// Whose Service a listener serves.
    static ObjectKey holderOf(Actual actual, int port) {
        return actual.listeners().stream()
                .map(found -> found.resource().value())
                .filter(listener -> listener.key().port() == port)
                .map(Listener::pools)
                .map(pools -> pools.getFirst().object())
                .findFirst()
                .orElseThrow();
    }
}
