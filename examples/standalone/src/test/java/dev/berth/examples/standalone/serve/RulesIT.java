package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.RegistryHttp;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code berth serve} keeps locked tags as they are, and deletes what the rules say. */
class RulesIT {
    @TempDir
    Path directory;

    @Test
    void rulesOfTheConfigurationHold() throws IOException, InterruptedException {
        Path config = Files.writeString(directory.resolve("config.yml"), """
                storage:
                  delete: {enabled: true}
                rules:
                  interval: 1s
                  tags:
                    - {name: releases, tags: 'v*', immutable: always}
                    - {name: prs, repositories: team/*, tags: 'pr-*', delete: always}
                """);
        BerthCommand command = BerthCommand.of(
                "serve", "--config", config.toString(), "--listen", "127.0.0.1:0", "--storage", "memory:");
        TestImage image = TestImage.random(1, 1, 100);
        TestImage other = TestImage.random(2, 1, 100);
        try (BerthProcess berth = command.start()) {
            RegistryHttp http = berth.http();
            http.pushImage("team/app", "v1", image);
            http.pushImage("team/app", "main", other);
            HttpResponse<byte[]> moved = http.putManifest("team/app", "v1", other.manifest());
            HttpResponse<byte[]> deleted =
                    http.delete("/v2/team/app/manifests/" + image.manifest().digest());
            http.pushManifest("team/app", "pr-1", other.manifest());
            berth.awaitLog(" 1 deleted;");

            RegistryHttp.expect(403, moved);
            assertThat(new String(moved.body(), StandardCharsets.UTF_8))
                    .contains("\"code\":\"DENIED\"", "team/app:v1 was not moved", "'releases'");
            RegistryHttp.expect(403, deleted);
            assertThat(http.tags("team/app")).containsExactly("main", "v1");
            http.expectImage("team/app", "v1", image);
        }
    }
}
