package io.plumbline.aliyun;

import io.plumbline.aliyun.Call.CreatePool;
import io.plumbline.aliyun.Call.OfTargets;
import io.plumbline.aliyun.Call.Plain;
import io.plumbline.aliyun.Call.Target;
import io.plumbline.aliyun.Failures.Meaning;
import io.plumbline.aliyun.Failures.Result;
import io.plumbline.aliyun.Reader.SeenList;
import io.plumbline.spi.Answer;
import io.plumbline.spi.Answer.Got;
import io.plumbline.spi.Answer.Missed;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.Outcome.Done;
import io.plumbline.spi.Outcome.Failure;
import io.plumbline.spi.Provider.ApplyRequest;
import io.plumbline.spi.model.Ids;
import io.plumbline.spi.model.Mark;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Looks at what is there where that decides what a call has come to, or whether it is needed: what had
/// been done before (by a call whose answer was lost) is done. This is what makes the verbs idempotent
/// where the API is not.
final class Aftermath {
    private final Calls calls;
    private final ApplyRequest request;
    private Optional<Answer<List<Fields>>> groups = Optional.empty();

    Aftermath(Calls calls, ApplyRequest request) {
        this.calls = calls;
        this.request = request;
    }

    /// Whether a group of some name exists.
    sealed interface Group {
        record There(String id) implements Group {}

        record Absent() implements Group {}

        record Unread(Outcome outcome) implements Group {}
    }

    /// Asked once in a request, since creating a group knows no idempotency token.
    Group group(CreatePool create) {
        if (groups.isEmpty()) {
            groups = Optional.of(Reading.then(
                    calls.groups(create.loadBalancer()).asAnswer(),
                    reply -> reply.list("VServerGroups", "VServerGroup")
                            .<Answer<List<Fields>>>map(Got::new)
                            .orElseGet(() -> Reading.missed("DescribeVServerGroups"))));
        }
        return switch (groups.get()) {
            case Missed<List<Fields>>(Failure failure) -> new Group.Unread(failure);
            case Got<List<Fields>>(List<Fields> all) ->
                all.stream()
                        .filter(group -> group.textOrNone("VServerGroupName").equals(create.name()))
                        .map(ReadPool::id)
                        .sorted()
                        .findFirst()
                        .<Group>map(Group.There::new)
                        .orElseGet(Group.Absent::new);
        };
    }

    /// What each target has come to: the reply shows who is a member now.
    List<Outcome> added(List<Target> targets, Fields reply, String action) {
        Optional<List<Fields>> members = reply.list("BackendServers", "BackendServer");
        return targets.stream()
                .<Outcome>map(target -> members.isEmpty()
                                || members.get().stream().anyMatch(shown -> isSame(target, shown))
                        ? new Done()
                        : Failures.cloud(action + ": " + target.serverId() + ":" + target.port() + " was not added"))
                .toList();
    }

    private static boolean isSame(Target target, Fields shown) {
        boolean address = target.ip().isEmpty()
                || shown.text("ServerIp")
                        .map(ip -> target.ip().equals(Optional.of(ip)))
                        .orElse(true);
        return address
                && target.serverId().equals(shown.textOrNone("ServerId"))
                && shown.whole("Port").equals(Optional.of(target.port()));
    }

    /// Those that are members: done where they carry the mark that they would get, else `otherwise`.
    Map<Target, Outcome> present(OfTargets batch, String group, Outcome otherwise) {
        Map<Target, Outcome> present = new LinkedHashMap<>();
        List<Fields> members = calls.group(group) instanceof Result.Replied(Fields reply)
                ? reply.list("BackendServers", "BackendServer").orElseGet(List::of)
                : List.of();
        for (Target target : batch.targets()) {
            members.stream()
                    .filter(shown -> isSame(target, shown))
                    .findFirst()
                    .ifPresent(shown -> present.put(
                            target,
                            target.description().equals(shown.textOrNone("Description")) ? new Done() : otherwise));
        }
        return present;
    }

