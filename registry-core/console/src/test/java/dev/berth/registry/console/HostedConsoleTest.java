package dev.berth.registry.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.host.HostedRegistry;
import dev.berth.registry.host.HostedRegistryBuilder;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A hosted registry gets a console with two statements")
class HostedConsoleTest {
    private static final RepositoryName APP = RepositoryName.parse("team/app");
    private static final Duration LONG = Duration.ofSeconds(20);

    private final MemoryObjectStore store = MemoryObjectStore.create();
    private final SampleImages images = new SampleImages(3);
    private final HttpClient client = HttpClient.newHttpClient();

    private HttpResponse<String> get(URI server, String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(server.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Asks again until the answer has a text. */
    private String await(URI server, String path, String text) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(LONG);
        String body;
        do {
            body = get(server, path).body();
        } while (!body.contains(text) && Instant.now().isBefore(end));
        assertThat(body).contains(text);
        return body;
    }

    private List<String> keys() throws IOException {
        return store.list(ListRequest.tree(KeyPrefix.of("_berth/")).limit(1_000))
                .names();
    }

    @Test
    void whatIsPushedIsOnThePagesInTheApiAndFound() throws Exception {
        HostedRegistryBuilder registry = HostedRegistry.builder(store);
        HostedConsole console = HostedConsole.addTo(registry);
        try (HostedRegistry hosted = registry.build();
                RegistryServer server = console.mount(hosted.server().listen("127.0.0.1", 0), hosted)
                        .build()
                        .start()) {
            hosted.start();
            images.image(hosted.registry("ci").repository(APP), List.of(100), Tag.parse("1"));

            await(server.uri(), "/v1/search?q=app", "\"name\":\"team/app\"");
            assertThat(get(server.uri(), "/").body()).contains("team/app");
            assertThat(get(server.uri(), "/api/v1/tags/team/app").body()).contains("\"tag\":\"1\"");
            assertThat(get(server.uri(), "/v2/team/app/tags/list").body()).contains("\"1\"");
        }
    }

    @Test
    void whatWasPushedLastIsListedByTheNextStart() throws Exception {
        HostedRegistryBuilder registry = HostedRegistry.builder(store);
        HostedConsole console = HostedConsole.addTo(registry);
        try (HostedRegistry hosted = registry.build()) {
            hosted.start();
            images.image(hosted.registry("ci").repository(APP), List.of(100), Tag.parse("1"));
            Instant end = Instant.now().plus(LONG);
            while (console.lists().catalog().cards().of(APP).isEmpty() && Instant.now().isBefore(end)) {
                Thread.onSpinWait();
            }
            // Nothing has looked at this one yet, or only just.
            images.image(hosted.registry("ci").repository(APP), List.of(200), Tag.parse("2"));
        }

        HostedRegistryBuilder next = HostedRegistry.builder(store);
        HostedConsole again = HostedConsole.addTo(next);
        try (HostedRegistry hosted = next.build()) {
            again.lists().refresh();
            assertThat(again.lists().catalog().of(APP).tags()).containsOnlyKeys(Tag.parse("1"), Tag.parse("2"));
        }
    }

    @Test
    void overAReadOnlyStoreItShowsWhatIsThereAndWritesNothing() throws Exception {
        try (HostedRegistry before = HostedRegistry.builder(store).build()) {
            images.image(before.registry("ci").repository(APP), List.of(100), Tag.parse("1"));
        }
        List<String> keys = keys();
        HostedRegistryBuilder registry = HostedRegistry.builder(store).readOnly();
        HostedConsole console = HostedConsole.addTo(registry);
        try (HostedRegistry hosted = registry.build();
                RegistryServer server = console.mount(hosted.server().listen("127.0.0.1", 0), hosted)
                        .build()
                        .start()) {
            hosted.start();

            await(server.uri(), "/v1/search?q=app", "\"name\":\"team/app\"");
            assertThat(get(server.uri(), "/repository/team/app").body()).contains("team/app");
        }
        assertThat(keys()).isEqualTo(keys);
    }

    @Test
    void aConsoleIsMountedAfterItsRegistryWasBuilt() {
        HostedConsole console = HostedConsole.addTo(HostedRegistry.builder(store));

        assertThatIllegalStateException().isThrownBy(console::lists).withMessageContaining("built");
    }

    @Test
    void optionsAreThoseOfThePages() throws Exception {
        HostedRegistryBuilder registry = HostedRegistry.builder(store);
        HostedConsole console = HostedConsole.addTo(registry);
        try (HostedRegistry hosted = registry.build();
                RegistryServer server = console.mount(
                                hosted.server().listen("127.0.0.1", 0),
                                hosted,
                                console.pages(Visitors.ofOpen(hosted.views()))
                                        .mountedAt("/images")
                                        .title("Images of the shop"))
                        .build()
                        .start()) {
            assertThat(get(server.uri(), "/images/").body()).contains("Images of the shop");
            assertThat(get(server.uri(), "/").statusCode()).isEqualTo(404);
        }
    }
}
