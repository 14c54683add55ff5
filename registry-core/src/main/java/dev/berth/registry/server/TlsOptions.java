package dev.berth.registry.server;

import dev.berth.registry.internal.pem.PemFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Objects;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * The certificate with which a server proves who it is, and its key. TLS 1.2 and 1.3 are spoken, and HTTP/1.1 inside.
 * Immutable; holds secrets and never prints them.
 */
public final class TlsOptions {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final String[] APPLICATION_PROTOCOLS = {"http/1.1"};

    private final Supplier<SSLContext> contexts;

    private TlsOptions(Supplier<SSLContext> contexts) {
        this.contexts = contexts;
    }

    /**
     * Reads certificate and key from PEM files, as most tools write them.
     *
     * @param certificates the server's certificate, then those that lead from it to its authority
     * @param key the private key of the first certificate, not encrypted: PKCS #8, PKCS #1 (RSA) or SEC 1 (EC)
     * @throws IOException if a file cannot be read
     * @throws IllegalArgumentException if a file does not hold what it should; the message says which, and why
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
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return of(() -> context);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("The key store has no key that can be used: " + e.getMessage(), e);
        }
    }

    /**
     * Takes a context for each new connection, so that a certificate can be exchanged while the server runs.
     *
     * @param contexts asked by many threads; should be quick
     */
    public static TlsOptions of(Supplier<SSLContext> contexts) {
        return new TlsOptions(Objects.requireNonNull(contexts, "contexts"));
    }

    /** Secures a connection that a client has opened. The handshake is still to come. */
    SSLSocket accept(Socket socket) throws IOException {
        InputStream nothingRead = null;
        SSLSocket secured = (SSLSocket) contexts.get().getSocketFactory().createSocket(socket, nothingRead, true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        parameters.setApplicationProtocols(APPLICATION_PROTOCOLS);
        parameters.setUseCipherSuitesOrder(true);
        secured.setSSLParameters(parameters);
        return secured;
    }
}
