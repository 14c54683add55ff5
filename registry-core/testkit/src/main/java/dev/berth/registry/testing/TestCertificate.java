package dev.berth.registry.testing;

import dev.berth.registry.server.TlsOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The certificate of a server, signed by an authority that exists for it only: some clients refuse a server certificate
 * that is self-signed. Immutable.
 */
final class TestCertificate {
    private static final String AUTHORITY = "Berth test authority";
    private static final String SERVER = "Berth test registry";
    private static final char[] PASSWORD = "in memory only".toCharArray();

    /** Covers the difference between the clocks of client and server. */
    private static final Duration EARLIER = Duration.ofHours(1);

    private final X509Certificate authority;
    private final X509Certificate server;
    private final KeyPair serverKeys;

    private TestCertificate(X509Certificate authority, X509Certificate server, KeyPair serverKeys) {
        this.authority = authority;
        this.server = server;
        this.serverKeys = serverKeys;
    }

    /** Generates keys, and a certificate for a server with these names, of which there is at least one. */
    static TestCertificate generate(List<ServerName> servers, Instant now) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair authorityKeys = generator.generateKeyPair();
            KeyPair serverKeys = generator.generateKeyPair();
            Instant notBefore = now.minus(EARLIER);
            X509Certificate authority = new CertificateRequest(AUTHORITY, authorityKeys.getPublic(), List.of(), notBefore)
                    .signedBy(AUTHORITY, authorityKeys);
            X509Certificate server = new CertificateRequest(SERVER, serverKeys.getPublic(), servers, notBefore)
                    .signedBy(AUTHORITY, authorityKeys);
            return new TestCertificate(authority, server, serverKeys);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM cannot make an elliptic-curve certificate", e);
        }
    }

    TlsOptions serverOptions() {
        try {
            KeyStore store = newKeyStore();
            store.setKeyEntry("server", serverKeys.getPrivate(), PASSWORD, new Certificate[] {server, authority});
            return TlsOptions.keyStore(store, PASSWORD);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("This JVM cannot keep a key in memory", e);
        }
    }

    /** Returns a context for clients that trusts the authority of this certificate and no other. */
    SSLContext clientContext() {
        try {
            KeyStore trusted = newKeyStore();
            trusted.setCertificateEntry("authority", authority);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("This JVM cannot trust a certificate in memory", e);
        }
    }

    /** Returns the certificate of the authority, for clients that read it from a file. */
    String pem() {
        try {
            byte[] newline = "\n".getBytes(StandardCharsets.US_ASCII);
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, newline).encodeToString(authority.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("A certificate that was just made cannot be written", e);
        }
    }

    private static KeyStore newKeyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
