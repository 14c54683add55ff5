package dev.berth.examples.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EmbeddedTest {
    private static final Path SOURCE = Path.of("src/main/java/dev/berth/examples/embedded/Embedded.java");

    @Test
    void hostsARegistryPushesAnImageAndPullsIt() throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            Embedded.main(new String[0]);
        } finally {
            System.setOut(before);
        }

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .containsPattern("pulled sha256:[0-9a-f]{64} \\{\"schemaVersion\":2,\"config\":")
                .contains("application/vnd.oci.image.layer.v1.tar");
    }

    @Test
    void takesLessThanSixtyLines() throws IOException {
        assertThat(Files.readAllLines(SOURCE)).hasSizeLessThan(60);
    }
}
