package dev.berth.examples.standalone.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.CommandRun;
import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.fs.FileObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code berth retention} prints and deletes what the rules say. */
class RetentionCommandTest {
    @TempDir
    Path directory;

    private Path rules;

    @BeforeEach
    void pushAndWriteRules() throws IOException {
        rules = Files.writeString(
                directory.resolve("rules.yml"),
                "rules: {tags: [{name: prs, tags: 'pr-*', delete: always}, {name: v, tags: v1, immutable: always}]}");
        try (ObjectStore store = FileObjectStore.open(directory.resolve("data"));
                StorageRegistry registry = StorageRegistry.over(store)) {
            Repository app = registry.repository("team/app");
            byte[] config = {'{', '}'};
            Digest digest = Digest.sha256(config);
            app.blobs().push(digest, BlobSource.of(config));
            Manifest image = ImageManifest.of(Descriptor.of(MediaTypes.OCI_EMPTY, digest, config.length), List.of())
                    .toManifest();
            app.manifests().put(image, Tag.parse("pr-1"), Tag.parse("v1"));
        }
    }

    private CommandRun retention(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "retention";
        all[1] = "--storage=" + directory.resolve("data");
        all[2] = "--rules=" + rules;
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return CommandRun.run("", all);
    }

    private List<Tag> tags() throws IOException {
        try (ObjectStore store = FileObjectStore.open(directory.resolve("data"));
                StorageRegistry registry = StorageRegistry.over(store)) {
            return registry.repository("team/app").tags().list().toList();
        }
    }

    @Test
    void dryRunPrintsAndDeletesNothing() throws IOException {
        assertThat(retention("--dry-run").successful().out())
                .contains(
                        "PLANNED team/app:pr-1: the rule 'prs' deletes it",
                        "Nothing was deleted",
                        "1 locked",
                        "1 deleted");
        assertThat(tags()).hasSize(2);
    }

    @Test
    void explanationNamesEachTag() throws IOException {
        assertThat(retention("--explain", "--repository=team/app").successful().out())
                .contains("team/app:pr-1 DELETED: ", "team/app:v1 LOCKED: the rule 'v' locks it for ever");
        assertThat(tags()).hasSize(2);
    }

    @Test
    void whatGoesIsDeleted() throws IOException {
        assertThat(retention().successful().out()).contains("DELETED team/app:pr-1", "Done: repositories: 1");
        assertThat(tags()).containsExactly(Tag.parse("v1"));
    }

    @Test
    void mistakesAreTold() {
        retention("--repository=NO").failed(1, "--repository is wrong");
        CommandRun.run("", "retention", "--storage=" + directory.resolve("data"))
                .failed(1, "There are no rules");
        CommandRun.run("", "retention", "--rules=" + rules, "--storage=" + directory.resolve("none"))
                .failed(1, "does not exist");
    }
}
