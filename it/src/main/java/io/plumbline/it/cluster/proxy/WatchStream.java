package io.plumbline.it.cluster.proxy;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The events of one WATCH on their way to the client, one JSON object a line.
record WatchStream(OutputStream out, Regime regime) {

    private static final Duration LONGEST = Duration.ofMinutes(5);

    /// Makes clients list again, as when the API server has forgotten the resourceVersion.
    private static final String EXPIRED = """
            {"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure",\
            "message":"too old resource version","reason":"Expired","code":410}}
            """;

    /// Passes whole lines on at once, until the API server ends the watch or the regime does.
    void pump(InputStream events) throws IOException {
        // Closing is what wakes a read that waits.
        CompletableFuture<Void> _ = regime.end().thenRun(() -> closeQuietly(events));
        try (BufferedInputStream in = new BufferedInputStream(events)) {
            copyLines(in);
        } catch (IOException e) {
            if (!regime.end().isDone()) {
                throw e;
            }
        }
        if (regime.end().isDone()) {
            expire();
        }
    }

    private void copyLines(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            line.write(next);
            if (next == '\n') {
                line.writeTo(out);
                out.flush();
                line.reset();
            }
        }
    }

    /// Says nothing until the client's time limit or the regime ends. A watch that goes on from another state than
    /// the regime's is told to list first.
    void keepSilent(ApiRequest request) throws IOException, InterruptedException {
        out.flush();
        if (!regime.resourceVersion().equals(request.parameter("resourceVersion"))) {
            expire();
            return;
        }
        try {
            regime.end().get(limitSeconds(request), TimeUnit.SECONDS);
            expire();
        } catch (TimeoutException itsTimeIsOver) {
            // An ordinary end: the client goes on from where it is.
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static long limitSeconds(ApiRequest request) {
        String limit = request.parameter("timeoutSeconds");
        return limit.isEmpty() ? LONGEST.toSeconds() : Long.parseLong(limit);
    }

    private void expire() throws IOException {
        out.write(EXPIRED.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void closeQuietly(AutoCloseable stream) {
        try {
            stream.close();
        } catch (Exception alreadyGone) {
            // Closing is all that was wanted.
        }
    }
}
