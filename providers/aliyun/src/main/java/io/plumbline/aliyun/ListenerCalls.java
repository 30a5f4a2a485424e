package io.plumbline.aliyun;

import io.plumbline.aliyun.AliyunListenerOptions.Acl;
import io.plumbline.aliyun.Lowering.Need;
import io.plumbline.spi.Provider.ApplyRequest;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.FieldChange;
import io.plumbline.spi.model.AccessListKey;
import io.plumbline.spi.model.Key;
import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.ListenerKey;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.Resource;
import io.plumbline.spi.model.RuleAction;
import io.plumbline.spi.model.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Changes of listeners, and of pools' settings, which live in them -> calls.
final class ListenerCalls {
    private static final String RUNNING = "running";

    private final ApplyRequest request;

    ListenerCalls(ApplyRequest request) {
        this.request = request;
    }

    /// A new listener is stopped until it is started (https://help.aliyun.com/document_detail/27597.html).
    Need create(Listener wanted) {
        Optional<String> loadBalancer = request.ids().id(request.key());
        Optional<Need> hindrance = hindrance(wanted);
        if (hindrance.isPresent()) {
            return hindrance.get();
        }
        return loadBalancer
                .<Need>map(id -> new Need.Send(creation(id, wanted)))
                .orElseGet(() -> Need.unknown(request.key().text()));
    }

    private Optional<Need> hindrance(Listener wanted) {
        if (protocol(wanted).isEmpty()) {
            return Optional.of(Need.rejected(wanted.key().name() + ": this cloud has no such listener"));
        }
        AliyunListenerOptions options = AliyunListenerOptions.of(wanted.options());
        if (wanted instanceof Listener.Https
                && options.tls().certificateId().asOptional().isEmpty()) {
            return Optional.of(Need.rejected(
                    "an https listener needs a certificate: set " + Annotations.full(Annotations.CERTIFICATE)));
        }
        return needed(wanted).filter(key -> request.ids().id(key).isEmpty()).map(key -> Need.unknown(key.text()));
    }

    /// What a listener names by its identifier, the first that is not known before all others.
    private Optional<Key> needed(Listener wanted) {
        List<Key> keys = new ArrayList<>(wanted.pools());
        accessList(wanted).asOptional().flatMap(list -> list).ifPresent(keys::add);
        return keys.stream().filter(key -> request.ids().id(key).isEmpty()).findFirst();
    }

    private List<Call> creation(String loadBalancer, Listener wanted) {
        String protocol = protocol(wanted).orElse("");
        int port = wanted.key().port();
        TreeMap<String, String> parameters = new TreeMap<>(Requests.listener(loadBalancer, port));
        parameters.put("Description", Names.marked(mark(wanted)));
        Optional<Integer> forward = forwardPort(wanted);
        if (forward.isPresent()) {
            parameters.put("HealthCheck", "off");
            parameters.put("ListenerForward", "on");
            parameters.put("ForwardPort", String.valueOf(forward.get()));
        } else {
            parameters.put("Bandwidth", String.valueOf(Limits.UNLIMITED_BANDWIDTH));
            parameters.putAll(settings(wanted, protocol, true));
            if (HealthChecks.isLayer7(protocol)) {
                parameters.putIfAbsent("HealthCheck", "off");
            }
        }
        List<Call> calls = new ArrayList<>();
        calls.add(new Call.Plain("CreateLoadBalancer" + upper(protocol) + "Listener", parameters));
        if (wanted.running()) {
            calls.add(switching("StartLoadBalancerListener", loadBalancer, protocol, port));
        }
        extensions(wanted)
                .filter(pairs -> !pairs.byName().isEmpty())
                .ifPresent(pairs -> calls.add(new Call.SetExtensions(loadBalancer, port, pairs)));
        return calls;
    }

    /// The listener's own settings, its pool's, and which pool that is.
    private SortedMap<String, String> settings(Listener wanted, String protocol, boolean creating) {
        TreeMap<String, String> parameters = new TreeMap<>();
        parameters.putAll(Requests.options(AliyunListenerOptions.of(wanted.options())));
        parameters.putAll(acl(wanted));
        for (PoolKey key : wanted.pools()) {
            pool(key).ifPresent(pool -> parameters.putAll(Requests.settings(pool, protocol, creating)));
            request.ids().id(key).ifPresent(id -> {
                parameters.put("VServerGroupId", id);
                if (!creating) {
                    parameters.put("VServerGroup", "on");
                }
            });
        }
        return parameters;
    }

