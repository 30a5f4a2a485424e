package io.plumbline.it.clouds;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One HTTP request as it arrived, before any cloud has looked at it.
///
/// @param method as sent, for example `POST`
/// @param target the request target as sent: path and query
/// @param headers by lower-case name, values raw; the Host header is kept as it was sent, because it is signed so
/// @param body the body, de-chunked; empty where there was none
public record Request(String method, String target, Map<String, String> headers, String body) {
    public Request {
        TreeMap<String, String> lower = new TreeMap<>();
        headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        headers = Collections.unmodifiableMap(lower);
    }

    /// The value of a header, by its name in any case.
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /// The target without its query.
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /// The body as it is hashed by signatures.
    public byte[] bodyBytes() {
        return body.getBytes(StandardCharsets.UTF_8);
    }
}
