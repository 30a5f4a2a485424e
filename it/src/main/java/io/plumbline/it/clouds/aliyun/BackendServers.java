package io.plumbline.it.clouds.aliyun;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.it.clouds.Resources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Reads the parameter BackendServers, a JSON text. Case does not matter in its keys, numbers may be texts, and
/// unknown keys are ignored.
final class BackendServers {
    private static final int DEFAULT_WEIGHT = 100;

    private final Estate estate;
    private final Interfaces interfaces;

    BackendServers(Estate estate) {
        this.estate = estate;
        this.interfaces = new Interfaces(estate.network);
    }

    /// A backend server as a request names it.
    ///
    /// @param weight empty where the request has none
    record Named(Backend.Server server, Optional<Integer> weight, Optional<String> description) {
        int weightOrDefault() {
            return weight.orElse(DEFAULT_WEIGHT);
        }
    }

    /// The servers to be registered: they must exist.
    List<Named> toRegister(ApiCall call, String parameter) {
        return read(call, parameter, true);
    }

    /// The servers to be found in a group; what is registered may be gone from the VPC.
    List<Named> toFind(ApiCall call, String parameter, Group group) {
        return read(call, parameter, false).stream()
                .map(named -> new Named(found(named.server(), group), named.weight(), named.description()))
                .toList();
    }

    /// An instance may be named without its address.
    private static Backend.Server found(Backend.Server wanted, Group group) {
        return group.backends.keySet().stream()
                .filter(server -> server.id().equals(wanted.id()) && server.port() == wanted.port())
                .filter(server -> wanted.ip().isEmpty() || server.ip().equals(wanted.ip()))
                .findFirst()
                .orElse(wanted);
    }

    private List<Named> read(ApiCall call, String parameter, boolean registering) {
        JsonNode list = parse(call.text(parameter), parameter);
        Refusal.unless(
                list.size() <= estate.limits.of(Limit.BACKENDS_PER_CALL),
                "BackendServersNumberOverLimit",
                "At most " + estate.limits.of(Limit.BACKENDS_PER_CALL) + " backend servers in each call.");
        Map<Backend.Server, Named> named = new LinkedHashMap<>();
        for (JsonNode entry : list) {
            Named one = one(lowerKeys(entry, parameter), registering);
            Refusal.valid(named.put(one.server(), one) == null, parameter, "a list without repetitions");
        }
        return new ArrayList<>(named.values());
    }

    private static JsonNode parse(String text, String parameter) {
        try {
            JsonNode list = Resources.JSON.readTree(text.isEmpty() ? "[]" : text);
            Refusal.valid(list.isArray(), parameter, "a JSON list");
            return list;
        } catch (JsonProcessingException broken) {
            throw Refusal.invalid(parameter, "a JSON list");
        }
    }

    private static Map<String, String> lowerKeys(JsonNode entry, String parameter) {
        Refusal.valid(entry.isObject(), parameter, "a JSON list of objects");
        Map<String, String> lower = new TreeMap<>();
        entry.properties().forEach(field -> {
            if (field.getValue().isValueNode() && !field.getValue().isNull()) {
                lower.put(
                        field.getKey().toLowerCase(Locale.ROOT),
                        field.getValue().asText());
            }
        });
        return lower;
    }

    private Named one(Map<String, String> entry, boolean registering) {
        String type = entry.getOrDefault("type", "ecs");
        Refusal.unless(
                type.equals("ecs") || type.equals("eni"),
                "BackendServer.InvalidType",
                "The specified Type is invalid. The simulation knows ecs and eni.");
        String id = entry.getOrDefault("serverid", "");
        Refusal.valid(!id.isEmpty(), "BackendServers", "a list in which each entry has a ServerId");
        int port = within(entry, "port", 1, 65535).orElseThrow(() -> Refusal.invalid("Port", "given"));
        String ip = entry.getOrDefault("serverip", "");
        Optional<Integer> weight = within(entry, "weight", 0, 100);
        Optional<String> description =
                Optional.ofNullable(entry.get("description")).filter(text -> !text.isEmpty());
        description.ifPresent(text -> checkText("Description", text));
        String address = registering ? address(type, id, ip) : ip;
        return new Named(new Backend.Server(id, type, address, port), weight, description);
    }

    /// 1 to 80 letters, digits, `-`, `/`, `.` and `_`: a backend server's description, and a group's name.
    static void checkText(String parameter, String text) {
        Refusal.valid(
                text.matches("[\\p{L}\\p{N}/._-]{1,80}"), parameter, "1 to 80 letters, digits and -/._ characters");
    }

    private static Optional<Integer> within(Map<String, String> entry, String key, int least, int most) {
        String text = entry.getOrDefault(key, "");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Refusal.valid(text.matches("\\d{1,9}"), key, "an integer");
        int number = Integer.parseInt(text);
        Refusal.valid(number >= least && number <= most, key, "from " + least + " to " + most);
        return Optional.of(number);
    }

    private String address(String type, String id, String ip) {
        if (type.equals("ecs")) {
            return estate.network
                    .addressOf(id)
                    .orElseThrow(() ->
                            new Refusal("InvalidServerId.NotExist", "The specified ServerId is not exist: " + id));
        }
        Refusal.unless(!ip.isEmpty(), "MissingParam.ServerIp", "The parameter ServerIp is required for an ENI.");
        String address = interfaces
                .addressOf(id)
                .orElseThrow(() ->
                        new Refusal("ResourceNotFound.vServers", "The specified enis " + id + " does not exist."));
        Refusal.unless(address.equals(ip), "ObtainIpFail", "The network interface " + id + " has no address " + ip);
        return address;
    }
}
