package io.plumbline.it.laboratory;

import io.plumbline.it.clouds.CloudServer;
import io.plumbline.it.clouds.Network;
import io.plumbline.it.clouds.SimulatedCloud;
import io.plumbline.it.cluster.Cluster;
import io.plumbline.it.cluster.kubelet.Machine;
import io.plumbline.it.cluster.kubelet.Nodes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// One simulated account, its VPC, and the clusters in it.
final class Site implements AutoCloseable {
    private final LaboratoryCloud kind;
    private final List<Cluster> clusters = new CopyOnWriteArrayList<>();
    private final Network network = Network.asking(
            address -> clusters.stream().anyMatch(cluster -> cluster.kubelet().holds(address)));
    private final SimulatedCloud cloud;
    private final Ledger ledger;
    private final List<CloudServer> servers = new CopyOnWriteArrayList<>();

    Site(LaboratoryCloud kind) {
        this.kind = kind;
        this.cloud = kind.start(network);
        this.ledger = new Ledger(cloud);
    }

    LaboratoryCloud kind() {
        return kind;
    }

    SimulatedCloud cloud() {
        return cloud;
    }

    Ledger ledger() {
        return ledger;
    }

    /// From now on its nodes are instances, and its Pods have addresses of the VPC.
    void join(Cluster cluster) {
        clusters.add(cluster);
        cluster.nodes().follow(new Nodes.Follower() {
            @Override
            public void came(Machine machine) {
                network.putInstance(kind.instanceId(machine), machine.address());
            }

            @Override
            public void went(Machine machine) {
                network.removeInstance(kind.instanceId(machine));
            }
        });
    }

    /// An endpoint for this caller alone.
    String serve(String caller) {
        try {
            CloudServer server = CloudServer.serve(new Caller(caller, cloud, ledger));
            servers.add(server);
            return server.endpoint();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        servers.forEach(CloudServer::close);
        cloud.close();
    }
}
