package io.plumbline.it.cluster.proxy;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A request to the API server, as far as a [Fault] cares (pure).
///
/// @param query decoded parameters, in their order
record ApiRequest(Verb verb, String resource, List<Parameter> query) {

    enum Verb {
        LIST,
        WATCH,
        /// GET by name, any write, any subresource, anything that is no resource.
        OTHER
    }

    record Parameter(String name, String value) {}

    ApiRequest {
        query = List.copyOf(query);
    }

    static ApiRequest of(String method, String path, Optional<String> rawQuery) {
        List<Parameter> query = parameters(rawQuery);
        List<String> rest = new ArrayList<>(List.of(path.substring(1).split("/")));
        int prefix = "apis".equals(rest.getFirst()) ? 3 : 2;
        boolean isApi = rest.size() > prefix && ("api".equals(rest.getFirst()) || prefix == 3);
        if (!isApi || !"GET".equals(method)) {
            return new ApiRequest(Verb.OTHER, "", query);
        }
        rest.subList(0, prefix).clear();
        if ("namespaces".equals(rest.getFirst()) && rest.size() > 2) {
            rest.subList(0, 2).clear();
        }
        return new ApiRequest(rest.size() > 1 ? Verb.OTHER : collectionVerb(query), rest.getFirst(), query);
    }

    private static Verb collectionVerb(List<Parameter> query) {
        return query.stream()
                        .filter(parameter -> "watch".equals(parameter.name()))
                        .anyMatch(parameter -> List.of("true", "1", "").contains(parameter.value()))
                ? Verb.WATCH
                : Verb.LIST;
    }

    private static List<Parameter> parameters(Optional<String> rawQuery) {
        List<Parameter> parameters = new ArrayList<>();
        for (String pair : rawQuery.orElse("").split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (!name.isEmpty()) {
                parameters.add(new Parameter(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1))));
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /// The value of a parameter, empty if it is not there.
    String parameter(String name) {
        return query.stream()
                .filter(parameter -> name.equals(parameter.name()))
                .map(Parameter::value)
                .findFirst()
                .orElse("");
    }
}
