package io.plumbline.it.clouds.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.ChangeLog;
import io.plumbline.it.clouds.ChangeLog.CallKind;
import io.plumbline.it.clouds.Fault;
import io.plumbline.it.clouds.FaultScript;
import io.plumbline.it.clouds.Request;
import io.plumbline.it.clouds.Response;
import io.plumbline.it.clouds.aws.Service.Trouble;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// From a request to its reply: for which service, who asks, whether it may be asked, what the fault script has in
/// mind, the action, the protocol's own envelope.
final class Api {
    private static final InstantSource REAL_TIME = InstantSource.system();
    private static final String CUT = "ConnectionCut";
    private static final String UNSIGNED_ACTION = "AssumeRoleWithWebIdentity";
    private static final List<String> RESOURCES = List.of(
            "LoadBalancerArn", "TargetGroupArn", "ListenerArn", "GroupId", "CertificateArn", "Name", "GroupName");

    private final Estate estate;
    private final FaultScript faults;
    private final Throttle throttle;
    private final Actions actions;
    private final PodIdentity podIdentity;

    /// A request of which the action is known.
    ///
    /// @param form empty for JSON
    private record Asked(Service service, String action, Map<String, String> form, String requestId) {}

    Api(Estate estate, Pools pools, FaultScript faults) {
        this.estate = estate;
        this.faults = faults;
        this.throttle = new Throttle(estate.limits);
        this.actions = new Actions(estate, pools, REAL_TIME);
        this.podIdentity = new PodIdentity(estate, REAL_TIME);
    }

    Response answer(Request request) {
        if (PodIdentity.isAsked(request)) {
            return podIdentity.answer(request);
        }
        Service service = Service.of(request);
        String requestId = String.format("00000000-0000-4000-8000-%012x", estate.count("request"));
        Asked asked = new Asked(service, "", Map.of(), requestId);
        try {
            asked = asked(service, request, requestId);
            String principal = admit(asked, request);
            Optional<Fault> fault = faults.strike(asked.action(), kind(asked.action()) == CallKind.WRITE);
            ObjectNode body = body(asked, request);
            ApiCall call = new ApiCall(service, asked.action(), body, principal, Optional.empty());
            return fault.isPresent() ? struck(fault.get(), call, asked) : done(call, asked, Duration.ZERO);
        } catch (Refusal refusal) {
            note(asked.action(), resource(asked), Optional.of(refusal.code()));
            return refused(refusal, asked, Duration.ZERO);
        }
    }

    private static Asked asked(Service service, Request request, String requestId) {
        Map<String, String> form = switch (service.protocol) {
            case QUERY, EC2 -> QueryText.form(request.body());
            case JSON -> Map.of();
        };
        String action = switch (service.protocol) {
            case QUERY, EC2 -> form.getOrDefault("Action", "");
            case JSON -> request.header("X-Amz-Target").orElse("").replaceFirst("^" + service.space + "\\.", "");
        };
        return new Asked(service, action, form, requestId);
    }

    /// The ARN of whoever asks.
    private String admit(Asked asked, Request request) {
        Service service = asked.service();
        service.unless(
                request.method().equals("POST"), Trouble.UNKNOWN_ACTION, "The simulation supports no method but POST");
        String principal = "";
        if (!asked.action().equals(UNSIGNED_ACTION)) {
            principal = Signature.check(service, request, estate.keys, REAL_TIME.instant());
        }
        String version = asked.form().getOrDefault("Version", service.contract().version());
        service.unless(
                version.equals(service.contract().version())
                        && (service.contract().serves(asked.action())
                                || service.contract().existsElsewhere(asked.action())),
                Trouble.UNKNOWN_ACTION,
                "The action '" + asked.action() + "' is not valid for this web service");
        service.unless(
                service.contract().serves(asked.action()),
                Trouble.NOT_SERVED,
                "The simulation does not serve the action " + asked.action());
        throttle.take(service, asked.action(), estate.agenda.now());
        return principal;
    }

    private static ObjectNode body(Asked asked, Request request) {
        return switch (asked.service().protocol) {
            case QUERY, EC2 -> QueryText.read(asked.service(), asked.action(), asked.form());
            case JSON -> JsonText.read(asked.service(), request.body());
        };
    }

    private Response struck(Fault fault, ApiCall call, Asked asked) {
        return switch (fault.kind()) {
            case DELAY -> done(call, asked, fault.delay());
            case ERROR -> {
                Refusal refusal = Refusal.scripted(fault.code().orElse("InternalFailure"));
                note(asked.action(), resource(asked), Optional.of(refusal.code()));
                yield refused(refusal, asked, fault.delay());
            }
            case DROP -> {
                note(asked.action(), resource(asked), Optional.of(CUT));
                yield new Response.Cut(fault.delay());
            }
            case LOSE -> {
                Response lost = done(call, asked, fault.delay());
                yield new Response.Cut(lost.delay());
            }
            case TASK_FAIL, PARTIAL -> {
                ApiCall troubled = new ApiCall(
                        call.service(), call.action(), call.body(), call.principal(), Optional.of(fault.kind()));
                yield done(troubled, asked, fault.delay());
            }
        };
    }

    private Response done(ApiCall call, Asked asked, Duration delay) {
        Service service = call.service();
        service.contract().checkRequest(call.action(), call.body());
        ObjectNode reply = actions.act(call);
        service.contract().checkReply(call.action(), reply);
        note(call.action(), resource(asked, call), Optional.empty());
        String text = switch (service.protocol) {
            case QUERY -> XmlText.query(service, call.action(), reply, asked.requestId());
            case EC2 -> XmlText.ec2(service, call.action(), reply, asked.requestId());
            case JSON -> JsonText.write(service, call.action(), reply);
        };
        return new Response.Answer(200, text, delay);
    }

    private static CallKind kind(String action) {
        boolean read = action.startsWith("Describe") || action.startsWith("List") || action.startsWith("Get");
        boolean session = action.equals(UNSIGNED_ACTION);
        return read || session ? CallKind.READ : CallKind.WRITE;
    }

    private static String resource(Asked asked, ApiCall call) {
        return RESOURCES.stream().filter(call::has).map(call::text).findFirst().orElseGet(() -> resource(asked));
    }

    /// What a form names before it is understood.
    private static String resource(Asked asked) {
        return RESOURCES.stream()
                .filter(asked.form()::containsKey)
                .map(name -> asked.form().getOrDefault(name, ""))
                .findFirst()
                .orElseGet(() -> asked.form().getOrDefault("ResourceArns.member.1", ""));
    }

    private void note(String action, String resource, Optional<String> code) {
        estate.log.add(new ChangeLog.Call(estate.agenda.now(), action, kind(action), resource, code));
    }

    private static Response refused(Refusal refusal, Asked asked, Duration delay) {
        String text = switch (asked.service().protocol) {
            case QUERY -> XmlText.queryError(asked.service(), refusal, asked.requestId());
            case EC2 -> XmlText.ec2Error(refusal, asked.requestId());
            case JSON -> JsonText.error(refusal);
        };
        return new Response.Answer(ErrorCodes.status(refusal.code()), text, delay);
    }
}
