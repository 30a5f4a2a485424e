package io.plumbline.tencent;

import com.tencentcloudapi.clb.v20180317.models.Filter;
import com.tencentcloudapi.clb.v20180317.models.Listener;
import io.plumbline.spi.Answer;
import io.plumbline.spi.Answer.Got;
import io.plumbline.spi.Answer.Missed;
import io.plumbline.spi.Provider.ReadRequest;
import io.plumbline.spi.Scope;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Owned;
import io.plumbline.tencent.Failures.Meaning;
import io.plumbline.tencent.Failures.Result;
import io.plumbline.tencent.Reader.Seen;
import io.plumbline.tencent.Replies.ListenerTargets;
import io.plumbline.tencent.Replies.LoadBalancers;
import io.plumbline.tencent.Replies.NamedLoadBalancer;
import io.plumbline.tencent.Replies.TaggedBackend;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/// Asks what is there: a load balancer by its id or, where none is known, by its tags; then its listeners; then their
/// targets. Whatever cannot be read, or is not whole, ends in [Missed]: nothing is ever taken as empty.
final class Reading {
    private final Calls calls;
    private final ReadRequest request;

    private Reading(Calls calls, ReadRequest request) {
        this.calls = calls;
        this.request = request;
    }

    /// @param vpcId our own network
    static Answer<Actual> read(ReadRequest request, Calls calls, String vpcId, Instant readAt) {
        Reading reading = new Reading(calls, request);
        return then(
                reading.loadBalancer(),
                found -> found.isEmpty()
                        ? new Got<>(Actual.absent(request.key(), readAt))
                        : reading.contents(found.get()).map(seen -> Reader.actual(request, vpcId, seen, readAt)));
    }

    private Answer<Optional<NamedLoadBalancer>> loadBalancer() {
        return switch (request.key()) {
            case LoadBalancerKey.Existing existing -> byId(existing.id());
            case LoadBalancerKey.Managed managed -> known().orElseGet(this::byTags);
            case LoadBalancerKey.Group group -> known().orElseGet(this::byTags);
        };
    }

    /// An id that we have seen before saves the search. If the load balancer is gone, another one may carry our mark.
    private Optional<Answer<Optional<NamedLoadBalancer>>> known() {
        return request.known()
                .id(request.key())
                .map(id -> then(byId(id), found -> found.isPresent() ? new Got<>(found) : byTags()));
    }

    private Answer<Optional<NamedLoadBalancer>> byId(String id) {
        return switch (calls.loadBalancer(id)) {
            case Result.Refused<LoadBalancers>(Meaning.Absent absent) -> new Got<>(Optional.empty());
            case Result.Refused<LoadBalancers>(Meaning meaning) -> new Missed<>(Failures.failure(meaning));
            case Result.Replied<LoadBalancers>(LoadBalancers page) ->
                then(
                        whole(page),
                        list -> new Got<>(list.stream()
                                .filter(shown -> id.equals(shown.getLoadBalancerId()))
                                .findFirst()));
        };
    }

    /// The filter is the cloud's; what it lets through is compared again. Should there ever be two, the older counts.
    private Answer<Optional<NamedLoadBalancer>> byTags() {
        return then(
                pages(tags(request.owner()), List.of()),
                all -> new Got<>(all.stream()
                        .filter(shown -> Reader.carries(shown, request.owner(), request.key()))
                        .min(Comparator.comparing(
                                        (NamedLoadBalancer shown) -> Optional.ofNullable(shown.getCreateTime())
                                                .orElse(""))
                                .thenComparing(NamedLoadBalancer::getLoadBalancerId))));
    }

    private static List<Filter> tags(Mark owner) {
        return List.of(
                filter("tag:" + Names.CLUSTER_TAG, owner.clusterUid()),
                filter("tag:" + Names.OBJECT_TAG, owner.objectUid()));
    }

    private static Filter filter(String name, String value) {
        Filter filter = new Filter();
        filter.setName(name);
        filter.setValues(new String[] {value});
        return filter;
    }

    private Answer<List<NamedLoadBalancer>> pages(List<Filter> tags, List<NamedLoadBalancer> before) {
        return then(
                calls.loadBalancers(tags, before.size()).asAnswer(),
                page -> then(whole(page), list -> {
                    List<NamedLoadBalancer> all = new ArrayList<>(before);
                    all.addAll(list);
                    long total = Optional.ofNullable(page.totalCount).orElse(0L);
                    return list.isEmpty() || all.size() >= total ? new Got<>(List.copyOf(all)) : pages(tags, all);
                }));
    }

