package io.plumbline.aws;

import io.plumbline.aws.Call.Check;
import io.plumbline.aws.Call.Forward;
import io.plumbline.aws.Call.Times;
import io.plumbline.aws.Lowering.Need;
import io.plumbline.spi.Provider.ApplyRequest;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.HealthCheck;
import io.plumbline.spi.model.HealthCheck.Probe;
import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.ListenerKey;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.model.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Changes of target groups and listeners -> calls.
final class LoweringParts {
    private static final String IDLE = AwsListenerOptions.IDLE_TIMEOUT;

    private final ApplyRequest request;

    LoweringParts(ApplyRequest request) {
        this.request = request;
    }

    List<Call> create(Pool wanted) {
        GroupKind kind = GroupKind.of(wanted);
        String name = name(wanted.key(), kind);
        AwsPoolOptions options = AwsPoolOptions.of(wanted.options());
        String protocol =
                options.protocol().asOptional().orElse(wanted.transport().name());
        TreeMap<String, String> tags = new TreeMap<>(Names.withNote(Normalize.tags(options.tags())));
        tags.putAll(Names.tags(mark(wanted.key()), request.key()));
        tags.put(Names.POOL_TAG, wanted.key().name());
        List<Call> calls = new ArrayList<>();
        calls.add(new Call.CreateTargetGroup(name, protocol, port(wanted.key()), kind, completed(check(wanted)), tags));
        SortedMap<String, String> attributes =
                AttributeText.missing(attributes(wanted), TargetGroupAttributes.defaults(protocol, wanted.targets()));
        if (!attributes.isEmpty()) {
            calls.add(new Call.ModifyTargetGroupAttributes(Call.made(name), withType(attributes)));
        }
        return calls;
    }

    List<Call> update(Pool was, Pool wanted) {
        GroupIds ids = ids(wanted.key());
        List<Call> calls = new ArrayList<>();
        if (GroupKind.of(was) != GroupKind.of(wanted)) {
            calls.addAll(switching(asTheyServe(ids, was), wanted));
        } else if (differs(
                AwsPoolOptions.of(wanted.options()).leftover(),
                AwsPoolOptions.of(was.options()).leftover())) {
            calls.addAll(withoutLeftover(ids, wanted));
        }
        List<String> standing = java.util.stream.Stream.of(ids.active(), ids.coming())
                .flatMap(Optional::stream)
                .toList();
        Check check = check(wanted);
        SortedMap<String, String> attributes = AttributeText.missing(attributes(wanted), attributes(was));
        for (String group : standing) {
            if (!check.equals(merged(check, check(was)))) {
                calls.add(new Call.ModifyTargetGroup(group, check));
            }
            if (!attributes.isEmpty()) {
                calls.add(new Call.ModifyTargetGroupAttributes(group, withType(attributes)));
            }
            calls.addAll(tags(
                    group,
                    AwsPoolOptions.of(was.options()).tags(),
                    AwsPoolOptions.of(wanted.options()).tags()));
        }
        return calls;
    }

    /// Where the last members of the active one have gone by themselves, the coming one is what must not go before
    /// another is healthy.
    private static GroupIds asTheyServe(GroupIds ids, Pool was) {
        boolean empty = AwsPoolOptions.of(was.options()).leftover().equals(Setting.managed(true));
        return ids.coming()
                .filter(coming -> empty)
                .map(coming -> ids.after(Lowering.only(coming)))
                .orElse(ids);
    }

    /// A target group that has nothing left to do leaves the listener first, and goes then.
    private List<Call> withoutLeftover(GroupIds ids, Pool wanted) {
        Optional<String> listener = request.ids().id(listenerKey(wanted));
        return ids.coming().isPresent()
                ? listener.map(id -> forwarding(id, Lowering.only(ids.coming().get()))).stream()
                        .toList()
                : ids.loose().<Call>map(Call.DeleteTargetGroup::new).stream().toList();
    }

