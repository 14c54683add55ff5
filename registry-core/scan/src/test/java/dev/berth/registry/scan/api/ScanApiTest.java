package dev.berth.registry.scan.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.Manifest;
import dev.berth.registry.Platform;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.access.AccessPolicy;
import dev.berth.registry.access.Action;
import dev.berth.registry.engine.SettableClock;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.scan.accepted.Acceptance;
import dev.berth.registry.scan.accepted.Acceptances;
import dev.berth.registry.scan.accepted.Status;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.report.ScanReport;
import dev.berth.registry.scan.report.Scanner;
import dev.berth.registry.scan.report.Severity;
import dev.berth.registry.scan.report.Verdict;
import dev.berth.registry.scan.service.ScanService;
import dev.berth.registry.server.Authenticator;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.server.RequestedAccess;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is told over HTTP, and to whom. */
@Timeout(60)
class ScanApiTest {
    private final SettableClock clock = new SettableClock();
    private final MemoryObjectStore store = MemoryObjectStore.create();
    private final StorageRegistry registry = StorageRegistry.over(store);
    private final SampleImages images = new SampleImages(9);
    private final Map<String, List<Finding>> findings = new HashMap<>();
    private final ObjectMapper mapper = new ObjectMapper();
    private final HttpClient client = HttpClient.newHttpClient();

    private ScanService scans;
    private ScanApi api;
    private RegistryServer server;

    private final Scanner scanner = new Scanner() {
        @Override
        public String name() {
            return "Test 1";
        }

        @Override
        public ScanReport scan(Repository repository, Manifest image) {
            return new ScanReport(
                    image.digest(),
                    name(),
                    clock.instant(),
                    Optional.empty(),
                    findings.getOrDefault(image.digest().toString(), List.of()),
                    List.of());
        }
    };

    /** Who is who by the header {@code X-Caller}, whom a challenge answers if there is none. */
    private static final Authenticator BY_HEADER = new Authenticator() {
        @Override
        public Caller authenticate(RegistryRequest request, RequestedAccess access) {
            return request.header("X-Caller").map(Caller::named).orElseGet(Caller::anonymous);
        }

        @Override
        public List<String> challenges(RegistryRequest request, RequestedAccess access) {
            return List.of("Basic realm=\"test\"");
        }
    };

    /** Readers may pull from team/**, writers push to it as well; public is for all. */
    private static final AccessPolicy POLICY =
            (caller, action, repository) -> repository.value().startsWith("public/") && action == Action.PULL
                    || repository.value().startsWith("team/")
                            && (caller.name().equals("writer")
                                    || caller.name().equals("reader") && action == Action.PULL);

    @BeforeEach
    void start() throws IOException {
        scans = ScanService.builder(registry, store, scanner).build();
        scans.start();
        api = ScanApi.builder(scans, registry)
                .accepted(() ->
                        Acceptances.of(List.of(Acceptance.of("CVE-2026-9", Status.NOT_AFFECTED, "Not reachable"))))
                .build(BY_HEADER, POLICY);
        server = RegistryServer.builder(registry)
                .route(ScanApi.PATH, api)
                .listen("127.0.0.1", 0)
                .build()
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
        scans.close();
    }

    private static Finding finding(String id, Severity severity, String name, String... aliases) {
        return new Finding(
                id,
                List.of(aliases),
                name,
                "1.0",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("1.1"),
                severity,
                Optional.empty(),
                "What it is",
                List.of());
    }

    private Manifest push(String repository, String tag, Finding... found) throws InterruptedException {
        Repository target = registry.repository(repository);
        Manifest image = images.image(target, List.of(100));
        findings.put(image.digest().toString(), List.of(found));
        target.tags().put(Tag.parse(tag), image.digest());
        scans.scan(target, image.digest());
        while (scans.of(target.name(), image.digest()).state() != Verdict.State.SCANNED) {
            TimeUnit.MILLISECONDS.sleep(2);
        }
        return image;
    }

