package io.plumbline.aws;

import io.plumbline.aws.Failures.Meaning;
import io.plumbline.aws.Failures.Result;
import io.plumbline.aws.Inquiries.Tagged;
import io.plumbline.aws.Reader.Seen;
import io.plumbline.aws.Reader.SeenBalancer;
import io.plumbline.aws.Reader.SeenListener;
import io.plumbline.spi.Answer;
import io.plumbline.spi.Answer.Got;
import io.plumbline.spi.Answer.Missed;
import io.plumbline.spi.CallGate.Sort;
import io.plumbline.spi.Provider.ReadRequest;
import io.plumbline.spi.Scope;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.PoolKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/// Asks what is there: a load balancer by its ARN or, where none is known, by its name, or its tags; then what is
/// on it; then what carries our mark and stands beside it. Whatever cannot be read ends in [Missed]: nothing is
/// ever taken as empty.
final class Reading {
    private static final String BALANCER_ARN = ":loadbalancer/";
    private static final String GROUP_ARN = ":targetgroup/";

    private final Inquiries inquiries;
    private final ReadRequest request;
    private final String vpcId;

    private Reading(Inquiries inquiries, ReadRequest request, String vpcId) {
        this.inquiries = inquiries;
        this.request = request;
        this.vpcId = vpcId;
    }

    static Answer<Actual> read(ReadRequest request, Cloud cloud, Instant readAt) {
        Reading reading = new Reading(
                cloud.inquiries().reading(request), request, cloud.calls().vpcId());
        return reading.seen().map(seen -> Reader.actual(request, reading.vpcId, seen, readAt));
    }

    private Answer<Seen> seen() {
        return then(
                marked(),
                marked -> then(
                        balancer(marked),
                        balancer -> then(groups(), groups -> {
                            List<SecurityGroup> ours = groups;
                            return switch (request.scope()) {
                                case Scope.Existence existence ->
                                    then(
                                            settings(balancer, new TreeMap<>()),
                                            shown -> new Got<>(new Seen(shown, List.of(), List.of(), ours)));
                                case Scope.Members members ->
                                    contents(
                                            balancer,
                                            marked,
                                            ours,
                                            key -> members.pools().contains(key));
                                case Scope.Whole whole -> contents(balancer, marked, ours, key -> true);
                            };
                        })));
    }

    /// What carries the marks of the claimants, be it at a listener or not. For its existence alone nobody asks
    /// that.
    private Answer<List<Tagged>> marked() {
        return request.scope() instanceof Scope.Existence ? new Got<>(List.of()) : askMarked();
    }

    private Answer<List<Tagged>> askMarked() {
        List<String> objects = request.claimants().stream()
                .map(Mark::objectUid)
                .sorted()
                .distinct()
                .toList();
        return inquiries.marked(request.owner().clusterUid(), objects).asAnswer();
    }

    private Answer<Optional<LoadBalancer>> balancer(List<Tagged> marked) {
        return switch (request.key()) {
            case LoadBalancerKey.Existing existing ->
                existing.id().startsWith("arn:")
                        ? one(inquiries.loadBalancerByArn(existing.id()))
                        : one(inquiries.loadBalancerByName(existing.id()));
            case LoadBalancerKey.Managed managed -> known(marked);
            case LoadBalancerKey.Group group -> known(marked);
        };
    }

    /// An ARN that we have seen before saves the search. If the load balancer is gone, another one may carry our
    /// mark.
    private Answer<Optional<LoadBalancer>> known(List<Tagged> marked) {
        Optional<String> arn = request.known().id(request.key()).filter(id -> id.contains(BALANCER_ARN));
        Answer<Optional<LoadBalancer>> known =
                arn.map(id -> one(inquiries.loadBalancerByArn(id))).orElseGet(() -> new Got<>(Optional.empty()));
        return then(known, found -> found.isPresent() ? new Got<>(found) : search(marked));
    }

    /// By the name that we would have given it; one with a name of its user's choice by its tags.
    private Answer<Optional<LoadBalancer>> search(List<Tagged> marked) {
        String name = Names.loadBalancer(request.owner(), request.key());
        return then(
                one(inquiries.loadBalancerByName(name)),
                found -> found.isPresent() ? new Got<>(found) : byTags(marked));
    }

