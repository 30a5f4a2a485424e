package io.plumbline.app;

import io.plumbline.app.Program.Settings;
import io.plumbline.controller.loop.ControllerOptions.LeaseOptions;
import io.plumbline.controller.plan.Mode;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `plumbline run`.
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs the controller until it is stopped.",
            "",
            "It serves Services of type LoadBalancer whose spec.loadBalancerClass is plumbline.io/<provider>, and with",
            "--claim-classless also those that name no class. Several replicas elect a leader by a Lease.",
            "Secrets are read from the environment: TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY."
        })
final class Run implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(Run.class);
    private static final Duration STOPPING = Duration.ofSeconds(9);

    @Option(
            names = "--provider",
            required = true,
            paramLabel = "NAME",
            description = "A cloud to serve: tencent, fake. May be given several times.")
    private List<String> providers = List.of();

    @Option(
            names = "--cluster-id",
            paramLabel = "ID",
            description = "What marks this cluster's load balancers; the UID of the namespace kube-system if not given."
                    + " Never change it while there are load balancers.")
    private String clusterId = "";

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "How to reach the API server; inside a cluster the ServiceAccount is used.")
    private Optional<Path> kubeconfig = Optional.empty();

    @Option(
            names = "--mode",
            defaultValue = "sync",
            paramLabel = "MODE",
            description =
                    "sync: everything. upsert-only: removes no load balancer or listener; members still follow the"
                            + " Pods. observe: changes nothing, and logs its plans. Default: ${DEFAULT-VALUE}.")
    private String mode = "sync";

    @Option(
            names = "--claim-classless",
            paramLabel = "PROVIDER",
            description = "Services without a class belong to this provider.")
    private List<String> claimClassless = List.of();

    @Option(
            names = "--pod-network",
            defaultValue = "signs",
            paramLabel = "signs|vpc",
            description =
                    "signs: a Pod is bound directly if it shows that it has an address of its own in the VPC. vpc:"
                            + " every Pod has one. Default: ${DEFAULT-VALUE}.")
    private String podNetwork = "signs";

    @Mixin
    private ProviderOptions clouds = new ProviderOptions();

    @Option(
            names = "--namespace",
            defaultValue = "${env:POD_NAMESPACE:-kube-system}",
            paramLabel = "NAME",
            description = "Where the Lease and the webhook's Secret are. Default: POD_NAMESPACE, else kube-system.")
    private String namespace = "kube-system";

    @Option(names = "--lease-seconds", defaultValue = "15", description = "A silent leader is replaced after this.")
    private double leaseSeconds = 15;

    @Option(
            names = "--renew-seconds",
            defaultValue = "10",
            description = "A leader that cannot renew its lease stops after this; less than --lease-seconds.")
    private double renewSeconds = 10;

    @Option(names = "--retry-seconds", defaultValue = "2", description = "Between two attempts at the lease.")
    private double retrySeconds = 2;

    @Option(
            names = "--status-address",
            defaultValue = "0.0.0.0:8080",
            paramLabel = "HOST:PORT",
            description = "Serves /healthz, /readyz and /metrics. Default: ${DEFAULT-VALUE}.")
    private String statusAddress = "0.0.0.0:8080";

    @Option(
            names = "--webhook-address",
            defaultValue = "0.0.0.0:9443",
            paramLabel = "HOST:PORT",
            description = "Serves the admission webhook. Default: ${DEFAULT-VALUE}.")
    private String webhookAddress = "0.0.0.0:9443";

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
        return new Settings(
                providers,
                clouds.settings(environment),
                new Settings.Claims(
                        Optional.of(clusterId).filter(id -> !id.isBlank()),
                        new TreeSet<>(claimClassless),
                        everyPodDirect()),
                mode(),
                kubeconfig,
                new LeaseOptions(
                        namespace,
                        "plumbline",
                        environment.getOrDefault("POD_NAME", "plumbline") + "-" + UUID.randomUUID(),
                        seconds(leaseSeconds),
                        seconds(renewSeconds),
                        seconds(retrySeconds)),
                new Settings.Places(address(statusAddress), address(webhookAddress)));
    }

    private Mode mode() {
        return switch (mode) {
            case "sync" -> Mode.SYNC;
            case "upsert-only" -> Mode.UPSERT_ONLY;
            case "observe" -> Mode.OBSERVE;
            default -> throw new UserError("--mode is sync, upsert-only or observe, not " + mode);
        };
    }

    private boolean everyPodDirect() {
        return switch (podNetwork.toLowerCase(Locale.ROOT)) {
            case "signs" -> false;
            case "vpc" -> true;
            default -> throw new UserError("--pod-network is signs or vpc, not " + podNetwork);
        };
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        try {
            return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new UserError("an address looks like 0.0.0.0:8080, not " + text);
        }
    }
}