    /// From nodes to Pods, or from one family of addresses to the other: the target group for the new ones joins
    /// the listener at weight 0, where its health is asked for. One that stands there so already, and is not
    /// wanted any more, leaves.
    private List<Call> switching(GroupIds ids, Pool wanted) {
        Optional<String> listener = request.ids().id(listenerKey(wanted));
        Optional<String> active = ids.active();
        List<Call> calls = new ArrayList<>();
        GroupKind kind = GroupKind.of(wanted);
        if (active.flatMap(Names::kind).equals(Optional.of(kind))) {
            listener.ifPresent(id -> calls.add(forwarding(id, Lowering.only(active.get()))));
            return calls;
        }
        Optional<String> present = ids.of(kind);
        if (present.isEmpty()) {
            calls.addAll(create(wanted));
        }
        String next = present.orElseGet(() -> Call.made(name(wanted.key(), kind)));
        listener.ifPresent(id -> calls.add(forwarding(
                id,
                active.map(old -> List.of(new Forward(old, 1), new Forward(next, 0)))
                        .orElseGet(() -> Lowering.only(next)))));
        return calls;
    }

    private static Call forwarding(String listener, List<Forward> forwards) {
        return new Call.ModifyListener(listener, Optional.empty(), forwards);
    }

    /// The target group that a new member comes into: there, or made by an earlier call of the same request.
    Optional<String> group(Backend backend) {
        PoolKey key = backend.key().pool();
        Optional<GroupKind> wanted = pool(key)
                .map(GroupKind::of)
                .filter(kind -> kind.holds(backend.key().address()));
        Optional<String> toBeMade =
                request.ids().id(key).flatMap(any -> wanted).map(kind -> Call.made(name(key, kind)));
        return present(backend).or(() -> toBeMade);
    }

    /// At which the members of a pool are probed, if not at their own ports.
    Optional<Integer> checkPort(PoolKey key) {
        return pool(key)
                .flatMap(pool -> AwsPoolOptions.of(pool.options()).checkPort().asOptional())
                .filter(port -> !port.equals(AwsPoolOptions.TRAFFIC_PORT))
                .map(Integer::valueOf);
    }

    Optional<String> present(Backend backend) {
        return request.ids()
                .id(backend.key().pool())
                .map(GroupIds::parse)
                .flatMap(ids -> ids.holding(backend.key().address()));
    }

    /// Members of the other kind have taken over when the core removes those that they replace: so does the
    /// listener.
    Optional<Call> goingOver(Backend leaving, Reason reason) {
        PoolKey key = leaving.key().pool();
        Optional<Pool> wanted =
                pool(key).filter(pool -> !GroupKind.of(pool).holds(leaving.key().address()));
        Optional<String> coming = ids(key).coming();
        return reason.code().equals(Reason.UNWANTED)
                ? wanted.flatMap(pool -> request.ids().id(listenerKey(pool)))
                        .flatMap(listener -> coming.map(next -> forwarding(listener, Lowering.only(next))))
                : Optional.empty();
    }

    Need create(Listener wanted) {
        Optional<PoolKey> pool = Listeners.pool(wanted);
        Optional<String> loadBalancer = request.ids().id(request.key());
        if (pool.isEmpty()) {
            return Lowering.notYet(wanted);
        }
        Optional<String> group = serving(pool.get());
        if (loadBalancer.isEmpty() || group.isEmpty()) {
            return Lowering.unknown(
                    loadBalancer.isEmpty() ? request.key().text() : pool.get().text());
        }
        AwsListenerOptions options = AwsListenerOptions.of(wanted.options());
        boolean certified = options.certificate().asOptional().isPresent();
        if (options.protocol().asOptional().isEmpty() || (options.tls() && !certified)) {
            return Lowering.rejected(
                    "a TLS port needs a certificate: name one in " + Annotations.BETA + Annotations.CERTIFICATES);
        }
        String name = "listener/" + wanted.key().name();
        List<Call> calls = new ArrayList<>();
        calls.add(new Call.CreateListener(
                loadBalancer.get(),
                wanted.key().port(),
                name,
                options,
                Lowering.only(group.get()),
                Names.tags(mark(pool.get()), request.key())));
        options.idleTimeoutSeconds()
                .asOptional()
                .filter(seconds -> !seconds.equals(AwsListenerOptions.DEFAULT_IDLE_TIMEOUT))
                .ifPresent(seconds -> calls.add(idleTimeout(Call.made(name), seconds)));
        List<String> more = options.moreCertificates().asOptional().orElse(List.of());
        if (!more.isEmpty()) {
            calls.add(new Call.AddListenerCertificates(Call.made(name), more));
        }
        return new Need.Send(calls);
    }

