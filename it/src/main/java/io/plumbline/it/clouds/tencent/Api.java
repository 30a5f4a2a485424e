package io.plumbline.it.clouds.tencent;

import static io.plumbline.it.clouds.tencent.Refusal.unless;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.ChangeLog;
import io.plumbline.it.clouds.ChangeLog.CallKind;
import io.plumbline.it.clouds.Fault;
import io.plumbline.it.clouds.FaultScript;
import io.plumbline.it.clouds.Request;
import io.plumbline.it.clouds.Resources;
import io.plumbline.it.clouds.Response;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// From a request to its reply: who asks, whether it may be asked, what the fault script has in mind, the action,
/// the envelope.
final class Api {
    private static final InstantSource REAL_TIME = InstantSource.system();
    private static final String ASSUME_ROLE = "AssumeRoleWithWebIdentity";
    private static final String CUT = "ConnectionCut";

    private final Estate estate;
    private final FaultScript faults;
    private final Throttle throttle;
    private final BalancerWrites balancerWrites;
    private final ListenerWrites listenerWrites;
    private final TargetWrites targetWrites;
    private final BalancerReads balancerReads;
    private final ListenerReads listenerReads;
    private final TokenService tokenService;

    Api(Estate estate, Tasks tasks, Pools pools, FaultScript faults) {
        this.estate = estate;
        this.faults = faults;
        this.throttle = new Throttle(estate.limits);
        this.balancerWrites = new BalancerWrites(estate, tasks, pools);
        this.listenerWrites = new ListenerWrites(estate, tasks, pools);
        this.targetWrites = new TargetWrites(estate, tasks, pools);
        this.balancerReads = new BalancerReads(estate, tasks);
        this.listenerReads = new ListenerReads(estate, pools);
        this.tokenService = new TokenService(estate, REAL_TIME);
    }

    Response answer(Request request) {
        String requestId = String.format("00000000-0000-4000-8000-%012x", estate.count("request"));
        String action = request.header("X-TC-Action").orElse("");
        try {
            admit(request, action);
            Optional<Fault> fault = faults.strike(action, kind(action) == CallKind.WRITE);
            JsonNode body = body(request);
            return fault.isPresent()
                    ? struck(fault.get(), action, body, requestId)
                    : done(new ApiCall(action, body, requestId, Optional.empty()), Duration.ZERO);
        } catch (Refusal refusal) {
            note(action, resource(request), Optional.of(refusal.code()));
            return refused(refusal, requestId, Duration.ZERO);
        }
    }

    private void admit(Request request, String action) {
        unless(request.method().equals("POST"), "UnsupportedProtocol", "The simulation supports no method but POST.");
        unless(!action.isEmpty(), "MissingParameter", "The request is missing a required parameter `X-TC-Action`.");
        if (!isUnsigned(request, action)) {
            Signature.check(request, estate.keys, REAL_TIME.instant());
        }
        String version = request.header("X-TC-Version").orElse("");
        Contract contract = contract(action);
        unless(
                version.equals(contract.version()),
                "NoSuchVersion",
                "The API has no version but " + contract.version() + ".");
        String region = request.header("X-TC-Region").orElse("");
        unless(!region.isEmpty(), "MissingParameter", "The request is missing a required parameter `X-TC-Region`.");
        unless(
                region.equals(estate.account.region()),
                "UnsupportedRegion",
                "The simulation has no region but " + estate.account.region() + ".");
        unless(
                contract.serves(action) || contract.existsElsewhere(action),
                "InvalidAction",
                "The request action=`" + action + "` is invalid.");
        unless(
                contract.serves(action),
                "UnsupportedOperation",
                "The simulation does not serve the action " + action + ".");
        throttle.take(action, estate.agenda.now());
    }

    /// Whoever asks for keys has none to sign with; the token in the body says who asks.
    private static boolean isUnsigned(Request request, String action) {
        return action.equals(ASSUME_ROLE) && request.header("Authorization").equals(Optional.of("SKIP"));
    }

    private static Contract contract(String action) {
        return Contract.STS.serves(action) ? Contract.STS : Contract.CLB;
    }

    private static JsonNode body(Request request) {
        try {
            return request.body().isBlank()
                    ? JsonNodeFactory.instance.objectNode()
                    : Resources.JSON.readTree(request.body());
        } catch (JsonProcessingException unreadable) {
            throw new Refusal("InvalidParameter", "The request body is not JSON.");
        }
    }

