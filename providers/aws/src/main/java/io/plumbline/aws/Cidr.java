package io.plumbline.aws;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/// Address ranges as security groups take and show them: without host bits, and IPv6 in its shortest form.
final class Cidr {
    private static final int GROUPS = 8;
    private static final String ADDRESS = "[0-9]+(\\.[0-9]+){3}|[0-9a-fA-F.]*:[0-9a-fA-F.:]*";

    private Cidr() {}

    static boolean isOne(String text) {
        try {
            canonical(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static boolean isIpv6(String text) {
        return text.contains(":");
    }

    /// Throws IllegalArgumentException where it is no range.
    static String canonical(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 2 || !parts[1].matches("[0-9]{1,3}") || !parts[0].matches(ADDRESS)) {
            throw new IllegalArgumentException(text);
        }
        byte[] address = InetAddress.ofLiteral(parts[0]).getAddress();
        int length = Integer.parseInt(parts[1]);
        if (length > address.length * Byte.SIZE || (address.length == 4 && isIpv6(text))) {
            throw new IllegalArgumentException(text);
        }
        return text(masked(address, length)) + "/" + length;
    }

    /// An address as the cluster writes it; a text that is none stays as it is.
    static String address(String text) {
        String host = text + (isIpv6(text) ? "/128" : "/32");
        return isOne(host) ? canonical(host).substring(0, canonical(host).indexOf('/')) : text;
    }

    static boolean contains(String cidr, String address) {
        String length = cidr.substring(cidr.indexOf('/') + 1);
        return isOne(cidr)
                && isOne(address + "/" + length)
                && canonical(cidr).equals(canonical(address + "/" + length));
    }

    private static byte[] masked(byte[] address, int length) {
        byte[] masked = address.clone();
        for (int bit = length; bit < address.length * Byte.SIZE; bit++) {
            masked[bit / Byte.SIZE] &= (byte) ~(0x80 >> bit % Byte.SIZE);
        }
        return masked;
    }

    private static String text(byte[] address) {
        if (address.length == 4) {
            return (address[0] & 255) + "." + (address[1] & 255) + "." + (address[2] & 255) + "." + (address[3] & 255);
        }
        List<String> groups = new ArrayList<>();
        for (int index = 0; index < GROUPS; index++) {
            groups.add(Integer.toHexString(((address[2 * index] & 255) << 8) | (address[2 * index + 1] & 255)));
        }
        return shortest(groups);
    }

    /// The first of the longest runs of zeros is left out, if it is longer than one.
    private static String shortest(List<String> groups) {
        int best = 0;
        int start = -1;
        for (int from = 0; from < GROUPS; from++) {
            int to = from;
            while (to < GROUPS && groups.get(to).equals("0")) {
                to++;
            }
            if (to - from > Math.max(best, 1)) {
                best = to - from;
                start = from;
            }
        }
        return start < 0
                ? String.join(":", groups)
                : String.join(":", groups.subList(0, start)) + "::"
                        + String.join(":", groups.subList(start + best, GROUPS));
    }
}
