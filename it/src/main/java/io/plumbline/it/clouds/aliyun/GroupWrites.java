package io.plumbline.it.clouds.aliyun;

import static io.plumbline.it.clouds.aliyun.Refusal.unless;
import static io.plumbline.it.clouds.aliyun.Refusal.valid;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.ChangeLog.Happened;
import io.plumbline.it.clouds.Fault;
import java.util.List;
import java.util.Optional;

/// The actions that change VServer groups and their backend servers. Each is done as a whole or refused as a
/// whole.
final class GroupWrites {
    private static final String BUSY = "BackendServer.configuring";

    private final Estate estate;
    private final Pools pools;
    private final BackendServers servers;

    GroupWrites(Estate estate, Pools pools) {
        this.estate = estate;
        this.pools = pools;
        this.servers = new BackendServers(estate);
    }

    ObjectNode create(ApiCall call) {
        Balancer balancer = estate.balancer(call.text("LoadBalancerId"));
        estate.requireIdle(balancer, BUSY);
        String name = call.optionalText("VServerGroupName").orElse("auto_named_vservergroup");
        BackendServers.checkText("VServerGroupName", name);
        Tags.check(call.tags(), estate.limits);
        Group group = new Group(estate.newId("rsp"), balancer, name, estate.agenda.now());
        List<BackendServers.Named> wanted = kept(call, servers.toRegister(call, "BackendServers"));
        checkRoom(balancer, wanted.size());
        group.tags.putAll(call.tags());
        balancer.groups.put(group.id, group);
        estate.lifecycle("group", group.pool(), Happened.ADDED);
        wanted.forEach(named -> register(group, named));
        estate.configuring(balancer);
        return reply(group);
    }

    /// A fault script may have the last one left out.
    private static List<BackendServers.Named> kept(ApiCall call, List<BackendServers.Named> named) {
        boolean partly = call.struckBy(Fault.Kind.PARTIAL) && !named.isEmpty();
        return partly ? named.subList(0, named.size() - 1) : named;
    }

    private void checkRoom(Balancer balancer, int more) {
        unless(
                balancer.backendCount() + more <= estate.limits.of(Limit.BACKENDS_PER_BALANCER),
                "InstanceBackendServerNumberOverLimit",
                "The number of backend servers of " + balancer.id + " is over the limit.");
    }

    ObjectNode add(ApiCall call) {
        Group group = idle(call);
        List<BackendServers.Named> wanted = kept(call, servers.toRegister(call, "BackendServers"));
        requireAbsent(group, wanted);
        checkRoom(group.balancer, wanted.size());
        wanted.forEach(named -> register(group, named));
        return done(group);
    }

    private static void requireAbsent(Group group, List<BackendServers.Named> wanted) {
        for (BackendServers.Named named : wanted) {
            unless(
                    !group.backends.containsKey(named.server()),
                    "InvalidBackendServers.ServerIpConflict",
                    "The backend server " + named.server().id() + " "
                            + named.server().name() + " is in the VServer group already.");
        }
    }

    /// What is not in the group is ignored (https://help.aliyun.com/document_detail/35219.html).
    ObjectNode remove(ApiCall call) {
        Group group = idle(call);
        kept(call, servers.toFind(call, "BackendServers", group)).forEach(named -> deregister(group, named.server()));
        return done(group);
    }

    /// Exchanges old servers for new ones at once.
    ObjectNode modify(ApiCall call) {
        Group group = idle(call);
        List<BackendServers.Named> old = servers.toFind(call, "OldBackendServers", group);
        List<BackendServers.Named> wanted = kept(call, servers.toRegister(call, "NewBackendServers"));
        requirePresent(group, old);
        requireAbsent(group, wanted);
        checkRoom(group.balancer, wanted.size() - old.size());
        old.forEach(named -> deregister(group, named.server()));
        wanted.forEach(named -> register(group, named));
        return done(group);
    }

    private static void requirePresent(Group group, List<BackendServers.Named> named) {
        for (BackendServers.Named one : named) {
            valid(
                    group.backends.containsKey(one.server()),
                    "BackendServers",
                    "in the VServer group: " + one.server().id());
        }
    }

    /// Changes the group's name, and weights and descriptions of servers that are in it; what the request does not
    /// name stays.
    ObjectNode set(ApiCall call) {
        Group group = idle(call);
        call.optionalText("VServerGroupName").ifPresent(name -> BackendServers.checkText("VServerGroupName", name));
        List<BackendServers.Named> wanted = kept(call, servers.toFind(call, "BackendServers", group));
        requirePresent(group, wanted);
        group.name = call.optionalText("VServerGroupName").orElse(group.name);
        for (BackendServers.Named named : wanted) {
            Optional.ofNullable(group.backends.get(named.server()))
                    .ifPresent(backend -> reweigh(group, backend, named));
        }
        ObjectNode reply = done(group);
        return reply.put("VServerGroupName", group.name);
    }

    private void reweigh(Group group, Backend backend, BackendServers.Named named) {
        backend.description = named.description().orElse(backend.description);
        if (backend.weight != named.weightOrDefault()) {
            backend.weight = named.weightOrDefault();
            estate.membership(group, backend, Happened.CHANGED);
        }
    }

    ObjectNode delete(ApiCall call) {
        Group group = idle(call);
        unless(
                group.balancer.users(group).isEmpty(),
                "RspoolVipExist",
                "there are vips associating with this vServer group.");
        remove(group);
        estate.configuring(group.balancer);
        return JsonNodeFactory.instance.objectNode();
    }

    /// Without asking anybody.
    void remove(Group group) {
        List.copyOf(group.backends.keySet()).forEach(server -> deregister(group, server));
        group.balancer.groups.remove(group.id);
        estate.lifecycle("group", group.pool(), Happened.REMOVED);
    }

    private Group idle(ApiCall call) {
        Group group = estate.group(call.text("VServerGroupId"));
        estate.requireIdle(group.balancer, BUSY);
        return group;
    }

    private void register(Group group, BackendServers.Named named) {
        Backend backend = new Backend(
                estate.count("registration"),
                named.server(),
                named.weightOrDefault(),
                named.description().orElse(""));
        group.backends.put(named.server(), backend);
        estate.membership(group, backend, Happened.ADDED);
    }

    private void deregister(Group group, Backend.Server server) {
        Optional.ofNullable(group.backends.remove(server))
                .ifPresent(backend -> estate.membership(group, backend, Happened.REMOVED));
    }

    private ObjectNode done(Group group) {
        pools.changed(group);
        estate.configuring(group.balancer);
        return reply(group);
    }

    private static ObjectNode reply(Group group) {
        ObjectNode reply = GroupReads.servers(group, false);
        return reply.put("VServerGroupId", group.id);
    }
}
