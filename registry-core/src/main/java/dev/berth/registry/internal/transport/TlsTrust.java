package dev.berth.registry.internal.transport;

import dev.berth.registry.internal.pem.PemFiles;
import java.io.IOException;
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
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Which certificates are trusted for TLS: those of the JVM's authorities, and for single hosts those of further ones. A
 * host may also be given a client certificate. Verification cannot be switched off. Immutable and thread-safe.
 */
public final class TlsTrust {
    private static final char[] NO_PASSWORD = new char[0];

    private final Map<String, SSLContext> byHost;
    private volatile @Nullable SSLContext standard;

    private TlsTrust(Map<String, SSLContext> byHost) {
        this.byHost = byHost;
    }

    /** Returns a builder that trusts the authorities of the JVM only. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the context for connections to a host.
     *
     * @throws IOException if the JVM's own certificates cannot be read
     */
    SSLContext context(String host, int port) throws IOException {
        SSLContext context = byHost.get(host + ":" + port);
        if (context == null) {
            context = byHost.get(host);
        }
        return context == null ? standard() : context;
    }

    private SSLContext standard() throws IOException {
        SSLContext present = standard;
        if (present != null) {
            return present;
        }
        try {
            SSLContext made = context(List.of(), null);
            standard = made;
            return made;
        } catch (GeneralSecurityException e) {
            throw new IOException("The trusted certificates of this JVM cannot be read", e);
        }
    }

    private static SSLContext context(List<Certificate> authorities, @Nullable KeyStore own)
            throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers(own), new TrustManager[] {new NamingTrustManager(trustManager(authorities))}, null);
        return context;
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

    /** Collects the rules. Not thread-safe. */
    public static final class Builder {
        private final Map<String, List<Certificate>> authorities = new HashMap<>();
        private final Map<String, KeyStore> own = new HashMap<>();

        private Builder() {}

        /**
         * Trusts the authorities of a file for one host, in addition to those of the JVM.
         *
         * @param host with its port, or without one for all its ports
         * @param file certificates in PEM form
         * @throws IOException if the file cannot be read
         * @throws IllegalArgumentException if it holds no certificates
         */
        public Builder trust(String host, Path file) throws IOException {
            authorities.computeIfAbsent(host, h -> new ArrayList<>()).addAll(PemFiles.certificates(file));
            return this;
        }

        /**
         * Presents a client certificate to one host.
         *
         * @param host with its port, or without one for all its ports
         * @param certificates the certificate chain in PEM form, the client's own certificate first
         * @param key its private key in PEM form, not encrypted
         * @throws IOException if a file cannot be read
         * @throws IllegalArgumentException if a file does not hold them
         */
        public Builder clientCertificate(String host, Path certificates, Path key) throws IOException {
            own.put(host, PemFiles.keyStore(certificates, key, NO_PASSWORD));
            return this;
        }

        /** Returns whether there are rules for a host. */
        public boolean hasRulesFor(String host) {
            return authorities.containsKey(host) || own.containsKey(host);
        }

        /** Returns an independent copy. */
        public Builder copy() {
            Builder copy = new Builder();
            authorities.forEach((host, certificates) -> copy.authorities.put(host, new ArrayList<>(certificates)));
            copy.own.putAll(own);
            return copy;
        }

        /** Returns the rules. */
        public TlsTrust build() {
            Map<String, SSLContext> byHost = new HashMap<>();
            try {
                for (Map.Entry<String, List<Certificate>> entry : authorities.entrySet()) {
                    byHost.put(entry.getKey(), context(entry.getValue(), own.get(entry.getKey())));
                }
                for (Map.Entry<String, KeyStore> entry : own.entrySet()) {
                    if (!byHost.containsKey(entry.getKey())) {
                        byHost.put(entry.getKey(), context(List.of(), entry.getValue()));
                    }
                }
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalArgumentException("A certificate or key cannot be used: " + e.getMessage(), e);
            }
            return new TlsTrust(byHost);
        }
    }
}
