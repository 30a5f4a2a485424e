package io.plumbline.tencent;

import io.plumbline.spi.Outcome;
import io.plumbline.spi.Outcome.Done;
import io.plumbline.spi.Provider.ApplyRequest;
import io.plumbline.spi.Provider.ReadRequest;
import io.plumbline.spi.Scope;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Ids;
import io.plumbline.spi.model.ListenerKey;
import io.plumbline.spi.model.Owned;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.tencent.Call.NewListener;
import io.plumbline.tencent.Call.Target;
import io.plumbline.tencent.Failures.Result.Replied;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Looks again after a call that failed in part or found its place taken: what had been done before (by a call whose
/// answer was lost) is done. This is what makes the verbs idempotent where the API is not: it fails a listener of a
/// batch when one of its targets is bound, or unbound, already.
final class Aftermath {
    private final Calls calls;
    private final ApplyRequest request;

    Aftermath(Calls calls, ApplyRequest request) {
        this.calls = calls;
        this.request = request;
    }

    /// Which of these listeners are there and ours, with their identifiers; empty when one is missing or not ours.
    Optional<Ids> existing(Call.CreateListeners create) {
        if (!(calls.listeners(create.loadBalancer()) instanceof Replied<Replies.Listeners>(var reply))
                || reply.listeners == null) {
            return Optional.empty();
        }
        Map<ListenerKey, ReadListener> ours = new TreeMap<>();
        Arrays.stream(reply.listeners)
                .filter(Reading::isWhole)
                .map(shown -> ReadListener.of(shown, asReading()))
                .filter(found -> found.listener() instanceof Owned<?>)
                .forEach(found -> ours.put(found.key(), found));
        Ids.Collector ids = new Ids.Collector();
        for (NewListener wanted : create.listeners()) {
            ReadListener found = ours.get(wanted.key());
            if (found == null || !found.pool().key().equals(wanted.pool())) {
                return Optional.empty();
            }
            ids.put(wanted.key(), found.id()).put(wanted.pool(), found.id());
        }
        return Optional.of(ids.collect());
    }

    private ReadRequest asReading() {
        return new ReadRequest(request.key(), new Scope.Whole(), request.owner(), request.claimants(), request.ids());
    }

    /// What each target has come to, in their order.
    ///
    /// @param failed listeners that the reply names
    /// @param why of those that are not done
    List<Outcome> targets(Call.OfTargets call, List<String> failed, Outcome why) {
        SortedMap<String, List<Replies.TaggedBackend>> shown = shown(call.loadBalancer(), failed);
        return call.targets().stream()
                .map(target -> !failed.contains(target.listener()) || isDone(call, target, shown) ? new Done() : why)
                .toList();
    }

    private static boolean isDone(
            Call.OfTargets call, Target target, SortedMap<String, List<Replies.TaggedBackend>> shown) {
        List<Replies.TaggedBackend> bound = shown.get(target.listener());
        return bound != null && isDone(call, target, bound);
    }

    private static boolean isDone(Call.OfTargets call, Target target, List<Replies.TaggedBackend> bound) {
        Optional<Replies.TaggedBackend> there =
                bound.stream().filter(shown -> isSame(target, shown)).findFirst();
        return call instanceof Call.Register
                ? there.filter(shown -> target.tag()
                                .equals(Optional.ofNullable(shown.tag).filter(tag -> !tag.isEmpty())))
                        .isPresent()
                : there.isEmpty();
    }

    private static boolean isSame(Target target, Replies.TaggedBackend shown) {
        PoolKey anyPool = new PoolKey(new ObjectKey("Listener", "", target.listener()), "");
        return new BackendKey(anyPool, target.address(), target.port()).equals(Reader.key(anyPool, shown));
    }

    private SortedMap<String, List<Replies.TaggedBackend>> shown(String loadBalancer, List<String> failed) {
        List<String> few = failed.subList(0, Math.min(failed.size(), Limits.LISTENERS_PER_TARGETS_CALL));
        return !few.isEmpty() && calls.targets(loadBalancer, few) instanceof Replied<Replies.Targets>(var reply)
                ? Reading.byListener(reply)
                : new TreeMap<>();
    }
}
