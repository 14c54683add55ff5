package dev.berth.examples.standalone.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The YAML about mirrors and replication, in the document and in the example, is what the server reads. */
class MirrorDocumentTest {
    private static final Path DOCUMENT = Path.of("../../registry-core/docs/configuration.md");
    private static final Path EXAMPLE = Path.of("../mirror/berth.yml");
    private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\n(.*?)^```$");
    private static final Pattern SECRET = Pattern.compile("/run/secrets/[a-z.]+");

    @TempDir
    Path directory;

    @Test
    void theDocumentHasConfigurations() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "hunter2");
        List<String> sections = YAML.matcher(Files.readString(DOCUMENT))
                .results()
                .map(match -> match.group(1))
                .filter(yaml -> yaml.startsWith("mirrors:") || yaml.startsWith("replication:"))
                .map(yaml -> SECRET.matcher(yaml).replaceAll(secret.toString()))
                .toList();

        assertThat(sections).hasSize(2);
        for (String section : sections) {
            Settings settings = SettingSources.fromFile(directory, section, Map.of());
            assertThat(settings.warnings()).as(section).isEmpty();
            assertThat(settings.mirrors().size() + settings.replication().size())
                    .isEqualTo(2);
        }
    }

    @Test
    void theExampleIsAConfiguration() throws IOException {
        Settings settings = SettingSources.fromFile(directory, Files.readString(EXAMPLE), Map.of());

        assertThat(settings.warnings()).isEmpty();
        assertThat(settings.mirrors()).hasSize(2);
    }
}
