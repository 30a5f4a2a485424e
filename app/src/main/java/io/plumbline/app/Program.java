package io.plumbline.app;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.VersionInfo;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.plumbline.controller.loop.Controller;
import io.plumbline.controller.loop.ControllerOptions;
import io.plumbline.controller.loop.ControllerOptions.LeaseOptions;
import io.plumbline.controller.plan.Mode;
import io.plumbline.readinessgate.gate.GateSettings;
import io.plumbline.readinessgate.watch.GateLoop;
import io.plumbline.readinessgate.watch.GateMeters;
import io.plumbline.readinessgate.watch.GateWatch;
import io.plumbline.readinessgate.watch.KubernetesPodWrites;
import io.plumbline.readinessgate.webhook.KubernetesNamespaces;
import io.plumbline.readinessgate.webhook.PodAdmission;
import io.plumbline.readinessgate.webhook.Webhook;
import io.plumbline.readinessgate.webhook.WebhookNames;
import io.plumbline.readinessgate.webhook.WebhookSettings;
import io.plumbline.readinessgate.webhook.WebhookSettings.SleepAction;
import io.plumbline.spi.CallGate;
import io.plumbline.spi.Capabilities;
import io.plumbline.spi.Provider;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything that `plumbline run` runs: a controller for each provider, the readiness gates, and the endpoints
/// for probes and metrics.
public final class Program implements AutoCloseable {
    /// Load balancers that are worked on at the same time. Virtual threads wait cheaply; the clouds' rates limit.
    private static final int WORKERS = 64;

    private static final Logger LOG = LoggerFactory.getLogger(Program.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final List<Controller> controllers = new ArrayList<>();
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final KubernetesClient client;
    private final InetAddress webhookHost;
    private final Webhook webhook;
    private final StatusServer status;

    private Program(Settings settings, List<Function<CallGate, Provider>> providers) {
        client = ApiServer.client(settings.kubeconfig());
        webhookHost = settings.places().webhook().getAddress();
        parts.push(client);
        try {
            LOG.info("asking the API server at {}", client.getMasterUrl());
            VersionInfo version = ApiServer.version(client);
            String mark = settings.claims().clusterId().orElseGet(() -> ApiServer.asked(client, ApiServer::uid));
            for (int index = 0; index < providers.size(); index++) {
                begin(controller(settings, settings.providers().get(index), providers.get(index), mark), settings);
            }
            webhook = webhook(settings, version);
            parts.push(webhook);
            status = StatusServer.start(settings.places().status(), metrics, this::ready);
            parts.push(status);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /// Starts all of it and returns; it runs until it is closed.
    ///
    /// @throws UserError naming all that is missing, before anything is called; or if the API server is out
    /// of reach
    public static Program start(Settings settings) {
        return new Program(settings, Providers.online(settings.providers(), settings.clouds()));
    }

    private void begin(Controller controller, Settings settings) {
        parts.push(controller);
        controllers.add(controller);
        if (settings.mode() != Mode.OBSERVE) {
            parts.push(gates(controller));
        }
        controller.start();
    }

    private Controller controller(Settings settings, String name, Function<CallGate, Provider> provider, String mark) {
        ControllerOptions options = new ControllerOptions(
                settings.controllerSettings(name, mark), settings.mode(), settings.lease(name), WORKERS);
        return new Controller(client, provider, options, metrics);
    }

    /// One for all providers: a Pod gets one gate, whichever cloud it is behind.
    private Webhook webhook(Settings settings, VersionInfo version) {
        WebhookSettings rights = new WebhookSettings(
                settings.mode() != Mode.OBSERVE, SleepAction.of(version.getMajor(), version.getMinor()));
        PodAdmission admission = new PodAdmission(
                controllers.stream().map(Controller::registrations).toList(), new KubernetesNamespaces(client), rights);
        return Webhook.start(
                client,
                WebhookNames.shipped(settings.lease().namespace()),
                settings.places().webhook(),
                admission,
                new Webhook.Surroundings(InstantSource.system(), metrics));
    }

    private GateLoop gates(Controller controller) {
        Capabilities capabilities = controller.provider().capabilities();
        GateWatch.Parts parts = new GateWatch.Parts(
                controller.registrations(),
                controller.provider()::health,
                new KubernetesPodWrites(client),
                capabilities.limits().loadBalancersPerHealthCall());
        GateSettings gates = GateSettings.usual(capabilities.nativeGateTypes());
        GateMeters meters = new GateMeters(metrics, capabilities.provider());
        return GateLoop.start(
                executor -> new GateWatch(parts, gates, InstantSource.system(), executor, meters), controller::leader);
    }

    /// Where `/healthz`, `/readyz` and `/metrics` are.
    public InetSocketAddress statusAddress() {
        return status.address();
    }

    /// Where the webhook is; empty while its certificate is not trusted yet.
    public Optional<InetSocketAddress> webhookAddress() {
        return webhook.port().isPresent()
                ? Optional.of(new InetSocketAddress(webhookHost, webhook.port().getAsInt()))
                : Optional.empty();
    }

    /// Every controller has seen the cluster.
    public boolean ready() {
        return controllers.stream().allMatch(Controller::ready);
    }

    /// Every controller may write.
    public boolean leader() {
        return controllers.stream().allMatch(Controller::leader);
    }

    /// Stops all of it, what was started last first, within 10 seconds; leases are handed over.
    @Override
    public synchronized void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                LOG.warn("stopping: {}", e.toString());
            }
        }
    }

    /// How it is run.
    ///
    /// @param providers names, as `--provider` gives them
    /// @param lease of one provider; each has a Lease of its own
    public record Settings(
            List<String> providers,
            ProviderSettings clouds,
            Claims claims,
            Mode mode,
            Optional<Path> kubeconfig,
            LeaseOptions lease,
            Places places) {
        public Settings {
            providers = List.copyOf(providers);
        }

        /// Which objects are ours, and what marks them.
        ///
        /// @param clusterId empty for the UID of kube-system
        /// @param classless providers that Services without a class belong to
        public record Claims(Optional<String> clusterId, SortedSet<String> classless, boolean everyPodDirect) {}

        /// Where it listens; port 0 takes a free one.
        public record Places(InetSocketAddress status, InetSocketAddress webhook) {}

        private io.plumbline.controller.desired.Settings controllerSettings(String provider, String mark) {
            return new io.plumbline.controller.desired.Settings(
                    mark,
                    provider,
                    new TreeSet<>(),
                    claims.classless().contains(provider),
                    claims.everyPodDirect(),
                    Optional.empty(),
                    new TreeSet<>(Providers.offline(provider).capabilities().nativeGateTypes()));
        }

        private LeaseOptions lease(String provider) {
            return new LeaseOptions(
                    lease.namespace(),
                    lease.name() + "-" + provider,
                    lease.identity(),
                    lease.duration(),
                    lease.renewDeadline(),
                    lease.retryPeriod());
        }
    }
}
