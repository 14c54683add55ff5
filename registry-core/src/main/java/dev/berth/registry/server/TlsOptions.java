package dev.berth.registry.server;

import dev.berth.registry.internal.pem.PemFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * How a server uses TLS: its certificate and key, and whether clients authenticate with certificates. The versions are
 * TLS 1.2 and 1.3, the protocol inside is HTTP/1.1. Immutable; holds secrets and never prints them.
 *
 * @since 0.1
 */
public final class TlsOptions {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final String[] APPLICATION_PROTOCOLS = {"http/1.1"};

    private static final Pattern QUICK = Pattern.compile("TLS_(ECDHE_\\w+_WITH_)?AES_128_GCM_SHA256");
    /** With this property, an operator of a JVM chooses suites and their order. */
    private static final String CIPHER_SUITES_PROPERTY = "jdk.tls.server.cipherSuites";

    private final Supplier<SSLContext> contexts;
    private final @Nullable KeyManagerFactory keys;
    private final ClientCertificates clients;

    private TlsOptions(Supplier<SSLContext> contexts, @Nullable KeyManagerFactory keys, ClientCertificates clients) {
        this.contexts = contexts;
        this.keys = keys;
        this.clients = clients;
    }

    /**
     * Whether clients authenticate with certificates.
     *
     * @since 0.1
     */
    public enum ClientCertificates {
        /** Clients are not asked for a certificate. */
        NONE,
        /**
         * Clients are asked for a certificate, but need not have one. A certificate that cannot be verified is
         * rejected.
         */
        REQUESTED,
        /** Clients must have a certificate that can be verified. */
        REQUIRED
    }

    /**
     * Reads certificate and key from PEM files.
     *
     * @param certificates a file with the server's certificate, followed by its intermediate certificates
     * @param key the private key of the first certificate, not encrypted: PKCS #8, PKCS #1 (RSA) or SEC 1 (EC)
     * @throws IOException if a file cannot be read
     * @throws IllegalArgumentException if the content of a file is not valid; the message names the file and the reason
     */
    public static TlsOptions pem(Path certificates, Path key) throws IOException {
        char[] password = new char[0];
        return keyStore(PemFiles.keyStore(certificates, key, password), password);
    }

    /**
     * Takes certificate and key from a key store.
     *
     * @param password the password of the key, which is not kept
     * @throws IllegalArgumentException if the key store has no key that the password opens
     */
    public static TlsOptions keyStore(KeyStore keyStore, char[] password) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(keyStore, password);
            SSLContext context = context(keys, null);
            return new TlsOptions(() -> context, keys, ClientCertificates.NONE);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("The key store has no key that can be used: " + e.getMessage(), e);
        }
    }

    /**
     * Asks for a context for each new connection, so that a certificate can be replaced while the server runs.
     *
     * @param contexts called by many threads; should be quick
     */
    public static TlsOptions of(Supplier<SSLContext> contexts) {
        return new TlsOptions(Objects.requireNonNull(contexts, "contexts"), null, ClientCertificates.NONE);
    }

    /**
     * Returns these options with certificates of clients that lead to one of these authorities.
     *
     * @param mode whether clients authenticate with certificates
     * @param authorities a PEM file with the certificates of the authorities
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if the file has no certificate, or one that cannot be read
     * @throws IllegalStateException if these options were made by {@link #of}
     */
    public TlsOptions withClientCertificates(ClientCertificates mode, Path authorities) throws IOException {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            int count = 0;
            for (Certificate authority : PemFiles.certificates(authorities)) {
                trusted.setCertificateEntry("authority-" + count++, authority);
            }
            return withClientCertificates(mode, trusted);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "The certificates in " + authorities + " cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * Returns these options with certificates of clients that lead to one of these authorities.
     *
     * @param mode whether clients authenticate with certificates
     * @param authorities the certificates of the authorities, and nothing else
     * @throws IllegalArgumentException if the key store has no certificate
     * @throws IllegalStateException if these options were made by {@link #of}
     */
    public TlsOptions withClientCertificates(ClientCertificates mode, KeyStore authorities) {
        Objects.requireNonNull(mode, "mode");
        if (keys == null) {
            throw new IllegalStateException("The authorities of clients belong to the context that was given");
        }
        try {
            if (authorities.size() == 0) {
                throw new IllegalArgumentException("There is no authority for the certificates of clients");
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authorities);
            SSLContext context = context(keys, trust.getTrustManagers());
            return new TlsOptions(() -> context, keys, mode);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "The authorities for the certificates of clients cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * Returns these options with certificates of clients that the trust managers of the context verify. A context
     * without trust managers of its own accepts those of every public authority.
     *
     * @param mode whether clients authenticate with certificates
     * @throws IllegalStateException if these options were not made by {@link #of}
     */
    public TlsOptions withClientCertificates(ClientCertificates mode) {
        Objects.requireNonNull(mode, "mode");
        if (keys != null) {
            throw new IllegalStateException("The authorities for the certificates of clients must be named");
        }
        return new TlsOptions(contexts, null, mode);
    }

    private static SSLContext context(KeyManagerFactory keys, TrustManager @Nullable [] trust)
            throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust, null);
        return context;
    }

    /** Returns a socket that speaks TLS over one that a client has opened. The handshake is still to come. */
    SSLSocket accept(Socket socket) throws IOException {
        InputStream nothingRead = null;
        SSLSocket secured = (SSLSocket) contexts.get().getSocketFactory().createSocket(socket, nothingRead, true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        parameters.setApplicationProtocols(APPLICATION_PROTOCOLS);
        parameters.setUseCipherSuitesOrder(true);
        if (keys != null && System.getProperty(CIPHER_SUITES_PROPERTY) == null) {
            parameters.setCipherSuites(quickFirst(parameters.getCipherSuites()));
        }
        switch (clients) {
            case REQUESTED -> parameters.setWantClientAuth(true);
            case REQUIRED -> parameters.setNeedClientAuth(true);
            case NONE -> {
                // The default.
            }
        }
        secured.setSSLParameters(parameters);
        return secured;
    }

    /** Puts AES-GCM with keys of 128 bits first: as secure as certificates are, and quicker than with 256 bits. */
    private static String[] quickFirst(String[] suites) {
        return Arrays.stream(suites)
                .sorted(Comparator.comparing(suite -> !QUICK.matcher(suite).matches()))
                .toArray(String[]::new);
    }

    /** Prints nothing of the key. */
    @Override
    public String toString() {
        return "TlsOptions with client certificates " + clients;
    }
}
