package io.plumbline.aws;

import java.util.Locale;

/// One thing that a security group lets in, `tcp/80 from 10.0.0.0/8`.
///
/// @param protocol as EC2 writes it: `tcp`, `udp`, `icmp`, `icmpv6`, `-1`
/// @param from first port, or the type of an ICMP message; -1 for all
/// @param to last port, or the code of an ICMP message; -1 for all
/// @param source a CIDR, a prefix list, a security group
record SecurityRule(String protocol, int from, int to, String source) implements Comparable<SecurityRule> {
    static SecurityRule port(String protocol, int port, String source) {
        return new SecurityRule(protocol.toLowerCase(Locale.ROOT), port, port, source);
    }

    String text() {
        String ports = from == to ? String.valueOf(from) : from + ":" + to;
        return protocol + "/" + ports + " from " + source;
    }

    static SecurityRule parse(String text) {
        String[] parts = text.split(" from ", 2);
        String[] what = parts[0].split("/", 2);
        String[] ports = what[1].split(":", 2);
        int first = Integer.parseInt(ports[0]);
        return new SecurityRule(what[0], first, ports.length == 1 ? first : Integer.parseInt(ports[1]), parts[1]);
    }

    boolean fromPrefixList() {
        return source.startsWith("pl-");
    }

    boolean fromGroup() {
        return source.startsWith("sg-");
    }

    @Override
    public int compareTo(SecurityRule other) {
        return text().compareTo(other.text());
    }
}