    private Answer<Optional<LoadBalancer>> byTags(List<Tagged> marked) {
        Answer<List<Tagged>> all = request.scope() instanceof Scope.Existence ? askMarked() : new Got<>(marked);
        return then(
                all,
                candidates -> candidates.stream()
                        .filter(one -> one.arn().contains(BALANCER_ARN))
                        .filter(one -> Reader.isOf(one.tags(), request.owner(), request.key()))
                        .map(Tagged::arn)
                        .min(String::compareTo)
                        .map(arn -> one(inquiries.loadBalancerByArn(arn)))
                        .orElseGet(() -> new Got<>(Optional.empty())));
    }

    private static <T> Answer<Optional<T>> one(Result<List<T>> result) {
        return switch (result) {
            case Result.Refused<List<T>>(Meaning.Absent absent) -> new Got<>(Optional.empty());
            case Result.Refused<List<T>>(Meaning meaning) -> new Missed<>(Failures.failure(meaning));
            case Result.Replied<List<T>>(List<T> found) ->
                new Got<>(found.stream().findFirst());
        };
    }

    /// Our own security groups, by their names.
    private Answer<List<SecurityGroup>> groups() {
        if (request.key() instanceof LoadBalancerKey.Existing) {
            return new Got<>(List.of());
        }
        return inquiries
                .groupsByName(List.of(
                        Names.frontendGroup(request.owner(), request.key()),
                        Names.backendGroup(request.owner().clusterUid())))
                .asAnswer();
    }

    private Answer<Optional<SeenBalancer>> settings(
            Optional<LoadBalancer> balancer, SortedMap<String, SortedMap<String, String>> tags) {
        if (balancer.isEmpty()) {
            return new Got<>(Optional.empty());
        }
        String arn = balancer.get().loadBalancerArn();
        Answer<SortedMap<String, SortedMap<String, String>>> known =
                tags.containsKey(arn) ? new Got<>(tags) : tags(List.of(arn));
        return then(
                known,
                all -> inquiries
                        .loadBalancerAttributes(arn)
                        .asAnswer()
                        .map(attributes -> Optional.of(
                                new SeenBalancer(balancer.get(), all.getOrDefault(arn, new TreeMap<>()), attributes))));
    }

    private Answer<Seen> contents(
            Optional<LoadBalancer> balancer,
            List<Tagged> marked,
            List<SecurityGroup> ours,
            java.util.function.Predicate<PoolKey> wanted) {
        return then(
                listeners(balancer),
                listeners -> then(targetGroups(balancer, marked), groups -> {
                    List<String> arns = new ArrayList<>();
                    balancer.ifPresent(one -> arns.add(one.loadBalancerArn()));
                    listeners.forEach(one -> arns.add(one.listenerArn()));
                    groups.forEach(one -> arns.add(one.targetGroupArn()));
                    return then(
                            tags(arns),
                            tags -> then(
                                    settings(balancer, tags),
                                    shown -> then(
                                            seenListeners(listeners, tags),
                                            seenListeners -> seenGroups(groups, tags, wanted)
                                                    .map(seenGroups ->
                                                            new Seen(shown, seenListeners, seenGroups, ours)))));
                }));
    }

    private Answer<List<Listener>> listeners(Optional<LoadBalancer> balancer) {
        return balancer.map(one -> inquiries.listeners(one.loadBalancerArn()).asAnswer())
                .orElseGet(() -> new Got<>(List.of()));
    }

    /// Those that a listener leads to, and those of ours that none does.
    private Answer<List<TargetGroup>> targetGroups(Optional<LoadBalancer> balancer, List<Tagged> marked) {
        Answer<List<TargetGroup>> attached = balancer.map(
                        one -> inquiries.targetGroupsOf(one.loadBalancerArn()).asAnswer())
                .orElseGet(() -> new Got<>(List.of()));
        return then(attached, found -> {
            TreeSet<String> others = new TreeSet<>();
            marked.stream()
                    .map(Tagged::arn)
                    .filter(arn -> arn.contains(GROUP_ARN))
                    .forEach(others::add);
            request.known().byKey().forEach((key, id) -> {
                if (key instanceof PoolKey) {
                    GroupIds.parse(id)
                            .all()
                            .filter(arn -> arn.contains(GROUP_ARN))
                            .forEach(others::add);
                }
            });
            found.forEach(one -> others.remove(one.targetGroupArn()));
            return loose(List.copyOf(others), found);
        });
    }

