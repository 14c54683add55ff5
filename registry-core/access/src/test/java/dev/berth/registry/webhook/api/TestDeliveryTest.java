package dev.berth.registry.webhook.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.account.api.ManagedRegistry;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.control.AccessControl;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.webhook.HttpWebhookSender;
import dev.berth.registry.webhook.WebhookHttpOptions;
import dev.berth.registry.webhook.WebhookOptions;
import dev.berth.registry.webhook.Webhooks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Test messages of a server with access control, by HTTP to real sockets: no way to look around in a network. */
class TestDeliveryTest {
    private final ManagedRegistry people = new ManagedRegistry();
    private final List<AuditEvent> events = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private URI api = URI.create("http://unset.example/");

    private void serve(WebhookHttpOptions options) throws IOException {
        HttpWebhookSender sender = HttpWebhookSender.of(options);
        Webhooks webhooks = Webhooks.over(
                MemoryObjectStore.create(), WebhookOptions.builder(sender).build());
        var registry = StorageRegistry.over(MemoryObjectStore.create());
        RegistryServer server = AccessControl.builder(registry)
                .store(people.accounts)
                .webhooks(webhooks)
                .listener(events::add)
                .passwords("test")
                .build()
                .server()
                .listen("127.0.0.1", 0)
                .build()
                .start();
        opened.addAll(List.of(registry, sender, webhooks, server));
        api = URI.create("http://127.0.0.1:" + server.address().getPort() + WebhookApi.PATH);
    }

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(api.resolve(path))
                        .method(method, HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                        .header("Authorization", WebhookWorld.CAROL)
                        .header("Content-Type", "application/json")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String test(String url) throws IOException, InterruptedException {
        String endpoint = "{'name':'acme.test','url':'" + url + "','repositories':['acme/**'],'timeout':'2s'}";
        assertThat(send("PUT", "endpoints", endpoint).statusCode()).isIn(200, 201);
        HttpResponse<String> response = send("POST", "test", "{'name':'acme.test'}");
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    /** A server that answers everything in one way, and counts connections. */
    private ServerSocket listener(AtomicInteger connections, String answer) throws IOException {
        ServerSocket listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        opened.add(listener);
        Thread thread = new Thread(() -> {
            while (!listener.isClosed()) {
                try (Socket socket = listener.accept()) {
                    connections.incrementAndGet();
                    readMessage(socket);
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    // The client or the test has gone.
                    continue;
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        return listener;
    }

    /** Messages of this size end with the brace of their JSON. */
    private static void readMessage(Socket socket) throws IOException {
        StringBuilder message = new StringBuilder();
        while (!message.toString().endsWith("}")) {
            int read = socket.getInputStream().read();
            if (read < 0) {
                return;
            }
            message.append((char) read);
        }
    }

    @Test
    void anAddressInsideAnswersTheSameWhateverItsPortDoes() throws IOException, InterruptedException {
        serve(WebhookHttpOptions.defaults());
        AtomicInteger connections = new AtomicInteger();
        int open = listener(connections, "SSH-2.0-x\r\n").getLocalPort();
        int closed;
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            closed = unused.getLocalPort();
        }
        List<String> answers = new ArrayList<>();
        for (String url : List.of(
                "http://127.0.0.1:" + open,
                "http://127.0.0.1:" + closed,
                "http://localhost:" + open,
                "https://[::1]:" + open,
                "http://10.0.0.1:22",
                "http://169.254.169.254/latest/meta-data")) {
            answers.add(test(url));
        }
        assertThat(answers).hasSize(6).containsOnly(answers.get(0));
        assertThat(answers.get(0)).startsWith("{\"delivered\":false,");
        assertThat(connections).hasValue(0);
        assertThat(events)
                .filteredOn(event -> event.reason().startsWith("test message"))
                .hasSize(6)
                .allSatisfy(event -> assertThat(event.reason()).contains("not in the internet"));
    }

    @Test
    void nothingOfTheAnswerOfAReceiverIsShown() throws IOException, InterruptedException {
        serve(WebhookHttpOptions.builder().allowInside("127.0.0.0/8").build());
        AtomicInteger connections = new AtomicInteger();
        AtomicInteger elsewhere = new AtomicInteger();
        String target = "http://127.0.0.1:"
                + listener(elsewhere, "HTTP/1.1 200 OK\r\n\r\n").getLocalPort() + "/";
        List<String> answers = new ArrayList<>();
        for (String answer : List.of(
                "HTTP/1.1 500 Secret\r\nContent-Length: 6\r\nConnection: close\r\n\r\nsecret",
                "HTTP/1.1 403 Secret\r\nWWW-Authenticate: secret\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                "HTTP/1.1 302 Secret\r\nLocation: " + target + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                "SSH-2.0-secret\r\n")) {
            answers.add(test("http://127.0.0.1:" + listener(connections, answer).getLocalPort() + "/"));
        }
        assertThat(answers).hasSize(4).containsOnly(answers.get(0));
        assertThat(answers.get(0)).startsWith("{\"delivered\":false,").doesNotContainIgnoringCase("secret");
        assertThat(connections).hasValue(4);
        assertThat(elsewhere).hasValue(0);
    }

    @Test
    void aMessageThatIsTakenIsDelivered() throws IOException, InterruptedException {
        serve(WebhookHttpOptions.builder().allowInside("127.0.0.0/8").build());
        AtomicInteger connections = new AtomicInteger();
        int port = listener(connections, "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
                .getLocalPort();
        assertThat(test("http://127.0.0.1:" + port + "/")).isEqualTo("{\"delivered\":true}");
        assertThat(connections).hasValue(1);
    }
}
