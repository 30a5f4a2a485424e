package io.plumbline.it.clouds.aws;

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
import java.util.List;
import java.util.Optional;

/// AWS's Network Load Balancers, and as much of EC2, ACM, tagging and STS as they need, in one process behind one
/// endpoint.
public final class SimulatedAws extends LockedCloud<Limit> {
    private final Estate estate;
    private final StateText text;
    private final Api api;

    /// An account in which nothing has been made yet.
    ///
    /// @param prober makes the health checks; one that answers later does so from any thread
    public SimulatedAws(
            AwsAccount account, Network network, SimulationClock clock, DataPlane dataPlane, Prober prober) {
        Estate estate = new Estate(account, network, new Agenda(clock), dataPlane);
        FaultScript faults = new FaultScript(ErrorCodes::exists);
        super(new Ground<>(clock, estate.agenda, network, dataPlane, estate.log, estate.limits), faults);
        this.estate = estate;
        estate.vpcTags.putAll(Vpc.initialTags(account));
        Traffic traffic = new Traffic(estate);
        Pools pools = new Pools(estate, new Checks(estate, prober, this::locked), traffic);
        this.text = new StateText(estate, pools, traffic);
        this.api = new Api(estate, pools, faults);
    }

    /// The example account on virtual time, without sockets.
    public static SimulatedAws onVirtualTime(Network network, SimulationClock clock, Prober prober) {
        return new SimulatedAws(AwsAccount.example(), network, clock, new VirtualDataPlane(), prober);
    }

    /// The example account on real time, with a data plane and health checks of real sockets on loopback. A
    /// [CloudServer] or, without HTTP, a [Ticker] lets its time run.
    public static SimulatedAws onSockets(Network network) {
        return new SimulatedAws(
                AwsAccount.example(), network, SimulationClock.real(), new SocketDataPlane(), new SocketProber());
    }

    @Override
    public String name() {
        return "aws";
    }

    /// The account whose requests are accepted.
    public AwsAccount account() {
        return estate.account;
    }

    /// The address 127.200.x.y behind the DNS name of a load balancer, as the cloud's name servers would tell it.
    public Optional<String> addressOf(String hostName) {
        return withLock(() -> estate.balancers.values().stream()
                .filter(balancer -> balancer.hostName.equalsIgnoreCase(hostName))
                .map(balancer -> balancer.vip)
                .findFirst());
    }

    @Override
    protected Response answer(Request request) {
        return api.answer(request);
    }

    @Override
    protected List<BalancerView> views() {
        return text.views();
    }

    @Override
    protected ObjectNode described() {
        return text.state();
    }

    @Override
    public ObjectNode connection(String endpoint) {
        AwsAccount account = estate.account;
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("endpoint", endpoint)
                .put("region", account.region())
                .put("accessKeyId", account.accessKeyId())
                .put("secretAccessKey", account.secretAccessKey())
                .put("vpcId", account.vpcId());
        account.subnetIds().forEach(node.putArray("subnetIds")::add);
        account.securityGroupIds().forEach(node.putArray("securityGroupIds")::add);
        estate.network.instances().keySet().forEach(node.putArray("instanceIds")::add);
        return node;
    }
}
