package io.plumbline.it.clouds;

import java.time.Duration;
import java.util.Arrays;

/// One health check to be made of one backend.
///
/// @param address the cluster address of the backend
/// @param port the port that is checked
/// @param timeout after which it has failed
/// @param how what is asked
public record Probe(String address, int port, Duration timeout, How how) {
    /// What is asked of the backend.
    public sealed interface How {}

    /// It accepts a connection.
    public record Connect() implements How {}

    /// It answers an HTTP request.
    ///
    /// @param method `GET` or `HEAD`
    /// @param version `HTTP/1.0` or `HTTP/1.1`
    /// @param goodClasses bit mask of the status classes that are healthy: 1 for 1xx, 2 for 2xx, ... 16 for 5xx
    public record Http(String method, String domain, String path, String version, int goodClasses) implements How {}

    /// It answers an HTTP request with one of certain codes.
    ///
    /// @param host what the Host header names
    /// @param codes numbers and ranges, for example `200,300-399`
    public record Web(Scheme scheme, String host, String path, String codes) implements How {
        /// With or without TLS; no certificate is refused.
        public enum Scheme {
            HTTP,
            HTTPS
        }

        /// Whether a status is one of the codes.
        public boolean accepts(int status) {
            return Arrays.stream(codes.split(",")).anyMatch(range -> {
                String[] ends = range.split("-");
                return Integer.parseInt(ends[0]) <= status && status <= Integer.parseInt(ends[ends.length - 1]);
            });
        }

        /// Whether the text is a list of numbers and ranges from least to most.
        public static boolean isCodes(String text, int least, int most) {
            return text.matches("\\d{3}(-\\d{3})?(,\\d{3}(-\\d{3})?)*")
                    && Arrays.stream(text.split("[,-]"))
                            .mapToInt(Integer::parseInt)
                            .allMatch(code -> least <= code && code <= most);
        }
    }

    /// It answers what it is sent.
    ///
    /// @param sentHex the bytes to send, in hexadecimal
    /// @param expectedHex how the answer begins; empty accepts any answer, and silence where nothing says that the
    ///     port is closed
    public record Exchange(Transport transport, String sentHex, String expectedHex) implements How {}

    /// A datagram to it is not answered by "port unreachable".
    public record Reachable() implements How {}
}
