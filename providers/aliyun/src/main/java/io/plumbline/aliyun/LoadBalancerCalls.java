package io.plumbline.aliyun;

import io.plumbline.aliyun.AliyunLoadBalancerOptions.Placement;
import io.plumbline.aliyun.Lowering.Need;
import io.plumbline.spi.Provider.ApplyRequest;
import io.plumbline.spi.model.LoadBalancer;
import io.plumbline.spi.model.LoadBalancer.AddressFamily;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import io.plumbline.spi.model.Resource;
import io.plumbline.spi.model.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Changes of a load balancer itself -> calls.
final class LoadBalancerCalls {
    private static final String PROTECTED = "ConsoleProtection";
    private static final String REASON = "managed.by.plumbline";
    private static final String BY_SPEC = "PayBySpec";

    private final ApplyRequest request;
    private final AliyunSettings settings;

    LoadBalancerCalls(ApplyRequest request, AliyunSettings settings) {
        this.request = request;
        this.settings = settings;
    }

    Need create(LoadBalancer wanted) {
        AliyunLoadBalancerOptions options = AliyunLoadBalancerOptions.of(wanted.options());
        boolean internal = wanted.scheme().equals(Setting.managed(Scheme.INTERNAL));
        boolean classic = options.placement().networkType().equals(Setting.managed("classic"));
        List<String> vSwitches = internal && !classic ? vSwitches(options.placement()) : List.of();
        if (internal && !classic && vSwitches.isEmpty()) {
            return Need.rejected("an internal load balancer needs a vSwitch: set "
                    + Annotations.full(Annotations.VSWITCH) + ", or name vSwitches in the settings");
        }
        int incarnation = request.key().incarnation();
        TreeMap<String, String> parameters = new TreeMap<>(settingsOf(options));
        parameters.put("AddressType", internal ? "intranet" : "internet");
        parameters.put(
                "AddressIPVersion",
                wanted.addressFamily().equals(Setting.managed(AddressFamily.IPV6)) ? "ipv6" : "ipv4");
        if (!vSwitches.isEmpty()) {
            parameters.put("VpcId", settings.vpcId());
        }
        parameters.putIfAbsent("InstanceChargeType", InstanceAnnotations.BY_USE);
        parameters.putIfAbsent(
                "LoadBalancerName", Names.loadBalancer(request.owner().object()));
        SortedMap<String, String> tags = Tags.mark(request.owner(), incarnation);
        tags.putAll(Tags.listedAndNamed(Tags.wanted(options.tags())));
        parameters.putAll(Requests.numbered(tags));
        return Need.send(new Call.CreateLoadBalancer(
                request.owner().token(request.attempt(), incarnation), parameters, vSwitches));
    }

    /// The one that the user names, or those of the settings, another one first for each Service.
    private List<String> vSwitches(Placement placement) {
        Optional<String> named = placement.vSwitchId().asOptional();
        if (named.isPresent()) {
            return List.of(named.get());
        }
        List<String> all = settings.vSwitchIds();
        List<String> turned = new ArrayList<>();
        for (int place = 0; place < all.size(); place++) {
            int first = Math.floorMod(request.owner().hash().hashCode(), all.size());
            turned.add(all.get((first + place) % all.size()));
        }
        return turned;
    }

    private static SortedMap<String, String> settingsOf(AliyunLoadBalancerOptions options) {
        TreeMap<String, String> parameters = new TreeMap<>();
        put(parameters, "LoadBalancerName", options.name());
        put(parameters, "InstanceChargeType", options.instanceChargeType());
        put(parameters, "LoadBalancerSpec", options.spec());
        put(parameters, "InternetChargeType", options.internetChargeType());
        put(parameters, "Bandwidth", options.bandwidth());
        options.deletionProtection()
                .asOptional()
                .ifPresent(on -> parameters.put("DeleteProtection", HealthChecks.onOff(on)));
        options.modificationProtection().asOptional().ifPresent(on -> parameters.putAll(modification(on)));
        put(parameters, "Address", options.placement().address());
        put(parameters, "MasterZoneId", options.placement().masterZoneId());
        put(parameters, "SlaveZoneId", options.placement().slaveZoneId());
        put(parameters, "ResourceGroupId", options.placement().resourceGroupId());
        return parameters;
    }

    private static SortedMap<String, String> modification(boolean on) {
        TreeMap<String, String> parameters = new TreeMap<>();
        parameters.put("ModificationProtectionStatus", on ? PROTECTED : "NonProtection");
        if (on) {
            parameters.put("ModificationProtectionReason", REASON);
        }
        return parameters;
    }

    private static void put(SortedMap<String, String> parameters, String name, Setting<?> value) {
        value.asOptional().ifPresent(present -> parameters.put(name, String.valueOf(present)));
    }

