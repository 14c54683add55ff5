package dev.berth.examples.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddedTest {
    private static final Path SOURCE = Path.of("src/main/java/dev/berth/examples/embedded/Embedded.java");
    private static final Path README = Path.of("../../README.md");

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
                .contains("200 {\"schemaVersion\":2,\"config\":")
                .contains("application/vnd.oci.image.layer.v1.tar");
    }

    @Test
    void takesLessThanSixtyLines() throws IOException {
        assertThat(Files.readAllLines(SOURCE)).hasSizeLessThan(60);
    }

    @Test
    void theReadmeShowsCodeThatIsInIt() throws IOException {
        String source = withoutIndent(Files.readAllLines(SOURCE));

        List<String> snippets = javaSnippets(Files.readAllLines(README));

        assertThat(snippets).isNotEmpty();
        for (String snippet : snippets) {
            assertThat(source).contains(snippet);
        }
    }

    private static List<String> javaSnippets(List<String> lines) {
        List<String> snippets = new ArrayList<>();
        List<String> snippet = null;
        for (String line : lines) {
            if (line.equals("```java")) {
                snippet = new ArrayList<>();
            } else if (line.equals("```") && snippet != null) {
                snippets.add(withoutIndent(snippet));
                snippet = null;
            } else if (snippet != null) {
                snippet.add(line);
            }
        }
        return snippets;
    }

    private static String withoutIndent(List<String> lines) {
        return String.join("\n", lines.stream().map(String::strip).toList());
    }
}
