package dev.berth.examples.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.layout.OciLayoutRegistry;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.testing.TestImages;
import dev.berth.registry.testing.TestRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueryAndCopyTest {
    private static final Path SOURCES = Path.of("src/main/java/dev/berth/examples/query");
    private static final Path README = Path.of("../../README.md");

    private final TestRegistry source = TestRegistry.start();
    private final TestRegistry mirror = TestRegistry.start();

    @AfterEach
    void stop() {
        source.close();
        mirror.close();
    }

    private interface Program {
        void run() throws Exception;
    }

    private static String printed(Program program) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            program.run();
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void saysWhatARegistryHas() throws Exception {
        Descriptor image = source.push("team/app:1.0", TestImages.withReferrers());
        Descriptor index = source.push("team/app:2.0", TestImages.multiPlatform());

        String printed = printed(
                () -> Query.main(new String[] {source.reference("team/app:1.0").toString()}));
        String platforms = printed(
                () -> Query.main(new String[] {source.reference("team/app:2.0").toString()}));

        assertThat(printed)
                .contains("tag 1.0", "tag 2.0", image.digest().toString(), "platform linux/amd64", "layer application/")
                .contains("referrer application/spdx+json ", "referrer application/vnd.example.signature.v1 ");
        assertThat(platforms).contains(index.digest().toString(), "platform linux/amd64 ", "platform linux/arm64 ");
    }

    @Test
    void copiesAndSynchronisesAndExports(@TempDir Path directory) throws Exception {
        Descriptor image = source.push("team/app:1.0", TestImages.withReferrers());
        Descriptor index = source.push("team/app:1.1", TestImages.multiPlatform());
        source.push("team/app:2.0", TestImages.empty());
        mirror.push("mirror/app:1.9", TestImages.empty());
        Path layout = directory.resolve("images");

        String printed = printed(() -> Copy.main(new String[] {source.address(), mirror.address(), layout.toString()}));

        assertThat(printed).contains("copied " + image.digest(), "add 1.1 ", "delete 1.9 ", "unchanged: 1");
        Repository copied = mirror.registry().repository(RepositoryName.parse("mirror/app"));
        assertThat(copied.tags().list()).containsExactly(Tag.parse("1.0"), Tag.parse("1.1"));
        assertThat(copied.manifests().referrers(image.digest())).hasSize(2);
        Manifest whole = copied.manifests().get(index.digest());
        try (Registry exported = OciLayoutRegistry.open(layout, RepositoryName.parse("app"))) {
            Descriptor arm = ((ImageIndex) ManifestDocument.parse(whole))
                    .manifests().stream()
                            .filter(child -> child.platform()
                                    .orElseThrow()
                                    .architecture()
                                    .equals("arm64"))
                            .findFirst()
                            .orElseThrow();
            assertThat(exported.repository(RepositoryName.parse("app")).tags().resolve(Tag.parse("1.1")))
                    .map(Descriptor::digest)
                    .contains(arm.digest());
        }
    }

    /** That all code in the README is in some example, {@code DocumentationTest} of the example "embedded" tests. */
    @Test
    void theReadmeShowsCodeOfBothPrograms() throws IOException {
        List<String> readme =
                Files.readAllLines(README).stream().map(String::strip).toList();

        for (String program : List.of("Query.java", "Copy.java")) {
            List<String> lines = Files.readAllLines(SOURCES.resolve(program)).stream()
                    .map(String::strip)
                    .filter(line -> line.length() > 40 && !line.startsWith("import") && !line.startsWith("/*"))
                    .toList();
            assertThat(readme).containsAnyElementsOf(lines);
        }
    }
}
