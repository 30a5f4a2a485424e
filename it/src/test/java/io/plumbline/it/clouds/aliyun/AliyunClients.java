package io.plumbline.it.clouds.aliyun;

import com.aliyun.slb20140515.Client;
import com.aliyun.tea.okhttp.ClientHelper;
import com.aliyun.teaopenapi.models.Config;
import com.aliyun.teaopenapi.models.OpenApiRequest;
import com.aliyun.teaopenapi.models.Params;
import com.aliyun.teautil.models.RuntimeOptions;
import java.util.Map;
import java.util.TreeMap;
import okhttp3.OkHttpClient;

/// Aliyun's own client, for what people do by hand in a simulated account.
public final class AliyunClients {
    private AliyunClients() {}

    /// Calls SLB.
    ///
    /// @param place a host name and port that nothing else uses: the SDK keeps one transport for each
    /// @return what it replied
    public static Map<?, ?> call(
            AliyunAccount account,
            String place,
            OkHttpClient transport,
            String action,
            Map<String, String> parameters) {
        ClientHelper.clients.put(place, transport);
        Map<String, String> query = new TreeMap<>(parameters);
        query.put("RegionId", account.region());
        Params params = new Params()
                .setAction(action)
                .setVersion("2014-05-15")
                .setProtocol("HTTP")
                .setPathname("/")
                .setMethod("POST")
                .setAuthType("AK")
                .setStyle("RPC")
                .setReqBodyType("formData")
                .setBodyType("json");
        try {
            Client client = new Client(new Config()
                    .setAccessKeyId(account.accessKeyId())
                    .setAccessKeySecret(account.accessKeySecret())
                    .setRegionId(account.region())
                    .setProtocol("HTTP")
                    .setEndpoint(place));
            Map<String, ?> reply = client.callApi(params, new OpenApiRequest().setQuery(query), new RuntimeOptions());
            return reply.get("body") instanceof Map<?, ?> body ? body : Map.of();
        } catch (Exception e) {
            throw new IllegalStateException(action + " by hand was refused", e);
        }
    }
}
