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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EmbeddedTest {
    private static final Path SOURCE = Path.of("src/main/java/dev/berth/examples/embedded/Embedded.java");
    private static final Path EXAMPLES = Path.of("..");
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
                .containsPattern("pulled sha256:[0-9a-f]{64} \\{\"schemaVersion\":2,\"config\":")
                .contains("application/vnd.oci.image.layer.v1.tar");
    }

    @Test
    void takesLessThanSixtyLines() throws IOException {
        assertThat(Files.readAllLines(SOURCE)).hasSizeLessThan(60);
    }

    @Test
    void theReadmeShowsCodeThatIsInAnExample() throws IOException {
        List<String> sources = sourcesOfTheExamples();

        List<String> snippets = javaSnippets(Files.readAllLines(README));

        assertThat(snippets)
                .isNotEmpty()
                .allSatisfy(snippet -> assertThat(sources)
                        .anySatisfy(source -> assertThat(source).contains(snippet)));
        assertThat(snippets)
                .anySatisfy(snippet ->
                        assertThat(withoutIndent(Files.readAllLines(SOURCE))).contains(snippet));
    }

    private static List<String> sourcesOfTheExamples() throws IOException {
        List<String> sources = new ArrayList<>();
        try (Stream<Path> files = Files.find(EXAMPLES, 20, (file, facts) -> isSource(file))) {
            for (Path file : files.toList()) {
                sources.add(withoutIndent(Files.readAllLines(file)));
            }
        }
        return sources;
    }

    private static boolean isSource(Path file) {
        return file.toString().endsWith(".java") && file.toString().contains("src");
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
