package io.plumbline.controller.desired;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/// A range of addresses: those that share the first `length` bits with `network`.
record Cidr(Bits network, int length) {
    /// An address as a number, and how many bits its family has.
    record Bits(BigInteger value, int width) {
        static Optional<Bits> parse(String address) {
            try {
                byte[] bytes = InetAddress.ofLiteral(address).getAddress();
                return Optional.of(new Bits(new BigInteger(1, bytes), bytes.length * Byte.SIZE));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        BigInteger prefix(int count) {
            return value.shiftRight(width - count);
        }
    }

    /// Reads `10.0.0.0/16` or `fd00::/64`; empty where it is neither.
    static Optional<Cidr> parse(String text) {
        String[] parts = text.strip().split("/", -1);
        return parts.length == 2 && parts[1].matches("\\d{1,3}")
                ? Bits.parse(parts[0])
                        .filter(network -> Integer.parseInt(parts[1]) <= network.width())
                        .map(network -> new Cidr(network, Integer.parseInt(parts[1])))
                : Optional.empty();
    }

    /// Whether one of several ranges, separated by commas, has the address.
    static boolean anyContains(String ranges, String address) {
        return Arrays.stream(ranges.split(","))
                .flatMap(range -> parse(range).stream())
                .anyMatch(range -> range.contains(address));
    }

    boolean contains(String address) {
        return Bits.parse(address)
                .filter(other ->
                        other.width() == network.width() && other.prefix(length).equals(network.prefix(length)))
                .isPresent();
    }
}
