package io.plumbline.it.clouds.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/// Replies as XML, in the shapes of the query protocol and of EC2's own.
final class XmlText {
    private XmlText() {}

    /// The reply of an action of the query protocol.
    static String query(Service service, String action, ObjectNode reply, String requestId) {
        StringBuilder text = new StringBuilder();
        open(text, action + "Response xmlns=\"" + service.space + "\"");
        if (service.contract().output(action).isPresent()) {
            open(text, action + "Result");
            members(service, service.contract().output(action).orElseThrow(), reply, text);
            close(text, action + "Result");
        }
        text.append("<ResponseMetadata><RequestId>").append(requestId).append("</RequestId></ResponseMetadata>");
        close(text, action + "Response");
        return text.toString();
    }

    /// The reply of an action of EC2. Where the description has no reply, it says `return`.
    static String ec2(Service service, String action, ObjectNode reply, String requestId) {
        StringBuilder text = new StringBuilder();
        open(text, action + "Response xmlns=\"" + service.space + "\"");
        text.append("<requestId>").append(requestId).append("</requestId>");
        if (service.contract().output(action).isPresent()) {
            members(service, service.contract().output(action).orElseThrow(), reply, text);
        } else {
            text.append("<return>true</return>");
        }
        close(text, action + "Response");
        return text.toString();
    }

    /// An error of the query protocol.
    static String queryError(Service service, Refusal refusal, String requestId) {
        String type = ErrorCodes.status(refusal.code()) < 500 ? "Sender" : "Receiver";
        return "<ErrorResponse xmlns=\"" + service.space + "\"><Error><Type>" + type + "</Type><Code>"
                + refusal.code() + "</Code><Message>" + escaped(refusal.message())
                + "</Message></Error><RequestId>" + requestId + "</RequestId></ErrorResponse>";
    }

    /// An error of EC2.
    static String ec2Error(Refusal refusal, String requestId) {
        return "<Response><Errors><Error><Code>" + refusal.code() + "</Code><Message>"
                + escaped(refusal.message()) + "</Message></Error></Errors><RequestID>" + requestId
                + "</RequestID></Response>";
    }

    private static void members(Service service, String shapeName, JsonNode value, StringBuilder text) {
        JsonNode members = service.contract().shape(shapeName).path("members");
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            JsonNode member = members.path(field.getKey());
            String name = member.path("locationName").asText(field.getKey());
            open(text, name);
            value(service, member.path("shape").asText(), field.getValue(), text);
            close(text, name);
        }
    }

    private static void value(Service service, String shapeName, JsonNode value, StringBuilder text) {
        JsonNode shape = service.contract().shape(shapeName);
        switch (shape.path("type").asText()) {
            case "structure" -> members(service, shapeName, value, text);
            case "list" -> {
                String name = shape.at("/member/locationName").asText("member");
                for (JsonNode element : value) {
                    open(text, name);
                    value(service, shape.at("/member/shape").asText(), element, text);
                    close(text, name);
                }
            }
            default -> text.append(escaped(value.asText()));
        }
    }

    private static void open(StringBuilder text, String element) {
        text.append('<').append(element).append('>');
    }

    private static void close(StringBuilder text, String element) {
        text.append("</").append(element).append('>');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("\r", "&#13;");
    }
}
