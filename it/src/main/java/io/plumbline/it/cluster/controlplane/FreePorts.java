package io.plumbline.it.cluster.controlplane;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

final class FreePorts {

    /// Below Linux's ephemeral range, so that no outgoing connection takes a port between our look and its use.
    private static final int FIRST = 10_300;

    private static final int LAST = 19_900;

    private FreePorts() {}

    /// `count` different ports that are free on 127.0.0.1 now.
    static List<Integer> find(int count) {
        List<Integer> found = new ArrayList<>();
        while (found.size() < count) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            if (!found.contains(port) && isFree(port)) {
                found.add(port);
            }
        }
        return List.copyOf(found);
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
