package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.EventReceiver;
import dev.berth.examples.standalone.programs.RegistryHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A receiver that was made for {@code registry:2} is told what happens, with the configuration that it had there. */
@Tag("any-jdk")
class NotificationIT {
    private final TestImage image = TestImage.random(1, 1, 1000);

    @TempDir
    Path directory;

    private BerthCommand command(EventReceiver receiver, String more) throws IOException {
        Path config = Files.writeString(
                directory.resolve("config.yml"), """
                version: 0.1
                storage: {filesystem: {rootdirectory: '%s'}, delete: {enabled: true}}
                http: {addr: '127.0.0.1:0'}
                notifications:
                  endpoints:
                    - name: listener
                      url: %s
                      headers: {Authorization: [Bearer abc]}
                      timeout: 5s
                      threshold: 5
                      backoff: 1s
                      ignoredmediatypes: [application/octet-stream]
                  %s
                """.formatted(directory.resolve("data"), receiver.url(), more));
        return BerthCommand.of("serve", "--config", config.toString());
    }

    private static JsonNode awaitManifest(EventReceiver receiver, String action) throws InterruptedException {
        return receiver.await(
                action,
                event -> event.path("action").asText().equals(action)
                        && event.path("target").path("mediaType").asText().equals(TestImage.MANIFEST));
    }

    @Test
    void pushPullAndDeletionAreTold() throws IOException, InterruptedException {
        try (EventReceiver receiver = EventReceiver.away().start();
                BerthProcess berth =
                        command(receiver, "allowinside: [127.0.0.1/32]").start()) {
            RegistryHttp http = berth.http();
            http.pushImage("team/app", "v1", image);
            JsonNode push = awaitManifest(receiver, "push");
            http.expectManifest("team/app", "v1", image.manifest());
            JsonNode pull = awaitManifest(receiver, "pull");
            RegistryHttp.expect(
                    202,
                    http.delete("/v2/team/app/manifests/" + image.manifest().digest()));
            JsonNode deletion = receiver.await(
                    "delete", event -> event.path("action").asText().equals("delete"));

            JsonNode target = push.path("target");
            assertThat(target.path("repository").asText()).isEqualTo("team/app");
            assertThat(target.path("tag").asText()).isEqualTo("v1");
            assertThat(target.path("digest").asText())
                    .isEqualTo(image.manifest().digest());
            assertThat(target.path("size").asInt()).isEqualTo(image.manifest().size());
            assertThat(push.path("request").path("method").asText()).isEqualTo("PUT");
            assertThat(push.path("request").path("host").asText()).isEqualTo(berth.hostAndPort());
            assertThat(push.path("source").path("instanceID").asText()).contains(":");
            assertThat(pull.path("request").path("method").asText()).isEqualTo("GET");
            assertThat(deletion.path("target").path("repository").asText()).isEqualTo("team/app");
        }
    }

    @Test
    void whatWasPushedBeforeTheReceiverCameIsTold() throws IOException, InterruptedException {
        try (EventReceiver receiver = EventReceiver.away()) {
            try (BerthProcess berth =
                    command(receiver, "allowinside: [127.0.0.1/32]").start()) {
                berth.http().pushImage("team/app", "v1", image);
                berth.kill();
                berth.awaitExit();
            }
            receiver.start();
            try (BerthProcess berth =
                    command(receiver, "allowinside: [127.0.0.1/32]").start()) {
                assertThat(awaitManifest(receiver, "push")
                                .path("target")
                                .path("tag")
                                .asText())
                        .isEqualTo("v1");
                assertThat(berth.stop().exitCode()).isEqualTo(143);
            }
        }
    }

    @Test
    void aReceiverInsideIsRefusedUnlessItIsAllowed() throws IOException, InterruptedException {
        try (EventReceiver receiver = EventReceiver.away().start();
                BerthProcess berth = command(receiver, "").start()) {
            berth.awaitLog("notifications.allowinside");
            berth.http().pushImage("team/app", "v1", image);
            berth.awaitLog("The webhook listener");

            assertThat(receiver.events()).isEmpty();
        }
    }
}
