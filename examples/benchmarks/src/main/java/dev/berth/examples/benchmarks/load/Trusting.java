package dev.berth.examples.benchmarks.load;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Connects with TLS to a server of this machine that has the certificate of a benchmark. */
final class Trusting {
    private Trusting() {}

    static Socket connect(String host, int port) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new EveryCertificate()}, null);
            return context.getSocketFactory().createSocket(host, port);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static final class EveryCertificate implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
