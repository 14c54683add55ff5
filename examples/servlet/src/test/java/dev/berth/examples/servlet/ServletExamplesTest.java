package dev.berth.examples.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.servlet.RegistryServlet;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServletExamplesTest {
    private static final byte[] BLOB = "hello".getBytes(StandardCharsets.US_ASCII);

    private final RegistryServlet registry =
            new RegistryServlet(RegistryServer.builder(StorageRegistry.over(MemoryObjectStore.create()))
                    .build()
                    .handler());

    @Test
    void jettyServesPagesAndARegistryByH2c() throws Exception {
        Server jetty = InJetty.start(0, registry);
        try {
            assertServes(((NetworkConnector) jetty.getConnectors()[0]).getLocalPort());
        } finally {
            jetty.stop();
        }
    }

    @Test
    void tomcatServesPagesAndARegistryByH2c(@TempDir Path directory) throws Exception {
        Tomcat tomcat = InTomcat.start(0, directory, registry);
        try {
            assertServes(tomcat.getConnector().getLocalPort());
        } finally {
            tomcat.stop();
            tomcat.destroy();
        }
    }

    private static void assertServes(int port) throws Exception {
        URI base = URI.create("http://127.0.0.1:" + port + "/");
        HttpClient client = HttpClient.newHttpClient();
        HttpResponse<String> page = send(client, HttpRequest.newBuilder(base));
        assertThat(page.body()).contains("An application with a registry");
        assertThat(page.version()).isEqualTo(HttpClient.Version.HTTP_2);

        HttpResponse<String> pushed = send(
                client,
                HttpRequest.newBuilder(base.resolve("/v2/team/app/blobs/uploads/?digest=" + Digest.sha256(BLOB)))
                        .POST(BodyPublishers.ofByteArray(BLOB)));
        assertThat(pushed.statusCode()).isEqualTo(201);

        String location = pushed.headers().firstValue("Location").orElseThrow();
        HttpResponse<String> pulled = send(client, HttpRequest.newBuilder(base.resolve(location)));
        assertThat(pulled.body()).isEqualTo("hello");
        assertThat(pulled.version()).isEqualTo(HttpClient.Version.HTTP_2);

        HttpResponse<String> refused = send(client, HttpRequest.newBuilder(base.resolve("/v2/a%2Fb/tags/list")));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("\"REQUEST_INVALID\"");
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