    Need update(Resource before, LoadBalancer wanted) {
        Optional<String> id = request.ids().id(request.key());
        if (id.isEmpty()) {
            return Need.unknown(request.key().text());
        }
        AliyunLoadBalancerOptions was = before instanceof LoadBalancer loadBalancer
                ? AliyunLoadBalancerOptions.of(loadBalancer.options())
                : AliyunLoadBalancerOptions.unmanaged();
        AliyunLoadBalancerOptions now = AliyunLoadBalancerOptions.of(wanted.options());
        List<Call> calls = new ArrayList<>();
        if (differs(was.name(), now.name())) {
            calls.add(call("SetLoadBalancerName", id.get(), only("LoadBalancerName", now.name())));
        }
        calls.addAll(payment(id.get(), was, now));
        if (differs(was.modificationProtection(), now.modificationProtection())) {
            now.modificationProtection()
                    .asOptional()
                    .ifPresent(
                            on -> calls.add(call("SetLoadBalancerModificationProtection", id.get(), modification(on))));
        }
        if (differs(was.deletionProtection(), now.deletionProtection())) {
            now.deletionProtection().asOptional().ifPresent(on -> calls.add(deletionProtection(id.get(), on)));
        }
        now.tags().asOptional().ifPresent(tags -> calls.addAll(tags(id.get(), Tags.wanted(was.tags()), tags)));
        return new Need.Send(calls);
    }

    private static List<Call> payment(String id, AliyunLoadBalancerOptions was, AliyunLoadBalancerOptions now) {
        List<Call> calls = new ArrayList<>();
        if (differs(was.instanceChargeType(), now.instanceChargeType())) {
            TreeMap<String, String> parameters = new TreeMap<>(only("InstanceChargeType", now.instanceChargeType()));
            put(parameters, "LoadBalancerSpec", now.spec());
            put(parameters, "InternetChargeType", now.internetChargeType());
            put(parameters, "Bandwidth", now.bandwidth());
            calls.add(call("ModifyLoadBalancerInstanceChargeType", id, parameters));
            return calls;
        }
        if (differs(was.spec(), now.spec()) && now.instanceChargeType().equals(Setting.managed(BY_SPEC))) {
            calls.add(call("ModifyLoadBalancerInstanceSpec", id, only("LoadBalancerSpec", now.spec())));
        }
        if (differs(was.internetChargeType(), now.internetChargeType()) || differs(was.bandwidth(), now.bandwidth())) {
            TreeMap<String, String> parameters = new TreeMap<>(only("InternetChargeType", now.internetChargeType()));
            put(parameters, "Bandwidth", now.bandwidth());
            calls.add(call("ModifyLoadBalancerInternetSpec", id, parameters));
        }
        return calls;
    }

    private static List<Call> tags(String id, Pairs was, Pairs now) {
        SortedMap<String, String> wanted = Tags.listedAndNamed(now);
        SortedMap<String, String> there = Tags.listedAndNamed(was);
        List<Call> calls = new ArrayList<>();
        SortedMap<String, String> set = new Pairs(wanted).beyond(new Pairs(there));
        if (!set.isEmpty()) {
            TreeMap<String, String> parameters = new TreeMap<>(resource(id));
            parameters.putAll(Requests.numbered(set));
            calls.add(new Call.Plain("TagResources", parameters));
        }
        List<String> gone =
                there.keySet().stream().filter(key -> !wanted.containsKey(key)).toList();
        if (!gone.isEmpty()) {
            TreeMap<String, String> parameters = new TreeMap<>(resource(id));
            parameters.putAll(Requests.numbered("TagKey", gone));
            calls.add(new Call.Plain("UntagResources", parameters));
        }
        return calls;
    }

    private static SortedMap<String, String> resource(String id) {
        TreeMap<String, String> parameters = new TreeMap<>();
        parameters.put("ResourceType", "instance");
        parameters.put("ResourceId.1", id);
        return parameters;
    }

    /// A protection that is ours is lifted first.
    Need remove(LoadBalancer gone) {
        Optional<String> id = request.ids().id(request.key());
        if (id.isEmpty()) {
            return Need.unknown(request.key().text());
        }
        Call delete = call("DeleteLoadBalancer", id.get(), new TreeMap<>());
        boolean isProtected = AliyunLoadBalancerOptions.of(gone.options())
                .deletionProtection()
                .equals(Setting.managed(true));
        return isProtected ? Need.send(deletionProtection(id.get(), false), delete) : Need.send(delete);
    }

    static Call deletionProtection(String id, boolean on) {
        return call("SetLoadBalancerDeleteProtection", id, Lowering.one("DeleteProtection", HealthChecks.onOff(on)));
    }

    private static Call call(String action, String id, SortedMap<String, String> others) {
        TreeMap<String, String> parameters = new TreeMap<>(others);
        parameters.put("LoadBalancerId", id);
        return new Call.Plain(action, parameters);
    }

    private static SortedMap<String, String> only(String name, Setting<?> value) {
        TreeMap<String, String> parameters = new TreeMap<>();
        put(parameters, name, value);
        return parameters;
    }

    private static boolean differs(Setting<?> was, Setting<?> now) {
        return now.asOptional().isPresent() && !now.equals(was);
    }
}
