package io.plumbline.it.clouds.aliyun;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.Map;

/// Aliyun's SLB (CLB), ECS and VPC in one process: account, balancers, groups, listeners, health, and a data plane
/// that follows.
public final class SimulatedAliyun extends LockedCloud<Limit> {
    private final Estate estate;
    private final Pools pools;
    private final Api api;

    /// A cloud without anything in it.
    ///
    /// @param prober makes the health checks; one that answers later does so from any thread
    public SimulatedAliyun(
            AliyunAccount account, Network network, SimulationClock clock, DataPlane dataPlane, Prober prober) {
        Estate estate = new Estate(account, network, new Agenda(clock), dataPlane);
        FaultScript faults = new FaultScript(ErrorCodes::exists);
        super(new Ground<>(clock, estate.agenda, network, dataPlane, estate.log, estate.limits), faults);
        this.estate = estate;
        this.pools = new Pools(estate, prober, this::locked);
        this.api = new Api(estate, pools, faults);
    }

    /// The example account on virtual time, without sockets.
    public static SimulatedAliyun onVirtualTime(Network network, SimulationClock clock, Prober prober) {
        return new SimulatedAliyun(AliyunAccount.example(), network, clock, new VirtualDataPlane(), prober);
    }

    /// The example account on real time, with a data plane and health checks of real sockets on loopback. A
    /// [CloudServer] or, without HTTP, a [Ticker] lets its time run.
    public static SimulatedAliyun onSockets(Network network) {
        return new SimulatedAliyun(
                AliyunAccount.example(), network, SimulationClock.real(), new SocketDataPlane(), new SocketProber());
    }

    @Override
    public String name() {
        return "aliyun";
    }

    /// The account whose requests are accepted.
    public AliyunAccount account() {
        return estate.account;
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
        return StateText.of(estate, pools);
    }

    @Override
    public ObjectNode connection(String endpoint) {
        AliyunAccount account = estate.account;
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("endpoint", endpoint)
                .put("region", account.region())
                .put("accessKeyId", account.accessKeyId())
                .put("accessKeySecret", account.accessKeySecret())
                .put("vpcId", account.vpcId());
        account.vSwitchIds().forEach(node.putArray("subnetIds")::add);
        account.securityGroupIds().forEach(node.putArray("securityGroupIds")::add);
        estate.network.instances().keySet().forEach(node.putArray("instanceIds")::add);
        return node;
    }

    /// Besides instances and addresses, `elasticAddresses` binds an address to a balancer by its id; `null`
    /// unbinds. A public balancer takes none.
    @Override
    public void putInstances(JsonNode instances) {
        ObjectNode network = instances.deepCopy();
        JsonNode elastic = network.path("elasticAddresses");
        network.remove("elasticAddresses");
        locked(() -> elastic.properties().forEach(this::requireInternal));
        super.putInstances(network);
        locked(() -> {
            for (Map.Entry<String, JsonNode> bound : elastic.properties()) {
                if (bound.getValue().isNull()) {
                    estate.elasticAddresses.remove(bound.getKey());
                } else {
                    estate.elasticAddresses.put(bound.getKey(), bound.getValue().asText());
                }
            }
        });
    }

    private void requireInternal(Map.Entry<String, JsonNode> bound) {
        Balancer balancer = estate.balancers.get(bound.getKey());
        boolean internal = balancer != null && balancer.placement.addressType().equals("intranet");
        if (!bound.getValue().isNull() && !internal) {
            throw new IllegalArgumentException(bound.getKey() + " is no intranet load balancer, and takes no address");
        }
    }
}
