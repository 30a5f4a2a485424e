package io.plumbline.it.clouds.aws;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.plumbline.it.clouds.Request;
import io.plumbline.it.clouds.Response;
import java.time.Duration;
import java.time.InstantSource;

/// The agent on each node of EKS that gives a Pod credentials for its ServiceAccount's token
/// (https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html).
final class PodIdentity {
    private static final String PATH = "/v1/credentials";
    private static final String AUDIENCE = "pods.eks.amazonaws.com";
    private static final Duration LIFE = Duration.ofHours(6);

    private final Estate estate;
    private final InstantSource realTime;

    PodIdentity(Estate estate, InstantSource realTime) {
        this.estate = estate;
        this.realTime = realTime;
    }

    /// Whether the request is for the agent and for none of the services.
    static boolean isAsked(Request request) {
        return request.method().equals("GET") && request.path().equals(PATH);
    }

    Response answer(Request request) {
        try {
            WebIdentity identity =
                    WebIdentity.read(request.header("Authorization").orElse(""));
            identity.require(AUDIENCE, realTime.instant());
            String role = estate.account.roleArn();
            String principal = "arn:aws:sts::" + estate.account.accountId() + ":assumed-role/"
                    + role.substring(role.lastIndexOf('/') + 1) + "/eks-pod";
            Keys.Key key = estate.keys.open(principal, realTime.instant(), estate.sessionLife(LIFE));
            return Response.ok(JsonNodeFactory.instance
                    .objectNode()
                    .put("AccessKeyId", key.id())
                    .put("SecretAccessKey", key.secret())
                    .put("Token", key.token().orElseThrow())
                    .put("AccountId", estate.account.accountId())
                    .put("Expiration", key.expiry().toString())
                    .toString());
        } catch (Refusal refusal) {
            return new Response.Answer(ErrorCodes.status(refusal.code()), JsonText.error(refusal), Duration.ZERO);
        }
    }
}
