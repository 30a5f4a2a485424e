package io.plumbline.readinessgate.webhook;

/// Reviews as an API server sends them.
final class Reviews {
    static final String UID = "705ab4f5-6393-11e8-b7cc-42010a800002";

    private Reviews() {}

    static String creating(String namespace, String pod) {
        return """
                {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"%s",
                "kind":{"group":"","version":"v1","kind":"Pod"},
                "resource":{"group":"","version":"v1","resource":"pods"},
                "namespace":"%s","operation":"CREATE","userInfo":{"username":"somebody"},
                "object":%s,"oldObject":null,"dryRun":false}}""".formatted(UID, namespace, pod);
    }
}
