package io.plumbline.app;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.plumbline.app.ProviderOptions.ProviderSettings;
import io.plumbline.controller.loop.Controller;
import io.plumbline.controller.loop.ControllerOptions;
import io.plumbline.controller.loop.ControllerOptions.LeaseOptions;
import io.plumbline.controller.plan.Mode;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/// Everything that `plumbline run` runs: a controller for each provider, the readiness gates, and the endpoints for
/// probes and metrics.
public final class Program implements AutoCloseable {
    /// Load balancers that are worked on at the same time. Virtual threads wait cheaply; the clouds' rates are the limit.
    private static final int WORKERS = 64;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final List<Controller> controllers = new ArrayList<>();

    private Program() {}

    /// Starts all of it and returns; it runs until it is closed.
    ///
    /// @throws UserError naming what is missing
    public static Program start(Settings settings) {
        Program program = new Program();
        try {
            program.begin(settings);
            return program;
        } catch (RuntimeException e) {
            program.close();
            throw e;
        }
    }

    private void begin(Settings settings) {
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        KubernetesClient client = Live.client(settings.kubeconfig());
        parts.push(client);
        String mark = settings.claims().clusterId().orElseGet(() -> Live.uid(client));
        for (String provider : settings.providers()) {
            Controller controller = controller(provider, mark, settings, client, metrics);
            parts.push(controller);
            controllers.add(controller);
        }
        parts.push(StatusServer.start(settings.places().status(), metrics, this::ready));
        controllers.forEach(Controller::start);
    }
}
