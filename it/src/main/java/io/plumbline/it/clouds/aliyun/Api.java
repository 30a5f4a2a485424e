package io.plumbline.it.clouds.aliyun;

import static io.plumbline.it.clouds.aliyun.Refusal.unless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.ChangeLog;
import io.plumbline.it.clouds.ChangeLog.CallKind;
import io.plumbline.it.clouds.Fault;
import io.plumbline.it.clouds.FaultScript;
import io.plumbline.it.clouds.Request;
import io.plumbline.it.clouds.Response;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// From a request to its reply: who asks, whether it may be asked, what the fault script has in mind, the action,
/// the envelope.
final class Api {
    private static final InstantSource REAL_TIME = InstantSource.system();
    private static final String CUT = "ConnectionCut";

    private final Estate estate;
    private final FaultScript faults;
    private final Throttle throttle;
    private final Keys keys;
    private final Roles roles;
    private final Actions actions;

    Api(Estate estate, Pools pools, FaultScript faults) {
        this.estate = estate;
        this.faults = faults;
        this.throttle = new Throttle(estate.limits);
        this.keys = new Keys(estate.account);
        this.roles = new Roles(estate, keys);
        this.actions = new Actions(estate, pools);
    }

    /// A request whose sender, product and action are known.
    private record Asked(Product product, String action, ObjectNode body, String requestId) {}

    Response answer(Request request) {
        String requestId = String.format(Locale.ROOT, "00000000-0000-4000-8000-%012X", estate.count("request"));
        String action = request.header("x-acs-action").orElse("");
        try {
            Parameters parameters = Parameters.of(request);
            action = request.header("x-acs-action")
                    .or(() -> parameters.find("Action"))
                    .orElse("");
            String version = request.header("x-acs-version")
                    .or(() -> parameters.find("Version"))
                    .orElse("");
            if (version.equals(Roles.VERSION) && action.equals(Roles.ACTION)) {
                return roleAssumed(parameters, requestId);
            }
            Product product = admitted(request, parameters, action, version);
            Optional<Fault> fault = faults.strike(action, kind(action) == CallKind.WRITE);
            Asked asked = new Asked(product, action, product.contract().read(action, parameters.all()), requestId);
            return fault.isPresent() ? struck(fault.get(), asked) : done(asked, Optional.empty(), Duration.ZERO);
        } catch (Refusal refusal) {
            note(action, "", Optional.of(refusal.code()));
            return refused(refusal, requestId, Duration.ZERO);
        }
    }

    private Response roleAssumed(Parameters parameters, String requestId) {
        ObjectNode reply = roles.assume(parameters.all(), REAL_TIME.instant()).put("RequestId", requestId);
        note(Roles.ACTION, "", Optional.empty());
        return Response.ok(reply.toString());
    }

    private Product admitted(Request request, Parameters parameters, String action, String version) {
        unless(
                request.method().equals("POST") || request.method().equals("GET"),
                "UnsupportedHTTPMethod",
                "This http method is not supported.");
        unless(!action.isEmpty(), "MissingParameter", "Action is mandatory for this action.");
        Signature.check(request, parameters, keys, REAL_TIME.instant());
        Product product = Product.of(version)
                .orElseThrow(() -> new Refusal("InvalidVersion", "Specified parameter Version is not valid."));
        unless(
                product.contract().has(action),
                "InvalidAction.NotFound",
                "Specified api is not found, please check your url and method.");
        unless(
                Actions.serves(action),
                "UnsupportedOperation",
                "The simulation does not serve the action " + action + ".");
        boolean json = request.header("Authorization").isPresent()
                || parameters.find("Format").orElse("XML").equalsIgnoreCase("JSON");
        unless(json, "InvalidFormat", "The simulation knows the Format JSON only.");
        String region = parameters.find("RegionId").orElse(estate.account.region());
        unless(
                region.isEmpty() || region.equals(estate.account.region()),
                "InvalidRegionId.NotFound",
                "The specified RegionId does not exist.");
        throttle.take(action, estate.agenda.now());
        return product;
    }

    private Response struck(Fault fault, Asked asked) {
        return switch (fault.kind()) {
            case DELAY -> done(asked, Optional.empty(), fault.delay());
            case ERROR -> failed(fault, asked, fault.code().orElse("InternalError"));
            // There are no asynchronous tasks that could fail.
            case TASK_FAIL -> failed(fault, asked, "InternalError");
            case DROP -> {
                note(asked.action(), resource(asked.body()), Optional.of(CUT));
                yield new Response.Cut(fault.delay());
            }
            case LOSE -> {
                Response lost = done(asked, Optional.empty(), fault.delay());
                yield new Response.Cut(lost.delay());
            }
            case PARTIAL -> done(asked, Optional.of(Fault.Kind.PARTIAL), fault.delay());
        };
    }

    private Response failed(Fault fault, Asked asked, String code) {
        Refusal refusal = Refusal.scripted(code);
        note(asked.action(), resource(asked.body()), Optional.of(code));
        return refused(refusal, asked.requestId(), fault.delay());
    }

    private Response done(Asked asked, Optional<Fault.Kind> trouble, Duration delay) {
        // What is deleted is still known by name here.
        String resource = resource(asked.body());
        try {
            ObjectNode reply = actions.act(new ApiCall(asked.action(), asked.body(), trouble));
            reply.put("RequestId", asked.requestId());
            asked.product().contract().checkReply(asked.action(), reply);
            note(asked.action(), resource.isEmpty() ? resource(reply) : resource, Optional.empty());
            return new Response.Answer(200, reply.toString(), delay);
        } catch (Refusal refusal) {
            note(asked.action(), resource, Optional.of(refusal.code()));
            return refused(refusal, asked.requestId(), delay);
        }
    }

    static CallKind kind(String action) {
        return action.startsWith("Describe") || action.startsWith("List") ? CallKind.READ : CallKind.WRITE;
    }

    /// The balancer that a call names, itself or by something of it; else the other resource that it names.
    private String resource(JsonNode body) {
        if (body.has("VServerGroupId") && !body.has("LoadBalancerId")) {
            String group = body.path("VServerGroupId").asText();
            return estate.findGroup(group).map(found -> found.balancer.id).orElse(group);
        }
        if (body.has("DomainExtensionId") && !body.has("LoadBalancerId")) {
            String domain = body.path("DomainExtensionId").asText();
            return estate.balancers.values().stream()
                    .filter(balancer -> balancer.listeners.values().stream()
                            .anyMatch(listener -> listener.domains.containsKey(domain)))
                    .map(balancer -> balancer.id)
                    .findFirst()
                    .orElse(domain);
        }
        for (String name : List.of("LoadBalancerId", "ResourceId", "AclId", "ServerCertificateId")) {
            JsonNode named = body.path(name);
            if (!named.isMissingNode()) {
                return named.isArray() ? named.path(0).asText() : named.asText();
            }
        }
        return "";
    }

    private void note(String action, String resource, Optional<String> code) {
        estate.log.add(new ChangeLog.Call(estate.agenda.now(), action, kind(action), resource, code));
    }

    private static Response refused(Refusal refusal, String requestId, Duration delay) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("RequestId", requestId)
                .put("HostId", "slb.aliyuncs.com")
                .put("Code", refusal.code())
                .put("Message", refusal.message())
                .put("Recommend", "https://error-center.aliyun.com/status/search?Keyword=" + refusal.code());
        return new Response.Answer(refusal.status(), body.toString(), delay);
    }
}
