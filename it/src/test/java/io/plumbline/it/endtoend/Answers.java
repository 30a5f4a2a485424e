package io.plumbline.it.endtoend;

import io.plumbline.it.cluster.kubelet.Loopback;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/// What an address answers: the name of the Pod that served.
final class Answers {
    private Answers() {}

    /// To one HTTP request.
    static String of(String vip, int port) throws IOException, InterruptedException {
        InetSocketAddress place = Loopback.place(vip, port).orElseThrow();
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://" + place.getHostString() + ":" + place.getPort() + "/");
            return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body()
                    .strip();
        }
    }
}
