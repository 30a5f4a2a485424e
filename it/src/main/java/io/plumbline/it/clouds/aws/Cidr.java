package io.plumbline.it.clouds.aws;

import io.plumbline.it.cluster.kubelet.Loopback;
import java.net.InetAddress;
import java.util.Arrays;

/// Address ranges.
final class Cidr {
    private static final int IPV6_BYTES = 16;

    private Cidr() {}

    /// Whether an address is in a range; false where it is none.
    static boolean contains(String cidr, String address) {
        if (!Loopback.isIpv4(address)) {
            return false;
        }
        int slash = cidr.indexOf('/');
        int bits = Integer.parseInt(cidr.substring(slash + 1));
        long mask = bits == 0 ? 0 : (0xFFFFFFFFL << (32 - bits)) & 0xFFFFFFFFL;
        return (number(cidr.substring(0, slash)) & mask) == (number(address) & mask);
    }

    /// Whether it is an IPv6 address at all.
    static boolean isIpv6(String address) {
        try {
            return address.matches("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")
                    && InetAddress.ofLiteral(address).getAddress().length == IPV6_BYTES;
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    /// Whether an IPv6 address has the same first bits, a multiple of eight, as another.
    static boolean sharesPrefix(String network, int bits, String address) {
        int bytes = bits / Byte.SIZE;
        return isIpv6(address)
                && Arrays.equals(
                        InetAddress.ofLiteral(network).getAddress(),
                        0,
                        bytes,
                        InetAddress.ofLiteral(address).getAddress(),
                        0,
                        bytes);
    }

    /// Whether the text is an IPv4 range whose host bits are zero.
    static boolean isRange(String text) {
        if (!text.matches("[0-9.]+/\\d{1,2}")) {
            return false;
        }
        int slash = text.indexOf('/');
        int bits = Integer.parseInt(text.substring(slash + 1));
        String address = text.substring(0, slash);
        return bits <= 32
                && Loopback.isIpv4(address)
                && (bits == 32 || (number(address) & (0xFFFFFFFFL >>> bits)) == 0);
    }

    private static long number(String address) {
        long number = 0;
        for (String octet : address.split("\\.")) {
            number = number * 256 + Integer.parseInt(octet);
        }
        return number;
    }
}
