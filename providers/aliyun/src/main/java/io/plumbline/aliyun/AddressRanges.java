package io.plumbline.aliyun;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// Ranges of addresses as the entries of an access control list are written: always with a length, and
/// without bits behind it (https://help.aliyun.com/document_detail/70023.html). A list has one address
/// family.
final class AddressRanges {
    private static final int IPV4_BITS = 32;
    private static final int OCTET_BITS = 8;

    private AddressRanges() {}

    static List<String> of(List<String> ranges, boolean ipv6) {
        return ranges.stream()
                .map(String::strip)
                .filter(range -> range.contains(":") == ipv6)
                .map(range -> ipv6 ? ipv6(range) : ipv4(range))
                .distinct()
                .sorted()
                .toList();
    }

    private static String ipv6(String range) {
        return range.contains("/") ? range : range + "/128";
    }

    private static String ipv4(String range) {
        String[] parts = range.split("/", 2);
        String[] octets = parts[0].split("\\.", -1);
        boolean plain = octets.length == 4
                && Arrays.stream(octets).allMatch(octet -> octet.matches("[0-9]{1,3}"))
                && (parts.length == 1 || parts[1].matches("[0-9]{1,2}"));
        if (!plain) {
            return range;
        }
        int bits = parts.length == 1 ? IPV4_BITS : Integer.parseInt(parts[1]);
        return masked(octets, bits) + "/" + bits;
    }

    private static String masked(String[] octets, int bits) {
        return Arrays.stream(places())
                .mapToObj(place -> {
                    int left = Math.clamp((long) bits - (long) place * OCTET_BITS, 0, OCTET_BITS);
                    int mask = 0xff << (OCTET_BITS - left) & 0xff;
                    return String.valueOf(Integer.parseInt(octets[place]) & mask);
                })
                .collect(Collectors.joining("."));
    }

    private static int[] places() {
        return new int[] {0, 1, 2, 3};
    }
}
