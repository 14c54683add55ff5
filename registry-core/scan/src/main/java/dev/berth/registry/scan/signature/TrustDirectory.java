package dev.berth.registry.scan.signature;

import dev.berth.registry.internal.pem.PemFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;

/** Reads a directory with trust policies and trust stores. */
final class TrustDirectory {
    private static final List<String> POLICIES = List.of("trustpolicy.oci.json", "trustpolicy.json");
    private static final List<String> STORES = List.of("truststore/x509", "x509");
    private static final int LARGEST_FILE = 8 << 20;
    private static final byte SEQUENCE = 0x30;

    private TrustDirectory() {}

    static NotationTrust read(Path directory) throws IOException {
        Path policies = first(directory, POLICIES);
        NotationTrust.Builder builder = NotationTrust.builder(new String(content(policies), StandardCharsets.UTF_8));
        Path stores = first(directory, STORES);
        for (Path type : children(stores)) {
            for (Path name : children(type)) {
                for (Path file : children(name)) {
                    builder.certificates(type.getFileName() + ":" + name.getFileName(), certificates(file));
                }
            }
        }
        for (Path file : children(directory.resolve("crl"))) {
            builder.revocationList(revocationList(file));
        }
        return builder.build();
    }

    private static Path first(Path directory, List<String> names) {
        return names.stream()
                .map(directory::resolve)
                .filter(Files::exists)
                .findFirst()
                .orElseGet(() -> directory.resolve(names.get(0)));
    }

    private static List<Path> children(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.filter(child -> !child.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private static byte[] content(Path file) throws IOException {
        if (Files.size(file) > LARGEST_FILE) {
            throw new IllegalArgumentException("The file " + file + " is too large to be a part of a trust store");
        }
        return Files.readAllBytes(file);
    }

    private static List<X509Certificate> certificates(Path file) throws IOException {
        byte[] content = content(file);
        List<? extends Certificate> certificates;
        if (content.length > 0 && content[0] == SEQUENCE) {
            try {
                certificates = List.of(
                        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(content)));
            } catch (GeneralSecurityException e) {
                throw new IllegalArgumentException("The file " + file + " is no certificate", e);
            }
        } else {
            certificates = PemFiles.certificates(file, content);
        }
        return certificates.stream().map(X509Certificate.class::cast).toList();
    }

    private static X509CRL revocationList(Path file) throws IOException {
        try {
            return (X509CRL)
                    CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(content(file)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("The file " + file + " is no list of revoked certificates", e);
        }
    }
}
