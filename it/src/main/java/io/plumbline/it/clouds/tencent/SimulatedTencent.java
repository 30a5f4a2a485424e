package io.plumbline.it.clouds.tencent;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.Agenda;
import io.plumbline.it.clouds.BalancerView;
import io.plumbline.it.clouds.DataPlane;
import io.plumbline.it.clouds.FaultScript;
import io.plumbline.it.clouds.LockedCloud;
import io.plumbline.it.clouds.Network;
import io.plumbline.it.clouds.Prober;
import io.plumbline.it.clouds.Request;
import io.plumbline.it.clouds.Response;
import io.plumbline.it.clouds.SimulationClock;
import io.plumbline.it.clouds.SocketDataPlane;
import io.plumbline.it.clouds.SocketProber;
import io.plumbline.it.clouds.VirtualDataPlane;
import java.time.Instant;
import java.util.List;

/// Tencent Cloud's CLB in one process: account, tasks, listeners, targets, health, and a data plane that follows.
public final class SimulatedTencent extends LockedCloud<Limit> {
    private final Estate estate;
    private final Tasks tasks;
    private final Pools pools;
    private final Api api;

    /// A cloud without anything in it.
    ///
    /// @param prober makes the health checks; one that answers later does so from any thread
    public SimulatedTencent(
            TencentAccount account, Network network, SimulationClock clock, DataPlane dataPlane, Prober prober) {
        Estate estate = new Estate(account, network, new Agenda(clock), dataPlane);
        FaultScript faults = new FaultScript(ErrorCodes::exists);
        super(new Ground<>(clock, estate.agenda, network, dataPlane, estate.log, estate.limits), faults);
        this.estate = estate;
        this.tasks = new Tasks(estate);
        this.pools = new Pools(estate, prober, this::locked);
        this.api = new Api(estate, tasks, pools, faults);
    }

    /// The example account on virtual time, without sockets.
    public static SimulatedTencent onVirtualTime(Network network, SimulationClock clock, Prober prober) {
        return new SimulatedTencent(TencentAccount.example(), network, clock, new VirtualDataPlane(), prober);
    }

    /// The example account on real time, with a data plane and health checks of real sockets on loopback. A
    /// [CloudServer] or, without HTTP, a [Ticker] lets its time run.
    public static SimulatedTencent onSockets(Network network) {
        return new SimulatedTencent(
                TencentAccount.example(), network, SimulationClock.real(), new SocketDataPlane(), new SocketProber());
    }

    @Override
    public String name() {
        return "tencent";
    }

    /// The account whose requests are accepted.
    public TencentAccount account() {
        return estate.account;
    }

    /// All temporary keys end now.
    public void endTemporaryKeys() {
        locked(() -> estate.keys.endTemporary(Instant.now()));
    }

    @Override
    protected Response answer(Request request) {
        return api.answer(request);
    }

    @Override
    protected List<BalancerView> views() {
        return StateText.views(estate, pools);
    }

    @Override
    protected ObjectNode described() {
        return StateText.of(estate, pools, tasks);
    }

    @Override
    public ObjectNode connection(String endpoint) {
        TencentAccount account = estate.account;
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("endpoint", endpoint)
                .put("region", account.region())
                .put("secretId", account.secretId())
                .put("secretKey", account.secretKey())
                .put("vpcId", account.vpcId())
                .put("identityProvider", account.identityProvider())
                .put("roleArn", account.roleArn());
        account.subnetIds().forEach(node.putArray("subnetIds")::add);
        account.securityGroupIds().forEach(node.putArray("securityGroupIds")::add);
        estate.network.instances().keySet().forEach(node.putArray("instanceIds")::add);
        return node;
    }
}
