package io.plumbline.aws;

import io.plumbline.aws.Calls.Written;
import io.plumbline.aws.Failures.Meaning;
import io.plumbline.aws.Failures.Result;
import io.plumbline.aws.Requests.Place;
import io.plumbline.spi.Answer;
import io.plumbline.spi.Answer.Got;
import io.plumbline.spi.Answer.Missed;
import io.plumbline.spi.Provider.ApplyRequest;
import io.plumbline.spi.model.Ids;
import io.plumbline.spi.model.LoadBalancer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/// Calls that need to know the network: where a load balancer stands, and which security groups it has.
final class BalancerWriting {
    private static final List<String> USUAL_GROUPS =
            List.of(AwsLoadBalancerOptions.BACKEND, AwsLoadBalancerOptions.FRONTEND);

    private final Cloud cloud;
    private final ApplyRequest request;
    private final SortedMap<String, String> made;
    private Ids groupIds = Ids.none();

    /// @param made what earlier calls made, by the reference to it
    BalancerWriting(Cloud cloud, ApplyRequest request, SortedMap<String, String> made) {
        this.cloud = cloud;
        this.request = request;
        this.made = made;
    }

    /// Those of our own security groups that it was made with.
    Ids groupIds() {
        return groupIds;
    }

    Result<Written> create(Call.CreateLoadBalancer call) {
        List<String> groups = AwsLoadBalancerOptions.of(call.wanted().options())
                .groups()
                .asOptional()
                .orElse(USUAL_GROUPS);
        return then(
                places(call.wanted()),
                places ->
                        then(ids(groups, call.frontend()), ids -> cloud.calls().create(call, places, ids)));
    }

    private Answer<List<Place>> places(LoadBalancer wanted) {
        return cloud.subnets().places(wanted);
    }

    Result<Written> setSubnets(Call.SetSubnets call) {
        return then(places(call.wanted()), places -> cloud.calls().setSubnets(call, places));
    }

    Result<Written> setSecurityGroups(Call.SetSecurityGroups call) {
        String loadBalancer = made.getOrDefault(call.loadBalancer(), call.loadBalancer());
        return then(
                ids(call.groups(), call.frontend()), ids -> cloud.calls().setSecurityGroups(call, loadBalancer, ids));
    }

    /// The last load balancer's group goes after the one that all share: whoever finds the first still there knows
    /// that the other may be.
    Result<Written> delete(Call.DeleteSecurityGroup call) {
        if (request.ids().id(request.key()).isEmpty()) {
            cloud.backendGroup().gone(request.key());
        }
        Result<Written> shared =
                cloud.backendGroup().releaseIfUnused(request.owner().clusterUid());
        cloud.targetRules().forget();
        return shared instanceof Result.Refused<Written>(Meaning meaning) && !(meaning instanceof Meaning.Absent)
                ? shared
                : cloud.calls().write(call, reference -> reference);
    }

    private Answer<List<String>> ids(List<String> groups, Optional<String> frontend) {
        List<String> ids = new ArrayList<>();
        for (String group : groups) {
            Answer<String> id = switch (group) {
                case AwsLoadBalancerOptions.FRONTEND -> frontend(frontend);
                case AwsLoadBalancerOptions.BACKEND ->
                    cloud.backendGroup().ensured(request.owner(), request.key()).map(this::backend);
                default -> new Got<>(group);
            };
            switch (id) {
                case Missed<String>(var failure) -> {
                    return new Missed<>(failure);
                }
                case Got<String>(String known) -> ids.add(known);
            }
        }
        return new Got<>(ids);
    }

    private String backend(String id) {
        groupIds = groupIds.and(Ids.of(BackendGroup.KEY, id));
        return id;
    }

    /// It is made before its load balancer. Where that was not so it is made here, and gets its rules with the next
    /// plan.
    private Answer<String> frontend(Optional<String> known) {
        String name = Names.frontendGroup(request.owner(), request.key());
        Optional<String> id = known.or(() -> Optional.ofNullable(made.get(Call.made(name))));
        Answer<String> answer = id.isPresent() ? new Got<>(id.get()) : ensured(name);
        return answer.map(found -> {
            groupIds = groupIds.and(Ids.of(Normalize.accessListKey(request.key()), found));
            return found;
        });
    }

    private Answer<String> ensured(String name) {
        return switch (cloud.inquiries().groupsByName(List.of(name)).asAnswer()) {
            case Missed<List<SecurityGroup>>(var failure) -> new Missed<>(failure);
            case Got<List<SecurityGroup>>(List<SecurityGroup> found)
            when !found.isEmpty() -> new Got<>(found.getFirst().groupId());
            case Got<List<SecurityGroup>> none ->
                cloud.calls()
                        .write(
                                new Call.CreateSecurityGroup(
                                        name,
                                        "Who may connect to the load balancer of "
                                                + request.owner().object().text(),
                                        Names.tags(request.owner(), request.key())),
                                reference -> reference)
                        .asAnswer()
                        .map(written -> written.id().orElse(""));
        };
    }

    private static <T> Result<Written> then(Answer<T> answer, Function<T, Result<Written>> next) {
        return switch (answer) {
            case Got<T>(T value) -> next.apply(value);
            case Missed<T>(var failure) -> new Result.Refused<>(new Meaning.Failed(failure));
        };
    }
}
