package io.plumbline.it.clouds;

import io.plumbline.it.cluster.kubelet.Loopback;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a cluster address really listens: Pod 10.244.a.b on 127.44.a.b, node 10.0.0.n on 127.10.0.n. Any other
/// address has no place: nobody listens there, and no packet leaves the machine. Ports below 1024 are where the small
/// kubelet binds them.
public final class Place {
    private static final Pattern IPV4 = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");

    private Place() {}

    /// The loopback socket address behind a cluster address and port.
    public static Optional<InetSocketAddress> of(String address, int port) {
        Matcher octets = IPV4.matcher(address);
        if (!octets.matches() || !isIpv4(address)) {
            return Optional.empty();
        }
        if (address.startsWith("10.244.")) {
            return Optional.of(
                    new InetSocketAddress("127.44." + octets.group(3) + "." + octets.group(4), Loopback.port(port)));
        }
        return address.startsWith("10.0.0.")
                ? Optional.of(new InetSocketAddress("127.10.0." + octets.group(4), Loopback.port(port)))
                : Optional.empty();
    }

    static boolean isIpv4(String address) {
        Matcher octets = IPV4.matcher(address);
        if (!octets.matches()) {
            return false;
        }
        for (int group = 1; group <= 4; group++) {
            if (Integer.parseInt(octets.group(group)) > 255) {
                return false;
            }
        }
        return true;
    }
}
