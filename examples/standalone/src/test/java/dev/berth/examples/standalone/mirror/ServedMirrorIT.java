package dev.berth.examples.standalone.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.examples.standalone.content.Content;
import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.ChildProcess;
import dev.berth.examples.standalone.programs.DockerRegistryProcess;
import dev.berth.examples.standalone.programs.EventReceiver;
import dev.berth.examples.standalone.programs.Programs;
import dev.berth.examples.standalone.programs.RegistryHttp;
import java.io.IOException;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve} with {@code mirrors:} and with {@code proxy:}, in front of Docker's own registry. */
@Tag("any-jdk")
class ServedMirrorIT {
    private final TestImage app = TestImage.random(1, 3, 300_000);

    @TempDir
    Path directory;

    private DockerRegistryProcess upstream;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        Programs.assumeInstalled("docker-registry");
        upstream = DockerRegistryProcess.serve(Files.createDirectories(directory.resolve("upstream")));
        upstream.http().pushImage("library/app", "1.0", app);
    }

    @AfterEach
    void stop() {
        upstream.close();
    }

    private BerthCommand serve(String config) throws IOException {
        Path file = Files.writeString(
                directory.resolve("berth.yml"), config.replace("UPSTREAM", "http://" + upstream.hostAndPort()));
        return BerthCommand.of(
                "serve",
                "--listen",
                "127.0.0.1:0",
                "--storage",
                directory.resolve("data").toString(),
                "--config",
                file.toString());
    }

    private BerthCommand serveProxy() {
        return BerthCommand.serve(directory.resolve("data"))
                .with("REGISTRY_PROXY_REMOTEURL", "http://" + upstream.hostAndPort());
    }

    private static ChildProcess.Outcome mirror(BerthProcess berth, String... arguments)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("mirror"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--registry", berth.hostAndPort()));
        return BerthCommand.of(all.toArray(String[]::new)).run();
    }

    private static JsonNode status(BerthProcess berth) throws IOException, InterruptedException {
        return new ObjectMapper()
                .readTree(mirror(berth, "status", "--json").successful().out())
                .path("mirrors")
                .path(0);
    }

    @Test
    void aPrefetchedImageIsThereWithoutUpstreamAndWasDownloadedOnce() throws IOException, InterruptedException {
        String config = "mirrors: [{name: hub.example, upstream: UPSTREAM, budget: 1GiB}]";
        try (BerthProcess berth = serve(config).start()) {
            ChildProcess.Outcome prefetch =
                    mirror(berth, "prefetch", "hub.example/library/app:1.0").successful();
            assertThat(prefetch.out())
                    .contains(
                            "hub.example/library/app:1.0 is complete",
                            app.manifest().digest(),
                            "4 blobs");
            assertThat(prefetch.err()).contains("blob " + app.config().digest());
            upstream.close();

            berth.http().expectImage("hub.example/library/app", "1.0", app);

            JsonNode status = status(berth);
            assertThat(status.path("name").asText()).isEqualTo("hub.example");
            assertThat(status.path("images").asInt()).isEqualTo(1);
            assertThat(status.path("downloaded").asLong())
                    .isEqualTo(app.blobs().stream()
                                    .mapToLong(blob -> blob.bytes().length)
                                    .sum()
                            + app.manifest().bytes().length);
            String table = mirror(berth, "status").successful().out();
            assertThat(table).contains("NAME", "hub.example", "http://" + upstream.hostAndPort());
        }
    }

    @Test
    void whatIsNotUpstreamCannotBePrefetched() throws IOException, InterruptedException {
        try (BerthProcess berth = serve("mirrors: [{name: hub.example, upstream: UPSTREAM, allow: [library/*]}]")
                .start()) {
            ChildProcess.Outcome missing = mirror(berth, "prefetch", "hub.example/library/none:1.0");
            assertThat(missing.exitCode()).isEqualTo(1);
            assertThat(missing.err()).contains("library/none");

            ChildProcess.Outcome refused = mirror(berth, "prefetch", "hub.example/secret/app:1.0");
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.err()).contains("does not mirror the repository");
        }
    }

    @Test
    void anUpstreamThatIsDownMakesTheServerNeitherUnreadyNorSlowToStart() throws IOException, InterruptedException {
        String config = """
                http: {debug: {addr: "127.0.0.1:0"}}
                mirrors: [{name: hub.example, upstream: UPSTREAM, fresh: 0, default: true}]
                """;
        try (BerthProcess berth = serve(config).start()) {
            berth.http().expectImage("library/app", "1.0", app);
        }
        upstream.close();
        try (BerthProcess berth = serve(config).start()) {
            HttpResponse<byte[]> stale = berth.http().getManifest("library/app", "1.0");
            assertThat(stale.statusCode()).isEqualTo(200);
            assertThat(stale.headers().firstValue("Warning"))
                    .hasValueSatisfying(warning -> assertThat(warning).startsWith("111 "));
            berth.http().expectImage("hub.example/library/app", "1.0", app);

            HttpResponse<Void> ready = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(berth.debugAddress().resolve("/debug/health"))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding());
            assertThat(ready.statusCode()).isEqualTo(200);
            assertThat(mirror(berth, "status").successful().out()).contains("served unchecked last");
            berth.awaitLog("serves what it has");
        }
    }

    @Test
    void theSectionOfDockerRegistryMakesTheServerAMirrorThatTakesNoPushes() throws IOException, InterruptedException {
        try (BerthProcess berth = serveProxy().start()) {
            berth.http().expectImage("library/app", "1.0", app);

            assertThat(berth.http()
                            .putManifest("library/app", "2.0", app.manifest())
                            .statusCode())
                    .isEqualTo(405);
            assertThat(berth.http()
                            .send("POST", "/v2/team/app/blobs/uploads/", HttpRequest.BodyPublishers.noBody())
                            .statusCode())
                    .isEqualTo(405);
            upstream.close();
            berth.http().expectImage("library/app", "1.0", app);
        }
    }

    /** What Docker's own registry has cached is served as it stands, also when upstream is gone. */
    @Test
    void theDirectoryOfAProxyOfDockerRegistryIsTakenOver() throws IOException, InterruptedException {
        Path data = directory.resolve("data");
        Path work = Files.createDirectories(directory.resolve("proxy"));
        try (DockerRegistryProcess proxy = DockerRegistryProcess.proxy(data, upstream.hostAndPort(), work)) {
            proxy.http().expectImage("library/app", "1.0", app);
            // It answers before it has stored all.
            awaitStored(data, app);
            proxy.stop();
        }
        upstream.close();

        try (BerthProcess berth = serveProxy().start()) {
            berth.http().expectImage("library/app", "1.0", app);
        }
    }

    private static void awaitStored(Path data, TestImage image) throws InterruptedException {
        for (Content blob : image.blobs()) {
            String hex = blob.digest().substring(blob.digest().indexOf(':') + 1);
            Path link = data.resolve("docker/registry/v2/repositories/library/app/_layers/sha256")
                    .resolve(hex)
                    .resolve("link");
            for (int i = 0; i < 1200 && !Files.exists(link); i++) {
                Thread.sleep(100);
            }
            assertThat(link).exists();
        }
    }

    @Test
    void aPullThroughAMirrorIsAnEventAndCounts() throws IOException, InterruptedException {
        try (EventReceiver receiver = EventReceiver.away().start();
                BerthProcess berth = serve("""
                                http: {debug: {addr: "127.0.0.1:0", prometheus: {enabled: true}}}
                                notifications:
                                  allowinside: [127.0.0.1/32]
                                  endpoints: [{name: listener, url: "%s"}]
                                mirrors: [{name: hub.example, upstream: UPSTREAM, default: true}]
                                """.formatted(receiver.url())).start()) {
            berth.http().expectManifest("library/app", "1.0", app.manifest());

            JsonNode pull = receiver.await(
                    "pull", event -> event.path("action").asText().equals("pull"));
            assertThat(pull.path("target").path("repository").asText()).isEqualTo("library/app");
            assertThat(pull.path("target").path("digest").asText())
                    .isEqualTo(app.manifest().digest());
            assertThat(new String(
                            new RegistryHttp(berth.debugAddress())
                                    .get("/metrics")
                                    .body(),
                            StandardCharsets.UTF_8))
                    .contains("registry_proxy_misses_total{type=\"manifest\"} 1");
        }
    }

    @Test
    void credentialsOfAProgramAreGivenToUpstreamAndNotPrinted() throws IOException, InterruptedException {
        Path users = directory.resolve("users");
        Files.write(
                users,
                ChildProcess.run(List.of(htpasswd(), "-Bbn", "mirror", "hunter2"))
                        .successful()
                        .out()
                        .strip()
                        .getBytes(StandardCharsets.UTF_8));
        Path helper = directory.resolve("helper");
        Files.writeString(helper, "#!/bin/sh\nread host\necho '{\"Username\":\"mirror\",\"Secret\":\"hunter2\"}'\n");
        Files.setPosixFilePermissions(helper, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (BerthProcess closed = BerthCommand.serve(directory.resolve("closed"))
                .with("REGISTRY_AUTH_HTPASSWD_PATH", users.toString())
                .start()) {
            RegistryHttp mine = new RegistryHttp(closed.address(), authenticated("mirror", "hunter2"));
            mine.pushImage("library/app", "1.0", app);

            try (BerthProcess berth = BerthCommand.serve(directory.resolve("data"))
                    .with("REGISTRY_PROXY_REMOTEURL", closed.address().toString())
                    .with("REGISTRY_PROXY_EXEC_COMMAND", helper.toString())
                    .with("REGISTRY_PROXY_EXEC_LIFETIME", "1h")
                    .with("REGISTRY_LOG_LEVEL", "debug")
                    .start()) {
                berth.http().expectImage("library/app", "1.0", app);
                berth.stop();
                assertThat(berth.log()).doesNotContain("hunter2");
            }
        }
    }

    private static String htpasswd() {
        Programs.assumeInstalled("htpasswd");
        return Programs.path("htpasswd");
    }

    private static HttpClient.Builder authenticated(String name, String password) {
        return HttpClient.newBuilder().authenticator(new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(name, password.toCharArray());
            }
        });
    }

    @Test
    void rightsAreThoseForTheNameHere() throws IOException, InterruptedException {
        String config = """
                access:
                  accounts: true
                  public: [library/**]
                  admin: {password: correct-horse-battery}
                mirrors: [{name: hub.example, upstream: UPSTREAM, default: true}]
                """;
        upstream.http().pushImage("secret/app", "1.0", app);
        try (BerthProcess berth = serve(config).start()) {
            // A name that the public may read, and the same image by one that it may not.
            assertThat(anonymous(berth, "library/app")).isEqualTo(200);
            assertThat(anonymous(berth, "hub.example/library/app")).isEqualTo(401);
            assertThat(anonymous(berth, "secret/app")).isEqualTo(401);
            // containerd's parameter is no way around it.
            assertThat(status(berth, "", "/v2/library/app/manifests/1.0?ns=hub.example"))
                    .isEqualTo(401);

            ChildProcess.Outcome unknown = mirror(berth, "status");
            assertThat(unknown.exitCode()).isEqualTo(1);
            assertThat(unknown.err()).contains("wants to know who you are");
            ChildProcess.Outcome told = BerthCommand.of(
                            "mirror",
                            "status",
                            "--registry",
                            berth.hostAndPort(),
                            "--user",
                            "admin",
                            "--password-stdin")
                    .reading("correct-horse-battery\n")
                    .run();
            assertThat(told.successful().out()).contains("hub.example (default)");
            ChildProcess.Outcome prefetched = BerthCommand.of(
                            "mirror",
                            "prefetch",
                            "hub.example/secret/app:1.0",
                            "--registry",
                            berth.hostAndPort(),
                            "--user",
                            "admin",
                            "--password-stdin")
                    .reading("correct-horse-battery\n")
                    .run();
            assertThat(prefetched.successful().out()).contains("is complete");
            // That it is here now gives nobody a right.
            assertThat(anonymous(berth, "secret/app")).isEqualTo(401);
        }
    }

    /** Pulls as a client without a login does: with a token for nobody. */
    private static int anonymous(BerthProcess berth, String repository) throws IOException, InterruptedException {
        HttpResponse<byte[]> token = berth.http().get("/token?service=x&scope=repository:" + repository + ":pull");
        String text = new ObjectMapper().readTree(token.body()).path("token").asText();
        return status(berth, text.isEmpty() ? "" : "Bearer " + text, "/v2/" + repository + "/manifests/1.0");
    }

    private static int status(BerthProcess berth, String authorization, String path)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(berth.address() + path)).header("Accept", RegistryHttp.ANY_MANIFEST);
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
