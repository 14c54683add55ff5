package dev.berth.registry.internal.transport;

import dev.berth.registry.internal.pem.PemFiles;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Whom to trust for TLS: the authorities of the JVM, and for single hosts others beside them. Also with which
 * certificate a host is told who is there. There is no way to trust everybody. Immutable and thread-safe.
 */
public final class TlsTrust implements TlsSocketStrategy {
    private static final char[] NO_PASSWORD = new char[0];

    private final Map<String, TlsSocketStrategy> byHost;
    private volatile @Nullable TlsSocketStrategy standard;

    private TlsTrust(Map<String, TlsSocketStrategy> byHost) {
        this.byHost = byHost;
    }

    /** Begins with the authorities of the JVM. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public SSLSocket upgrade(Socket socket, String host, int port, Object attachment, HttpContext context)
            throws IOException {
        TlsSocketStrategy strategy = byHost.get(host + ":" + port);
        if (strategy == null) {
            strategy = byHost.get(host);
        }
        return (strategy == null ? standard() : strategy).upgrade(socket, host, port, attachment, context);
    }

    private TlsSocketStrategy standard() throws IOException {
        TlsSocketStrategy present = standard;
        if (present != null) {
            return present;
        }
        try {
            TlsSocketStrategy made = strategy(List.of(), null);
            standard = made;
            return made;
        } catch (GeneralSecurityException e) {
            throw new IOException("The trusted certificates of this JVM cannot be read", e);
        }
    }

    private static TlsSocketStrategy strategy(List<Certificate> authorities, @Nullable KeyStore own)
            throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers(own), new TrustManager[] {new NamingTrustManager(trustManager(authorities))}, null);
        return new DefaultClientTlsStrategy(context, HostnameVerificationPolicy.BUILTIN, null);
    }

    private static KeyManager @Nullable [] keyManagers(@Nullable KeyStore own) throws GeneralSecurityException {
        if (own == null) {
            return null;
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(own, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static X509ExtendedTrustManager trustManager(List<Certificate> authorities)
            throws GeneralSecurityException, IOException {
        X509ExtendedTrustManager ofJvm = trustManager((KeyStore) null);
        if (authorities.isEmpty()) {
            return ofJvm;
        }
        KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
        all.load(null, NO_PASSWORD);
        int count = 0;
        for (X509Certificate certificate : ofJvm.getAcceptedIssuers()) {
            all.setCertificateEntry("jvm-" + count++, certificate);
        }
        for (Certificate certificate : authorities) {
            all.setCertificateEntry("own-" + count++, certificate);
        }
        return trustManager(all);
    }

    private static X509ExtendedTrustManager trustManager(@Nullable KeyStore trusted) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager found) {
                return found;
            }
        }
        throw new GeneralSecurityException("This JVM has no " + X509TrustManager.class.getSimpleName());
    }

    /** Puts the rules together. Not thread-safe. */
    public static final class Builder {
        private final Map<String, List<Certificate>> authorities = new HashMap<>();
        private final Map<String, KeyStore> own = new HashMap<>();

        private Builder() {}

        /**
         * Trusts the authorities of a file, beside those of the JVM, for one host.
         *
         * @param host with its port, or without for all its ports
         * @param file certificates in PEM form
         * @throws IOException if the file cannot be read
         * @throws IllegalArgumentException if it holds no certificates
         */
        public Builder trust(String host, Path file) throws IOException {
            authorities.computeIfAbsent(host, h -> new ArrayList<>()).addAll(PemFiles.certificates(file));
            return this;
        }

        /**
         * Tells one host by a certificate who is there.
         *
         * @param host with its port, or without for all its ports
         * @param certificates the certificate, then those that lead from it to its authority, in PEM form
         * @param key its private key in PEM form, not encrypted
         * @throws IOException if a file cannot be read
         * @throws IllegalArgumentException if a file does not hold what it should
         */
        public Builder clientCertificate(String host, Path certificates, Path key) throws IOException {
            own.put(host, PemFiles.keyStore(certificates, key, NO_PASSWORD));
            return this;
        }

        /** Returns whether there are rules for a host. */
        public boolean hasRulesFor(String host) {
            return authorities.containsKey(host) || own.containsKey(host);
        }

        /** Returns a copy that changes on its own. */
        public Builder copy() {
            Builder copy = new Builder();
            authorities.forEach((host, certificates) -> copy.authorities.put(host, new ArrayList<>(certificates)));
            copy.own.putAll(own);
            return copy;
        }

        /** Returns the rules. */
        public TlsTrust build() {
            Map<String, TlsSocketStrategy> byHost = new HashMap<>();
            try {
                for (Map.Entry<String, List<Certificate>> entry : authorities.entrySet()) {
                    byHost.put(entry.getKey(), strategy(entry.getValue(), own.get(entry.getKey())));
                }
                for (Map.Entry<String, KeyStore> entry : own.entrySet()) {
                    if (!byHost.containsKey(entry.getKey())) {
                        byHost.put(entry.getKey(), strategy(List.of(), entry.getValue()));
                    }
                }
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalArgumentException("A certificate or key cannot be used: " + e.getMessage(), e);
            }
            return new TlsTrust(byHost);
        }
    }
}
