package io.plumbline.controller.loop;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.controller.apply.Budget;
import io.plumbline.controller.intake.Cluster;
import io.plumbline.controller.loop.KnownRegistrations.Working;
import io.plumbline.controller.loop.Reconciler.Ports;
import io.plumbline.controller.loop.Reconciler.Rules;
import io.plumbline.controller.loop.Schedule.Job;
import io.plumbline.spi.CallGate;
import io.plumbline.spi.PodRegistrations;
import io.plumbline.spi.Provider;
import io.plumbline.spi.Provider.ReadRequest;
import io.plumbline.spi.model.LoadBalancerKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The whole controller for one provider: informers, election, queue and workers.
public final class Controller implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Controller.class);

    /// At most this share of what the cloud documents: others use the account too.
    private static final double SHARE = 0.5;

    private static final Duration FINISHING = Duration.ofSeconds(6);
    private static final Duration NOT_NOW = Duration.ofSeconds(1);

    private final InstantSource clock = new MonotonicClock();
    private final ControllerOptions options;
    private final MeterRegistry meters;
    private final LeaseGuard guard;
    private final Provider provider;
    private final Cluster cluster;
    private final KeyedQueue<LoadBalancerKey> queue;
    private final Leadership leadership;
    private final PodRegistrations registrations;
    private final TermStart start;
    private volatile Optional<Running> running = Optional.empty();

    /// One lease term, as soon as everything has synced.
    private record Running(Working working, Reconciler reconciler) {}

    /// @param provider is given the gate that every one of its calls must ask
    public Controller(
            KubernetesClient client,
            Function<CallGate, Provider> provider,
            ControllerOptions options,
            MeterRegistry meters) {
        this.options = options;
        this.meters = meters;
        this.guard = new LeaseGuard(options.lease().renewDeadline(), System::nanoTime);
        LateGate gate = new LateGate();
        this.provider = provider.apply(gate);
        gate.becomes(guard.before(new Budget(this.provider.capabilities().rates(), SHARE, System::nanoTime, meters)));
        this.queue = new KeyedQueue<>(clock, options.workers(), this::work);
        this.cluster = new Cluster(client, this.provider.dialect(), options.settings(), queue::wake);
        this.start = new TermStart(() -> cluster.synced() && guard.held(), this::begin);
        this.leadership = new Leadership(client, options.lease(), guard, new Terms());
        this.registrations =
                new KnownRegistrations(cluster, this.provider, options.settings(), () -> running.map(Running::working));
        Gauge.builder("plumbline.queue.depth", queue, KeyedQueue::depth)
                .tag("provider", options.settings().provider())
                .register(meters);
    }

    /// Starts informers and election, and returns at once.
    public void start() {
        cluster.start();
        leadership.start();
    }

    /// Every informer that feeds a decision has synced.
    public boolean ready() {
        return cluster.synced();
    }

    /// This process may write, and does.
    public boolean leader() {
        return guard.held() && running.isPresent();
    }

    /// Where Pods are registered; usable from construction on.
    public PodRegistrations registrations() {
        return registrations;
    }

    /// The provider, behind the gate of this controller.
    public Provider provider() {
        return provider;
    }

    /// Stops all work within 10 seconds and hands the lease over.
    @Override
    public void close() {
        start.close();
        if (!queue.stop(FINISHING)) {
            LOG.warn("some work has not ended within {} s", FINISHING.toSeconds());
        }
        running = Optional.empty();
        leadership.close();
        cluster.close();
    }

    private Visit work(Job<LoadBalancerKey> job) {
        return running.map(term -> term.reconciler.reconcile(job.key(), job.wokenAt()))
                .orElseGet(() -> new Visit.Again(NOT_NOW));
    }

    private void begin() {
        cluster.listen();
        Beginning beginning = Beginning.of(cluster.catalogue(), provider.dialect(), options.settings());
        Instant now = clock.instant();
        Term term = new Term(now, beginning.calm());
        Ports ports = new Ports(new GuardedCluster(cluster.port(), guard), provider, clock);
        Rules rules = new Rules(options.settings(), options.mode(), options.replacementGrace());
        running = Optional.of(
                new Running(new Working(term, now), new Reconciler(ports, rules, term, new Journal(meters))));
        beginning.stirring().forEach(key -> queue.wake(key, Schedule.Urgency.NORMAL));
        queue.appoint(beginning.calm());
        queue.start();
    }

    /// What winning and losing the election means.
    private final class Terms implements Leadership.Callbacks {
        @Override
        public void won() {
            start.won();
        }

        @Override
        public void lost() {
            start.lost();
            running = Optional.empty();
            queue.stop(Duration.ZERO);
        }
    }

    /// The provider is made before its limits are known, and asks no sooner than it is used.
    private static final class LateGate implements CallGate {
        private volatile CallGate gate = CallGate.OPEN;

        private void becomes(CallGate real) {
            gate = real;
        }

        @Override
        public Permission ask(String action, Sort sort) {
            return gate.ask(action, sort);
        }

        @Override
        public CallGate reading(ReadRequest request) {
            return gate.reading(request);
        }
    }
}
