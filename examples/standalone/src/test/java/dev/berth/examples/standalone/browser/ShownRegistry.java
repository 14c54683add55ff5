package dev.berth.examples.standalone.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.ChildProcess;
import dev.berth.examples.standalone.programs.RegistryHttp;
import dev.berth.examples.standalone.scan.KnownWorld;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.client.RemoteOptions;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.client.credentials.CredentialStore;
import dev.berth.registry.client.credentials.Credentials;
import dev.berth.registry.scan.signature.CosignSigner;
import dev.berth.registry.scan.signature.SignatureForm;
import dev.berth.registry.scan.signature.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;

/** {@code berth serve} with something of everything that pages show: accounts, findings, signatures, webhooks, mirrors, a trash. */
final class ShownRegistry implements AutoCloseable {
    static final String PASSWORD = "correct horse battery";

    /** May do everything. */
    static final String ADMINISTRATOR = "admin";

    /** May pull, push and delete below {@code shop/}. */
    static final String MAINTAINER = "ines";

    /** May pull below {@code shop/}. */
    static final String READER = "rosa";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final BerthProcess server;
    private final SigningKey key;

    private ShownRegistry(BerthProcess server, SigningKey key) {
        this.server = server;
        this.key = key;
    }

    /** Starts it below a directory, with the images of a shop. */
    static ShownRegistry withShop(Path directory) throws IOException, InterruptedException {
        ShownRegistry shown = empty(directory);
        try {
            shown.fill();
            return shown;
        } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
            shown.close();
            throw e;
        }
    }

    private void fill() throws IOException, InterruptedException {
        people();
        try (RemoteRegistry registry = registry(ADMINISTRATOR)) {
            Shop.fill(registry);
            sign(registry, "shop/web", "latest");
            sign(registry, "shop/web", "2.7.0");
            sign(registry, "shop/web", "2.6.0");
            sign(registry, "shop/api", "1.4.1");
            registry.repository(RepositoryName.parse("tools/build")).tags().delete(Tag.parse("2026-11"));
        }
        management();
        awaitConsole("tools/build");
    }

    /** Starts it below a directory, without images and with one person. */
    static ShownRegistry empty(Path directory) throws IOException, InterruptedException {
        new KnownWorld(directory.resolve("osv")).publish();
        SigningKey key = SigningKey.generate();
        Files.writeString(directory.resolve("release.pub"), pem(key));
        Path config = Files.writeString(
                directory.resolve("config.yml"), """
                access:
                  admin: {name: %2$s, password: "%3$s"}
                  public: [library/**, shop/web]
                  grants:
                    - {to: %4$s, repositories: shop/**, role: maintainer}
                    - {to: %5$s, repositories: shop/**, role: reader}
                scan:
                  advisories: {directory: %1$s/osv, work: %1$s/work}
                  sbom: true
                signatures:
                  keys: [{name: release, file: %1$s/release.pub}]
                gate:
                  dryrun: true
                  rules:
                    - name: no critical findings
                      repositories: [shop/**]
                      findings: {above: high}
                notifications:
                  allowinside: [127.0.0.0/8]
                  endpoints:
                    - {name: deploy, url: "http://127.0.0.1:9/hook", repositories: ["shop/**"]}
                mirrors:
                  - {name: hub.example, upstream: "http://127.0.0.1:9", budget: 50GiB}
                replication:
                  - {name: west, target: "http://127.0.0.1:9", repositories: [library/debian]}
                """.formatted(directory, ADMINISTRATOR, PASSWORD, MAINTAINER, READER));
        BerthProcess server = BerthCommand.of(
                        "serve",
                        "--listen",
                        "127.0.0.1:0",
                        "--storage",
                        directory.resolve("storage").toString(),
                        "--config",
                        config.toString())
                .withDeletion()
                .start();
        return new ShownRegistry(server, key);
    }

    private static String pem(SigningKey key) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(key.publicKey().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    private void people() throws IOException, InterruptedException {
        for (String name : new String[] {MAINTAINER, READER, "jun", "old"}) {
            manage("POST", "/berth/access/people", Map.of("name", name, "password", PASSWORD));
        }
        manage("PUT", "/berth/access/people", Map.of("name", "old", "disabled", true));
    }

    private void management() throws IOException, InterruptedException {
        manage("POST", "/berth/access/organisations", Map.of("name", "acme"));
        manage("PUT", "/berth/access/members", Map.of("organisation", "acme", "member", "jun", "role", "writer"));
        manage("POST", "/berth/access/teams", Map.of("name", "frontend"));
        manage("POST", "/berth/access/team-members", Map.of("team", "frontend", "member", MAINTAINER));
        manage(
                "POST",
                "/berth/access/grants",
                Map.of("to", "team:frontend", "repositories", "tools/**", "role", "reader"));
        manage(
                "POST",
                "/berth/access/robots",
                Map.of("owner", "acme", "name", "ci", "repositories", new String[] {"acme/**"}, "role", "writer"));
    }

    private void sign(Registry registry, String name, String tag) {
        Repository repository = registry.repository(RepositoryName.parse(name));
        Manifest image = repository.manifests().get(Tag.parse(tag));
        CosignSigner.of(key)
                .in(SignatureForm.COSIGN_REFERRER)
                .sign(
                        repository,
                        Descriptor.of(image.mediaType(), image.digest(), image.size()),
                        server.hostAndPort() + "/" + name);
    }

    /** Calls the management API as the administrator. */
    void manage(String method, String path, Map<String, ?> fields) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = call(method, path, fields);
        assertThat(response.statusCode())
                .as("%s %s %s: %s", method, path, fields, new String(response.body(), StandardCharsets.UTF_8))
                .isBetween(200, 299);
    }

    /** Tries to, and returns 1 if it was done, and 0 if the server has refused it. */
    int tryToManage(String method, String path, Map<String, ?> fields) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = call(method, path, fields);
        assertThat(response.statusCode()).as("%s %s %s", method, path, fields).isBetween(200, 499);
        return response.statusCode() < 300 ? 1 : 0;
    }

    private HttpResponse<byte[]> call(String method, String path, Map<String, ?> fields)
            throws IOException, InterruptedException {
        return server.http()
                .send(
                        method,
                        path,
                        BodyPublishers.ofByteArray(JSON.writeValueAsBytes(fields)),
                        "Content-Type",
                        "application/json",
                        "Authorization",
                        basic(ADMINISTRATOR, PASSWORD));
    }

    /** Waits until the lists of the console have a repository. */
    void awaitConsole(String repository) throws IOException, InterruptedException {
        long end = System.nanoTime() + ChildProcess.TIMEOUT.toNanos();
        while (!search(repository).contains('"' + repository + '"')) {
            assertThat(System.nanoTime()).as("Waited for %s", repository).isLessThan(end);
            Thread.sleep(50);
        }
    }

    /** Waits until all tags of a repository have what a scan has found. */
    void awaitScans(String repository) throws InterruptedException {
        for (String tag : new String[] {"2.3.0", "2.7.0", "2.9.0-rc1"}) {
            awaitReport(repository, tag);
        }
    }

    private void awaitReport(String repository, String tag) throws InterruptedException {
        long end = System.nanoTime() + ChildProcess.TIMEOUT.toNanos();
        while (!hasReport(repository, tag)) {
            assertThat(System.nanoTime()).as("Waited for a scan of %s", tag).isLessThan(end);
            Thread.sleep(100);
        }
    }

    private boolean hasReport(String repository, String tag) throws InterruptedException {
        try {
            return server.http()
                            .send(
                                    "GET",
                                    "/berth/scans/report?repository=" + repository + "&reference=" + tag,
                                    BodyPublishers.noBody(),
                                    "Authorization",
                                    basic(ADMINISTRATOR, PASSWORD))
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String search(String words) throws IOException, InterruptedException {
        byte[] found = server.http()
                .send(
                        "GET",
                        "/v1/search?q=" + words,
                        BodyPublishers.noBody(),
                        "Authorization",
                        basic(ADMINISTRATOR, PASSWORD))
                .body();
        return new String(found, StandardCharsets.UTF_8);
    }

    static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the registry as somebody has it. */
    RemoteRegistry registry(String name) {
        return registry(name, PASSWORD);
    }

    RemoteRegistry registry(String name, String password) {
        return RemoteRegistry.at(
                server.address().toString(),
                RemoteOptions.builder()
                        .credentials(CredentialStore.of(server.hostAndPort(), Credentials.of(name, password)))
                        .build());
    }

    URI address() {
        return server.address();
    }

    RegistryHttp http() {
        return server.http();
    }

    String log() {
        return server.log();
    }

    void awaitLog(String text) throws InterruptedException {
        server.awaitLog(text);
    }

    @Override
    public void close() {
        server.close();
    }
}
