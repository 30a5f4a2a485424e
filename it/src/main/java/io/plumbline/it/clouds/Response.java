package io.plumbline.it.clouds;

import java.time.Duration;

/// What a simulated cloud does with a request: it answers, or it cuts the connection without a word.
public sealed interface Response {
    /// How long to wait before it is done; zero unless a fault script delays the reply.
    Duration delay();

    /// An HTTP reply.
    ///
    /// @param status the HTTP status
    /// @param body JSON or XML text
    record Answer(int status, String body, Duration delay) implements Response {}

    /// The connection is reset and no reply is sent.
    record Cut(Duration delay) implements Response {}

    /// A reply without delay.
    static Response ok(String body) {
        return new Answer(200, body, Duration.ZERO);
    }
}