    private static Answer<List<NamedLoadBalancer>> whole(LoadBalancers page) {
        return Optional.ofNullable(page.loadBalancers)
                .filter(list ->
                        Arrays.stream(list).allMatch(shown -> shown != null && shown.getLoadBalancerId() != null))
                .<Answer<List<NamedLoadBalancer>>>map(list -> new Got<>(List.of(list)))
                .orElseGet(() -> missed("DescribeLoadBalancers"));
    }

    private Answer<Seen> contents(NamedLoadBalancer loadBalancer) {
        return switch (request.scope()) {
            case Scope.Existence existence -> new Got<>(new Seen(loadBalancer, List.of(), new TreeMap<>()));
            case Scope.Members members -> contents(loadBalancer, listener -> wanted(members, listener));
            case Scope.Whole whole -> contents(loadBalancer, listener -> true);
        };
    }

    private boolean wanted(Scope.Members members, Listener shown) {
        return members.pools().contains(ReadListener.of(shown, request).pool().key());
    }

    private Answer<Seen> contents(NamedLoadBalancer loadBalancer, Predicate<Listener> wanted) {
        String id = loadBalancer.getLoadBalancerId();
        return then(listeners(id), all -> {
            List<Listener> listeners = all.stream().filter(wanted).toList();
            return targets(id, ours(listeners)).map(targets -> new Seen(loadBalancer, listeners, targets));
        });
    }

    private Answer<List<Listener>> listeners(String loadBalancer) {
        return then(
                calls.listeners(loadBalancer).asAnswer(),
                reply -> Optional.ofNullable(reply.listeners)
                        .filter(list -> Arrays.stream(list).allMatch(Reading::isWhole))
                        .<Answer<List<Listener>>>map(list -> new Got<>(List.of(list)))
                        .orElseGet(() -> missed("DescribeListeners")));
    }

    static boolean isWhole(Listener shown) {
        return shown != null && shown.getListenerId() != null && shown.getProtocol() != null && shown.getPort() != null;
    }

    private List<String> ours(List<Listener> listeners) {
        return listeners.stream()
                .filter(shown -> ReadListener.of(shown, request).listener() instanceof Owned<?>)
                .map(Listener::getListenerId)
                .sorted()
                .toList();
    }

    private Answer<SortedMap<String, List<TaggedBackend>>> targets(String loadBalancer, List<String> listeners) {
        SortedMap<String, List<TaggedBackend>> targets = new TreeMap<>();
        for (int from = 0; from < listeners.size(); from += Limits.LISTENERS_PER_TARGETS_CALL) {
            List<String> some =
                    listeners.subList(from, Math.min(listeners.size(), from + Limits.LISTENERS_PER_TARGETS_CALL));
            switch (calls.targets(loadBalancer, some).asAnswer()) {
                case Missed<Replies.Targets>(var failure) -> {
                    return new Missed<>(failure);
                }
                case Got<Replies.Targets>(var reply) -> targets.putAll(byListener(reply));
            }
            if (!targets.keySet().containsAll(some)) {
                return missed("DescribeTargets");
            }
        }
        return new Got<>(targets);
    }

    /// Only listeners whose targets are told, be they none.
    static SortedMap<String, List<TaggedBackend>> byListener(Replies.Targets reply) {
        SortedMap<String, List<TaggedBackend>> targets = new TreeMap<>();
        for (ListenerTargets listener : Optional.ofNullable(reply.listeners).orElse(new ListenerTargets[0])) {
            if (listener.listenerId != null && listener.targets != null) {
                targets.put(listener.listenerId, List.of(listener.targets));
            }
        }
        return targets;
    }

    private static <T> Answer<T> missed(String action) {
        return new Missed<>(Failures.broken(action + ": the reply lacks what was asked for"));
    }

    private static <T, R> Answer<R> then(Answer<T> answer, Function<T, Answer<R>> next) {
        return switch (answer) {
            case Got<T>(T value) -> next.apply(value);
            case Missed<T>(var failure) -> new Missed<>(failure);
        };
    }
}
