package io.plumbline.it.clouds.tencent;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A load balancer as the control plane has it now, for tests.
///
/// @param running false while it is being created
public record BalancerView(
        String id, String name, String vip, boolean running, Map<String, String> tags, List<ListenerView> listeners) {
    public BalancerView {
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
        listeners = List.copyOf(listeners);
    }

    /// A listener.
    ///
    /// @param pool its pool's name in the change log
    public record ListenerView(
            String id, String name, String pool, String protocol, int port, List<TargetView> targets) {
        public ListenerView {
            targets = List.copyOf(targets);
        }
    }

    /// A bound backend.
    ///
    /// @param health `Alive`, `Dead`, `Unknown` or `Close`
    public record TargetView(String address, int port, int weight, String health) {
        /// `<address>:<port>`
        public String name() {
            return address + ":" + port;
        }
    }
}
