package io.plumbline.it.clouds.aliyun;

import com.aliyun.tea.okhttp.ClientHelper;
import com.aliyun.teaopenapi.Client;
import com.aliyun.teaopenapi.models.Config;
import com.aliyun.teaopenapi.models.OpenApiRequest;
import com.aliyun.teaopenapi.models.Params;
import com.aliyun.teautil.models.RuntimeOptions;
import java.util.Map;
import java.util.TreeMap;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

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
        try {
            Client client = new Client(new Config()
                    .setAccessKeyId(account.accessKeyId())
                    .setAccessKeySecret(account.accessKeySecret())
                    .setRegionId(account.region())
                    .setProtocol("HTTP")
                    .setEndpoint(place));
            return body(client, action, "2014-05-15", query) instanceof Map<?, ?> body ? body : Map.of();
        } catch (Exception e) {
            throw new IllegalStateException(action + " by hand was refused", e);
        }
    }

    /// The body of what an action replies; throws what the client throws.
    static @Nullable Object body(Client client, String action, String version, Map<String, String> query)
            throws Exception {
        Params params = new Params()
                .setAction(action)
                .setVersion(version)
                .setProtocol("HTTP")
                .setPathname("/")
                .setMethod("POST")
                .setAuthType("AK")
                .setStyle("RPC")
                .setReqBodyType("formData")
                .setBodyType("json");
        return client.callApi(params, new OpenApiRequest().setQuery(query), new RuntimeOptions())
                .get("body");
    }
}
