package io.plumbline.app;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.VersionInfo;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// How the API server is reached, and what is said when it is not.
final class ApiServer {
    private static final String CLUSTER_NAMESPACE = "kube-system";
    private static final int FEW_RETRIES = 2;

    private ApiServer() {}

    /// A client by that kubeconfig, else by the environment or a ServiceAccount; nothing is called yet.
    ///
    /// @throws UserError if the kubeconfig cannot be read
    static KubernetesClient client(Optional<Path> kubeconfig) {
        Config config = kubeconfig.map(ApiServer::read).orElseGet(() -> Config.autoConfigure(null));
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /// The same for a command that somebody waits for: who cannot be reached is given up after a second or two.
    static KubernetesClient impatientClient(Optional<Path> kubeconfig) {
        try (KubernetesClient patient = client(kubeconfig)) {
            Config config = new ConfigBuilder(patient.getConfiguration())
                    .withRequestRetryBackoffLimit(FEW_RETRIES)
                    .build();
            return new KubernetesClientBuilder().withConfig(config).build();
        }
    }

    private static Config read(Path file) {
        if (!Files.isReadable(file)) {
            throw new UserError("the kubeconfig " + file + " does not exist or may not be read");
        }
        try {
            return Config.fromKubeconfig(file.toFile());
        } catch (RuntimeException e) { // The client throws what its parser happens to throw.
            throw new UserError("the kubeconfig " + file + " cannot be understood: it is no kubectl configuration");
        }
    }

    /// What marks this cluster unless something else is set.
    static String uid(KubernetesClient client) {
        return Optional.ofNullable(
                        client.namespaces().withName(CLUSTER_NAMESPACE).get())
                .map(namespace -> namespace.getMetadata().getUid())
                .orElseThrow(() -> new UserError("the cluster has no namespace " + CLUSTER_NAMESPACE));
    }

    /// Shows by its answer that the API server can be reached.
    static VersionInfo version(KubernetesClient client) {
        return asked(client, KubernetesClient::getKubernetesVersion);
    }

    /// Asks the API server.
    ///
    /// @throws UserError if it does not answer, or refuses
    static <T> T asked(KubernetesClient client, Function<KubernetesClient, T> question) {
        try {
            return question.apply(client);
        } catch (KubernetesClientException e) {
            throw new UserError(words(client.getMasterUrl().toString(), e));
        }
    }

    private static String words(String server, KubernetesClientException failure) {
        return failure.getCode() > 0
                ? "the API server at " + server + " refuses: " + failure.getMessage()
                : "the API server at " + server + " does not answer: " + cause(failure) + "; is --kubeconfig right?";
    }

    private static String cause(Throwable failure) {
        return causes(failure)
                .flatMap(each -> switch (each) {
                    case UnknownHostException unknown -> Stream.of("unknown host " + unknown.getMessage());
                    case ConnectException refused -> Stream.of("no connection");
                    default -> Stream.empty();
                })
                .findFirst()
                .orElseGet(() -> firstLine(root(failure)));
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, each -> each != null, Throwable::getCause);
    }

    private static Throwable root(Throwable failure) {
        return causes(failure).reduce((outer, inner) -> inner).orElse(failure);
    }

    private static String firstLine(Throwable failure) {
        return failure.toString().lines().findFirst().orElse("");
    }
}