    /// Whether the listener that stands in the way is the one that was to be made.
    boolean listener(Plain create) {
        String loadBalancer = create.parameters().getOrDefault("LoadBalancerId", "");
        return calls.listeners(loadBalancer, Optional.empty()) instanceof Result.Replied(Fields reply)
                && reply.list("Listeners").orElseGet(List::of).stream().anyMatch(shown -> isSame(create, shown));
    }

    private static boolean isSame(Plain create, Fields shown) {
        Map<String, String> wanted = create.parameters();
        return Requests.protocol(create).equals(Replies.protocol(shown))
                && wanted.getOrDefault("ListenerPort", "").equals(shown.textOrNone("ListenerPort"))
                && wanted.getOrDefault("Description", "").equals(shown.textOrNone("Description"))
                && wanted.getOrDefault("VServerGroupId", "").equals(shown.textOrNone("VServerGroupId"));
    }

    /// A group that nobody is shown to use any more is soon free; somebody's own listener keeps it for
    /// good.
    Outcome inUse(Plain delete, Meaning.InUse inUse) {
        String id = delete.parameters().getOrDefault("VServerGroupId", "");
        Optional<String> loadBalancer = request.ids().id(request.key());
        boolean used = id.isEmpty()
                || loadBalancer.isEmpty()
                || !(calls.groups(loadBalancer.get()) instanceof Result.Replied(Fields reply))
                || reply.list("VServerGroups", "VServerGroup").orElseGet(List::of).stream()
                        .anyMatch(group -> ReadPool.id(group).equals(id) && isUsed(group));
        return used ? Failures.failure(inUse) : Failures.busy(inUse.message());
    }

    private static boolean isUsed(Fields group) {
        Fields by = group.object("AssociatedObjects");
        return !by.list("Listeners", "Listener").orElseGet(List::of).isEmpty()
                || !by.list("Rules", "Rule").orElseGet(List::of).isEmpty();
    }

    Outcome extensions(Call.SetExtensions set) {
        return switch (Extensions.read(calls, set.loadBalancer(), set.port())) {
            case Missed<List<Extensions.Shown>>(Failure failure) -> failure;
            case Got<List<Extensions.Shown>>(var there) -> all(Extensions.calls(set, there));
        };
    }

    /// Creating a list knows no idempotency token, so it is looked for by its name.
    Outcome accessList(Call.SetAccessList set) {
        if (set.id().isPresent()) {
            return switch (AccessLists.entries(calls, set.id().get())) {
                case Missed<List<String>>(Failure failure) -> failure;
                case Got<List<String>>(var there) -> filled(set, set.id().get(), there);
            };
        }
        return switch (AccessLists.find(calls, mark(set))) {
            case Missed<Optional<SeenList>>(Failure failure) -> failure;
            case Got<Optional<SeenList>>(Optional<SeenList> found) ->
                found.map(list -> filled(set, list.id(), list.ranges())).orElseGet(() -> created(set));
        };
    }

    private Mark mark(Call.SetAccessList set) {
        return request.claimants().stream()
                .filter(mark -> Names.marked(mark).equals(set.name()))
                .findFirst()
                .orElse(request.owner());
    }

    private Outcome created(Call.SetAccessList set) {
        return switch (calls.write(AccessLists.creation(set), Optional.empty())) {
            case Result.Refused(Meaning meaning) -> Failures.failure(meaning);
            case Result.Replied(Fields reply) ->
                reply.text("AclId")
                        .map(id -> filled(set, id, List.of()))
                        .orElseGet(() -> Failures.broken("CreateAccessControlList: the reply lacks its id"));
        };
    }

    private Outcome filled(Call.SetAccessList set, String id, List<String> there) {
        Outcome outcome = all(AccessLists.calls(id, set.ranges(), there));
        return outcome instanceof Done ? new Done(Ids.of(set.key(), id)) : outcome;
    }

    /// One after the other, until one fails.
    private Outcome all(List<Plain> some) {
        for (Plain call : some) {
            Result result = calls.write(call, Optional.empty());
            boolean gone = result instanceof Result.Refused(Meaning.Absent absent) && call.removes();
            if (result instanceof Result.Refused(Meaning meaning) && !gone) {
                return Failures.failure(meaning);
            }
        }
        return new Done();
    }
}
