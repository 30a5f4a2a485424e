package io.plumbline.it.cluster.kubelet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Where the addresses of the cluster really are. The API server refuses endpoints on 127/8, so each has two:
///
/// | in the cluster | on this machine |
/// |---|---|
/// | Pod 10.244.a.b | 127.44.a.b |
/// | node 10.0.a.n | 127.10.a.n |
/// | balancer 127.200.x.y | itself |
///
/// Any other address is nowhere: nothing is sent outside 127/8.
public final class Loopback {

    private static final Pattern IPV4 = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final int FIRST_UNPRIVILEGED = 1024;
    private static final int SHIFT = 20_000;

    private Loopback() {}

    /// Where `port` of a cluster address is served. Ports below 1024 are 20000 higher where this process may not
    /// bind them.
    public static Optional<InetSocketAddress> place(String address, int port) {
        return host(address).map(host -> new InetSocketAddress(host, port(port)));
    }

    /// The loopback address of a cluster address.
    public static Optional<String> host(String address) {
        Matcher parts = IPV4.matcher(address);
        if (!parts.matches() || !octets(parts)) {
            return Optional.empty();
        }
        return switch (parts.group(1) + "." + parts.group(2)) {
            case "10.244" -> Optional.of("127.44." + parts.group(3) + "." + parts.group(4));
            case "10.0" -> Optional.of("127.10." + parts.group(3) + "." + parts.group(4));
            case "127.200" -> Optional.of(address);
            default -> Optional.empty();
        };
    }

    /// Whether it is an IPv4 address at all.
    public static boolean isIpv4(String address) {
        Matcher parts = IPV4.matcher(address);
        return parts.matches() && octets(parts);
    }

    private static boolean octets(Matcher parts) {
        return IntStream.rangeClosed(1, 4).allMatch(group -> Integer.parseInt(parts.group(group)) <= 255);
    }

    /// The port that stands for `port` on this machine.
    public static int port(int port) {
        return port >= FIRST_UNPRIVILEGED || Privilege.HELD ? port : port + SHIFT;
    }

    /// Whether low ports may be bound, asked of the kernel once.
    private static final class Privilege {
        static final boolean HELD = tryLowPort();

        private static boolean tryLowPort() {
            for (int port = FIRST_UNPRIVILEGED - 1; port > FIRST_UNPRIVILEGED - 4; port--) {
                try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.ofLiteral("127.255.0.1"))) {
                    return probe.isBound();
                } catch (IOException takenOrForbidden) {
                    // One may be taken; three are not.
                }
            }
            return false;
        }
    }
}
