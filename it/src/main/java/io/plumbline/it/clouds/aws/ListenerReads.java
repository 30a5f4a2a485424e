package io.plumbline.it.clouds.aws;

import static io.plumbline.it.clouds.aws.Refusal.unless;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// The actions that tell of listeners.
final class ListenerReads {
    private final Estate estate;

    ListenerReads(Estate estate) {
        this.estate = estate;
    }

    ObjectNode describe(ApiCall call) {
        unless(
                call.has("LoadBalancerArn") != call.has("ListenerArns"),
                "ValidationError",
                "You must specify either listener ARNs or a load balancer ARN");
        List<Listener> found = call.has("LoadBalancerArn")
                ? List.copyOf(
                        estate.balancer(call.text("LoadBalancerArn")).listeners.values())
                : call.texts("ListenerArns").stream().map(estate::listener).toList();
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        Pages.put(call, reply, "Listeners", found, Pages.Names.ELASTIC_LOAD_BALANCING, BalancerText::of);
        return reply;
    }

    ObjectNode attributes(ApiCall call) {
        return BalancerText.attributes(estate.listener(call.text("ListenerArn")).attributes);
    }

    ObjectNode certificates(ApiCall call) {
        return Encryption.describe(estate.listener(call.text("ListenerArn")));
    }

    /// The default rule, which is the only one.
    ObjectNode rules(ApiCall call) {
        unless(
                call.has("ListenerArn"),
                "ValidationError",
                "The simulation describes the rules of one listener, which must be named");
        Listener listener = estate.listener(call.text("ListenerArn"));
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        ObjectNode rule = reply.putArray("Rules").addObject();
        rule.put("RuleArn", listener.arn.replace(":listener/", ":listener-rule/") + "/0000000000000000")
                .put("Priority", "default")
                .put("IsDefault", true);
        rule.putArray("Conditions");
        rule.putArray("Actions").add(BalancerText.action(listener.forwards));
        return reply;
    }
}
