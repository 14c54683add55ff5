package dev.berth.registry.scan.advisory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.berth.registry.RegistryException;
import dev.berth.registry.scan.report.Finding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdvisoryUpdatesTest {
    @TempDir
    private Path dir;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<AdvisoryFacts> changes = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private Database database;
    private volatile byte[] content = {};
    private volatile String tag = "\"1\"";
    private volatile Behaviour behaviour = Behaviour.GOOD;

    private enum Behaviour {
        GOOD,
        FAILING,
        REDIRECTING,
        CUT
    }

    @BeforeEach
    void open() throws IOException {
        database = new Database(dir);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String condition = exchange.getRequestHeaders().getFirst("If-None-Match");
            asked.add(exchange.getRequestURI().getPath() + " " + condition + " "
                    + exchange.getRequestHeaders().getFirst("If-Modified-Since"));
            switch (behaviour) {
                case FAILING -> exchange.sendResponseHeaders(503, -1);
                case REDIRECTING -> {
                    exchange.getResponseHeaders().set("Location", "/elsewhere");
                    exchange.sendResponseHeaders(302, -1);
                }
                case CUT -> {
                    exchange.sendResponseHeaders(200, content.length + 10L);
                    exchange.getResponseBody().write(content);
                }
                case GOOD -> {
                    if (tag.equals(condition)) {
                        exchange.sendResponseHeaders(304, -1);
                    } else {
                        exchange.getResponseHeaders().set("ETag", tag);
                        exchange.getResponseHeaders().set("Last-Modified", "Fri, 27 Nov 2026 00:00:00 GMT");
                        exchange.sendResponseHeaders(200, content.length);
                        exchange.getResponseBody().write(content);
                    }
                }
            }
        }
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private void serve(String newTag, Osv... advisories) throws IOException {
        Path zip = dir.resolve("served.zip");
        Database.zip(zip, List.of(advisories));
        content = Files.readAllBytes(zip);
        tag = newTag;
    }

    private AdvisoryUpdates.Builder builder() {
        return AdvisoryUpdates.builder(database.index(), dir.resolve("feeds"))
                .feed(AdvisoryFeed.of(address("/npm/all.zip?key=secret")))
                .whenChanged(changes::add);
    }

    private List<String> found() {
        return database.findings(Database.npm("left", "1.0.0")).stream()
                .map(Finding::id)
                .toList();
    }

    @Test
    void aFeedIsFetchedAndFetchedAgainOnlyIfItHasChanged() throws IOException {
        serve("\"1\"", Osv.of("A-1", "npm", "left", "2.0.0"));
        try (AdvisoryUpdates updates = builder().build()) {
            AdvisoryFacts first = updates.update();
            assertThat(found()).containsExactly("A-1");
            assertThat(updates.update()).isEqualTo(first);
            assertThat(changes).containsExactly(first);
            assertThat(asked)
                    .containsExactly("/npm/all.zip null null", "/npm/all.zip \"1\" Fri, 27 Nov 2026 00:00:00 GMT");

            serve("\"2\"", Osv.of("A-2", "npm", "left", "2.0.0"));
            updates.update();
            assertThat(found()).containsExactly("A-2");
            assertThat(changes).hasSize(2);
            assertThat(updates.failures()).isEmpty();
        }
    }

    @Test
    void theFilesOfTheOperatorAreInTheIndexBesideWhatIsFetched() throws IOException {
        serve("\"1\"", Osv.of("A-1", "npm", "left", "2.0.0"));
        Files.writeString(
                database.sources().resolve("own.json"),
                Osv.of("OWN-1", "npm", "left", "2.0.0").json());
        try (AdvisoryUpdates updates = builder().source(database.sources()).build()) {
            updates.update();
        }

        assertThat(found()).containsExactly("A-1", "OWN-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FAILING", "REDIRECTING", "CUT"})
    void aFeedThatCannotBeFetchedLeavesWhatWasFetchedBefore(Behaviour bad) throws IOException {
        serve("\"1\"", Osv.of("A-1", "npm", "left", "2.0.0"));
        try (AdvisoryUpdates updates = builder().build()) {
            AdvisoryFacts before = updates.update();
            serve("\"2\"", Osv.of("A-2", "npm", "left", "2.0.0"));
            behaviour = bad;

            assertThat(updates.update()).isEqualTo(before);

            assertThat(updates.failures())
                    .singleElement()
                    .asString()
                    .contains("127.0.0.1")
                    .doesNotContain("secret");
            assertThat(found()).containsExactly("A-1");
            try (Stream<Path> files = Files.list(dir.resolve("feeds"))) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .allMatch(name -> name.startsWith("feed-"))
                        .noneMatch(name -> name.endsWith(".partial"))
                        .hasSize(2);
            }
            assertThat(asked).noneMatch(path -> path.startsWith("/elsewhere"));

            behaviour = Behaviour.GOOD;
            updates.update();
            assertThat(updates.failures()).isEmpty();
            assertThat(found()).containsExactly("A-2");
        }
    }

    @Test
    void aFeedThatIsTooLargeIsNotKept() throws IOException {
        serve("\"1\"", Osv.of("A-1", "npm", "left", "2.0.0"));
        AdvisoryFeed small = AdvisoryFeed.of(address("/all.zip")).largest(content.length - 1);
        try (AdvisoryUpdates updates = AdvisoryUpdates.builder(database.index(), dir.resolve("feeds"))
                .feed(small)
                .build()) {
            // An empty index would find nothing in any image.
            assertThatThrownBy(updates::update)
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("has more than");
            assertThat(database.index().facts()).isEmpty();
            assertThat(updates.failures()).singleElement().asString().contains("has more than");
        }
    }

    @Test
    void oneFeedMayFailAndTheOthersAreFetched() throws IOException {
        serve("\"1\"", Osv.of("A-1", "npm", "left", "2.0.0"));
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        try (AdvisoryUpdates updates = AdvisoryUpdates.builder(database.index(), dir.resolve("feeds"))
                .feed(AdvisoryFeed.of(URI.create("http://127.0.0.1:" + closed + "/all.zip")))
                .feed(AdvisoryFeed.of(address("/all.zip")))
                .build()) {
            updates.update();

            assertThat(updates.failures()).hasSize(1);
            assertThat(found()).containsExactly("A-1");
        }
    }

    @Test
    void aThreadUpdatesAtOnceAndWhenItIsWoken() throws Exception {
        serve("\"1\"", Osv.of("A-1", "npm", "left", "2.0.0"));
        BlockingQueue<AdvisoryFacts> told = new LinkedBlockingQueue<>();
        try (AdvisoryUpdates updates = builder().whenChanged(told::add).build()) {
            updates.start(Duration.ofDays(1));
            assertThat(told.poll(60, TimeUnit.SECONDS)).isNotNull();
            assertThat(found()).containsExactly("A-1");

            serve("\"2\"", Osv.of("A-2", "npm", "left", "2.0.0"));
            updates.wake();
            assertThat(told.poll(60, TimeUnit.SECONDS)).isNotNull();
            assertThat(found()).containsExactly("A-2");

            assertThatThrownBy(() -> updates.start(Duration.ofDays(1))).isInstanceOf(IllegalStateException.class);
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("berth-advisories"));
    }

    @Test
    void advisoriesComeByHttpsUnlessItIsSaid() {
        URI plain = URI.create("http://advisories.example/all.zip");
        assertThatThrownBy(() -> AdvisoryFeed.of(plain))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("https");
        assertThat(AdvisoryFeed.insecure(plain).address()).isEqualTo(plain);
        for (String bad : List.of("ftp://a.example/x", "file:///etc", "https:///x", "https://user:pw@a.example/x")) {
            assertThatThrownBy(() -> AdvisoryFeed.insecure(URI.create(bad)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(AdvisoryFeed.of(URI.create("https://a.example/x.zip?key=secret")))
                .hasToString("https://a.example/x.zip");
    }
}
