package io.plumbline.fake;

import io.plumbline.spi.CallGate;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.Provider.ApplyRequest;
import io.plumbline.spi.Provider.HealthQuestion;
import io.plumbline.spi.Provider.ReadRequest;
import io.plumbline.spi.Scope;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Health;
import io.plumbline.spi.model.HealthCheck;
import io.plumbline.spi.model.Ids;
import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.ListenerKey;
import io.plumbline.spi.model.LoadBalancer;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Options;
import io.plumbline.spi.model.Owned;
import io.plumbline.spi.model.Ownership;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.Resource;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.model.Stickiness;
import io.plumbline.spi.model.Transport;
import io.plumbline.spi.objects.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.Assertions;

/// A cloud, a provider on it, and one Service's load balancer with one port.
final class Given {
    static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
    static final ObjectKey SERVICE = ObjectKey.service("web", "shop");
    static final Mark MARK = new Mark("cluster-1", SERVICE, "uid-1");
    static final LoadBalancerKey KEY = new LoadBalancerKey.Managed(SERVICE, "uid-1");
    static final ListenerKey LISTENER = new ListenerKey(KEY, Transport.TCP, 80);
    static final PoolKey POOL = PoolKey.of(SERVICE, Transport.TCP, 80);
    private static final Reason WANTED = new Reason(Reason.DESIRED, "desired, absent");

    private Instant now = START;
    final FakeCloud cloud;
    final FakeProvider provider;

    Given(Traits traits) {
        cloud = new FakeCloud(traits, () -> now);
        provider = new FakeProvider(cloud, CallGate.OPEN);
    }

    void wait(Duration duration) {
        now = now.plus(duration);
    }

    List<Outcome> apply(Change... changes) {
        return apply(KEY, MARK, changes);
    }

    List<Outcome> apply(LoadBalancerKey key, Mark mark, Change... changes) {
        Ids ids = actual(key, mark).ids();
        return provider.apply(
                new ApplyRequest(key, mark, List.of(MARK, mark), 1, ids, List.of(pool()), List.of(changes)));
    }

    Actual actual() {
        return actual(KEY, MARK);
    }

    Actual actual(LoadBalancerKey key, Mark mark) {
        return provider.read(new ReadRequest(key, new Scope.Whole(), mark, List.of(MARK, mark), Ids.none()))
                .asOptional()
                .orElseThrow();
    }

    Health health() {
        return provider.health(List.of(new HealthQuestion(KEY, List.of(POOL), actual().ids())))
                .asOptional()
                .orElseThrow()
                .getFirst();
    }

    /// The load balancer with its listener, its pool and these members, made and settled.
    Given serving(String... ips) {
        List<Resource> parts = cloud.traits().inlinePools()
                ? List.of(loadBalancer(), listener())
                : List.of(loadBalancer(), pool(), listener());
        parts.forEach(part -> done(create(part)));
        for (String ip : ips) {
            done(create(backend(ip)));
        }
        return this;
    }

    void done(Change change) {
        Outcome outcome = apply(change).getFirst();
        if (outcome instanceof Outcome.Pending(Outcome.Task task, Duration pollAfter)) {
            wait(pollAfter);
            outcome = provider.poll(KEY, task);
        }
        Assertions.assertThat(outcome).isInstanceOf(Outcome.Done.class);
    }

    static Change create(Resource resource) {
        return new Change.Create(resource, WANTED, List.of());
    }

    static Change remove(Owned<? extends Resource> was) {
        return new Change.Remove(was, WANTED, List.of());
    }

    static Change drain(Owned<Backend> was) {
        return new Change.Drain(was, WANTED, List.of());
    }

    static <T> Owned<T> owned(T value) {
        return (Owned<T>) Ownership.decide(MARK, Optional.of(MARK), value);
    }

    static LoadBalancer loadBalancer() {
        return new LoadBalancer(KEY, Setting.unmanaged(), Setting.unmanaged(), FakeOptions.OfBalancer.unmanaged());
    }

    static Listener listener() {
        return new Listener.Tcp(LISTENER, POOL, Setting.unmanaged(), true, FakeOptions.OfListener.unmanaged());
    }

    static Pool pool() {
        return new Pool(
                POOL,
                Transport.TCP,
                Pool.Targets.PODS,
                HealthCheck.unmanaged(),
                Stickiness.unmanaged(),
                Setting.unmanaged(),
                new Options.None());
    }

    static Backend backend(String ip) {
        return new Backend(key(ip), Setting.managed(10), Optional.of("pod-" + ip));
    }

    static BackendKey key(String ip) {
        return new BackendKey(POOL, new Address.Ip(ip), 8080);
    }
}
