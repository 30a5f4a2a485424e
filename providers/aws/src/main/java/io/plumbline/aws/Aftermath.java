package io.plumbline.aws;

import io.plumbline.aws.Failures.Meaning;
import io.plumbline.aws.Failures.Result;
import io.plumbline.aws.Inquiries.Tagged;
import io.plumbline.spi.Answer;
import io.plumbline.spi.Answer.Got;
import io.plumbline.spi.Answer.Missed;
import io.plumbline.spi.Provider.ApplyRequest;
import io.plumbline.spi.model.Mark;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/// Looks again after a call that found its place taken: what had been made before (by a call whose answer was lost)
/// is done, if it carries our mark.
final class Aftermath {
    private final Inquiries inquiries;
    private final ApplyRequest request;

    Aftermath(Inquiries inquiries, ApplyRequest request) {
        this.inquiries = inquiries;
        this.request = request;
    }

    /// The identifier of what is there and ours; empty where it is somebody else's.
    Answer<Optional<String>> existing(Call.Making call, UnaryOperator<String> resolved) {
        return switch (call) {
            case Call.CreateLoadBalancer create ->
                ours(inquiries.loadBalancerByName(create.name()), LoadBalancer::loadBalancerArn, create.tags());
            case Call.CreateTargetGroup create ->
                ours(inquiries.targetGroupByName(create.name()), TargetGroup::targetGroupArn, create.tags());
            case Call.CreateListener create -> listener(create, resolved);
            case Call.CreateSecurityGroup create -> group(create);
        };
    }

    private Answer<Optional<String>> listener(Call.CreateListener create, UnaryOperator<String> resolved) {
        return switch (inquiries.listeners(resolved.apply(create.loadBalancer()))) {
            case Result.Refused<List<Listener>>(Meaning meaning) -> new Missed<>(Failures.failure(meaning));
            case Result.Replied<List<Listener>>(List<Listener> all) ->
                ours(
                        new Result.Replied<>(all.stream()
                                .filter(one -> one.port() != null && one.port() == create.port())
                                .toList()),
                        Listener::listenerArn,
                        create.tags());
        };
    }

    private interface Arn<T> {
        String of(T shown);
    }

    private <T> Answer<Optional<String>> ours(Result<List<T>> found, Arn<T> arn, SortedMap<String, String> expected) {
        return switch (found.asAnswer()) {
            case Missed<List<T>>(var failure) -> new Missed<>(failure);
            case Got<List<T>>(List<T> none)
            when none.isEmpty() -> new Missed<>(Failures.stale("what stood in the place of a new one is gone"));
            case Got<List<T>>(List<T> one) -> {
                String id = arn.of(one.getFirst());
                yield inquiries
                        .tags(List.of(id))
                        .asAnswer()
                        .map(tags -> tags.stream()
                                .map(Tagged::tags)
                                .filter(shown -> same(shown, expected))
                                .map(any -> id)
                                .findFirst());
            }
        };
    }

    private Answer<Optional<String>> group(Call.CreateSecurityGroup create) {
        return inquiries
                .groupsByName(List.of(create.name()))
                .asAnswer()
                .map(groups -> groups.stream()
                        .filter(group -> same(tags(group), create.tags()))
                        .map(SecurityGroup::groupId)
                        .findFirst());
    }

    static SortedMap<String, String> tags(SecurityGroup group) {
        TreeMap<String, String> tags = new TreeMap<>();
        group.tags()
                .forEach(tag ->
                        tags.put(tag.key(), Optional.ofNullable(tag.value()).orElse("")));
        return tags;
    }

    /// The same mark, and the same incarnation.
    private boolean same(SortedMap<String, String> shown, SortedMap<String, String> expected) {
        Optional<Mark> mark = Names.mark(shown, request.owner());
        return mark.isPresent()
                && mark.equals(Names.mark(expected, request.owner()))
                && Names.sameIncarnation(shown, request.key());
    }
}
