package dev.berth.examples.standalone.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The YAML in the document about access control is what the server reads. */
class AccessDocumentTest {
    private static final Path DOCUMENT = Path.of("../../registry-core/docs/access.md");
    private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\n(.*?)^```$");

    @TempDir
    Path directory;

    @Test
    void everyRecipeIsAConfiguration() throws IOException {
        List<String> recipes = YAML.matcher(Files.readString(DOCUMENT))
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(recipes).hasSizeGreaterThan(5);
        for (String recipe : recipes) {
            assertThat(read(recipe).warnings()).as(recipe).isEmpty();
        }
    }

    private Settings read(String recipe) throws IOException {
        Path file = Files.writeString(directory.resolve("berth.yml"), recipe);
        return SettingsReader.read(Optional.empty(), Optional.empty(), Optional.of(file), Map.of());
    }
}
