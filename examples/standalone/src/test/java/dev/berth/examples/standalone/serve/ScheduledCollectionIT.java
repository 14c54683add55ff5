package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.ChildProcess;
import dev.berth.examples.standalone.programs.RegistryHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running registry removes by itself what was deleted. */
@Tag("any-jdk")
class ScheduledCollectionIT {
    @TempDir
    Path storage;

    @Test
    void whatWasDeletedIsRemovedAndLogged() throws Exception {
        TestImage kept = TestImage.random(1, 2, 20_000);
        TestImage deleted = TestImage.random(2, 2, 20_000);
        try (BerthProcess berth = BerthCommand.serve(storage)
                .withDeletion()
                .with("REGISTRY_MAINTENANCE_UNDELETE", "0s")
                .with("REGISTRY_MAINTENANCE_COLLECTION_GRACE", "1s")
                .with("REGISTRY_MAINTENANCE_COLLECTION_INTERVAL", "100ms")
                .start()) {
            RegistryHttp http = berth.http();
            http.pushImage("team/app", "kept", kept);
            http.pushImage("team/app", "deleted", deleted);
            RegistryHttp.expect(
                    202,
                    http.delete("/v2/team/app/manifests/" + deleted.manifest().digest()));

            awaitOnly(kept);
            berth.awaitLog("Collection: removed ");

            http.expectImage("team/app", "kept", kept);
            http.pushImage("team/app", "again", deleted);
            http.expectImage("team/app", "again", deleted);
        }
    }

    /** Several collections may be needed: what is condemned later goes later. */
    private void awaitOnly(TestImage image) throws IOException, InterruptedException {
        long end = System.nanoTime() + ChildProcess.TIMEOUT.toNanos();
        // Its manifest too.
        int left = image.blobs().size() + 1;
        while (blobs() != left && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(blobs()).isEqualTo(left);
    }

    private long blobs() throws IOException {
        try (Stream<Path> all = Files.walk(storage.resolve("docker/registry/v2/blobs"))) {
            return all.filter(file -> file.endsWith("data")).count();
        }
    }
}
