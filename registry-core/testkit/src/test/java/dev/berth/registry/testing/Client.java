package dev.berth.registry.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A client of a registry under test. */
final class Client {
    /** Longer than anything may take: when it is over, a test has failed. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http;
    private final URI base;

    Client(TestRegistry registry) {
        this(registry, HttpClient.newBuilder());
    }

    Client(TestRegistry registry, HttpClient.Builder http) {
        this.http = http.version(HttpClient.Version.HTTP_1_1).build();
        this.base = registry.uri();
    }

    HttpResponse<byte[]> get(String target, String... headers) throws IOException, InterruptedException {
        return send("GET", target, headers);
    }

    HttpResponse<byte[]> send(String method, String target, String... headers)
            throws IOException, InterruptedException {
        return http.send(request(method, target, headers), BodyHandlers.ofByteArray());
    }

    HttpRequest request(String method, String target, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(target)).timeout(PATIENCE).method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.build();
    }

    HttpClient http() {
        return http;
    }
}
