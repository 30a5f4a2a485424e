package io.plumbline.it.clouds;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What the data plane knows of one listener: where it listens and to whom it forwards.
///
/// @param id `<balancer>/<listener>`
/// @param address the virtual address
/// @param port the listener's port
/// @param choice how a backend is chosen
/// @param affinity how long a client address stays with its backend; zero is not at all
/// @param atRemoval what happens to the flows of a backend that is removed
/// @param preamble what a backend is sent before the client's bytes
public record Pool(
        String id,
        Transport transport,
        String address,
        int port,
        Choice choice,
        Duration affinity,
        AtRemoval atRemoval,
        Preamble preamble,
        List<Member> members) {
    public Pool {
        members = List.copyOf(members);
    }

    /// A listener that sends its backends the client's bytes and nothing else.
    public Pool(
            String id,
            Transport transport,
            String address,
            int port,
            Choice choice,
            Duration affinity,
            AtRemoval atRemoval,
            List<Member> members) {
        this(id, transport, address, port, choice, affinity, atRemoval, Preamble.NONE, members);
    }

    /// The same listener with other members.
    public Pool with(List<Member> others) {
        return new Pool(id, transport, address, port, choice, affinity, atRemoval, preamble, others);
    }

    /// A backend.
    ///
    /// @param address its cluster address
    /// @param weight 0 gets no new connection
    /// @param healthy whether the health check says so, or there is none
    public record Member(String address, int port, int weight, boolean healthy) {
        /// `<address>:<port>`
        public String name() {
            return address + ":" + port;
        }

        /// Whether it gets new connections while any such member exists.
        public boolean serves() {
            return healthy && weight > 0;
        }
    }

    /// How a backend is chosen for a new connection.
    public enum Choice {
        WEIGHTED_ROUND_ROBIN,
        LEAST_CONNECTIONS
    }

    /// What happens to established flows of a removed backend.
    public enum AtRemoval {
        KEEP_FLOWS,
        RESET_FLOWS
    }

    /// What a TCP backend is sent before the client's bytes.
    public enum Preamble {
        NONE,
        /// https://www.haproxy.org/download/2.9/doc/proxy-protocol.txt, section 2.2.
        PROXY_PROTOCOL_V2
    }

    /// `<address>:<port>` of every backend.
    public Set<String> names() {
        return members.stream().map(Member::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /// The backends that may get a new connection: those that serve; if none is healthy, all whose weight is
    /// above 0.
    public List<Member> candidates() {
        List<Member> serving = members.stream().filter(Member::serves).toList();
        return serving.isEmpty()
                ? members.stream().filter(member -> member.weight() > 0).toList()
                : serving;
    }
}