    /// Of a pool with two target groups, the one that is wanted.
    private Optional<String> serving(PoolKey key) {
        GroupIds ids = ids(key);
        return pool(key).flatMap(pool -> ids.of(GroupKind.of(pool))).or(ids::active);
    }

    Need update(Listener was, Listener wanted) {
        Optional<String> id = request.ids().id(wanted.key());
        if (id.isEmpty()) {
            return Lowering.unknown(wanted.key().text());
        }
        AwsListenerOptions old = AwsListenerOptions.of(was.options());
        AwsListenerOptions options = AwsListenerOptions.of(wanted.options());
        List<Call> calls = new ArrayList<>();
        boolean settings = differs(options.protocol(), old.protocol())
                || differs(options.certificate(), old.certificate())
                || differs(options.policy(), old.policy())
                || differs(options.alpn(), old.alpn());
        if (settings) {
            calls.add(new Call.ModifyListener(id.get(), Optional.of(options), List.of()));
        }
        if (differs(options.idleTimeoutSeconds(), old.idleTimeoutSeconds())) {
            options.idleTimeoutSeconds().asOptional().ifPresent(seconds -> calls.add(idleTimeout(id.get(), seconds)));
        }
        calls.addAll(certificates(id.get(), old.moreCertificates(), options.moreCertificates()));
        return new Need.Send(calls);
    }

    private static Call idleTimeout(String listener, String seconds) {
        TreeMap<String, String> attributes = new TreeMap<>();
        attributes.put(IDLE, seconds);
        return new Call.ModifyListenerAttributes(listener, attributes);
    }

    private static List<Call> certificates(String id, Setting<List<String>> was, Setting<List<String>> wanted) {
        List<String> old = was.asOptional().orElse(List.of());
        List<String> next = wanted.asOptional().orElse(old);
        List<String> added = next.stream().filter(arn -> !old.contains(arn)).toList();
        List<String> removed = old.stream().filter(arn -> !next.contains(arn)).toList();
        List<Call> calls = new ArrayList<>();
        if (!added.isEmpty()) {
            calls.add(new Call.AddListenerCertificates(id, added));
        }
        if (!removed.isEmpty()) {
            calls.add(new Call.RemoveListenerCertificates(id, removed));
        }
        return calls;
    }

    private Check check(Pool pool) {
        HealthCheck check = pool.healthCheck();
        AwsPoolOptions options = AwsPoolOptions.of(pool.options());
        Optional<Probe> probe = check.probe().asOptional();
        Optional<Probe.Http> http =
                probe.flatMap(one -> one instanceof Probe.Http found ? Optional.of(found) : Optional.empty());
        boolean tls = options.checkTls().equals(Setting.managed(true));
        return new Check(
                probe.map(one -> http.isEmpty() ? "TCP" : tls ? "HTTPS" : "HTTP"),
                options.checkPort().asOptional(),
                http.map(Probe.Http::path),
                http.map(Probe.Http::codes),
                new Times(
                        seconds(check.interval()),
                        seconds(check.timeout()),
                        check.healthyThreshold().asOptional(),
                        check.unhealthyThreshold().asOptional()));
    }

    private static Optional<Integer> seconds(Setting<Duration> duration) {
        return duration.asOptional().map(Duration::toSeconds).map(Long::intValue);
    }

