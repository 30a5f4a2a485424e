package io.plumbline.it.cluster.kubelet;

/// A port that a container of a Pod opens.
record PodPort(Protocol protocol, int number) {

    enum Protocol {
        TCP,
        UDP
    }

    PodPort {
        if (number < 1 || number > 65_535) {
            throw new IllegalArgumentException("no port: " + number);
        }
    }
}
