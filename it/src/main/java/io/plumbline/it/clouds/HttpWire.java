package io.plumbline.it.clouds;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// HTTP/1.1 as the clouds' clients speak it: bodies by length or in chunks, kept-alive connections.
final class HttpWire {
    private static final int LONGEST_LINE = 64 * 1024;
    private static final int LARGEST_BODY = 10 * 1024 * 1024;

    private HttpWire() {}

    /// Reads a request; empty when the client has closed the connection instead.
    ///
    /// @param out where the client is told to go on, if it waits for that
    static Optional<Request> read(InputStream in, OutputStream out) throws IOException {
        String start = line(in);
        if (start.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = start.split(" ");
        if (parts.length != 3) {
            throw new IOException("not a request line: " + start);
        }
        Map<String, String> headers = headers(in);
        if (headers.getOrDefault("expect", "").equalsIgnoreCase("100-continue")) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        headers.put(":version", parts[2]);
        String body = new String(body(in, headers), StandardCharsets.UTF_8);
        return Optional.of(new Request(parts[0], parts[1], headers, body));
    }

    private static Map<String, String> headers(InputStream in) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("not a header: " + line);
            }
            headers.put(
                    line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "")
                .toLowerCase(Locale.ROOT)
                .contains("chunked")) {
            return chunks(in);
        }
        return exactly(in, length(headers.getOrDefault("content-length", "0"), 10));
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int size = chunkSize(in);
        while (size > 0) {
            body.write(exactly(in, size));
            line(in);
            size = chunkSize(in);
            if (body.size() > LARGEST_BODY) {
                throw new IOException("the body is too large");
            }
        }
        headers(in);
        return body.toByteArray();
    }

    private static int chunkSize(InputStream in) throws IOException {
        return length(line(in).split(";")[0].strip(), 16);
    }

    private static int length(String text, int radix) throws IOException {
        try {
            int length = Integer.parseInt(text, radix);
            if (length < 0 || length > LARGEST_BODY) {
                throw new IOException("the body is too large");
            }
            return length;
        } catch (NumberFormatException broken) {
            throw new IOException("not a length: " + text, broken);
        }
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("the body ended early");
        }
        return bytes;
    }

    /// A line without its end; empty also at the end of the stream.
    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
            if (line.size() > LONGEST_LINE) {
                throw new IOException("the line is too long");
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    /// Headers and body as one piece: written in two, each call costs the client's delayed acknowledgement (48
    /// ms).
    static byte[] bytes(Response.Answer answer, Request request) {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + answer.status() + " " + (answer.status() < 400 ? "OK" : "Error")
                + "\r\nContent-Type: " + (answer.body().startsWith("<") ? "text/xml" : "application/json")
                + "\r\nContent-Length: " + body.length + "\r\nConnection: "
                + (keepsAlive(request) ? "keep-alive" : "close") + "\r\n\r\n";
        ByteArrayOutputStream whole = new ByteArrayOutputStream(head.length() + body.length);
        whole.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        whole.writeBytes(body);
        return whole.toByteArray();
    }

    static boolean keepsAlive(Request request) {
        boolean close = request.header("connection").orElse("").equalsIgnoreCase("close");
        return !close && request.header(":version").orElse("").equals("HTTP/1.1");
    }
}
