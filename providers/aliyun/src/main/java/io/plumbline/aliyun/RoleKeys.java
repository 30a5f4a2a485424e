package io.plumbline.aliyun;

import com.aliyun.credentials.Client;
import com.aliyun.credentials.models.CredentialModel;
import com.aliyun.credentials.provider.OIDCRoleArnCredentialProvider;
import io.plumbline.aliyun.AliyunSettings.Keys;
import java.util.Optional;
import java.util.function.Supplier;

/// Keys of a RAM role for a Kubernetes service account (RRSA): the token file is read anew each time
/// the keys are, which is before they expire (https://help.aliyun.com/document_detail/356611.html).
public final class RoleKeys implements Supplier<Keys> {
    private static final String SESSION = "plumbline";
    private static final int TIMEOUT_MILLISECONDS = 10_000;

    private final Client client;
    private final String whence;

    /// Without an endpoint of its own the Security Token Service of the region is asked.
    ///
    /// @param stsEndpoint `host:port` or `host`
    public RoleKeys(String roleArn, String providerArn, String tokenFile, Optional<String> stsEndpoint) {
        OIDCRoleArnCredentialProvider.Builder builder = OIDCRoleArnCredentialProvider.builder()
                .roleArn(roleArn)
                .oidcProviderArn(providerArn)
                .oidcTokenFilePath(tokenFile)
                .roleSessionName(SESSION)
                .connectionTimeout(TIMEOUT_MILLISECONDS)
                .readTimeout(TIMEOUT_MILLISECONDS);
        stsEndpoint.ifPresent(builder::STSEndpoint);
        this.client = new Client(builder.build());
        this.whence = "role " + roleArn + " for the token in " + tokenFile;
    }

    /// @throws com.aliyun.credentials.exception.CredentialException where there are none; [Failures] turns it into
    ///     a refusal
    @Override
    public Keys get() {
        CredentialModel credential = Failures.credentials(whence, client::getCredential);
        return new Keys(
                credential.getAccessKeyId(),
                credential.getAccessKeySecret(),
                Optional.ofNullable(credential.getSecurityToken()));
    }
}
