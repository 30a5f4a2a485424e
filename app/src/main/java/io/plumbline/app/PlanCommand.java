package io.plumbline.app;

import io.plumbline.controller.snapshot.ClusterObjects;
import io.plumbline.controller.snapshot.Manifests;
import io.plumbline.controller.snapshot.Manifests.Reading;
import io.plumbline.spi.CallGate;
import io.plumbline.spi.Provider;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `plumbline plan`.
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Shows what would be done for the Services of type LoadBalancer, and why. Changes nothing.",
            "",
            "Without --live nothing is called: Services, EndpointSlices, Pods and Nodes come from the files, and no load",
            "balancer exists yet. With --live the objects come from the cluster, those in files in place of their",
            "namesakes, and the load balancers are read from the cloud.",
            "",
            "Each line begins with what is done: + create, ~ update, ± replace, > drain, - remove, ? wait, . leave."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:nothing to do", "1:an error, or nothing can be planned", "2:there is something to do"})
final class PlanCommand implements Callable<Integer> {
    private static final int SOMETHING_TO_DO = 2;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description =
                    "A file or folder of manifests, YAML or JSON; - is standard input. May be given several times.")
    private List<String> files = List.of();

    @Option(names = "--provider", required = true, paramLabel = "NAME", description = "The cloud: tencent, fake.")
    private String provider = "";

    @Option(
            names = {"-o", "--output"},
            defaultValue = "text",
            paramLabel = "text|json",
            description = "How to print it. Default: ${DEFAULT-VALUE}.")
    private String output = "text";

    @Option(names = "--live", description = "Plans against the live cluster and cloud.")
    private boolean live;

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "With --live: how to reach the API server.")
    private Optional<Path> kubeconfig = Optional.empty();

    @Option(names = "--cluster-id", paramLabel = "ID", description = "With --live: as the controller is run with.")
    private String clusterId = "";

    @Mixin
    private ProviderOptions clouds = new ProviderOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (files.isEmpty() && !live) {
            throw new UserError("give -f FILE, or --live");
        }
        Planning planning = live ? live() : offline();
        PrintWriter out = spec.commandLine().getOut();
        switch (output) {
            case "text" -> out.print(planning.text());
            case "json" -> out.println(PlanJson.of(planning));
            default -> throw new UserError("-o is text or json, not " + output);
        }
        out.flush();
        if (planning.plans().isEmpty() && !planning.problems().isEmpty()) {
            return Main.ERROR;
        }
        return planning.converged() ? 0 : SOMETHING_TO_DO;
    }

    private Planning offline() {
        Provider cloud = Providers.offline(provider);
        return Planning.offline(objects(cloud), cloud, Planning.settings(provider, cloud, "offline"), Instant.now());
    }

    private Planning live() {
        Provider cloud =
                Providers.online(provider, clouds.settings(System.getenv())).apply(CallGate.OPEN);
        try (Live cluster = Live.connect(kubeconfig)) {
            ClusterObjects objects = cluster.with(objects(cloud), cloud.dialect());
            String mark = clusterId.isBlank() ? cluster.uid() : clusterId;
            return Planning.live(objects, cloud, Planning.settings(provider, cloud, mark), Instant.now());
        }
    }

    private ClusterObjects objects(Provider cloud) {
        return switch (Manifests.read(files, System.in, cloud.dialect().customKinds())) {
            case Reading.Read(ClusterObjects objects) -> objects;
            case Reading.Unreadable(String message) -> throw new UserError(message);
        };
    }
}
