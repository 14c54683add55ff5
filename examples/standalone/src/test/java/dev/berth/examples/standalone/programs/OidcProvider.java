package dev.berth.examples.standalone.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.examples.standalone.content.Json;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.List;

/**
 * The {@code oidc-provider} of npm, in Node. Everybody is in the groups {@code dev} and {@code ops}. Its packages are
 * installed below a directory of the test, from npm's cache where they are in it.
 */
public final class OidcProvider implements AutoCloseable {
    /** The client for which ID tokens are. */
    public static final String AUDIENCE = "berth";

    private static final List<String> FILES = List.of("package.json", "package-lock.json", "provider.mjs");
    private static final String DONE = "https://client.test/done";
    private static final String FORM = "application/x-www-form-urlencoded";

    private final ChildProcess process;
    private final URI issuer;

    private OidcProvider(ChildProcess process, URI issuer) {
        this.process = process;
        this.issuer = issuer;
    }

    /** Starts an issuer. Skips the test where it cannot be had. */
    public static OidcProvider start(Path directory) throws IOException, InterruptedException {
        Programs.assumeInstalled("node", "npm", "sh");
        for (String file : FILES) {
            Files.copy(
                    Path.of(System.getProperty("berth.oidc-provider"), file),
                    directory.resolve(file),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        ChildProcess.Outcome installed = run(
                        directory,
                        Programs.path("npm"),
                        "ci",
                        "--prefer-offline",
                        "--ignore-scripts",
                        "--no-audit",
                        "--no-fund",
                        "--fetch-retries=1",
                        "--fetch-timeout=10000")
                .awaitExit();
        assumeTrue(installed.exitCode() == 0, () -> "npm cannot install oidc-provider: " + installed);
        // It ends with its standard input.
        ChildProcess process = run(directory, "sh", "-c", "sleep infinity | exec node provider.mjs");
        String line = process.out().awaitLine("issuer", text -> text.startsWith("issuer "), ChildProcess.TIMEOUT);
        return new OidcProvider(process, URI.create(line.substring("issuer ".length())));
    }

    private static ChildProcess run(Path directory, String... command) throws IOException {
        return ChildProcess.start(new ProcessBuilder(command).directory(directory.toFile()));
    }

    public URI issuer() {
        return issuer;
    }

    /** Returns the ID token of somebody who logs in with a browser. */
    public String idToken(String name) throws IOException, InterruptedException {
        HttpClient browser =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        URI form = location(
                browser,
                HttpRequest.newBuilder(issuer.resolve(
                        "/auth?client_id=" + AUDIENCE + "&response_type=code&scope=openid&redirect_uri=" + DONE)));
        URI next = location(
                browser,
                HttpRequest.newBuilder(form)
                        .header("Content-Type", FORM)
                        .POST(BodyPublishers.ofString("prompt=login&password=x&login=" + name)));
        String answer = location(browser, HttpRequest.newBuilder(next)).getQuery();
        String code = answer.replaceFirst("^(?:.*&)?code=([^&]*).*", "$1");
        String client = Base64.getEncoder().encodeToString((AUDIENCE + ":secret").getBytes(StandardCharsets.UTF_8));
        HttpResponse<byte[]> tokens = browser.send(
                HttpRequest.newBuilder(issuer.resolve("/token"))
                        .header("Authorization", "Basic " + client)
                        .header("Content-Type", FORM)
                        .POST(BodyPublishers.ofString(
                                "grant_type=authorization_code&redirect_uri=" + DONE + "&code=" + code))
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(tokens.statusCode())
                .as(new String(tokens.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        return String.valueOf(Json.parse(tokens.body()).get("id_token"));
    }

    private URI location(HttpClient browser, HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = browser.send(request.build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(303);
        return issuer.resolve(response.headers().firstValue("Location").orElseThrow());
    }

    @Override
    public void close() {
        process.close();
    }
}
