package io.plumbline.it.clouds.tencent;

import com.tencentcloudapi.common.CommonClient;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import okhttp3.OkHttpClient;

/// Tencent's own client, for what people do by hand in a simulated account.
public final class TencentClients {
    private TencentClients() {}

    /// Calls CLB with a body of JSON; does not wait for the task.
    public static void call(TencentAccount account, OkHttpClient transport, String action, String body) {
        HttpProfile http = new HttpProfile();
        http.setProtocol("http://");
        http.setEndpoint("clb.tencentcloudapi.com");
        http.setHttpClient(transport);
        ClientProfile profile = new ClientProfile();
        profile.setHttpProfile(http);
        Credential credential = new Credential(account.secretId(), account.secretKey());
        try {
            new CommonClient("clb", "2018-03-17", credential, account.region(), profile).call(action, body);
        } catch (TencentCloudSDKException e) {
            throw new IllegalStateException(action + " by hand was refused", e);
        }
    }
}