    private HttpResponse<String> get(String caller, String address, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.address().getPort() + ScanApi.PATH + address));
        if (!caller.isEmpty()) {
            request.header("X-Caller", caller);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String caller, String address, String type, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.address().getPort() + ScanApi.PATH + address))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!caller.isEmpty()) {
            request.header("X-Caller", caller);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode json(HttpResponse<String> response) throws IOException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return mapper.readTree(response.body());
    }

    @Test
    void theReportOfAnImageIsToldByTagAndByDigest() throws Exception {
        Manifest image = push(
                "team/app",
                "1",
                finding("CVE-2026-1", Severity.HIGH, "openssl"),
                finding("CVE-2026-9", Severity.LOW, "zlib"));
        JsonNode byTag = json(get("reader", "report?repository=team/app&reference=1"));
        assertThat(byTag.at("/digest").asText()).isEqualTo(image.digest().toString());
        assertThat(byTag.at("/state").asText()).isEqualTo("scanned");
        assertThat(byTag.at("/findings/high").asInt()).isEqualTo(1);
        assertThat(byTag.at("/findings/low").asInt()).as("accepted").isZero();
        assertThat(byTag.at("/platforms/0/accepted/0/reason").asText()).isEqualTo("Not reachable");
        assertThat(byTag.at("/platforms/0/report/findings")).hasSize(2);
        JsonNode byDigest = json(get(
                "reader",
                "report?repository=team/app&reference="
                        + URLEncoder.encode(image.digest().toString(), StandardCharsets.UTF_8)));
        assertThat(byDigest).isEqualTo(byTag);
    }

    @Test
    void aReportIsSarifForWhoeverWantsThat() throws Exception {
        push("team/app", "1", finding("CVE-2026-1", Severity.HIGH, "openssl"));
        HttpResponse<String> response =
                get("reader", "report?repository=team/app&reference=1", "Accept", "application/sarif+json");
        assertThat(response.headers().firstValue("Content-Type")).contains("application/sarif+json");
        assertThat(json(response).at("/runs/0/results/0/ruleId").asText()).isEqualTo("CVE-2026-1");

        Manifest index = images.index(
                registry.repository("team/app"),
                List.of(Platform.of("linux", "amd64"), Platform.of("linux", "arm64")),
                Tag.parse("multi"));
        HttpResponse<String> refused =
                get("reader", "report?repository=team/app&reference=multi", "Accept", "application/sarif+json");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body())
                .contains("by its digest")
                .doesNotContain(index.digest().toString());
    }

    @Test
    void theTagsOfARepositoryAreToldWithTheNumbersOfFindings() throws Exception {
        push("team/app", "1", finding("CVE-2026-1", Severity.HIGH, "a"), finding("CVE-2026-2", Severity.LOW, "b"));
        push("team/app", "2", finding("CVE-2026-1", Severity.HIGH, "a"));
        push("team/app", "3");
        JsonNode first = json(get("reader", "repository?repository=team/app&limit=2"));
        assertThat(first.at("/tags").findValuesAsText("tag")).containsExactly("1", "2");
        assertThat(first.at("/tags/0/findings/low").asInt()).isEqualTo(1);
        JsonNode rest = json(get("reader", "repository?repository=team/app&after=2"));
        assertThat(rest.at("/tags").findValuesAsText("tag")).containsExactly("3");
    }

    @Test
    void theImagesWithACveAreThoseThatTheCallerMaySee() throws Exception {
        push("team/app", "1", finding("GHSA-aaaa", Severity.HIGH, "a", "CVE-2026-1"));
        push("public/app", "1", finding("CVE-2026-1", Severity.HIGH, "a"));
        push("other/app", "1", finding("CVE-2026-1", Severity.HIGH, "a"));
        push("team/clean", "1", finding("CVE-2026-2", Severity.HIGH, "a"));
        JsonNode seen = json(get("reader", "images?id=cve-2026-1"));
        assertThat(seen.at("/images").findValuesAsText("repository")).containsExactly("public/app", "team/app");
        assertThat(seen.at("/images/1/tags/0").asText()).isEqualTo("1");
        assertThat(seen.at("/images/1/findings/0/id").asText()).isEqualTo("GHSA-aaaa");
        assertThat(json(get("", "images?id=CVE-2026-1")).at("/images").findValuesAsText("repository"))
                .containsExactly("public/app");
        assertThat(json(get("reader", "images?id=CVE-2026-1&limit=1")).at("/images"))
                .hasSize(1);
        assertThat(json(get("reader", "images?id=CVE-1999-1")).at("/images")).isEmpty();
    }

    @Test
    void whatDiffersBetweenTwoTagsIsTold() throws Exception {
        push("team/app", "1", finding("CVE-2026-1", Severity.HIGH, "a"), finding("CVE-2026-2", Severity.LOW, "b"));
        push("team/app", "2", finding("CVE-2026-2", Severity.LOW, "b"), finding("CVE-2026-3", Severity.LOW, "b"));
        JsonNode difference = json(get("reader", "difference?repository=team/app&from=1&to=2"));
        assertThat(difference.at("/platforms/0/newFindings").findValuesAsText("id"))
                .containsExactly("CVE-2026-3");
        assertThat(difference.at("/platforms/0/goneFindings").findValuesAsText("id"))
                .containsExactly("CVE-2026-1");
        assertThat(difference.at("/platforms/0/sameFindings").asInt()).isEqualTo(1);
        assertThat(difference.at("/platforms/0/packagesKnown").asBoolean()).isFalse();
    }

    @Test
    void whoeverMayPushBeginsScans() throws Exception {
        Manifest image = push("team/app", "1");
        String body = "{\"repository\":\"team/app\",\"reference\":\"1\"}";
        HttpResponse<String> begun = post("writer", "start", "application/json", body);
        assertThat(begun.statusCode()).isEqualTo(202);
        assertThat(mapper.readTree(begun.body()).at("/images/0").asText())
                .isEqualTo(image.digest().toString());
        assertThat(post("writer", "start", "text/plain", body).statusCode()).isEqualTo(400);
        assertThat(json(get("", "status")).at("/waiting").has("demand")).isTrue();
    }

    /** Each address, for each caller, in a repository that there is, that is hidden, and that there is not. */
    @Test
    void theMatrixOfRights() throws Exception {
        push("team/app", "1");
        push("public/app", "1");
        push("other/app", "1");
        List<String> lines = new ArrayList<>();
        for (String repository : List.of("team/app", "public/app", "other/app", "other/none", "team/none")) {
            for (String caller : List.of("", "stranger", "reader", "writer")) {
                StringBuilder line = new StringBuilder(repository + " " + (caller.isEmpty() ? "-" : caller) + ":");
                for (ScanRoute route : api.routes()) {
                    if (route.right().isPresent()) {
                        line.append(' ').append(status(route, caller, repository));
                    }
                }
                lines.add(line.toString());
            }
        }
        // report, repository, difference, start, packages, signatures, sboms, rules
        assertThat(lines)
                .containsExactly(
                        "team/app -: 401 401 401 401 401 401 401 401",
                        "team/app stranger: 404 404 404 404 404 404 404 404",
                        "team/app reader: 200 200 200 403 200 200 200 200",
                        "team/app writer: 200 200 200 202 200 200 200 200",
                        "public/app -: 200 200 200 401 200 200 200 200",
                        "public/app stranger: 200 200 200 403 200 200 200 200",
                        "public/app reader: 200 200 200 403 200 200 200 200",
                        "public/app writer: 200 200 200 403 200 200 200 200",
                        "other/app -: 401 401 401 401 401 401 401 401",
                        "other/app stranger: 404 404 404 404 404 404 404 404",
                        "other/app reader: 404 404 404 404 404 404 404 404",
                        "other/app writer: 404 404 404 404 404 404 404 404",
                        "other/none -: 401 401 401 401 401 401 401 401",
                        "other/none stranger: 404 404 404 404 404 404 404 404",
                        "other/none reader: 404 404 404 404 404 404 404 404",
                        "other/none writer: 404 404 404 404 404 404 404 404",
                        "team/none -: 401 401 401 401 401 401 401 401",
                        "team/none stranger: 404 404 404 404 404 404 404 404",
                        "team/none reader: 404 404 404 403 404 404 404 404",
                        "team/none writer: 404 404 404 404 404 404 404 404");
        assertThat(new TreeSet<>(api.routes().stream().map(ScanRoute::toString).toList()))
                .as("every address is in this test")
                .containsExactly(
                        "GET difference",
                        "GET images",
                        "GET packages",
                        "GET report",
                        "GET repository",
                        "GET rules",
                        "GET sboms",
                        "GET signatures",
                        "GET status",
                        "GET uses",
                        "POST start");
    }

    private int status(ScanRoute route, String caller, String repository) throws Exception {
        if (route.method().equals("POST")) {
            return post(
                            caller,
                            route.path(),
                            "application/json",
                            "{\"repository\":\"" + repository + "\",\"reference\":\"1\"}")
                    .statusCode();
        }
        String query = switch (route.path()) {
            case "difference" -> "&from=1&to=1";
            case "report", "packages", "signatures", "sboms", "rules" -> "&reference=1";
            default -> "";
        };
        return get(caller, route.path() + "?repository=" + repository + query).statusCode();
    }

    @Test
    void theAnswersForWhatIsHiddenAndForWhatDoesNotExistAreTheSame() throws Exception {
        push("other/app", "1");
        String hidden = get("reader", "report?repository=other/app&reference=1").body();
        String none = get("reader", "report?repository=other/none&reference=1").body();
        assertThat(hidden.replace("other/app", "X")).isEqualTo(none.replace("other/none", "X"));
    }

    @Test
    void mistakesOfClientsAreSaidToBeSo() throws Exception {
        push("team/app", "1");
        for (String address : List.of(
                "report?repository=team/app",
                "report?repository=Team!&reference=1",
                "report?repository=team/app&reference=sha256:12",
                "report?repository=team/app&reference=1&more=1",
                "report?repository=team/app&repository=team/b&reference=1",
                "repository?repository=team/app&limit=0",
                "repository?repository=team/app&limit=201",
                "images",
                "images?id=%00")) {
            assertThat(get("reader", address).statusCode()).as(address).isEqualTo(400);
        }
        assertThat(get("reader", "nothing").statusCode()).isEqualTo(404);
        assertThat(get("reader", "start").statusCode()).isEqualTo(405);
        assertThat(get("reader", "report?repository=team/app&reference=2").statusCode())
                .isEqualTo(404);
    }
}
