package io.plumbline.it.cluster.nodeproxy;

import io.plumbline.it.cluster.kubelet.Loopback;
import io.plumbline.it.cluster.kubelet.Machine;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The open ports, by the Service that they serve.
final class Sockets implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sockets.class);

    private record Open(Rule rule, OpenPort port) {
        boolean canFollow(Rule next) {
            return rule.getClass().equals(next.getClass());
        }
    }

    /// A closed port whose connections go on.
    private record Retired(String node, OpenPort port) {}

    private final Map<String, Machine> machines;
    private final Map<String, SortedMap<Place, Open>> byService = new HashMap<>();
    private final List<Retired> retired = new ArrayList<>();

    /// @param machines by name, as they are at any time
    Sockets(Map<String, Machine> machines) {
        this.machines = machines;
    }

    /// Opens, changes and closes ports until they are as wanted. False if somebody else had one of them.
    synchronized boolean bring(String service, SortedMap<Place, Rule> wanted) {
        SortedMap<Place, Open> open = byService.computeIfAbsent(service, any -> new TreeMap<>());
        for (Iterator<Map.Entry<Place, Open>> each = open.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<Place, Open> entry = each.next();
            Rule next = wanted.get(entry.getKey());
            if (next == null || !entry.getValue().canFollow(next)) {
                retire(entry.getKey(), entry.getValue());
                each.remove();
            }
        }
        boolean all = true;
        for (Map.Entry<Place, Rule> entry : wanted.entrySet()) {
            all &= bring(open, entry.getKey(), entry.getValue());
        }
        if (open.isEmpty()) {
            byService.remove(service);
        }
        return all;
    }

    private boolean bring(SortedMap<Place, Open> open, Place place, Rule rule) {
        Open found = open.get(place);
        if (found != null) {
            found.port().follow(rule);
            open.put(place, new Open(rule, found.port()));
            return true;
        }
        Optional<InetSocketAddress> socket = Optional.ofNullable(machines.get(place.node()))
                .flatMap(machine -> Loopback.place(machine.address(), place.port()));
        if (socket.isEmpty()) {
            return true; // The machine is gone.
        }
        try {
            open.put(place, new Open(rule, OpenPort.open(place, socket.get(), rule)));
            return true;
        } catch (IOException taken) {
            LOG.info("{} is not free yet: {}", place, taken.getMessage());
            return false;
        }
    }

    private void retire(Place place, Open open) {
        open.port().close();
        retired.add(new Retired(place.node(), open.port()));
    }

    /// A machine's ports are closed and its connections cut.
    synchronized void switchOff(String node) {
        for (SortedMap<Place, Open> open : byService.values()) {
            open.entrySet().removeIf(entry -> {
                if (entry.getKey().node().equals(node)) {
                    retire(entry.getKey(), entry.getValue());
                    return true;
                }
                return false;
            });
        }
        retired.removeIf(each -> {
            if (each.node().equals(node)) {
                each.port().cut();
                return true;
            }
            return false;
        });
    }

    @Override
    public synchronized void close() {
        byService.values().forEach(open -> open.forEach(this::retire));
        byService.clear();
        retired.forEach(each -> each.port().cut());
        retired.clear();
    }
}
