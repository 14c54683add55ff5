package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.CommandRun;
import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.RegistryHttp;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code berth serve} keeps to the quotas of its configuration, and has counted when it ends. */
@Tag("any-jdk")
class QuotaIT {
    @TempDir
    Path directory;

    @Test
    void quotasOfTheConfigurationHold() throws IOException, InterruptedException {
        Path data = directory.resolve("data");
        Path config = Files.writeString(
                directory.resolve("config.yml"), "quota: [{repositories: 'team/*', bytes: 1MiB, count: 1}]");
        TestImage image = TestImage.random(1, 1, 1000);
        TestImage other = TestImage.random(2, 1, 1000);
        try (BerthProcess berth = BerthCommand.of(
                        "serve", "--config", config.toString(), "--listen", "127.0.0.1:0", "--storage", data.toString())
                .start()) {
            RegistryHttp http = berth.http();
            http.pushImage("team/app", "v1", image);
            http.pushImage("other/app", "v1", other);
            HttpResponse<byte[]> refused = http.putManifest("team/web", "v1", image.manifest());

            RegistryHttp.expect(403, refused);
            assertThat(new String(refused.body(), StandardCharsets.UTF_8))
                    .contains("\"code\":\"DENIED\"", "The quota of team/* is exceeded", "team/web cannot be created");
            assertThat(berth.stop().exitCode()).isEqualTo(143);
        }
        assertThat(CommandRun.run("", "quota", "--storage=" + data, "--config=" + config)
                        .successful()
                        .out())
                .contains("1 of 1 repositories")
                .doesNotContain("team/*: 0 of", "reserved");
    }
}
