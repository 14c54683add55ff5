package dev.berth.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.fixtures.Programs;
import dev.berth.registry.testing.TestImages;
import dev.berth.registry.testing.TestRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The application, and skopeo. */
class ShopTest {
    private static final int LONGEST_SOURCE = 60;
    private static final int MOST_PROPERTIES = 10;

    @TempDir
    private Path directory;

    private ConfigurableApplicationContext shop;
    private String address;

    @BeforeEach
    void start() {
        shop = SpringApplication.run(
                Shop.class,
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.security.user.password=secret",
                "--berth.storage.directory=" + directory.resolve("images"));
        address = "127.0.0.1:" + shop.getEnvironment().getProperty("local.server.port");
    }

    @AfterEach
    void stop() {
        shop.close();
    }

    private HttpResponse<String> get(String path, boolean asDeveloper) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + address + path));
        if (asDeveloper) {
            String credentials = Base64.getEncoder().encodeToString("dev:secret".getBytes(StandardCharsets.UTF_8));
            request.header("Authorization", "Basic " + credentials);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void skopeoPushesAndPulls() throws IOException, InterruptedException {
        Programs.require("skopeo");
        Programs programs = new Programs(directory);
        try (TestRegistry source =
                TestRegistry.builder().image("app:1.0", TestImages.empty()).start()) {
            programs.run(
                    "skopeo",
                    "copy",
                    "--src-tls-verify=false",
                    "--dest-tls-verify=false",
                    "--dest-creds=dev:secret",
                    "docker://" + source.address() + "/app:1.0",
                    "docker://" + address + "/public/app:1.0");
        }
        programs.run(
                "skopeo",
                "copy",
                "--src-tls-verify=false",
                "docker://" + address + "/public/app:1.0",
                "oci:" + directory.resolve("pulled"));

        assertThat(directory.resolve("pulled/index.json")).exists();
        assertThat(get("/", true).body()).contains("public/app");
    }

    @Test
    void thePageIsForUsersOnlyAndHealthForAll() throws IOException, InterruptedException {
        assertThat(get("/", false).statusCode()).isIn(302, 401);
        assertThat(get("/", true).body()).startsWith("Repositories:");
        assertThat(get("/v2/", false).statusCode()).isEqualTo(401);
    }

    @Test
    void theExampleIsShort() throws IOException {
        assertThat(Files.readAllLines(Path.of("src/main/java/dev/berth/examples/spring/Shop.java")))
                .hasSizeLessThan(LONGEST_SOURCE);
        assertThat(Files.readAllLines(Path.of("src/main/resources/application.properties")))
                .hasSizeLessThanOrEqualTo(MOST_PROPERTIES);
    }
}
