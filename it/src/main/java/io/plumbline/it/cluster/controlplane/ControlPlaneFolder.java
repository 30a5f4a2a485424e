package io.plumbline.it.cluster.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/// The files that the control plane starts with, all in one folder that only we can read.
final class ControlPlaneFolder {

    private final Path folder;
    private final String adminToken = UUID.randomUUID().toString();

    private ControlPlaneFolder(Path folder) {
        this.folder = folder;
    }

    static ControlPlaneFolder create(URI server) {
        try {
            ControlPlaneFolder made = new ControlPlaneFolder(Files.createTempDirectory(
                    "plumbline-cluster-",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));
            made.fill(server);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fill(URI server) throws IOException {
        Files.createDirectory(path("certs"));
        Files.writeString(path("tokens.csv"), adminToken + ",admin,admin,system:masters\n");
        Files.writeString(path("audit-policy.yaml"), AUDIT_POLICY);
        Files.writeString(path("egress.yaml"), egress());
        Files.writeString(adminKubeconfig(), admin(server).text());
        writeServiceAccountKeys();
    }

    private void writeServiceAccountKeys() throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair keys = generator.generateKeyPair();
            Files.writeString(path("sa.key"), pem("PRIVATE KEY", keys.getPrivate()));
            Files.writeString(path("sa.pub"), pem("PUBLIC KEY", keys.getPublic()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String pem(String type, Key key) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    Path adminKubeconfig() {
        return path("admin.kubeconfig");
    }

    /// The API server makes this certificate itself when it first starts.
    Path certificateAuthority() {
        return path("certs").resolve("apiserver.crt");
    }

    Path egressSocket() {
        return path("egress.sock");
    }

    Path auditLog() {
        return path("audit.log");
    }

    Path log(String program) {
        return path(program + ".log");
    }

    Kubeconfig admin(URI server) {
        return new Kubeconfig(server, Optional.of(certificateAuthority()), adminToken);
    }

    void delete() {
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Only ServiceAccounts: what the controller asked for is to be compared with its RBAC rules.
    private static final String AUDIT_POLICY = """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            omitStages: [RequestReceived]
            rules:
            - level: Metadata
              userGroups: ["system:serviceaccounts"]
            - level: None
            """;

    private String egress() {
        return """
                apiVersion: apiserver.k8s.io/v1beta1
                kind: EgressSelectorConfiguration
                egressSelections:
                - name: cluster
                  connection:
                    proxyProtocol: HTTPConnect
                    transport:
                      uds:
                        udsName: %s
                """.formatted(egressSocket());
    }
}
