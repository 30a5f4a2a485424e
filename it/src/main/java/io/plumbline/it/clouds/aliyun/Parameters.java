package io.plumbline.it.clouds.aliyun;

import io.plumbline.it.clouds.Request;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The parameters of a request, decoded, wherever it carries them.
///
/// @param query those of the query, sorted by name
/// @param form those of a form in the body, sorted by name
record Parameters(Map<String, String> query, Map<String, String> form) {
    Parameters {
        query = Collections.unmodifiableMap(new TreeMap<>(query));
        form = Collections.unmodifiableMap(new TreeMap<>(form));
    }

    static Parameters of(Request request) {
        int start = request.target().indexOf('?');
        String query = start < 0 ? "" : request.target().substring(start + 1);
        boolean isForm = request.header("Content-Type").orElse("").startsWith("application/x-www-form-urlencoded");
        return new Parameters(decoded(query), decoded(isForm ? request.body() : ""));
    }

    private static Map<String, String> decoded(String encoded) {
        Map<String, String> parameters = new TreeMap<>();
        for (String pair : encoded.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            throw new Refusal("InvalidParameter", "The request's parameters are not encoded as they should be.");
        }
    }

    /// All, sorted by name; a form overrides the query.
    Map<String, String> all() {
        Map<String, String> all = new TreeMap<>(query);
        all.putAll(form);
        return all;
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(all().get(name));
    }

    /// `a=1&b=2`, sorted by name, encoded as RFC 3986 wants it.
    static String canonical(Map<String, String> sorted) {
        StringBuilder text = new StringBuilder();
        sorted.forEach((name, value) -> text.append(text.isEmpty() ? "" : "&")
                .append(encoded(name))
                .append('=')
                .append(encoded(value)));
        return text.toString();
    }

    /// As RFC 3986 wants it.
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
