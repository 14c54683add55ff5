package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.cli.FailureReason;
import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.registry.server.TlsOptions;
import dev.berth.registry.server.TlsOptions.ClientCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;

/** Reads the files of {@code http.tls}. What is wrong with them is said in one sentence. */
final class ServerTls {
    private ServerTls() {}

    static TlsOptions of(Settings.Tls files) throws IOException {
        TlsOptions server = server(files);
        if (files.clientAuthorities().isEmpty()) {
            return server;
        }
        ClientCertificates mode =
                files.clientCertificateRequired() ? ClientCertificates.REQUIRED : ClientCertificates.REQUESTED;
        try {
            KeyStore authorities = KeyStore.getInstance("PKCS12");
            authorities.load(null, null);
            for (Path file : files.clientAuthorities()) {
                addAll(authorities, file);
            }
            return server.withClientCertificates(mode, authorities);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("The authorities of http.tls.clientcas cannot be used: " + e.getMessage(), e);
        }
    }

    private static void addAll(KeyStore authorities, Path file) throws IOException, GeneralSecurityException {
        int before = authorities.size();
        try (InputStream pem = Files.newInputStream(file)) {
            for (Certificate authority : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                authorities.setCertificateEntry("authority-" + authorities.size(), authority);
            }
        } catch (IOException e) {
            throw new IOException(
                    "The file " + file + " of http.tls.clientcas cannot be read: " + FailureReason.of(e), e);
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "The file " + file + " of http.tls.clientcas has something other than certificates", e);
        }
        if (authorities.size() == before) {
            throw new IOException("The file " + file + " of http.tls.clientcas has no certificate");
        }
    }

    private static TlsOptions server(Settings.Tls files) throws IOException {
        try {
            return TlsOptions.pem(files.certificate(), files.key());
        } catch (IOException e) {
            throw unusable(files, FailureReason.of(e), e);
        } catch (IllegalArgumentException e) {
            throw unusable(files, String.valueOf(e.getMessage()), e);
        }
    }

    private static IOException unusable(Settings.Tls files, String why, Exception e) {
        return new IOException(
                "The certificate " + files.certificate() + " with the key " + files.key() + " cannot be used: " + why,
                e);
    }
}
