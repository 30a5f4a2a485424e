package io.plumbline.aliyun;

import io.plumbline.aliyun.Failures.Meaning;
import io.plumbline.aliyun.Failures.Result;
import io.plumbline.aliyun.Reader.Seen;
import io.plumbline.aliyun.Reader.SeenList;
import io.plumbline.spi.Answer;
import io.plumbline.spi.Answer.Got;
import io.plumbline.spi.Answer.Missed;
import io.plumbline.spi.Outcome.Because;
import io.plumbline.spi.Outcome.Rejected;
import io.plumbline.spi.Outcome.Retry;
import io.plumbline.spi.Outcome.Why;
import io.plumbline.spi.Provider.ReadRequest;
import io.plumbline.spi.Scope;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.PoolKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// Asks what is there: a load balancer by its id or, where none is known, by its tags; then its listeners and
/// groups; then the members of those that are ours. Whatever cannot be read, or is not whole, ends in [Missed]:
/// nothing is ever taken as empty.
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
                found -> then(
                        reading.accessLists(),
                        lists -> found.isEmpty()
                                ? new Got<>(Reader.absent(request, lists, readAt))
                                : then(
                                        reading.boundAddresses(found.get()),
                                        bound -> reading.contents(found.get())
                                                .map(seen -> Reader.actual(
                                                        request, vpcId, seen.with(bound), lists, readAt)))));
    }

    /// The elastic addresses that its user has bound to it, where somebody publishes them. The load balancer itself
    /// does not show them (https://help.aliyun.com/document_detail/36018.html).
    ///
    /// They are another product's, whose refusal or silence must hold back nothing else: then none is known,
    /// what is published stays, and a condition tells.
    private Answer<List<String>> boundAddresses(Fields loadBalancer) {
        String id = loadBalancer.textOrNone("LoadBalancerId");
        if (!request.boundAddresses()) {
            return new Got<>(List.of());
        }
        return switch (calls.boundAddresses(id).asAnswer()) {
            case Got<Fields>(Fields reply) -> new Got<>(boundAddresses(id, reply));
            case Missed<Fields>(Retry retry) when retry.why() == Why.THROTTLED -> new Missed<>(retry);
            case Missed<Fields>(Rejected rejected)
            when rejected.because() == Because.CREDENTIALS -> new Missed<>(rejected);
            case Missed<Fields> missed -> new Got<>(List.of());
        };
    }

    private static List<String> boundAddresses(String id, Fields reply) {
        return reply.list("EipAddresses", "EipAddress").orElseGet(List::of).stream()
                .filter(shown -> id.equals(shown.textOrNone("InstanceId")))
                .filter(shown -> shown.textOrNone("Status").equals("InUse"))
                .flatMap(shown -> shown.text("IpAddress").stream())
                .toList();
    }

    private Answer<Optional<Fields>> loadBalancer() {
        return switch (request.key()) {
            case LoadBalancerKey.Existing existing -> byId(existing.id());
            case LoadBalancerKey.Managed managed -> known().orElseGet(this::byTags);
            case LoadBalancerKey.Group group -> known().orElseGet(this::byTags);
        };
    }

    /// An id that we have seen before saves the search. If the load balancer is gone, another one may
    /// carry our mark.
    private Optional<Answer<Optional<Fields>>> known() {
        return request.known()
                .id(request.key())
                .map(id -> then(byId(id), found -> found.isPresent() ? new Got<>(found) : byTags()));
    }

    private Answer<Optional<Fields>> byId(String id) {
        return switch (calls.loadBalancer(id)) {
            case Result.Refused(Meaning.Absent absent) -> new Got<>(Optional.empty());
            case Result.Refused(Meaning meaning) -> new Missed<>(Failures.failure(meaning));
            case Result.Replied(Fields page) ->
                then(
                        whole(page),
                        list -> new Got<>(list.stream()
                                .filter(shown -> id.equals(shown.textOrNone("LoadBalancerId")))
                                .findFirst()));
        };
    }

    /// The filter is the cloud's; what it lets through is compared again. Should there ever be two, the
    /// older counts.
    private Answer<Optional<Fields>> byTags() {
        int incarnation = request.key().incarnation();
        return then(
                pages(Tags.mark(request.owner(), incarnation), 1, List.of()),
                all -> new Got<>(all.stream()
                        .filter(shown -> Tags.carry(Replies.tags(shown), request.owner(), incarnation))
                        .min(Comparator.comparing((Fields shown) -> shown.textOrNone("CreateTime"))
                                .thenComparing(shown -> shown.textOrNone("LoadBalancerId")))));
    }

    private Answer<List<Fields>> pages(SortedMap<String, String> tags, int number, List<Fields> before) {
        return then(
                calls.loadBalancers(tags, number).asAnswer(),
                page -> then(whole(page), list -> {
                    List<Fields> all = new ArrayList<>(before);
                    all.addAll(list);
                    int total = page.whole("TotalCount").orElse(0);
                    return list.isEmpty() || all.size() >= total
                            ? new Got<>(List.copyOf(all))
                            : pages(tags, number + 1, all);
                }));
    }

    private static Answer<List<Fields>> whole(Fields page) {
        return page.list("LoadBalancers", "LoadBalancer")
                .filter(list -> list.stream()
                        .allMatch(shown -> shown.text("LoadBalancerId").isPresent()))
                .<Answer<List<Fields>>>map(Got::new)
                .orElseGet(() -> missed("DescribeLoadBalancers"));
    }

    private Answer<Seen> contents(Fields loadBalancer) {
        return switch (request.scope()) {
            case Scope.Existence existence ->
                new Got<>(Seen.of(loadBalancer, List.of(), List.of(), new TreeMap<>(), new TreeMap<>()));
            case Scope.Members members -> contents(loadBalancer, Optional.of(members.pools()));
            case Scope.Whole whole -> contents(loadBalancer, Optional.empty());
        };
    }

    /// @param wanted pools whose members are read; empty means all
    private Answer<Seen> contents(Fields loadBalancer, Optional<List<PoolKey>> wanted) {
        String id = loadBalancer.textOrNone("LoadBalancerId");
        return then(
                listeners(id, Optional.empty(), List.of()),
                listeners -> then(
                        groups(id),
                        groups -> then(
                                extensions(id, listeners),
                                extensions -> members(asked(groups, listeners, wanted))
                                        .map(members ->
                                                Seen.of(loadBalancer, listeners, groups, members, extensions)))));
    }

    private List<String> asked(List<Fields> groups, List<Fields> listeners, Optional<List<PoolKey>> wanted) {
        Stream<String> ours = ReadPool.keys(groups, listeners, request).entrySet().stream()
                .filter(entry ->
                        wanted.map(pools -> pools.contains(entry.getValue())).orElse(true))
                .map(java.util.Map.Entry::getKey);
        Stream<String> others = groups.stream()
                .filter(group -> wanted.isEmpty() && ReadPool.mayHaveLeft(group, request))
                .map(ReadPool::id);
        return Stream.concat(ours, others).distinct().toList();
    }

    private Answer<List<Fields>> listeners(String loadBalancer, Optional<String> nextToken, List<Fields> before) {
        return then(calls.listeners(loadBalancer, nextToken).asAnswer(), page -> {
            Optional<List<Fields>> list =
                    page.list("Listeners").filter(all -> all.stream().allMatch(Reading::isWhole));
            if (list.isEmpty()) {
                return missed("DescribeLoadBalancerListeners");
            }
            List<Fields> all = new ArrayList<>(before);
            list.get().stream()
                    .filter(shown -> shown.text("LoadBalancerId")
                            .map(loadBalancer::equals)
                            .orElse(true))
                    .forEach(all::add);
            Optional<String> next =
                    page.text("NextToken").filter(token -> !list.get().isEmpty());
            return next.isPresent() ? listeners(loadBalancer, next, all) : new Got<>(List.copyOf(all));
        });
    }

    static boolean isWhole(Fields shown) {
        return shown.text("ListenerProtocol").isPresent()
                && shown.whole("ListenerPort").isPresent();
    }

    private Answer<List<Fields>> groups(String loadBalancer) {
        return then(
                calls.groups(loadBalancer).asAnswer(),
                reply -> reply.list("VServerGroups", "VServerGroup")
                        .filter(list -> list.stream()
                                .noneMatch(group -> ReadPool.id(group).isEmpty()))
                        .<Answer<List<Fields>>>map(Got::new)
                        .orElseGet(() -> missed("DescribeVServerGroups")));
    }

    private Answer<SortedMap<String, List<Fields>>> members(List<String> groups) {
        SortedMap<String, List<Fields>> members = new TreeMap<>();
        for (String group : groups) {
            switch (calls.group(group).asAnswer()) {
                case Missed<Fields>(var failure) -> {
                    return new Missed<>(failure);
                }
                case Got<Fields>(Fields reply) -> {
                    Optional<List<Fields>> list = reply.list("BackendServers", "BackendServer");
                    if (list.isEmpty()) {
                        return missed("DescribeVServerGroupAttribute");
                    }
                    members.put(group, list.get());
                }
            }
        }
        return new Got<>(members);
    }

    private Answer<SortedMap<Integer, Pairs>> extensions(String loadBalancer, List<Fields> listeners) {
        SortedMap<Integer, Pairs> extensions = new TreeMap<>();
        for (Fields listener : listeners) {
            boolean ours = Replies.protocol(listener).equals("https")
                    && ReadListener.claimant(listener, request).isPresent();
            if (ours) {
                int port = listener.whole("ListenerPort").orElse(0);
                switch (Extensions.read(calls, loadBalancer, port)) {
                    case Missed<List<Extensions.Shown>>(var failure) -> {
                        return new Missed<>(failure);
                    }
                    case Got<List<Extensions.Shown>>(var shown) -> extensions.put(port, Extensions.pairs(shown));
                }
            }
        }
        return new Got<>(extensions);
    }

    /// Ours, by the names that they would have. They are made before the load balancer and go after it.
    private Answer<List<SeenList>> accessLists() {
        if (!(request.scope() instanceof Scope.Whole)) {
            return new Got<>(List.of());
        }
        List<SeenList> lists = new ArrayList<>();
        for (Mark mark : request.claimants().stream().distinct().toList()) {
            switch (AccessLists.find(calls, mark)) {
                case Missed<Optional<SeenList>>(var failure) -> {
                    return new Missed<>(failure);
                }
                case Got<Optional<SeenList>>(var found) -> found.ifPresent(lists::add);
            }
        }
        return new Got<>(lists);
    }

    static <T> Answer<T> missed(String action) {
        return new Missed<>(Failures.broken(action + ": the reply lacks what was asked for"));
    }

    static <T, R> Answer<R> then(Answer<T> answer, Function<T, Answer<R>> next) {
        return switch (answer) {
            case Got<T>(T value) -> next.apply(value);
            case Missed<T>(var failure) -> new Missed<>(failure);
        };
    }
}
