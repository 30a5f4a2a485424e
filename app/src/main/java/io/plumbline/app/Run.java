package io.plumbline.app;

import io.plumbline.app.Program.Settings;
import io.plumbline.app.Values.AddressValue;
import io.plumbline.app.Values.ModeValue;
import io.plumbline.app.Values.ProviderNames;
import io.plumbline.controller.loop.ControllerOptions.LeaseOptions;
import io.plumbline.controller.plan.Mode;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `plumbline run`.
@Command(
        name = "run",
        sortOptions = false,
        modelTransformer = ProviderOptions.class,
        header = "Runs the controller until it is stopped.",
        description = {
            "%nIt serves Services of type LoadBalancer whose spec.loadBalancerClass is plumbline.io/NAME, and with"
                    + " --claim-classless also those that name no class. Several replicas elect a leader by a Lease.%n",
            "Several clouds are served at once where --provider is given several times; each has a Lease of its own.%n",
            "The log is on standard error, one JSON object per line; PLUMBLINE_LOG_LEVEL (ERROR, WARN, INFO, DEBUG) says"
                    + " how much of it.%n"
        },
        footer = {
            "%nExample:",
            "  plumbline run --provider tencent --tencent-region ap-guangzhou \\",
            "      --tencent-vpc-id vpc-1a2b3c4d"
        })
final class Run implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(Run.class);
    private static final Duration STOPPING = Duration.ofSeconds(9);

    @Option(
            names = "--provider",
            required = true,
            paramLabel = "NAME",
            completionCandidates = ProviderNames.class,
            description = "A cloud to serve: ${COMPLETION-CANDIDATES}. May be given several times.")
    private List<String> providers = List.of();

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = "--mode",
            defaultValue = "sync",
            paramLabel = "MODE",
            converter = ModeValue.class,
            description =
                    "sync: everything. upsert-only: removes no load balancer or listener; backends still follow the"
                            + " Pods. observe: changes nothing, and logs its plans. Default: ${DEFAULT-VALUE}.")
    private Mode mode = Mode.SYNC;

    @Option(
            names = "--namespace",
            defaultValue = "${env:POD_NAMESPACE:-kube-system}",
            paramLabel = "NAME",
            description = "Where the Lease and the webhook's Secret are. Without it: POD_NAMESPACE, else kube-system.")
    private String namespace = "kube-system";

    @Option(
            names = "--lease-seconds",
            defaultValue = "15",
            paramLabel = "SECONDS",
            description = "A silent leader is replaced after this. Default: ${DEFAULT-VALUE}.")
    private double leaseSeconds = 15;

    @Option(
            names = "--renew-seconds",
            defaultValue = "10",
            paramLabel = "SECONDS",
            description = "A leader that cannot renew its Lease stops after this. Default: ${DEFAULT-VALUE}.")
    private double renewSeconds = 10;

    @Option(
            names = "--retry-seconds",
            defaultValue = "2",
            paramLabel = "SECONDS",
            description = "Between two attempts at the Lease. Default: ${DEFAULT-VALUE}.")
    private double retrySeconds = 2;

    @Option(
            names = "--status-address",
            defaultValue = "0.0.0.0:8080",
            paramLabel = "HOST:PORT",
            converter = AddressValue.class,
            description = "Serves /healthz, /readyz and /metrics. Default: ${DEFAULT-VALUE}.")
    private InetSocketAddress statusAddress = new InetSocketAddress(0);

    @Option(
            names = "--webhook-address",
            defaultValue = "0.0.0.0:9443",
            paramLabel = "HOST:PORT",
            converter = AddressValue.class,
            description = "Serves the admission webhook. Default: ${DEFAULT-VALUE}.")
    private InetSocketAddress webhookAddress = new InetSocketAddress(0);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(told, ended), "stop"));
        try (Program program = Program.start(settings(System.getenv()))) {
            LOG.info("serving {}, status at {}", providers, program.statusAddress());
            told.await();
        } finally {
            ended.countDown();
        }
        return 0;
    }

    /// The JVM ends when its hooks have: so this one waits until everything is stopped. It must not wait for the
    /// thread itself, which then calls System.exit and waits there for the hooks.
    private static void stop(CountDownLatch told, CountDownLatch ended) {
        told.countDown();
        try {
            if (!ended.await(STOPPING.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("not everything has stopped within {} s", STOPPING.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Settings settings(Map<String, String> environment) {
        if (!providers.containsAll(cluster.classless())) {
            throw new UserError(
                    "--claim-classless names a provider that is not run; run are: " + String.join(", ", providers));
        }
        return new Settings(
                providers.stream().distinct().toList(),
                ProviderOptions.settings(spec, environment),
                new Settings.Claims(cluster.clusterId(), cluster.classless(), cluster.everyPodDirect()),
                mode,
                cluster.kubeconfig(),
                lease(environment.getOrDefault("POD_NAME", "plumbline")),
                new Settings.Places(statusAddress, webhookAddress));
    }

    private LeaseOptions lease(String name) {
        if (!(leaseSeconds > renewSeconds && renewSeconds > retrySeconds && retrySeconds > 0)) {
            throw new UserError("--lease-seconds must be more than --renew-seconds, that more than --retry-seconds, and"
                    + " that more than 0");
        }
        return new LeaseOptions(
                namespace,
                "plumbline",
                name + "-" + UUID.randomUUID(),
                seconds(leaseSeconds),
                seconds(renewSeconds),
                seconds(retrySeconds));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
