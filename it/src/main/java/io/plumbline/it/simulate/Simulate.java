package io.plumbline.it.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.CloudServer;
import io.plumbline.it.clouds.Network;
import io.plumbline.it.clouds.SimulatedCloud;
import io.plumbline.it.clouds.aliyun.SimulatedAliyun;
import io.plumbline.it.clouds.aws.SimulatedAws;
import io.plumbline.it.clouds.tencent.SimulatedTencent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Serves simulated clouds until it is told to stop by a signal.
@Command(
        name = "simulate",
        header = "Serves simulated clouds, for your own client.",
        description = {
            "%nServes simulated clouds on 127.0.0.1 until it is stopped. They speak their real wire protocols, and what is"
                    + " made in them carries real traffic on 127.200.x.y.%n",
            "The first line on standard output is one JSON object: for each cloud its endpoint, region, keys, and the ids"
                    + " that exist. State and change log: GET ENDPOINT/__simulation/state. More: docs/simulation.md.%n"
        },
        footer = {"%nExample:", "  plumbline simulate --clouds tencent"})
public final class Simulate implements Callable<Integer> {
    @Option(
            names = "--clouds",
            required = true,
            split = ",",
            paramLabel = "CLOUD",
            description = "Which clouds: ${COMPLETION-CANDIDATES}.")
    private List<CloudName> clouds = List.of();

    @Option(
            names = "--turn-off",
            split = ",",
            paramLabel = "LIMIT",
            description = "Quotas, delays and buckets to turn off in every cloud, for example requests-per-second.")
    private List<String> turnedOff = List.of();

    /// The clouds that can be simulated, by the name that the command line takes.
    enum CloudName {
        aliyun,
        aws,
        tencent
    }

    /// Serves; returns only when it is interrupted.
    @Override
    public Integer call() throws IOException, InterruptedException {
        Set<CloudName> names = new LinkedHashSet<>(clouds);
        ObjectNode connections = JsonNodeFactory.instance.objectNode();
        List<AutoCloseable> open = new ArrayList<>();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(open), "close"));
        List<SimulatedCloud> all = names.stream().map(Simulate::cloud).toList();
        if (!unknown(all).isEmpty()) {
            System.err.println("no cloud has these limits: " + String.join(", ", unknown(all)));
            return CommandLine.ExitCode.USAGE;
        }
        for (SimulatedCloud cloud : all) {
            turnOff(cloud);
            CloudServer server = CloudServer.serve(cloud);
            open.add(server);
            open.add(cloud);
            connections.set(cloud.name(), cloud.connection(server.endpoint()));
        }
        System.out.println(connections);
        System.out.flush();
        turnedOff.forEach(limit -> System.err.println("turned off: " + limit));
        System.err.println("serving "
                + String.join(", ", names.stream().map(CloudName::toString).toList()) + "; stop with Ctrl-C");
        new CountDownLatch(1).await();
        return 0;
    }

    private static SimulatedCloud cloud(CloudName name) {
        return switch (name) {
            case aliyun -> SimulatedAliyun.onSockets(network("i"));
            case aws -> SimulatedAws.onSockets(network("i"));
            case tencent -> SimulatedTencent.onSockets(network("ins"));
        };
    }

    /// A VPC in which every address is a network interface, and two instances, which every cloud names in its own
    /// way.
    private static Network network(String prefix) {
        Network network = Network.everyAddress();
        for (int host = 1; host <= 2; host++) {
            network.putInstance(String.format(Locale.ROOT, "%s-plumb%03d", prefix, host), "10.0.0." + host);
        }
        return network;
    }

    /// What a cloud does not have is another one's.
    private void turnOff(SimulatedCloud cloud) {
        JsonNode known = cloud.state().path("quotas");
        ObjectNode quotas = JsonNodeFactory.instance.objectNode();
        turnedOff.stream().filter(known::has).forEach(quotas::putNull);
        cloud.putQuotas(quotas);
    }

    /// The names that no cloud has.
    private List<String> unknown(List<SimulatedCloud> all) {
        return turnedOff.stream()
                .filter(limit -> all.stream()
                        .noneMatch(cloud -> cloud.state().path("quotas").has(limit)))
                .toList();
    }

    private static void close(List<AutoCloseable> open) {
        for (AutoCloseable each : open) {
            try {
                each.close();
            } catch (Exception failed) {
                System.err.println("while stopping: " + failed);
            }
        }
    }
}
