package io.plumbline.it.cluster.kubelet;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The head of an HTTP/1.x request, as far as a Pod's server cares.
record HttpRequest(String method, String target, boolean closes, long bodyBytes) {

    private static final Pattern DELAY = Pattern.compile("/slow\\?ms=(\\d{1,7})|/sleep/(\\d{1,7})");
    private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *(\\d{1,15}) *\r\n");

    /// How long a head may be before the connection is given up.
    static final int HEAD_LIMIT_BYTES = 32 * 1024;

    /// Where the head ends in the first `length` bytes, or -1 if it is not whole yet.
    static int headEnd(byte[] bytes, int length) {
        for (int i = 3; i < length; i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n' && bytes[i - 3] == '\r') {
                return i + 1;
            }
        }
        return -1;
    }

    /// Empty if that is no request line.
    static Optional<HttpRequest> parse(byte[] bytes, int headEnd) {
        String head = new String(bytes, 0, headEnd, StandardCharsets.ISO_8859_1);
        String[] line = head.substring(0, head.indexOf('\r')).split(" ");
        if (line.length != 3) {
            return Optional.empty();
        }
        String headers = head.toLowerCase(Locale.ROOT);
        Matcher length = LENGTH.matcher(headers);
        // A chunked body is not read: the connection ends after the answer instead.
        boolean closes = "HTTP/1.0".equals(line[2])
                || headers.contains("\r\nconnection: close\r\n")
                || headers.contains("\r\ntransfer-encoding:");
        return Optional.of(
                new HttpRequest(line[0], line[1], closes, length.find() ? Long.parseLong(length.group(1)) : 0));
    }

    /// `/slow?ms=2000` and `/sleep/2000` are answered after so many milliseconds.
    Duration delay() {
        Matcher matcher = DELAY.matcher(target);
        if (!matcher.matches()) {
            return Duration.ZERO;
        }
        String millis = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        return Duration.ofMillis(Long.parseLong(millis));
    }
}