    private Response struck(Fault fault, String action, JsonNode body, String requestId) {
        ApiCall plain = new ApiCall(action, body, requestId, Optional.empty());
        ApiCall troubled = new ApiCall(action, body, requestId, Optional.of(fault.kind()));
        return switch (fault.kind()) {
            case DELAY -> done(plain, fault.delay());
            case ERROR -> {
                Refusal refusal = Refusal.scripted(fault.code().orElse("InternalError"));
                note(action, resource(body), Optional.of(refusal.code()));
                yield refused(refusal, requestId, fault.delay());
            }
            case DROP -> {
                note(action, resource(body), Optional.of(CUT));
                yield new Response.Cut(fault.delay());
            }
            case LOSE -> {
                Response lost = done(plain, fault.delay());
                yield new Response.Cut(lost.delay());
            }
            case TASK_FAIL, PARTIAL -> done(troubled, fault.delay());
        };
    }

    private Response done(ApiCall call, Duration delay) {
        Contract contract = contract(call.action());
        contract.checkRequest(call.action(), call.body());
        ObjectNode reply = act(call);
        reply.put("RequestId", call.requestId());
        contract.checkReply(call.action(), reply);
        note(call.action(), resource(call.body()), Optional.empty());
        return new Response.Answer(200, envelope(reply), delay);
    }

    private ObjectNode act(ApiCall call) {
        return switch (call.action()) {
            case "CreateLoadBalancer" -> balancerWrites.create(call);
            case "ModifyLoadBalancerAttributes" -> balancerWrites.modify(call);
            case "DeleteLoadBalancer" -> balancerWrites.delete(call);
            case "SetLoadBalancerSecurityGroups" -> balancerWrites.setSecurityGroups(call);
            case "CreateListener" -> listenerWrites.create(call);
            case "ModifyListener" -> listenerWrites.modify(call);
            case "DeleteListener" -> listenerWrites.delete(call);
            case "DeleteLoadBalancerListeners" -> listenerWrites.deleteMany(call);
            case "RegisterTargets" -> targetWrites.register(call);
            case "DeregisterTargets" -> targetWrites.deregister(call);
            case "BatchRegisterTargets" -> targetWrites.batchRegister(call);
            case "BatchDeregisterTargets" -> targetWrites.batchDeregister(call);
            case "ModifyTargetWeight" -> targetWrites.modifyWeight(call);
            case "BatchModifyTargetWeight" -> targetWrites.batchModifyWeight(call);
            case "DescribeLoadBalancers" -> balancerReads.describe(call);
            case "DescribeQuota" -> balancerReads.quota(call);
            case "DescribeTaskStatus" -> balancerReads.taskStatus(call);
            case "DescribeListeners" -> listenerReads.describe(call);
            case "DescribeTargets" -> listenerReads.targets(call);
            case "DescribeTargetHealth" -> listenerReads.health(call);
            case ASSUME_ROLE -> tokenService.assumeRole(call);
            default -> throw new IllegalStateException("in the contract, but not served: " + call.action());
        };
    }

    private static CallKind kind(String action) {
        if (action.equals("DescribeTaskStatus")) {
            return CallKind.POLL;
        }
        return action.startsWith("Describe") || action.equals(ASSUME_ROLE) ? CallKind.READ : CallKind.WRITE;
    }

    private static String resource(Request request) {
        try {
            return resource(Resources.JSON.readTree(request.body()));
        } catch (JsonProcessingException unreadable) {
            return "";
        }
    }

    private static String resource(JsonNode body) {
        return body.path("LoadBalancerId")
                .asText(body.path("LoadBalancerIds").path(0).asText(""));
    }

    private void note(String action, String resource, Optional<String> code) {
        estate.log.add(new ChangeLog.Call(estate.agenda.now(), action, kind(action), resource, code));
    }

    private static Response refused(Refusal refusal, String requestId, Duration delay) {
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        reply.putObject("Error").put("Code", refusal.code()).put("Message", refusal.message());
        reply.put("RequestId", requestId);
        return new Response.Answer(200, envelope(reply), delay);
    }

    private static String envelope(ObjectNode reply) {
        return JsonNodeFactory.instance.objectNode().set("Response", reply).toString();
    }
}
