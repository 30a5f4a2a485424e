package io.plumbline.it.clouds;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A load balancer as a cloud's control plane has it now, for tests.
///
/// @param id as the API names it
/// @param vip where its traffic goes, 127.200.x.y
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
    /// @param health in the cloud's own word; `serving` says what it means
    /// @param serving whether it gets new connections by right: healthy or unchecked, of a weight above 0
    public record TargetView(String address, int port, int weight, String health, boolean serving) {
        /// `<address>:<port>`, an IPv6 address in brackets.
        public String name() {
            return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
        }
    }
}
