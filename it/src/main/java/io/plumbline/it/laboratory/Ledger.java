package io.plumbline.it.laboratory;

import io.plumbline.it.clouds.BalancerView;
import io.plumbline.it.clouds.ChangeLog.Call;
import io.plumbline.it.clouds.ChangeLog.CallKind;
import io.plumbline.it.clouds.Request;
import io.plumbline.it.clouds.Response;
import io.plumbline.it.clouds.SimulatedCloud;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Who made which load balancer, and who wrote to it. Every request passes here, one at a time, as through the
/// cloud's own lock.
final class Ledger {
    private record Write(String caller, Call call) {}

    private record Loan(String caller, String loadBalancer) {}

    private final SimulatedCloud cloud;
    private final Map<String, String> makers = new TreeMap<>();
    private final List<Write> writes = new ArrayList<>();
    private final Set<Loan> loans = new HashSet<>();

    Ledger(SimulatedCloud cloud) {
        this.cloud = cloud;
    }

    /// Answers a request, and notes what it changed.
    synchronized Response handle(String caller, Request request) {
        int mark = cloud.log().size();
        Response response = cloud.handle(request);
        List<Write> done = cloud.log().since(mark).stream()
                .filter(Call.class::isInstance)
                .map(Call.class::cast)
                .filter(call -> call.kind() == CallKind.WRITE && call.code().isEmpty())
                .map(call -> new Write(caller, call))
                .toList();
        writes.addAll(done);
        if (!done.isEmpty()) {
            cloud.balancers().forEach(balancer -> makers.putIfAbsent(balancer.id(), caller));
        }
        return response;
    }

    /// From now on this caller may write to a load balancer that somebody else made.
    synchronized void lend(String loadBalancer, String caller) {
        loans.add(new Loan(caller, loadBalancer));
    }

    /// Writes of this caller to load balancers that were neither made by it nor lent to it.
    synchronized List<String> trespasses(String caller) {
        return writes.stream()
                .filter(write -> write.caller().equals(caller) && isForeign(write))
                .map(write -> caller + " called " + write.call().action() + " on "
                        + write.call().resource() + ", which "
                        + makers.get(write.call().resource()) + " made")
                .distinct()
                .toList();
    }

    private boolean isForeign(Write write) {
        String resource = write.call().resource();
        return Optional.ofNullable(makers.get(resource))
                        .filter(maker -> !maker.equals(write.caller()))
                        .isPresent()
                && !loans.contains(new Loan(write.caller(), resource));
    }

    /// What this caller made and what is still there.
    synchronized List<BalancerView> madeBy(String caller) {
        return cloud.balancers().stream()
                .filter(balancer -> caller.equals(makers.get(balancer.id())))
                .toList();
    }
}