    /// Ours comes before the user's own.
    private SortedMap<String, String> acl(Listener wanted) {
        Optional<Optional<AccessListKey>> ours = accessList(wanted).asOptional();
        Optional<Acl> users = AliyunListenerOptions.of(wanted.options()).acl().asOptional();
        Optional<String> id =
                ours.flatMap(list -> list).flatMap(list -> request.ids().id(list));
        if (id.isPresent()) {
            return acl("white", id.get());
        }
        if (users.isPresent() && !users.get().ids().isEmpty()) {
            return acl(users.get().type(), String.join(",", users.get().ids()));
        }
        return users.isPresent() || ours.isPresent() ? Lowering.one("AclStatus", "off") : new TreeMap<>();
    }

    private static SortedMap<String, String> acl(String type, String ids) {
        TreeMap<String, String> parameters = new TreeMap<>();
        parameters.put("AclStatus", "on");
        parameters.put("AclType", type);
        parameters.put("AclId", ids);
        return parameters;
    }

    /// @param fields that differ
    Need update(Listener wanted, List<FieldChange> fields) {
        Optional<String> loadBalancer = request.ids().id(request.key());
        Optional<Need> hindrance = hindranceOfUpdate(wanted);
        if (hindrance.isPresent() || loadBalancer.isEmpty()) {
            return hindrance.orElseGet(() -> Need.unknown(request.key().text()));
        }
        String protocol = protocol(wanted).orElse("");
        int port = wanted.key().port();
        List<Call> calls = new ArrayList<>();
        if (forwardPort(wanted).isEmpty() && fields.stream().anyMatch(ListenerCalls::isSetting)) {
            TreeMap<String, String> parameters = new TreeMap<>(Requests.listener(loadBalancer.get(), port));
            parameters.putAll(settings(wanted, protocol, false));
            calls.add(new Call.Plain("SetLoadBalancer" + upper(protocol) + "ListenerAttribute", parameters));
        }
        if (fields.stream().anyMatch(field -> field.field().equals(RUNNING))) {
            String action = wanted.running() ? "StartLoadBalancerListener" : "StopLoadBalancerListener";
            calls.add(switching(action, loadBalancer.get(), protocol, port));
        }
        extensions(wanted)
                .filter(pairs -> fields.stream().anyMatch(ListenerCalls::isExtension))
                .ifPresent(pairs -> calls.add(new Call.SetExtensions(loadBalancer.get(), port, pairs)));
        return new Need.Send(calls);
    }

    private static boolean isSetting(FieldChange field) {
        return !field.field().equals(RUNNING) && !isExtension(field);
    }

    private static boolean isExtension(FieldChange field) {
        return field.field().startsWith("options.tls.domainExtensions");
    }

    private Optional<Need> hindranceOfUpdate(Listener wanted) {
        return protocol(wanted).isEmpty() ? hindrance(wanted) : needed(wanted).map(key -> Need.unknown(key.text()));
    }

    Need replace(Listener was, Listener wanted) {
        Need removal = remove(was);
        Need creation = create(wanted);
        if (removal instanceof Need.Send(List<Call> first) && creation instanceof Need.Send(List<Call> then)) {
            List<Call> calls = new ArrayList<>(first);
            calls.addAll(then);
            return new Need.Send(calls);
        }
        return creation instanceof Need.Send ? removal : creation;
    }

    Need remove(Listener gone) {
        return request.ids()
                .id(request.key())
                .map(id -> Need.send(switching(
                        "DeleteLoadBalancerListener",
                        id,
                        protocol(gone).orElse(""),
                        gone.key().port())))
                .orElseGet(() -> Need.unknown(request.key().text()));
    }

