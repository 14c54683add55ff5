package dev.berth.registry.scan.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A scanner adapter as Harbor's specification 1.2 describes it, over a real socket. It pulls the manifest that it is to scan from
 * the registry that it is told, and reports what it found there. A test makes it slow, forgetful or mad.
 */
final class TestAdapter implements AutoCloseable {
    static final String METADATA = """
            {"scanner":{"name":"Trivy","vendor":"Example","version":"0.50"},
             "capabilities":[
               {"type":"sbom","consumes_mime_types":["application/vnd.oci.image.manifest.v1+json"],
                "produces_mime_types":["application/vnd.security.sbom.report+json; version=1.0"]},
               {"type":"vulnerability","consumes_mime_types":["application/vnd.oci.image.manifest.v1+json"],
                "produces_mime_types":["application/vnd.scanner.adapter.vuln.report.harbor+json; version=1.0",
                  "application/vnd.security.vulnerability.report; version=1.1"]}],
             "properties":{"harbor.scanner-adapter/vulnerability-database-updated-at":"2026-10-01T10:00:00Z"}}
            """;

    /** One answer. */
    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    final List<JsonNode> requests = Collections.synchronizedList(new ArrayList<>());
    final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    final List<String> pulled = Collections.synchronizedList(new ArrayList<>());
    volatile String metadata = METADATA;
    volatile String authorization = "";
    /** How often a report is said to be not ready. */
    volatile int notReady;

    volatile Answer onMetadata = this::metadata;
    volatile Answer onScan = this::scan;
    volatile Answer onReport = this::report;

    private final ObjectMapper mapper = new ObjectMapper();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, JsonNode> scans = new HashMap<>();

    TestAdapter() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/api/v1/", exchange -> {
            try (exchange) {
                calls.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
                if (!authorization.isEmpty()
                        && !authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                    send(exchange, 401, "");
                } else if (exchange.getRequestURI().getPath().equals("/api/v1/metadata")) {
                    onMetadata.to(exchange);
                } else if (exchange.getRequestURI().getPath().equals("/api/v1/scan")) {
                    onScan.to(exchange);
                } else {
                    onReport.to(exchange);
                }
            }
        });
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void metadata(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/vnd.scanner.adapter.metadata+json; version=1.1");
        send(exchange, 200, metadata);
    }

    private void scan(HttpExchange exchange) throws IOException {
        JsonNode request = mapper.readTree(exchange.getRequestBody());
        requests.add(request);
        String id = "scan/" + requests.size() + " ü";
        scans.put(id, request);
        exchange.getResponseHeaders()
                .set("Content-Type", "application/vnd.scanner.adapter.scan.response+json; version=1.0");
        send(exchange, 202, mapper.writeValueAsString(Map.of("id", id)));
    }

    void forget() {
        scans.clear();
    }

    private void report(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        JsonNode request = scans.get(path.substring("/api/v1/scan/".length(), path.length() - "/report".length()));
        if (request == null) {
            send(exchange, 404, "");
        } else if (notReady-- > 0) {
            exchange.getResponseHeaders()
                    .set("Location", exchange.getRequestURI().toString());
            exchange.getResponseHeaders().set("Refresh-After", "7");
            send(exchange, 302, "");
        } else {
            exchange.getResponseHeaders()
                    .set("Content-Type", exchange.getRequestHeaders().getFirst("Accept"));
            send(exchange, 200, found(request));
        }
    }

    /** Pulls the manifest, and finds something in it. */
    private String found(JsonNode request) throws IOException {
        String repository = request.at("/artifact/repository").asText();
        String digest = request.at("/artifact/digest").asText();
        HttpRequest.Builder pull = HttpRequest.newBuilder(
                        URI.create(request.at("/registry/url").asText() + "/v2/" + repository + "/manifests/" + digest))
                .header("Accept", request.at("/artifact/mime_type").asText());
        if (request.at("/registry").has("authorization")) {
            pull.header("Authorization", request.at("/registry/authorization").asText());
        }
        try {
            HttpResponse<String> manifest =
                    HttpClient.newHttpClient().send(pull.build(), HttpResponse.BodyHandlers.ofString());
            pulled.add(manifest.statusCode() + " "
                    + manifest.headers().firstValue("Docker-Content-Digest").orElse("-"));
        } catch (InterruptedException e) {
            throw new UncheckedIOException(new IOException(e));
        }
        return """
                {"generated_at":"2026-11-01T00:00:00Z","artifact":{"repository":"%s","digest":"%s"},
                 "scanner":{"name":"Trivy","vendor":"Example","version":"0.50"},"severity":"High",
                 "vulnerabilities":[
                  {"id":"CVE-2026-1","package":"openssl","version":"1.0","fix_version":"1.1","severity":"High",
                   "description":"Bad","links":["https://example.org/1","javascript:alert(1)"],
                   "preferred_cvss":{"score_v3":7.5,"vector_v3":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N"},
                   "cwe_ids":["CWE-1"],"vendor_attributes":{"a":[1,2,{"b":null}]}},
                  {"id":"CVE-2026-2","package":"zlib","version":"2","fix_version":"","severity":"Strange"}]}
                """.formatted(repository, digest);
    }

    static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
