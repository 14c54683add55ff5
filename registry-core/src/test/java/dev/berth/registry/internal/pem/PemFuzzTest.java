package dev.berth.registry.internal.pem;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.berth.registry.fixtures.Allocations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;

/** Any file is certificates and a key, or is refused with an exception that names it. */
class PemFuzzTest {
    private static final char[] PASSWORD = "password".toCharArray();
    private static final int LONGEST_MESSAGE = 1000;

    @TempDir
    private static Path temporary;

    @FuzzTest
    void files(byte[] input) throws Exception {
        Path given = temporary.resolve("given.pem");
        Path pair = temporary.resolve("pair.pem");
        Files.write(pair, pair());
        Allocations.requireProportional(input.length, () -> {
            check(given, input, given, given);
            check(given, input, pair, given);
            check(given, block("CERTIFICATE", input), given, pair);
            check(given, block("PRIVATE KEY", input), pair, given);
            check(given, block("EC PRIVATE KEY", input), pair, given);
        });
    }

    private static void check(Path given, byte[] content, Path certificates, Path key) throws IOException {
        Files.write(given, content);
        try {
            PemFiles.keyStore(certificates, key, PASSWORD);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).contains(".pem").hasSizeLessThan(LONGEST_MESSAGE);
        }
    }

    /** Returns what bytes of DER are in a file. */
    private static byte[] block(String label, byte[] der) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(("-----BEGIN " + label + "-----\n").getBytes(US_ASCII));
        file.writeBytes(Base64.getMimeEncoder().encode(der));
        file.writeBytes(("\n-----END " + label + "-----\n").getBytes(US_ASCII));
        return file.toByteArray();
    }

    /** Returns a certificate and its key, one of which can be joined with what is given. */
    private static byte[] pair() throws IOException {
        try (InputStream stream = PemFuzzTest.class.getResourceAsStream("PemFuzzTestInputs/files/pair")) {
            return Objects.requireNonNull(stream).readAllBytes();
        }
    }
}
