package dev.berth.registry.maintenance.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.account.api.Cell.Who;
import dev.berth.registry.account.api.ManagedRegistry;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.audit.store.AuditStore;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.host.CollectionSchedule;
import dev.berth.registry.host.HostedRegistry;
import dev.berth.registry.host.ScrubSchedule;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RegistryServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/** A served registry with all of its upkeep, and people who ask about it. */
final class MaintenanceWorld implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    final ManagedRegistry people = new ManagedRegistry();
    final MemoryObjectStore store = MemoryObjectStore.create();
    final List<AuditEvent> audited = new CopyOnWriteArrayList<>();
    final List<RegistryEvent> events = new CopyOnWriteArrayList<>();
    final AuditStore audit = AuditStore.over(store);
    final HostedRegistry hosted = HostedRegistry.builder(store)
            .collection(CollectionSchedule.defaults())
            .scrub(ScrubSchedule.defaults())
            .countStorage()
            .audit(audited::add)
            .auditStore(audit)
            .events(events::addAll)
            .build();
    final RegistryServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    MaintenanceWorld() throws IOException {
        server = RegistryServer.builder(hosted.views())
                .route(
                        MaintenanceApi.PATH,
                        MaintenanceApi.builder(hosted)
                                .listener(AuditListener.allOf(List.of(audited::add, audit)))
                                .store(people.accounts)
                                .tokens(people.tokens.authenticator())
                                .build(people.logins))
                .listen("127.0.0.1", 0)
                .build()
                .start();
    }

    record Reply(int status, JsonNode content, String text) {}

    Repository repository(String name) {
        return hosted.registry("pusher").repository(name);
    }

    /** Pushes an image with a layer of its own. */
    Manifest image(String repository, String content, String... tags) {
        Repository target = repository(repository);
        Descriptor config = blob(target, MediaTypes.OCI_CONFIG, "{\"of\":\"" + content + "\"}");
        Manifest manifest = ImageManifest.of(config, List.of(blob(target, MediaTypes.OCI_LAYER_TAR, content)))
                .toManifest();
        target.manifests().put(manifest, List.of(tags).stream().map(Tag::parse).toArray(Tag[]::new));
        return manifest;
    }

    private static Descriptor blob(Repository target, String type, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        target.blobs().push(Digest.sha256(bytes), BlobSource.of(bytes));
        return Descriptor.of(type, Digest.sha256(bytes), bytes.length);
    }

    Reply get(Who who, String path) {
        return send(who, request(path));
    }

    /** Sends a body with apostrophes for quotes. */
    Reply post(Who who, String path, String body) {
        return send(
                who,
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"'))));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.address().getPort() + MaintenanceApi.PATH + path));
    }

    Reply send(Who who, HttpRequest.Builder request) {
        String authorization = who.authorization(people);
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            String text = response.body();
            return new Reply(response.statusCode(), text.isEmpty() ? MAPPER.nullNode() : MAPPER.readTree(text), text);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Waits for work in the background, which is told by nothing but its outcome. */
    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("It does not happen");
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        hosted.close();
        store.close();
    }
}
