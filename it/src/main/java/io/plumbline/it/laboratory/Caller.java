package io.plumbline.it.laboratory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.BalancerView;
import io.plumbline.it.clouds.ChangeLog;
import io.plumbline.it.clouds.FaultScript;
import io.plumbline.it.clouds.Request;
import io.plumbline.it.clouds.Response;
import io.plumbline.it.clouds.SimulatedCloud;
import io.plumbline.it.clouds.SimulationClock;
import java.util.List;

/// A cloud as one of its callers reaches it: what is changed through it is put down to that caller.
record Caller(String caller, SimulatedCloud cloud, Ledger ledger) implements SimulatedCloud {
    @Override
    public Response handle(Request request) {
        return ledger.handle(caller, request);
    }

    @Override
    public String name() {
        return cloud.name();
    }

    @Override
    public void tick() {
        cloud.tick();
    }

    @Override
    public List<BalancerView> balancers() {
        return cloud.balancers();
    }

    @Override
    public ObjectNode state() {
        return cloud.state();
    }

    @Override
    public ObjectNode connection(String endpoint) {
        return cloud.connection(endpoint);
    }

    @Override
    public void putInstances(JsonNode instances) {
        cloud.putInstances(instances);
    }

    @Override
    public void putQuotas(JsonNode quotas) {
        cloud.putQuotas(quotas);
    }

    @Override
    public FaultScript faults() {
        return cloud.faults();
    }

    @Override
    public ChangeLog log() {
        return cloud.log();
    }

    @Override
    public SimulationClock clock() {
        return cloud.clock();
    }

    @Override
    public void close() {
        cloud.close();
    }
}