    private Answer<List<TargetGroup>> loose(List<String> arns, List<TargetGroup> before) {
        List<TargetGroup> all = new ArrayList<>(before);
        for (String arn : arns) {
            switch (one(inquiries.targetGroup(arn))) {
                case Missed<Optional<TargetGroup>>(var failure) -> {
                    return new Missed<>(failure);
                }
                case Got<Optional<TargetGroup>>(Optional<TargetGroup> found) -> found.ifPresent(all::add);
            }
        }
        return new Got<>(List.copyOf(all));
    }

    private Answer<SortedMap<String, SortedMap<String, String>>> tags(List<String> arns) {
        TreeMap<String, SortedMap<String, String>> tags = new TreeMap<>();
        for (int from = 0; from < arns.size(); from += Limits.TAGGED_PER_CALL) {
            List<String> some = arns.subList(from, Math.min(arns.size(), from + Limits.TAGGED_PER_CALL));
            switch (inquiries.tags(some).asAnswer()) {
                case Missed<List<Tagged>>(var failure) -> {
                    return new Missed<>(failure);
                }
                case Got<List<Tagged>>(List<Tagged> shown) -> shown.forEach(one -> tags.put(one.arn(), one.tags()));
            }
        }
        return new Got<>(tags);
    }

    /// Of strangers' listeners no more is asked than that they are there.
    private Answer<List<SeenListener>> seenListeners(
            List<Listener> listeners, SortedMap<String, SortedMap<String, String>> tags) {
        List<SeenListener> seen = new ArrayList<>();
        for (Listener shown : listeners) {
            SortedMap<String, String> its = tags.getOrDefault(shown.listenerArn(), new TreeMap<>());
            Answer<SeenListener> one = Reader.claimant(its, request).isPresent()
                    ? listener(shown, its)
                    : new Got<>(new SeenListener(shown, its, new TreeMap<>(), List.of()));
            switch (one) {
                case Missed<SeenListener>(var failure) -> {
                    return new Missed<>(failure);
                }
                case Got<SeenListener>(SeenListener listener) -> seen.add(listener);
            }
        }
        return new Got<>(List.copyOf(seen));
    }

    private Answer<SeenListener> listener(Listener shown, SortedMap<String, String> tags) {
        boolean tls = AwsListenerOptions.TLS.equals(shown.protocolAsString());
        Answer<List<String>> more = tls
                ? inquiries
                        .certificates(shown.listenerArn())
                        .asAnswer()
                        .map(all -> all.stream()
                                .filter(one -> !Boolean.TRUE.equals(one.isDefault()))
                                .map(one -> one.certificateArn())
                                .sorted()
                                .toList())
                : new Got<>(List.of());
        return then(
                more,
                certificates -> inquiries
                        .listenerAttributes(shown.listenerArn())
                        .asAnswer()
                        .map(attributes -> new SeenListener(shown, tags, attributes, certificates)));
    }

    private Answer<List<ReadGroup>> seenGroups(
            List<TargetGroup> groups,
            SortedMap<String, SortedMap<String, String>> tags,
            java.util.function.Predicate<PoolKey> wanted) {
        List<ReadGroup> seen = new ArrayList<>();
        for (TargetGroup shown : groups) {
            SortedMap<String, String> its = tags.getOrDefault(shown.targetGroupArn(), new TreeMap<>());
            Optional<Mark> mark = Reader.claimant(its, request);
            Optional<PoolKey> key = mark.flatMap(owner -> Reader.pool(shown, its, owner, request))
                    .filter(wanted);
            if (key.isEmpty()) {
                continue;
            }
            String arn = shown.targetGroupArn();
            Answer<ReadGroup> one = then(
                    inquiries.targetGroupAttributes(arn).asAnswer(),
                    attributes -> inquiries
                            .targets(arn, Sort.READ)
                            .asAnswer()
                            .map(targets ->
                                    new ReadGroup(key.get(), mark.orElseThrow(), shown, its, attributes, targets)));
            switch (one) {
                case Missed<ReadGroup>(var failure) -> {
                    return new Missed<>(failure);
                }
                case Got<ReadGroup>(ReadGroup group) -> seen.add(group);
            }
        }
        return new Got<>(List.copyOf(seen));
    }

    private static <T, R> Answer<R> then(Answer<T> answer, Function<T, Answer<R>> next) {
        return switch (answer) {
            case Got<T>(T value) -> next.apply(value);
            case Missed<T>(var failure) -> new Missed<>(failure);
        };
    }
}
