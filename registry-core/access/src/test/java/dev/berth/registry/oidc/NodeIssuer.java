package dev.berth.registry.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.registry.fixtures.Programs;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.StrictJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The {@code oidc-provider} of npm, in Node. Its packages are installed below {@code target}, once, from npm's cache where
 * they are in it.
 */
final class NodeIssuer implements AutoCloseable {
    private static final List<String> FILES = List.of("package.json", "package-lock.json", "provider.mjs");

    private final Process process;
    private final BufferedReader output;
    private final URI uri;

    private NodeIssuer(Process process) throws IOException {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = output.readLine();
        if (line == null || !line.startsWith("issuer ")) {
            process.destroyForcibly();
            throw new IOException("oidc-provider does not start: " + line);
        }
        this.uri = URI.create(line.substring("issuer ".length()));
    }

    /** Starts it; skips the test where it cannot be had. */
    static NodeIssuer start() throws IOException, InterruptedException {
        Programs.require("node", "npm");
        Path directory = Files.createDirectories(Path.of("target", "oidc-provider"));
        for (String file : FILES) {
            try (var content = NodeIssuer.class.getResourceAsStream("/oidc-provider/" + file)) {
                Files.copy(content, directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        install(directory);
        return new NodeIssuer(new ProcessBuilder("node", "provider.mjs")
                .directory(directory.toFile())
                .redirectError(
                        ProcessBuilder.Redirect.to(directory.resolve("log").toFile()))
                .start());
    }

    private static void install(Path directory) throws IOException, InterruptedException {
        Path done = directory.resolve("installed");
        byte[] wanted = Files.readAllBytes(directory.resolve("package-lock.json"));
        if (Files.exists(done) && java.util.Arrays.equals(Files.readAllBytes(done), wanted)) {
            return;
        }
        Process npm = new ProcessBuilder(
                        "npm",
                        "ci",
                        "--prefer-offline",
                        "--ignore-scripts",
                        "--no-audit",
                        "--no-fund",
                        "--fetch-retries=1",
                        "--fetch-timeout=10000")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("npm-log").toFile())
                .start();
        boolean ended = npm.waitFor(60, TimeUnit.SECONDS);
        npm.destroyForcibly();
        assumeTrue(
                ended && npm.waitFor() == 0,
                () -> "npm cannot install oidc-provider; see " + directory.resolve("npm-log"));
        Files.write(done, wanted);
    }

    URI uri() {
        return uri;
    }

    /** Adds a key for this algorithm, which signs from now on. */
    void rotate(String algorithm) throws IOException {
        process.getOutputStream().write((algorithm + "\n").getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
        assertThat(output.readLine()).isEqualTo("rotated");
    }

    /** Returns an access token that a program gets for itself. */
    String accessToken() throws IOException, InterruptedException {
        return field(post("/token", "machine", "grant_type=client_credentials&resource=urn:berth"), "access_token");
    }

    /** Returns the ID token of somebody who logs in with a browser. */
    String idToken(String name) throws IOException, InterruptedException {
        String asked = "/auth?client_id=berth&response_type=code&scope=openid&redirect_uri=https://client.test/done";
        URI done = signIn(uri.resolve(asked), name);
        assertThat(done.getPath()).as("%s", done).isEqualTo("/done");
        String code = done.getQuery().replaceFirst(".*code=([^&]*).*", "$1");
        return field(
                post(
                        "/token",
                        "berth",
                        "grant_type=authorization_code&redirect_uri=https://client.test/done&code=" + code),
                "id_token");
    }

    /** Goes to its pages with a browser, logs in, and returns where it sends the browser to. */
    URI signIn(URI asked, String name) throws IOException, InterruptedException {
        HttpClient browser =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        URI form = location(browser, HttpRequest.newBuilder(asked));
        URI next = location(
                browser,
                HttpRequest.newBuilder(form)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("prompt=login&password=x&login=" + name)));
        return location(browser, HttpRequest.newBuilder(next));
    }

    private URI location(HttpClient browser, HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(303);
        return uri.resolve(response.headers().firstValue("Location").orElseThrow());
    }

    private String post(String path, String client, String form) throws IOException, InterruptedException {
        String basic = Base64.getEncoder().encodeToString((client + ":secret").getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri.resolve(path))
                                .header("Authorization", "Basic " + basic)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(form))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    private static String field(String json, String name) {
        return JsonObject.root(StrictJson.parse(json.getBytes(StandardCharsets.UTF_8)))
                .requireString(name);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
