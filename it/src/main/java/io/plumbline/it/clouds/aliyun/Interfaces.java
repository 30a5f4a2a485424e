package io.plumbline.it.clouds.aliyun;

import io.plumbline.it.clouds.Network;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// The network interfaces of the VPC. Every address in it is the private address of one: a node's is the primary
/// address of its instance's own interface, a Pod's is a secondary one. An interface's id follows from the
/// address.
final class Interfaces {
    private static final String PREFIX = "eni-";

    private final Network network;

    Interfaces(Network network) {
        this.network = network;
    }

    /// The id of the interface that has an address.
    static String idOf(String address) {
        StringBuilder id = new StringBuilder(PREFIX);
        for (String part : address.split("\\.")) {
            id.append(HexFormat.of().toHexDigits((byte) Integer.parseInt(part)));
        }
        return id.toString();
    }

    /// The address of the interface with an id, if the VPC has it.
    Optional<String> addressOf(String id) {
        if (!id.matches(PREFIX + "[0-9a-f]{8}")) {
            return Optional.empty();
        }
        byte[] parts = HexFormat.of().parseHex(id.substring(PREFIX.length()));
        String address = (parts[0] & 255) + "." + (parts[1] & 255) + "." + (parts[2] & 255) + "." + (parts[3] & 255);
        return Optional.of(address).filter(this::exists);
    }

    boolean exists(String address) {
        return instanceAt(address).isPresent() || network.hasAddress(address);
    }

    /// The instance whose own address this is.
    Optional<String> instanceAt(String address) {
        return network.instances().entrySet().stream()
                .filter(instance -> instance.getValue().equals(address))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
