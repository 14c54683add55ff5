package dev.berth.registry.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.Reference;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.fixtures.DockerEngine;
import dev.berth.registry.fixtures.Programs;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that {@code docker save} of a real Docker Engine writes. */
class DockerSaveTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");

    @TempDir
    private static Path temporary;

    private static Programs programs;
    private static DockerEngine engine;

    @BeforeAll
    static void startEngine() throws Exception {
        programs = new Programs(temporary);
        engine = DockerEngine.start(temporary);
        Files.write(temporary.resolve("lower.tar"), new SampleImages(4).layer(50_000));
        Files.write(temporary.resolve("other.tar"), new SampleImages(5).layer(50_000));
        docker("import", "lower.tar", "lower:1");
        docker("import", "other.tar", "registry.example:5000/team/other:2");
        docker("tag", "lower:1", "alias:1");
        Path context = Files.createDirectories(temporary.resolve("context"));
        Files.writeString(context.resolve("Dockerfile"), "FROM lower:1\nCOPY Dockerfile /copied\nLABEL a=b\n");
        docker("build", "-t", "upper:2", "context");
        docker("save", "-o", "saved.tar", "lower:1", "alias:1", "upper:2", "registry.example:5000/team/other:2");
    }

    @AfterAll
    static void stopEngine() throws Exception {
        if (engine != null) {
            engine.close();
        }
    }

    private static String docker(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("docker", "--host", engine.host()));
        command.addAll(List.of(arguments));
        return programs.run(command);
    }

    @Test
    void allImagesOfAnArchiveAreThereUnderTheirNames() {
        try (OciLayoutRegistry registry = OciLayoutRegistry.openArchive(temporary.resolve("saved.tar"))) {
            assertThat(registry.repositories().toList().stream().map(RepositoryName::value))
                    .containsExactly("library/alias", "library/lower", "library/upper", "team/other");
            for (String name : List.of("lower:1", "alias:1", "upper:2", "registry.example:5000/team/other:2")) {
                Reference reference = Reference.parse(name);
                Repository repository = registry.repository(reference.repository());
                Manifest manifest = repository.manifests().get(reference.selector());
                SampleImages.requireComplete(repository, manifest.descriptor());
            }
        }
    }

    @Test
    void theEngineLoadsAnArchiveThatWasMade() throws Exception {
        Reference name = Reference.parse("registry.example:5000/team/loaded:3");
        Descriptor config;
        try (OciLayoutRegistry made = OciLayoutRegistry.createArchive(temporary.resolve("made.tar"), name)) {
            Manifest image = new SampleImages(6)
                    .image(made.repository(name.repository()), List.of(1000, 50_000), Tag.of("3"), Tag.of("4"));
            config = ((ImageManifest) ManifestDocument.parse(image)).config();
        }

        assertThat(docker("load", "-i", "made.tar"))
                .contains("registry.example:5000/team/loaded:3", "registry.example:5000/team/loaded:4");
        assertThat(docker("image", "inspect", "--format", "{{.Id}}", name.toString())
                        .strip())
                .isEqualTo(config.digest().toString());
    }

    @Test
    void theConfigurationIsTheImageIdOfTheEngine() throws Exception {
        String id = docker("image", "inspect", "--format", "{{.Id}}", "upper:2").strip();

        try (OciLayoutRegistry registry = OciLayoutRegistry.openArchive(temporary.resolve("saved.tar"))) {
            Manifest manifest = registry.repository(RepositoryName.parse("library/upper"))
                    .manifests()
                    .get(Tag.of("2"));
            assertThat(((ImageManifest) ManifestDocument.parse(manifest))
                            .config()
                            .digest())
                    .isEqualTo(Digest.parse(id));
        }
    }

    @Test
    void anArchiveOfOneImageCanHaveAnyRepositoryName() throws Exception {
        docker("save", "-o", "one.tar", "lower:1");

        try (OciLayoutRegistry registry = OciLayoutRegistry.open(temporary.resolve("one.tar"), NAME)) {
            Repository app = registry.repository(NAME);
            assertThat(app.tags().list().toList()).containsExactly(Tag.of("1"));
            SampleImages.requireComplete(app, app.tags().resolve(Tag.of("1")).orElseThrow());
        }
    }

    @Test
    void anImageThatWasSavedByItsIdIsAmongTheEntries() throws Exception {
        docker("save", "-o", "by-id.tar", docker("images", "-q", "upper:2").strip());

        try (OciLayoutRegistry registry = OciLayoutRegistry.open(temporary.resolve("by-id.tar"), NAME)) {
            assertThat(registry.entries()).hasSize(1);
            SampleImages.requireComplete(
                    registry.repository(NAME), registry.entries().get(0));
        }
    }

    /** Without the layout in it, the archive has the form that older engines write, with the same content. */
    @Test
    void theOlderFormHasTheSameConfigurationAndLayers() throws Exception {
        Path unpacked = Files.createDirectories(temporary.resolve("unpacked"));
        programs.run("tar", "-xf", "saved.tar", "-C", unpacked.toString());
        Files.delete(unpacked.resolve("index.json"));
        Files.delete(unpacked.resolve("oci-layout"));
        programs.run("tar", "-cf", "older.tar", "-C", unpacked.toString(), "manifest.json", "blobs");
        RepositoryName upper = RepositoryName.parse("library/upper");

        try (OciLayoutRegistry newer = OciLayoutRegistry.openArchive(temporary.resolve("saved.tar"));
                OciLayoutRegistry older = OciLayoutRegistry.openArchive(temporary.resolve("older.tar"))) {
            assertThat(older.repositories().toList())
                    .isEqualTo(newer.repositories().toList());
            ImageManifest now = (ImageManifest)
                    ManifestDocument.parse(newer.repository(upper).manifests().get(Tag.of("2")));
            ImageManifest then = (ImageManifest)
                    ManifestDocument.parse(older.repository(upper).manifests().get(Tag.of("2")));
            assertThat(then.config()).isEqualTo(now.config());
            assertThat(then.layers()).isEqualTo(now.layers());
            SampleImages.requireComplete(
                    older.repository(upper), then.toManifest().descriptor());
        }
    }
}
