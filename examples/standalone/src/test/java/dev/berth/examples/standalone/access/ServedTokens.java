package dev.berth.examples.standalone.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.Json;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.RegistryHttp;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A client of a server, of its token service and of its management of accounts. Thread-safe. */
final class ServedTokens {
    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";

    private final RegistryHttp http;

    ServedTokens(BerthProcess server) {
        this.http = server.http();
    }

    static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    static String bearer(String token) {
        return "Bearer " + token;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Returns the status of listing the tags of a repository. */
    int pull(String repository, String authorization) throws IOException, InterruptedException {
        return http.send(
                        "GET",
                        "/v2/" + repository + "/tags/list",
                        BodyPublishers.noBody(),
                        "Authorization",
                        authorization)
                .statusCode();
    }

    /** Returns the status of starting an upload. */
    int push(String repository, String authorization) throws IOException, InterruptedException {
        return http.send(
                        "POST",
                        "/v2/" + repository + "/blobs/uploads/",
                        BodyPublishers.noBody(),
                        "Authorization",
                        authorization)
                .statusCode();
    }

    /** Asks for a token, as a login with a password does. */
    HttpResponse<byte[]> login(String name, String password, String scope) throws IOException, InterruptedException {
        return http.send(
                "GET",
                "/token?service=berth&client_id=docker&offline_token=true&scope=" + encoded(scope),
                BodyPublishers.noBody(),
                "Authorization",
                basic(name, password));
    }

    /** Asks for a token, as a login with a refresh token does. */
    HttpResponse<byte[]> refresh(String refreshToken, String scope) throws IOException, InterruptedException {
        return http.send(
                "POST",
                "/token",
                BodyPublishers.ofString("grant_type=refresh_token&service=berth&client_id=docker&refresh_token="
                        + encoded(refreshToken) + "&scope=" + encoded(scope)),
                "Content-Type",
                FORM);
    }

    /** Returns a field of an answer that must be a good one. */
    static String field(HttpResponse<byte[]> response, String name) {
        assertThat(response.statusCode())
                .as(new String(response.body(), StandardCharsets.UTF_8))
                .isBetween(200, 201);
        return String.valueOf(Json.parse(response.body()).get(name));
    }

    /** Returns an access token. */
    String token(String name, String password, String scope) throws IOException, InterruptedException {
        return field(login(name, password, scope), "token");
    }

    /** Changes accounts by the management of the server. */
    HttpResponse<byte[]> manage(String method, String path, String authorization, String json)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> response = http.send(
                method,
                "/berth/access/" + path,
                BodyPublishers.ofString(json),
                "Authorization",
                authorization,
                "Content-Type",
                JSON);
        assertThat(response.statusCode())
                .as("%s: %s", json, new String(response.body(), StandardCharsets.UTF_8))
                .isBetween(200, 204);
        return response;
    }
}
