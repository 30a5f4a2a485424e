package io.plumbline.readinessgate.webhook;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// An identity as the TLS stack takes it.
final class ServingTls {
    private static final char[] IN_MEMORY_ONLY = new char[0];

    private ServingTls() {}

    static SSLContext context(Identity identity) {
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, IN_MEMORY_ONLY);
            Certificate[] chain = {
                identity.serving().certificate(), identity.authority().certificate()
            };
            keys.setKeyEntry("webhook", identity.serving().key(), IN_MEMORY_ONLY, chain);
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, IN_MEMORY_ONLY);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the webhook's certificate cannot be used", e);
        }
    }
}
