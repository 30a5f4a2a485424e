package io.plumbline.it.cluster.nodeproxy;

import io.plumbline.it.clouds.Transport;
import java.util.Comparator;

/// A port of a node.
///
/// @param node the Node's name
record Place(String node, Transport transport, int port) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
            Comparator.comparing(Place::node).thenComparing(Place::transport).thenComparingInt(Place::port);

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }
}
