package io.plumbline.it.clouds;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The requests under `/__simulation/`: they look at a simulated cloud and change it from outside. They are not
/// signed.
public final class Control {
    /// What all such requests begin with.
    public static final String PATH = "/__simulation/";

    private static final Pattern SINCE = Pattern.compile("[?&]since=(\\d{1,9})");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Control() {}

    /// Answers a control request: 200 with JSON, 400 with an `error` when it is not understood, 404 or 405 when
    /// there is no such.
    public static Response answer(SimulatedCloud cloud, Request request) {
        String what = request.path().substring(PATH.length());
        if (request.method().equals("GET") && what.equals("state")) {
            return state(cloud, request);
        }
        if (!request.method().equals("PUT")) {
            return error(405, "GET state, or PUT instances, quotas, faults, clock");
        }
        try {
            return put(cloud, what, JSON.readTree(request.body()));
        } catch (JsonProcessingException | IllegalArgumentException notUnderstood) {
            return error(400, String.valueOf(notUnderstood.getMessage()));
        }
    }

    /// `state?since=N` leaves out the oldest N changes.
    private static Response state(SimulatedCloud cloud, Request request) {
        Matcher since = SINCE.matcher(request.target());
        int from = since.find() ? Integer.parseInt(since.group(1)) : 0;
        ObjectNode state = cloud.state().put("changesFrom", from);
        state.set("changes", ChangeLogText.of(cloud.log(), from));
        return Response.ok(state.toString());
    }

    private static Response put(SimulatedCloud cloud, String what, JsonNode body) {
        switch (what) {
            case "instances" -> cloud.putInstances(body);
            case "quotas" -> cloud.putQuotas(body);
            case "faults" -> cloud.faults().set(FaultScript.parse(body));
            case "clock" -> advance(cloud, body);
            default -> {
                return error(404, "no such thing: " + what);
            }
        }
        return Response.ok("{}");
    }

    private static void advance(SimulatedCloud cloud, JsonNode body) {
        JsonNode millis = body.path("advanceMillis");
        if (!millis.isIntegralNumber() || body.size() != 1) {
            throw new IllegalArgumentException("the clock takes {\"advanceMillis\": n}");
        }
        cloud.clock().advance(Duration.ofMillis(millis.longValue()));
        cloud.tick();
    }

    private static Response error(int status, String message) {
        return new Response.Answer(
                status,
                JsonNodeFactory.instance.objectNode().put("error", message).toString(),
                Duration.ZERO);
    }
}
