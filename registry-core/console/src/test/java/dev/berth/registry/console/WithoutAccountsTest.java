package dev.berth.registry.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.console.operation.access.AccessPart;
import dev.berth.registry.console.operation.mirror.MirrorPart;
import dev.berth.registry.console.operation.webhook.WebhookPart;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.mirror.MirrorOptions;
import dev.berth.registry.mirror.PullThrough;
import dev.berth.registry.mirror.api.MirrorActivity;
import dev.berth.registry.mirror.api.MirrorApi;
import dev.berth.registry.mirror.api.ServedMirror;
import dev.berth.registry.server.RegistryResolver;
import dev.berth.registry.server.RegistryServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A registry in which nobody has an account: whoever sits at its machine sees how it is run, and nobody else does. */
class WithoutAccountsTest {
    private final MemoryObjectStore store = MemoryObjectStore.create();
    private final StorageRegistry registry = StorageRegistry.over(store);
    private final StorageRegistry upstream = StorageRegistry.over(MemoryObjectStore.create());
    private final HttpClient client = HttpClient.newHttpClient();
    private final MirrorActivity activity = new MirrorActivity();
    private final PullThrough mirror = PullThrough.of(
            upstream,
            registry,
            store,
            MirrorOptions.builder()
                    .name("hub.example")
                    .prefix(RepositoryName.parse("hub.example"))
                    .listener(activity)
                    .build());
    private final RegistryServer server;

    WithoutAccountsTest() throws IOException {
        RegistryResolver views = (caller, access, request) -> registry;
        MirrorApi mirrors = MirrorApi.builder()
                .mirrors(List.of(
                        new ServedMirror(mirror, "https://upstream.example", List.of("hub.example"), false, activity)))
                .buildForThisMachine();
        Console console = Console.builder(Visitors.ofOpen(views), ConsoleLists.over(registry, store))
                .management(Map.of(MirrorApi.PATH, mirrors))
                .part(new AccessPart())
                .part(new WebhookPart())
                .part(new MirrorPart())
                .build();
        this.server = RegistryServer.builder(views)
                .listen("127.0.0.1", 0)
                .route(console.path(), console)
                .build()
                .start();
    }

    @AfterEach
    void end() {
        server.close();
        mirror.close();
        registry.close();
        upstream.close();
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri().resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void mirrorsAreShownAtTheMachineOfTheServerAndNowhereElse() throws Exception {
        HttpResponse<String> page = get("/operations/mirrors");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains(">hub.example<", ">Mirrors<")
                .doesNotContain(">People<", ">Webhooks<", ">Grants<");

        HttpResponse<String> elsewhere = get("/operations/mirrors", "X-Forwarded-For", "192.0.2.1");
        assertThat(elsewhere.statusCode()).isEqualTo(404);
        assertThat(elsewhere.body()).doesNotContain("hub.example", "Operations");
    }

    @Test
    void noPageAboutAccountsIsThere() throws Exception {
        for (String page : List.of(
                "people",
                "organisations",
                "teams",
                "teams/add",
                "robots",
                "grants",
                "grants/add",
                "explain",
                "signing-keys",
                "webhooks",
                "webhooks/add")) {
            assertThat(get("/operations/" + page).statusCode()).as(page).isEqualTo(404);
        }
    }
}
