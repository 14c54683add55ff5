package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.Content;
import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.RegistryHttp;
import dev.berth.registry.fixtures.SmallDisk;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * On a disk without room, {@code berth serve} starts, says so, serves pulls and deletes, answers pushes with 507, and
 * takes them again as soon as there is room.
 */
@Tag("any-jdk")
class FullDiskIT {
    private final TestImage image = TestImage.random(1, 2, 100_000);
    private final TestImage other = TestImage.random(2, 2, 100_000);

    @TempDir
    Path directory;

    private enum Lacking {
        BLOCKS,
        INODES,
        BOTH;

        void fill(SmallDisk disk) throws IOException {
            if (this != BLOCKS) {
                disk.fillInodes();
            }
            if (this != INODES) {
                disk.fillBlocks();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFullDiskIsServed(Lacking lacking) throws IOException, InterruptedException {
        try (SmallDisk disk = SmallDisk.need(directory, 24 * 1024 * 1024, 800)) {
            BerthCommand command =
                    BerthCommand.serve(disk.directory().resolve("registry")).withDeletion();
            String open;
            try (BerthProcess berth = command.start()) {
                berth.http().pushImage("team/app", "1.0", image);
                for (int i = 0; i < 10; i++) {
                    berth.http().pushManifest("team/app", "t" + i, image.manifest());
                }
                open = berth.http().startUpload("team/app");
                berth.stop();
            }
            lacking.fill(disk);
            try (BerthProcess berth = command.start()) {
                RegistryHttp http = berth.http();
                assertThat(berth.log())
                        .containsOnlyOnce("registry is full: images can be pulled and deleted, and every push fails");
                http.expectImage("team/app", "1.0", image);

                assertFull(http.send("POST", "/v2/team/app/blobs/uploads/", BodyPublishers.noBody()));
                assertFull(http.putManifest("team/app", "2.0", image.manifest()));
                if (lacking == Lacking.BLOCKS) {
                    HttpResponse<byte[]> chunk =
                            http.send("PATCH", open, BodyPublishers.ofByteArray(new byte[300_000]));
                    assertFull(chunk);
                    assertThat(chunk.headers().firstValue("Location")).hasValue(open);
                    assertThat(chunk.headers().firstValue("Range")).hasValue("0-0");
                    assertThat(text(chunk)).contains("\"offset\":\"0\"");
                }
                for (int i = 0; i < 10; i++) {
                    RegistryHttp.expect(202, http.delete("/v2/team/app/manifests/t" + i));
                }
                RegistryHttp.expect(
                        202,
                        http.delete("/v2/team/app/manifests/" + image.manifest().digest()));
                RegistryHttp.expect(404, http.getManifest("team/app", "1.0"));

                disk.free();
                if (lacking == Lacking.BLOCKS) {
                    assertGoesOn(http, open);
                }
                http.pushImage("team/app", "2.0", other);
                http.expectImage("team/app", "2.0", other);
                assertThat(berth.log()).doesNotContain("\tat ").doesNotContain("Caused by");
            }
        }
    }

    private void assertGoesOn(RegistryHttp http, String upload) throws IOException, InterruptedException {
        Content blob = other.blobs().get(0);
        RegistryHttp.expect(202, http.send("PATCH", upload, BodyPublishers.ofByteArray(blob.bytes())));
        RegistryHttp.expect(
                201, http.send("PUT", RegistryHttp.closing(upload, blob.digest("sha256")), BodyPublishers.noBody()));
    }

    private static void assertFull(HttpResponse<byte[]> response) {
        assertThat(response.statusCode()).isEqualTo(507);
        assertThat(text(response)).startsWith("{\"errors\":[{\"code\":").contains("storage is full");
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