    /// A pool's settings are those of its listener. One that is made in the same request is made with
    /// them, and so is one that is made later: then nothing is left to do.
    Need update(Pool pool) {
        Optional<String> id = request.ids().byKey().entrySet().stream()
                .filter(entry -> entry.getKey() instanceof ListenerKey key
                        && key.name().equals(pool.key().name()))
                .map(java.util.Map.Entry::getValue)
                .findFirst();
        if (id.isEmpty() || isMade(pool)) {
            return new Need.Send(List.of());
        }
        String[] parts = id.get().split("/", -1);
        String protocol = parts[1];
        TreeMap<String, String> parameters = new TreeMap<>(Requests.listener(parts[0], Integer.parseInt(parts[2])));
        parameters.putAll(Requests.settings(pool, protocol, false));
        return Need.send(new Call.Plain("SetLoadBalancer" + upper(protocol) + "ListenerAttribute", parameters));
    }

    private boolean isMade(Pool pool) {
        return request.changes().stream()
                .anyMatch(change -> (change instanceof Change.Create || change instanceof Change.Replace)
                        && change.key() instanceof ListenerKey key
                        && key.name().equals(pool.key().name()));
    }

    private static Call switching(String action, String loadBalancer, String protocol, int port) {
        TreeMap<String, String> parameters = new TreeMap<>(Requests.listener(loadBalancer, port));
        parameters.put("ListenerProtocol", protocol);
        return new Call.Plain(action, parameters);
    }

    /// As the API calls it; empty where it has none.
    static Optional<String> protocol(Listener listener) {
        return switch (listener) {
            case Listener.Tcp tcp -> Optional.of("tcp");
            case Listener.Udp udp -> Optional.of("udp");
            case Listener.Http http -> Optional.of("http");
            case Listener.Https https -> Optional.of("https");
            case Listener.TcpUdp both -> Optional.empty();
            case Listener.Tls tls -> Optional.empty();
        };
    }

    private static String upper(String protocol) {
        return protocol.toUpperCase(Locale.ROOT);
    }

    /// An HTTP listener can forward only to one that is there.
    static int rank(Change change) {
        return switch (change) {
            case Change.Remove remove when forwards(remove.was().value()) -> 0;
            case Change.Create create when forwards(create.desired()) -> 2;
            case Change.Replace replace when forwards(replace.desired()) -> 2;
            case Change.Create other -> 1;
            case Change.Update other -> 1;
            case Change.Replace other -> 1;
            case Change.Drain other -> 1;
            case Change.Remove other -> 1;
            case Change.Await other -> 1;
            case Change.Leave other -> 1;
        };
    }

    private static boolean forwards(Resource resource) {
        return resource instanceof Listener listener && forwardPort(listener).isPresent();
    }

    private static Optional<Integer> forwardPort(Listener listener) {
        return listener instanceof Listener.Http http && http.defaultAction() instanceof RuleAction.Redirect redirect
                ? Optional.of(redirect.port())
                : Optional.empty();
    }

    private static Optional<Pairs> extensions(Listener listener) {
        return listener instanceof Listener.Https
                ? AliyunListenerOptions.of(listener.options())
                        .tls()
                        .domainExtensions()
                        .asOptional()
                : Optional.empty();
    }

    static Setting<Optional<AccessListKey>> accessList(Listener listener) {
        return switch (listener) {
            case Listener.Tcp tcp -> tcp.accessList();
            case Listener.Udp udp -> udp.accessList();
            case Listener.TcpUdp both -> both.accessList();
            case Listener.Tls tls -> tls.accessList();
            case Listener.Http http -> http.accessList();
            case Listener.Https https -> https.accessList();
        };
    }

    private Optional<Pool> pool(PoolKey key) {
        return request.pools().stream().filter(pool -> pool.key().equals(key)).findFirst();
    }

    /// That of the claimant whose port it is.
    private Mark mark(Listener listener) {
        return AliyunListenerOptions.of(listener.options())
                .holder()
                .asOptional()
                .orElseGet(() -> holder(listener));
    }

    private Mark holder(Listener listener) {
        return request.claimants().stream()
                .filter(mark ->
                        listener.pools().stream().anyMatch(pool -> pool.object().equals(mark.object())))
                .findFirst()
                .orElse(request.owner());
    }
}
