package io.plumbline.it.cluster.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ApiRequestTest {

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/pods, '', LIST, pods",
        "GET, /api/v1/namespaces/web/pods, limit=5, LIST, pods",
        "GET, /api/v1/namespaces/web/pods, watch=true&resourceVersion=7, WATCH, pods",
        "GET, /api/v1/namespaces/web/pods, watch=false, LIST, pods",
        "GET, /api/v1/namespaces/web/pods/shop, '', OTHER, pods",
        "GET, /api/v1/namespaces/web/pods/shop/status, '', OTHER, pods",
        "GET, /api/v1/namespaces, '', LIST, namespaces",
        "GET, /api/v1/namespaces/web, '', OTHER, namespaces",
        "GET, /apis/discovery.k8s.io/v1/endpointslices, watch=1, WATCH, endpointslices",
        "GET, /apis/discovery.k8s.io/v1/namespaces/web/endpointslices, '', LIST, endpointslices",
        "POST, /api/v1/namespaces/web/pods, '', OTHER, ''",
        "GET, /apis/discovery.k8s.io/v1, '', OTHER, ''",
        "GET, /version, '', OTHER, ''",
        "GET, /, '', OTHER, ''",
    })
    void verbAndResourceAreRead(String method, String path, String query, ApiRequest.Verb verb, String resource) {
        ApiRequest request = ApiRequest.of(method, path, Optional.of(query));
        assertThat(request.verb()).isEqualTo(verb);
        assertThat(request.resource()).isEqualTo(resource);
    }
}