    /// A new target group gets the defaults of our table, which are not those of the API.
    private static Check completed(Check check) {
        int interval = check.times().interval().orElse(10);
        return new Check(
                Optional.of(check.protocol().orElse("TCP")),
                Optional.of(check.port().orElse(AwsPoolOptions.TRAFFIC_PORT)),
                check.path(),
                check.codes(),
                new Times(
                        Optional.of(interval),
                        Optional.of(check.times().timeout().orElse(Math.min(10, interval))),
                        Optional.of(check.times().healthy().orElse(3)),
                        Optional.of(check.times().unhealthy().orElse(3))));
    }

    /// `wanted`, as far as it wants something, else nothing; with what is there.
    private static Check merged(Check wanted, Check there) {
        return new Check(
                wanted.protocol().flatMap(any -> there.protocol()),
                wanted.port().flatMap(any -> there.port()),
                wanted.path().flatMap(any -> there.path()),
                wanted.codes().flatMap(any -> there.codes()),
                new Times(
                        wanted.times().interval().flatMap(any -> there.times().interval()),
                        wanted.times().timeout().flatMap(any -> there.times().timeout()),
                        wanted.times().healthy().flatMap(any -> there.times().healthy()),
                        wanted.times().unhealthy().flatMap(any -> there.times().unhealthy())));
    }

    private static SortedMap<String, String> attributes(Pool pool) {
        TreeMap<String, String> attributes =
                new TreeMap<>(AwsPoolOptions.of(pool.options()).attributes().managed());
        pool.stickiness()
                .enabled()
                .asOptional()
                .ifPresent(on -> attributes.put(TargetGroupAttributes.STICKINESS, String.valueOf(on)));
        return attributes;
    }

    private static SortedMap<String, String> withType(SortedMap<String, String> attributes) {
        TreeMap<String, String> all = new TreeMap<>(attributes);
        if ("true".equals(attributes.get(TargetGroupAttributes.STICKINESS))) {
            all.put(TargetGroupAttributes.STICKINESS_TYPE, "source_ip");
        }
        return all;
    }

    /// Tags that the user asked for.
    static List<Call> tags(
            String resource, Setting<SortedMap<String, String>> was, Setting<SortedMap<String, String>> wanted) {
        if (!differs(wanted, was)) {
            return List.of();
        }
        SortedMap<String, String> old = Normalize.tags(was);
        SortedMap<String, String> next = Normalize.tags(wanted);
        List<String> gone = new ArrayList<>(
                old.keySet().stream().filter(key -> !next.containsKey(key)).toList());
        List<Call> calls = new ArrayList<>();
        if (next.isEmpty()) {
            gone.add(Names.TAGS_TAG);
        } else {
            calls.add(new Call.AddTags(resource, Names.withNote(next)));
        }
        if (!gone.isEmpty()) {
            calls.add(new Call.RemoveTags(resource, gone));
        }
        return calls;
    }

    /// Something is wanted, and it is not so.
    static <T> boolean differs(Setting<T> wanted, Setting<T> was) {
        return wanted.asOptional().isPresent() && !wanted.equals(was);
    }

    private Optional<Pool> pool(PoolKey key) {
        return request.pools().stream().filter(pool -> pool.key().equals(key)).findFirst();
    }

    private GroupIds ids(PoolKey key) {
        return GroupIds.of(request.ids(), key);
    }

    private String name(PoolKey key, GroupKind kind) {
        return Names.targetGroup(mark(key), request.key(), key, kind);
    }

    /// The listener of a Service's port has the number of its pool.
    private ListenerKey listenerKey(Pool pool) {
        return new ListenerKey(request.key(), pool.transport(), port(pool.key()));
    }

    /// Of a pool named `tcp/80`.
    static int port(PoolKey key) {
        return Integer.parseInt(key.name().substring(key.name().indexOf('/') + 1));
    }

    /// Of a pool named `tcp/80`.
    static Transport transport(String poolName) {
        return Transport.valueOf(poolName.substring(0, poolName.indexOf('/')).toUpperCase(Locale.ROOT));
    }

    /// That of the claimant whose port it is.
    private Mark mark(PoolKey pool) {
        return request.claimants().stream()
                .filter(mark -> mark.object().equals(pool.object()))
                .findFirst()
                .orElse(request.owner());
    }
}
