package io.plumbline.tencent;

import com.tencentcloudapi.common.AbstractModel;
import com.tencentcloudapi.common.CommonClient;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import io.plumbline.tencent.TencentSettings.Keys;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Optional;
import java.util.function.Supplier;

/// Temporary keys for the token that the cluster writes into a file (TKE: OIDC,
/// https://cloud.tencent.com/document/product/1312/73070). They are renewed some minutes before they expire, with
/// what the file holds then; where that fails, the old ones serve as long as they can.
public final class RoleKeys implements Supplier<Keys> {
    /// Where tokens are taken for keys.
    public static final String PUBLIC_ENDPOINT = "https://sts.tencentcloudapi.com";

    private static final String SERVICE = "sts";
    private static final String VERSION = "2018-08-13";
    private static final String ACTION = "AssumeRoleWithWebIdentity";
    private static final String SESSION = "plumbline";
    private static final Duration LIFE = Duration.ofHours(2);
    private static final Duration AHEAD = Duration.ofMinutes(5);
    private static final int PATIENCE_SECONDS = 10;

    private final Identity identity;
    private final InstantSource clock;
    private Optional<Lent> lent = Optional.empty();

    public RoleKeys(Identity identity, InstantSource clock) {
        this.identity = identity;
        this.clock = clock;
    }

    /// Who asks.
    ///
    /// @param providerId the identity provider at the cloud, for TKE the cluster's id
    /// @param roleArn the role that the keys are of
    /// @param tokenFile read again for each renewal
    /// @param endpoint `http://host:port` or `https://host`
    public record Identity(String region, String providerId, String roleArn, Path tokenFile, String endpoint) {}

    private record Lent(Keys keys, Instant until) {}

    /// No keys can be had.
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final String code;

        /// @param code the cloud's; empty where it did not answer
        Refused(String code, String message) {
            super(message);
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    /// @throws Refused where there are none
    @Override
    public synchronized Keys get() {
        Instant now = clock.instant();
        Optional<Lent> held = lent.filter(keys -> now.isBefore(keys.until()));
        if (held.isPresent() && now.isBefore(held.get().until().minus(AHEAD))) {
            return held.get().keys();
        }
        try {
            Lent fresh = ask();
            lent = Optional.of(fresh);
            return fresh.keys();
        } catch (Refused e) {
            return held.orElseThrow(() -> e).keys();
        }
    }

    private Lent ask() {
        Request request = new Request();
        request.setSkipSign(true);
        request.set("ProviderId", identity.providerId());
        request.set("WebIdentityToken", token());
        request.set("RoleArn", identity.roleArn());
        request.set("RoleSessionName", SESSION);
        request.set("DurationSeconds", LIFE.toSeconds());
        try {
            Replies.Role reply = client().commonRequest(request, ACTION, Replies.Role.class);
            Replies.RoleKeys keys = reply.credentials;
            if (keys == null || keys.id == null || keys.secret == null || reply.expiredTime == null) {
                throw new Refused("", ACTION + ": a reply without keys");
            }
            return new Lent(
                    new Keys(keys.id, keys.secret, Optional.ofNullable(keys.token)),
                    Instant.ofEpochSecond(reply.expiredTime));
        } catch (TencentCloudSDKException e) {
            String code = Optional.ofNullable(e.getErrorCode()).orElse("");
            throw new Refused(code, ACTION + ": " + e.getMessage());
        }
    }

    private String token() {
        try {
            return Files.readString(identity.tokenFile()).strip();
        } catch (IOException e) {
            throw new Refused("", "the token file " + identity.tokenFile() + " cannot be read: " + e);
        }
    }

    private CommonClient client() {
        URI endpoint = URI.create(identity.endpoint());
        HttpProfile http = new HttpProfile();
        http.setProtocol(endpoint.getScheme() + "://");
        http.setEndpoint(endpoint.getAuthority());
        http.setConnTimeout(PATIENCE_SECONDS);
        http.setReadTimeout(PATIENCE_SECONDS);
        http.setWriteTimeout(PATIENCE_SECONDS);
        ClientProfile profile = new ClientProfile();
        profile.setHttpProfile(http);
        return new CommonClient(SERVICE, VERSION, new Credential("", ""), identity.region(), profile);
    }

    /// All of its fields are set by name.
    private static final class Request extends AbstractModel {
        @Override
        @SuppressWarnings("NonApiType") // The SDK's own signature.
        protected void toMap(HashMap<String, String> map, String prefix) {}
    }
}
