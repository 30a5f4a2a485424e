package io.plumbline.aws;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;

/// Prefixes of addresses that network interfaces have instead of single ones, each with its interface's security
/// groups: of IPv6 the Amazon VPC CNI plugin gives Pods no other addresses
/// (https://docs.aws.amazon.com/eks/latest/best-practices/ipv6.html), of IPv4 it does so where it is told to.
///
/// @param groups by prefix, in its shortest form
/// @param until when they are believed no more
record Prefixes(SortedMap<String, List<String>> groups, Instant until) {
    Prefixes {
        groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
    }

    static Prefixes none() {
        return new Prefixes(new TreeMap<>(), Instant.MIN);
    }

    static Prefixes of(List<NetworkInterface> interfaces, Instant until) {
        TreeMap<String, List<String>> groups = new TreeMap<>();
        for (NetworkInterface shown : interfaces) {
            Stream.concat(
                            shown.ipv4Prefixes().stream().map(prefix -> prefix.ipv4Prefix()),
                            shown.ipv6Prefixes().stream().map(prefix -> prefix.ipv6Prefix()))
                    .filter(Cidr::isOne)
                    .forEach(prefix -> groups.put(Cidr.canonical(prefix), Inquiries.ids(shown.groups())));
        }
        return new Prefixes(groups, until);
    }

    /// The security groups of the interface that has an address.
    Optional<List<String>> of(String address) {
        return groups.keySet().stream()
                .filter(prefix -> Cidr.isIpv6(prefix) == Cidr.isIpv6(address))
                .map(prefix -> prefix.substring(prefix.indexOf('/')))
                .distinct()
                .map(length -> address + length)
                .filter(Cidr::isOne)
                .flatMap(range -> Optional.ofNullable(groups.get(Cidr.canonical(range))).stream())
                .findFirst();
    }
}
