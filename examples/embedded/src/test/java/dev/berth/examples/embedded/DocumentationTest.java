package dev.berth.examples.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README and the documents beside it: their code compiles, their links lead somewhere. */
class DocumentationTest {
    private static final Path ROOT = Path.of("../..");
    private static final Path README = ROOT.resolve("README.md");
    private static final Path DOCUMENTS = ROOT.resolve("registry-core/docs");
    private static final Path EXAMPLES = ROOT.resolve("examples");
    private static final int LONGEST_README = 200;

    private static final Pattern JAVA = Pattern.compile("(?ms)^```java\n(.*?)^```$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");

    @Test
    void everyJavaSnippetIsInTheSourceOfAnExample() throws IOException {
        List<String> sources = new ArrayList<>();
        for (Path source : files(EXAMPLES, "java")) {
            sources.add(withoutSpaces(Files.readString(source)));
        }

        List<String> snippets = new ArrayList<>();
        for (Path document : documents()) {
            matches(JAVA, document).map(match -> match.group(1)).forEach(snippets::add);
        }

        assertThat(snippets)
                .isNotEmpty()
                .allSatisfy(snippet -> assertThat(sources)
                        .anyMatch(source -> source.contains(withoutSpaces(snippet)), "contains " + snippet));
    }

    @Test
    void everyRelativeLinkLeadsToAFile() throws IOException {
        for (Path document : documents()) {
            assertThat(matches(LINK, document).map(match -> document.resolveSibling(match.group(1))))
                    .as("links of " + document)
                    .allSatisfy(target -> assertThat(target).exists());
        }
    }

    @Test
    void theReadmeIsShort() throws IOException {
        assertThat(Files.readAllLines(README)).hasSizeLessThanOrEqualTo(LONGEST_README);
    }

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>(files(DOCUMENTS, "md"));
        documents.add(README);
        documents.add(ROOT.resolve("CONTRIBUTING.md"));
        return documents;
    }

    private static List<Path> files(Path directory, String extension) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith("." + extension))
                    .toList();
        }
    }

    private static Stream<MatchResult> matches(Pattern pattern, Path document) throws IOException {
        return pattern.matcher(Files.readString(document)).results();
    }

    private static String withoutSpaces(String code) {
        return code.replaceAll("\\s+", "");
    }
}
