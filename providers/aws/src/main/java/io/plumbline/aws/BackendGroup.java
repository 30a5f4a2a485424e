package io.plumbline.aws;

import io.plumbline.aws.Failures.Meaning;
import io.plumbline.aws.Failures.Result;
import io.plumbline.spi.Answer;
import io.plumbline.spi.Answer.Got;
import io.plumbline.spi.Answer.Missed;
import io.plumbline.spi.model.AccessListKey;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Mark;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/// The security group that all load balancers of a cluster share, and that their targets let in. All load balancers
/// write it one at a time: whoever wants it or lets go of it holds its lock.
///
/// It is there as long as a load balancer has it. Who has it shows at the network interfaces of load balancers;
/// those that this process has just made, whose interfaces are still to come, it knows itself.
final class BackendGroup {
    /// Names it among the identifiers of each load balancer that has it.
    static final AccessListKey KEY = new AccessListKey(AwsLoadBalancerOptions.BACKEND);

    private final Calls calls;
    private final Inquiries inquiries;
    private final ConcurrentSkipListSet<LoadBalancerKey> users = new ConcurrentSkipListSet<>();

    BackendGroup(Calls calls, Inquiries inquiries) {
        this.calls = calls;
        this.inquiries = inquiries;
    }

    /// Its identifier, after it was made where it was not there.
    ///
    /// @param user a load balancer that is about to get it
    synchronized Answer<String> ensured(Mark owner, LoadBalancerKey user) {
        users.add(user);
        return switch (find(owner.clusterUid())) {
            case Missed<Optional<SecurityGroup>>(var failure) -> new Missed<>(failure);
            case Got<Optional<SecurityGroup>>(Optional<SecurityGroup> found)
            when found.isPresent() -> new Got<>(found.get().groupId());
            case Got<Optional<SecurityGroup>> none -> make(owner);
        };
    }

    /// What a reading showed: a load balancer that is not being made any more has its interfaces.
    void seen(Actual actual) {
        boolean has = actual.ids().id(KEY).isPresent();
        boolean coming = actual.loadBalancer()
                .filter(found -> found.state() == Actual.State.PROVISIONING)
                .isPresent();
        if (has && coming) {
            users.add(actual.key());
        } else {
            users.remove(actual.key());
        }
    }

    /// A load balancer is gone.
    void gone(LoadBalancerKey loadBalancer) {
        users.remove(loadBalancer);
    }

    private Answer<String> make(Mark owner) {
        TreeMap<String, String> tags = new TreeMap<>();
        tags.put(Names.CLUSTER_TAG, owner.clusterUid());
        Call.CreateSecurityGroup create = new Call.CreateSecurityGroup(
                Names.backendGroup(owner.clusterUid()), "Load balancers of a cluster, for its targets to let in", tags);
        return calls.write(create, made -> made)
                .asAnswer()
                .map(written -> written.id().orElse(""));
    }

    Answer<Optional<SecurityGroup>> find(String clusterUid) {
        return inquiries
                .groupsByName(List.of(Names.backendGroup(clusterUid)))
                .asAnswer()
                .map(groups -> groups.stream()
                        .filter(group -> group.tags().stream()
                                .anyMatch(tag -> Names.CLUSTER_TAG.equals(tag.key()) && clusterUid.equals(tag.value())))
                        .findFirst());
    }

    /// Takes it away where nobody has it any more, with the rules that let it in.
    synchronized Result<Calls.Written> releaseIfUnused(String clusterUid) {
        if (!users.isEmpty()) {
            return done();
        }
        return switch (find(clusterUid)) {
            case Missed<Optional<SecurityGroup>>(var failure) -> new Result.Refused<>(new Meaning.Failed(failure));
            case Got<Optional<SecurityGroup>>(Optional<SecurityGroup> found)
            when found.isPresent() -> release(found.get().groupId());
            case Got<Optional<SecurityGroup>> none -> done();
        };
    }

    private Result<Calls.Written> release(String group) {
        return switch (inquiries.interfacesWith(group).asAnswer()) {
            case Missed<?>(var failure) -> new Result.Refused<>(new Meaning.Failed(failure));
            case Got<?>(var value) when value instanceof List<?> users && !users.isEmpty() -> done();
            case Got<?> nobody -> revoke(group);
        };
    }

    private Result<Calls.Written> revoke(String group) {
        return switch (inquiries.groupsLettingIn(group).asAnswer()) {
            case Missed<List<SecurityGroup>>(var failure) -> new Result.Refused<>(new Meaning.Failed(failure));
            case Got<List<SecurityGroup>>(List<SecurityGroup> letting) -> {
                for (SecurityGroup one : letting) {
                    List<SecurityRule> rules = SecurityRules.of(one).stream()
                            .filter(rule -> rule.source().equals(group))
                            .toList();
                    Result<Calls.Written> revoked =
                            calls.write(new Call.RevokeRules(one.groupId(), rules), made -> made);
                    if (revoked instanceof Result.Refused<Calls.Written>(Meaning meaning)
                            && !(meaning instanceof Meaning.Absent)) {
                        yield revoked;
                    }
                }
                yield calls.write(new Call.DeleteSecurityGroup(group), made -> made);
            }
        };
    }

    private static Result<Calls.Written> done() {
        return new Result.Replied<>(Calls.Written.NOTHING);
    }
}
