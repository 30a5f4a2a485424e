package io.plumbline.aliyun;

import io.plumbline.spi.Answer;
import io.plumbline.spi.Answer.Got;
import io.plumbline.spi.Answer.Missed;
import io.plumbline.spi.model.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Finds the network interfaces of addresses: 100 in a call.
final class Interfaces {
    private final Calls calls;

    Interfaces(Calls calls) {
        this.calls = calls;
    }

    /// The interface of each address that our network knows; others are left out.
    Answer<SortedMap<String, String>> of(List<Address.Ip> addresses) {
        SortedMap<String, String> found = new TreeMap<>();
        for (boolean ipv6 : new boolean[] {false, true}) {
            List<String> family = addresses.stream()
                    .map(Address.Ip::ip)
                    .filter(ip -> ip.contains(":") == ipv6)
                    .distinct()
                    .sorted()
                    .toList();
            for (int from = 0; from < family.size(); from += Limits.ADDRESSES_PER_CALL) {
                List<String> some = family.subList(from, Math.min(family.size(), from + Limits.ADDRESSES_PER_CALL));
                switch (some(some)) {
                    case Missed<SortedMap<String, String>> missed -> {
                        return missed;
                    }
                    case Got<SortedMap<String, String>>(var interfaces) -> found.putAll(interfaces);
                }
            }
        }
        return new Got<>(found);
    }

    private Answer<SortedMap<String, String>> some(List<String> addresses) {
        SortedSet<String> asked = new TreeSet<>(addresses);
        TreeMap<String, String> found = new TreeMap<>();
        Optional<String> next = Optional.empty();
        do {
            switch (calls.interfaces(addresses, next).asAnswer()) {
                case Missed<Fields>(var failure) -> {
                    return new Missed<>(failure);
                }
                case Got<Fields>(Fields page) -> {
                    Optional<List<Fields>> interfaces = page.list("NetworkInterfaceSets", "NetworkInterfaceSet");
                    if (interfaces.isEmpty()) {
                        return new Missed<>(
                                Failures.broken("DescribeNetworkInterfaces: the reply lacks what was asked for"));
                    }
                    interfaces
                            .get()
                            .forEach(one -> addresses(one).stream()
                                    .filter(address -> asked.contains(address))
                                    .forEach(address -> found.put(address, one.textOrNone("NetworkInterfaceId"))));
                    next = page.text("NextToken");
                }
            }
        } while (next.isPresent());
        return new Got<>(found);
    }

    private static List<String> addresses(Fields shown) {
        List<String> addresses =
                new ArrayList<>(shown.text("PrivateIpAddress").stream().toList());
        shown.list("PrivateIpSets", "PrivateIpSet")
                .orElseGet(List::of)
                .forEach(ip -> ip.text("PrivateIpAddress").ifPresent(addresses::add));
        shown.list("Ipv6Sets", "Ipv6Set")
                .orElseGet(List::of)
                .forEach(ip -> ip.text("Ipv6Address").ifPresent(addresses::add));
        return addresses;
    }
}
