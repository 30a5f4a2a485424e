package io.plumbline.aliyun;

import io.plumbline.spi.Answer;
import io.plumbline.spi.Answer.Got;
import io.plumbline.spi.Answer.Missed;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.Outcome.Done;
import io.plumbline.spi.Outcome.Failure;
import io.plumbline.spi.Outcome.Retry;
import io.plumbline.spi.Provider.ApplyRequest;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Ids;
import io.plumbline.spi.model.PoolKey;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// The network interfaces of members that a request names by address and whose interface the caller did
/// not know: those that come are looked up in the network, those that are there in their groups.
///
/// @param found what was missing in the request
/// @param trouble why something could not be looked up
record Targets(Ids found, Optional<Failure> trouble) {
    static Targets of(ApplyRequest request, Calls calls) {
        Ids.Collector found = new Ids.Collector();
        Optional<Failure> trouble = coming(request, calls, found);
        Optional<Failure> other = trouble.isPresent() ? trouble : there(request, calls, found);
        return new Targets(found.collect(), other);
    }

    private static Optional<Failure> coming(ApplyRequest request, Calls calls, Ids.Collector found) {
        List<BackendKey> keys = unnamed(request, true);
        List<Address.Ip> addresses = keys.stream()
                .map(BackendKey::address)
                .filter(Address.Ip.class::isInstance)
                .map(Address.Ip.class::cast)
                .toList();
        if (addresses.isEmpty()) {
            return Optional.empty();
        }
        return switch (new Interfaces(calls).of(addresses)) {
            case Missed<SortedMap<String, String>>(Failure failure) -> Optional.of(failure);
            case Got<SortedMap<String, String>>(var interfaces) -> {
                for (BackendKey key : keys) {
                    if (key.address() instanceof Address.Ip(String ip) && interfaces.containsKey(ip)) {
                        found.put(key, interfaces.get(ip));
                    }
                }
                yield Optional.empty();
            }
        };
    }

    private static Optional<Failure> there(ApplyRequest request, Calls calls, Ids.Collector found) {
        List<PoolKey> pools = unnamed(request, false).stream()
                .map(BackendKey::pool)
                .distinct()
                .toList();
        for (PoolKey pool : pools) {
            Optional<String> group = request.ids().id(pool);
            if (group.isPresent()) {
                switch (members(group.get(), calls)) {
                    case Missed<List<Fields>>(Failure failure) -> {
                        return Optional.of(failure);
                    }
                    case Got<List<Fields>>(var members) ->
                        members.forEach(member -> found.put(ReadPool.key(pool, member), member.textOrNone("ServerId")));
                }
            }
        }
        return Optional.empty();
    }

    /// Of a group that is gone: none.
    private static Answer<List<Fields>> members(String group, Calls calls) {
        return switch (calls.group(group)) {
            case Failures.Result.Refused(Failures.Meaning.Absent absent) -> new Got<>(List.of());
            case Failures.Result.Refused(Failures.Meaning meaning) -> new Missed<>(Failures.failure(meaning));
            case Failures.Result.Replied(Fields reply) ->
                new Got<>(reply.list("BackendServers", "BackendServer").orElseGet(List::of));
        };
    }

    /// @param coming those that are to become members, else all others
    private static List<BackendKey> unnamed(ApplyRequest request, boolean coming) {
        return request.changes().stream()
                .filter(change -> change instanceof Change.Create == coming)
                .flatMap(change -> change.key() instanceof BackendKey key
                        ? Optional.of(key).stream()
                        : Optional.<BackendKey>empty().stream())
                .filter(key -> key.address() instanceof Address.Ip)
                .filter(key -> request.ids().id(key).isEmpty())
                .distinct()
                .toList();
    }

    ApplyRequest completed(ApplyRequest request) {
        return new ApplyRequest(
                request.key(),
                request.owner(),
                request.claimants(),
                request.attempt(),
                request.ids().and(found),
                request.pools(),
                request.changes());
    }

    /// What is to go and is not there has gone.
    Outcome instead(Change change, Outcome settled) {
        boolean unknown = change.key() instanceof BackendKey key
                && key.address() instanceof Address.Ip
                && settled instanceof Retry;
        if (!unknown) {
            return settled;
        }
        if (trouble.isPresent()) {
            return trouble.get();
        }
        return change instanceof Change.Remove || change instanceof Change.Drain ? new Done() : settled;
    }
}
