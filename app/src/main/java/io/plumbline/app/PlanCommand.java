package io.plumbline.app;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.plumbline.app.Values.Output;
import io.plumbline.app.Values.OutputValue;
import io.plumbline.app.Values.ProviderNames;
import io.plumbline.controller.desired.Settings;
import io.plumbline.controller.snapshot.ClusterObjects;
import io.plumbline.controller.snapshot.Manifests;
import io.plumbline.controller.snapshot.Manifests.Reading;
import io.plumbline.spi.CallGate;
import io.plumbline.spi.Provider;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.ServiceView;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `plumbline plan`.
@Command(
        name = "plan",
        sortOptions = false,
        modelTransformer = ProviderOptions.class,
        header = "Shows what would be done for Services, and why; changes nothing.",
        description = {
            "%nWithout --live nothing is called: Services, EndpointSlices, Pods, Nodes and the cloud's own kinds come from"
                    + " the files, and no load balancer exists yet.%n",
            "With --live the objects come from the cluster, those of the files in place of their namesakes, and the load"
                    + " balancers are read from the cloud.%n",
            "Planned for are Services of type LoadBalancer whose class is plumbline.io/NAME, and those without a class"
                    + " that are in a file or, with --live, claimed by --claim-classless.%n",
            "Each line begins with what is done:%n"
                    + "  + create   ~ update   ± replace   > drain   - remove   ? wait   . leave alone%n"
                    + "A line with ! is a problem, and says what to change. With -o json it is one object:%n"
                    + "  {\"changes\":[{\"action\",\"kind\",\"key\",\"reason\",\"fields\":{}}],%n"
                    + "   \"problems\":[{\"object\",\"field\",\"message\"}]}%n"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:nothing to do",
            "1:an error; or there are only problems, and nothing can be planned",
            "2:there is something to do"
        },
        footer = {"%nExample:", "  plumbline plan -f service.yaml -f pods.yaml --provider tencent"})
final class PlanCommand implements Callable<Integer> {
    private static final int SOMETHING_TO_DO = 2;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description =
                    "A file or folder of manifests, YAML or JSON; - is standard input. May be given several times.")
    private List<String> files = List.of();

    @Option(
            names = "--provider",
            required = true,
            paramLabel = "NAME",
            completionCandidates = ProviderNames.class,
            description = "The cloud: ${COMPLETION-CANDIDATES}.")
    private String provider = "";

    @Option(
            names = {"-o", "--output"},
            defaultValue = "text",
            paramLabel = "text|json",
            converter = OutputValue.class,
            description = "How to print it. Default: ${DEFAULT-VALUE}.")
    private Output output = Output.TEXT;

    @Option(names = "--live", description = "Plans against the live cluster and cloud.")
    private boolean live;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (files.isEmpty() && !live) {
            throw new UserError("give -f FILE, or --live");
        }
        Logs.warningsOnly();
        Planning planning = live ? live() : offline();
        PrintWriter out = spec.commandLine().getOut();
        switch (output) {
            case TEXT -> out.print(planning.text());
            case JSON -> out.println(PlanJson.of(planning));
        }
        out.flush();
        return exitCode(planning);
    }

    private static int exitCode(Planning planning) {
        if (planning.plans().isEmpty() && !planning.problems().isEmpty()) {
            return Main.ERROR;
        }
        return planning.converged() ? 0 : SOMETHING_TO_DO;
    }

    private Planning offline() {
        Provider cloud = Providers.offline(provider);
        ClusterObjects objects = objects(cloud);
        Settings settings = settings(cloud, "offline");
        return Planning.offline(objects, cloud, settings, Instant.now())
                .withStrangers(objects, cloud.dialect(), settings);
    }

    private Planning live() {
        ProviderSettings settings = ProviderOptions.settings(spec, System.getenv());
        Provider cloud = Providers.online(provider, settings).apply(CallGate.OPEN);
        ClusterObjects named = objects(cloud);
        try (KubernetesClient client = ApiServer.impatientClient(cluster.kubeconfig())) {
            ClusterObjects objects = ApiServer.asked(client, reached -> Live.read(reached, named, cloud.dialect()));
            Settings chosen =
                    settings(cloud, cluster.clusterId().orElseGet(() -> ApiServer.asked(client, ApiServer::uid)));
            return Planning.live(claimed(objects, named), cloud, chosen, Instant.now())
                    .withStrangers(named, cloud.dialect(), chosen);
        }
    }

    private Settings settings(Provider cloud, String mark) {
        return Planning.settings(provider, cloud, mark, cluster.everyPodDirect());
    }

    /// Without the Services that have no class and that nobody asked about.
    private ClusterObjects claimed(ClusterObjects all, ClusterObjects named) {
        TreeMap<ObjectKey, ServiceView> services = new TreeMap<>(all.servicesByKey());
        services.values()
                .removeIf(service -> service.loadBalancerClass().isEmpty()
                        && !cluster.classless().contains(provider)
                        && !named.servicesByKey().containsKey(service.key()));
        return new ClusterObjects(
                services, all.slicesByKey(), all.podsByKey(), all.nodesByKey(), all.customByKey(), all.kindsKnown());
    }

    private ClusterObjects objects(Provider cloud) {
        return switch (Manifests.read(files, System.in, cloud.dialect().customKinds())) {
            case Reading.Read(ClusterObjects objects) -> objects;
            case Reading.Unreadable(String message) -> throw new UserError(message);
        };
    }
}
