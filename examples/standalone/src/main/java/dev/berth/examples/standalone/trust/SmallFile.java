package dev.berth.examples.standalone.trust;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.images.ByteCount;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** Reads files of the user that are small. */
final class SmallFile {
    private static final int LARGEST_KEY = 1 << 20;

    private SmallFile() {}

    /** Reads a text. */
    static String read(Path file, long largest) throws IOException {
        if (Files.size(file) > largest) {
            throw new CommandException("The file " + file + " is larger than " + ByteCount.format(largest) + ".");
        }
        try {
            return Files.readString(file);
        } catch (MalformedInputException e) {
            throw new CommandException("The file " + file + " is no text.");
        }
    }

    /** Reads a key in PEM form. */
    static String readKey(Path file) throws IOException {
        return read(file, LARGEST_KEY);
    }

    /** Reads the certificates of a file, in their order. */
    static List<X509Certificate> readCertificates(Path file) throws IOException {
        byte[] content = readKey(file).getBytes(StandardCharsets.US_ASCII);
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(content))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (GeneralSecurityException e) {
            throw new CommandException("The file " + file + " has no certificates in PEM form.");
        }
    }
}
