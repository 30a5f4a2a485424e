package io.plumbline.it.cluster.kubelet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// One client's connection to a Pod: one request at a time, kept alive until either side says close.
final class HttpConnection implements EventLoop.Handler {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final PodProcess pod;
    private final EventLoop loop;
    private final SocketChannel channel;
    private final SelectionKey key;
    private ByteBuffer in = ByteBuffer.allocate(1024);
    private ByteBuffer out = NOTHING;
    private long bodyBytesToSkip;
    private boolean answering;
    private boolean lastAnswer;

    HttpConnection(PodProcess pod, EventLoop loop, SocketChannel channel) throws IOException {
        this.pod = pod;
        this.loop = loop;
        this.channel = channel;
        this.key = loop.register(channel, SelectionKey.OP_READ, this);
    }

    @Override
    public void ready(SelectionKey ready) throws IOException {
        if (ready.isValid() && ready.isReadable()) {
            read();
        }
        if (ready.isValid() && ready.isWritable()) {
            write();
        }
    }

    @Override
    public void broken() {
        close();
    }

    void close() {
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            // Nothing left to do for it.
        }
        pod.forget(this);
    }

    private void read() throws IOException {
        if (!in.hasRemaining()) {
            in = ByteBuffer.allocate(in.capacity() * 2).put(in.flip());
        }
        if (channel.read(in) < 0) {
            close();
            return;
        }
        takeRequests();
    }

    private void takeRequests() throws IOException {
        while (!answering && channel.isOpen()) {
            skipBody();
            int end = HttpRequest.headEnd(in.array(), in.position());
            if (end < 0) {
                if (in.position() > HttpRequest.HEAD_LIMIT_BYTES) {
                    close();
                }
                return;
            }
            Optional<HttpRequest> request = HttpRequest.parse(in.array(), end);
            drop(end);
            if (request.isEmpty()) {
                close();
                return;
            }
            take(request.get());
        }
    }

    private void skipBody() {
        int skipped = (int) Math.min(bodyBytesToSkip, in.position());
        bodyBytesToSkip -= skipped;
        drop(skipped);
    }

    private void drop(int bytes) {
        in.flip().position(bytes);
        in.compact();
    }

    private void take(HttpRequest request) throws IOException {
        answering = true;
        key.interestOps(0);
        bodyBytesToSkip = request.bodyBytes();
        Duration delay = request.delay();
        if (delay.isZero()) {
            answer(request);
        } else {
            loop.after(delay, () -> answerLate(request));
        }
    }

    private void answerLate(HttpRequest request) {
        try {
            if (channel.isOpen()) {
                answer(request);
                takeRequests();
            }
        } catch (IOException gone) {
            close();
        }
    }

    /// Head and body in one write: two cost a delayed acknowledgement.
    private void answer(HttpRequest request) throws IOException {
        lastAnswer = request.closes() || pod.isDraining();
        String body = pod.name() + "\n";
        String head = "HTTP/1.1 " + pod.httpStatus() + " Simulated\r\n"
                + "Content-Type: text/plain\r\nContent-Length: " + body.length() + "\r\n"
                + (lastAnswer ? "Connection: close\r\n\r\n" : "\r\n");
        String whole = "HEAD".equals(request.method()) ? head : head + body;
        out = ByteBuffer.wrap(whole.getBytes(StandardCharsets.ISO_8859_1));
        write();
    }

    private void write() throws IOException {
        channel.write(out);
        if (out.hasRemaining()) {
            key.interestOps(SelectionKey.OP_WRITE);
        } else if (lastAnswer) {
            close();
        } else if (answering) {
            answering = false;
            key.interestOps(SelectionKey.OP_READ);
        }
    }
}
