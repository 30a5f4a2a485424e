package io.plumbline.it.cluster.controlplane;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// What a client needs to reach an API server: its address, who signed its certificate (none for plain HTTP), a
/// token.
public record Kubeconfig(URI server, Optional<Path> certificateAuthority, String token) {

    /// As a kubeconfig file with one context.
    public String text() {
        String authority = certificateAuthority
                .map(path -> "\n    certificate-authority: " + path.toAbsolutePath())
                .orElse("");
        return """
                apiVersion: v1
                kind: Config
                clusters:
                - name: laboratory
                  cluster:
                    server: %s%s
                users:
                - name: user
                  user:
                    token: %s
                contexts:
                - name: laboratory
                  context: {cluster: laboratory, user: user}
                current-context: laboratory
                """.formatted(server, authority, token);
    }
}
