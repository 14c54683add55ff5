package dev.berth.registry.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Platform;
import dev.berth.registry.PutOptions;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.access.AccessPolicy;
import dev.berth.registry.access.Authorized;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.compose.EventQueue;
import dev.berth.registry.engine.CountingStore;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.event.RegistryListener;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.host.HostedRegistry;
import dev.berth.registry.internal.json.StrictJson;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.rules.RepositoryFacts;
import dev.berth.registry.scan.accepted.Acceptances;
import dev.berth.registry.scan.advisory.AdvisoryIndex;
import dev.berth.registry.scan.advisory.BerthScanner;
import dev.berth.registry.scan.api.ScanApi;
import dev.berth.registry.scan.found.InventoryLimits;
import dev.berth.registry.scan.gate.FindingLimit;
import dev.berth.registry.scan.gate.Gate;
import dev.berth.registry.scan.gate.GateOptions;
import dev.berth.registry.scan.gate.GatePolicy;
import dev.berth.registry.scan.gate.GateRule;
import dev.berth.registry.scan.inventory.InventorySource;
import dev.berth.registry.scan.known.KnownImages;
import dev.berth.registry.scan.report.Scanner;
import dev.berth.registry.scan.report.Severity;
import dev.berth.registry.scan.report.Verdict;
import dev.berth.registry.scan.service.ImageKey;
import dev.berth.registry.scan.service.ScanListener;
import dev.berth.registry.scan.service.ScanService;
import dev.berth.registry.scan.service.StoredInventories;
import dev.berth.registry.scan.signature.CosignSigner;
import dev.berth.registry.scan.signature.SignatureVerifier;
import dev.berth.registry.scan.signature.SigningKey;
import dev.berth.registry.scan.signature.TrustedKey;
import dev.berth.registry.scan.signature.TrustedKeys;
import dev.berth.registry.server.Authenticator;
import dev.berth.registry.server.RegistryServer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A registry whose images are scanned by real advisories, and signed by real keys, with its console behind a real socket. */
public final class FindingWorld implements AutoCloseable {
    /** A key that the registry trusts, and one that it does not. */
    public static final SigningKey TRUSTED = SigningKey.generate();

    public static final SigningKey STRANGE = SigningKey.generate();

    private static final Pattern FORM_TOKEN = Pattern.compile("name=\"form-token\" value=\"([^\"]+)\"");

    private final CountingStore store = new CountingStore(MemoryObjectStore.create());
    private final Path sources;
    private final AdvisoryIndex advisories;
    private final SampleImages images = new SampleImages(16);
    private final LinkedBlockingQueue<ImageKey> judged = new LinkedBlockingQueue<>();
    private final AtomicReference<Acceptances> accepted = new AtomicReference<>(Acceptances.none());
    private final ConsoleLists lists;
    private final HostedRegistry hosted;
    private final ScanService scans;
    private final KnownImages known;
    private final RegistryServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private boolean started;

    private FindingWorld(Path directory, AccessPolicy policy, boolean trust, Optional<Scanner> scanner)
            throws IOException {
        this.sources = Files.createDirectories(directory.resolve("sources"));
        this.advisories = AdvisoryIndex.in(directory.resolve("index"));
        this.lists = ConsoleLists.over(StorageRegistry.over(store), store);
        AtomicReference<Optional<ScanService>> made = new AtomicReference<>(Optional.empty());
        RegistryListener told = event -> {
            lists.onEvent(event);
            made.get().ifPresent(service -> service.onEvent(event));
        };
        this.hosted = HostedRegistry.builder(store)
                .events(EventQueue.of(told, Runnable::run))
                .build();
        StoredInventories inventories = StoredInventories.in(store, 100_000_000);
        this.scans = ScanService.builder(
                        hosted.registry("scan"),
                        store,
                        scanner.orElseGet(() -> BerthScanner.of(advisories)
                                .inventories(InventorySource.layers(InventoryLimits.defaults(), inventories))))
                .inventories(inventories)
                .tries(1)
                .listener(new ScanListener() {
                    @Override
                    public void judged(ImageKey image, Verdict verdict, Duration took) {
                        lists.changed(image.repository(), image.digest());
                        judged.add(image);
                    }
                })
                .build();
        made.set(Optional.of(scans));
        Registry behind = hosted.registry("known");
        KnownImages.Builder builder = KnownImages.builder(scans, behind).accepted(accepted::get);
        if (trust) {
            builder.signatures(SignatureVerifier.builder()
                            .keys(TrustedKeys.of(TrustedKey.of("release", TRUSTED.publicKey())))
                            .build())
                    .gate(Gate.of(
                            behind,
                            GatePolicy.of(GateRule.named("production")
                                    .repositories("team/**")
                                    .findings(FindingLimit.above(Severity.HIGH))
                                    .build()),
                            GateOptions.builder()
                                    .facts(RepositoryFacts.of(StorageRegistry.over(store)))
                                    .verdicts(scans)
                                    .build()));
        }
        this.known = builder.build();
        var views = Authorized.resolver(hosted.views(), policy, AuditListener.none());
        ScanApi api = ScanApi.builder(known).build(Authenticator.none(), policy);
        Console console = Console.builder(Visitors.of(views, policy), lists)
                .management(Map.of(ScanApi.PATH, api))
                .findings(known)
                .build();
        this.server = RegistryServer.builder(views)
                .listen("127.0.0.1", Integer.getInteger("berth.finding-port", 0))
                .route(console.path(), console)
                .route(ApiRoutes.PATH, console.api())
                .build()
                .start();
    }

    /** Starts one that everybody may do everything in. */
    public static FindingWorld in(Path directory) throws IOException {
        return new FindingWorld(directory, (caller, action, repository) -> true, true, Optional.empty());
    }

    /** Starts one that trusts nobody, and has no gate. */
    public static FindingWorld withoutTrust(Path directory) throws IOException {
        return new FindingWorld(directory, (caller, action, repository) -> true, false, Optional.empty());
    }

    /** Starts one with another scanner. */
    public static FindingWorld in(Path directory, Scanner scanner) throws IOException {
        return new FindingWorld(directory, (caller, action, repository) -> true, true, Optional.of(scanner));
    }

    /** Starts one behind a policy. */
    public static FindingWorld in(Path directory, AccessPolicy policy) throws IOException {
        return new FindingWorld(directory, policy, true, Optional.empty());
    }

    /** Scans what was pushed, by the advisories that are there. Until then it waits. */
    public void scanning() {
        advisories.build(List.of(sources));
        if (!started) {
            started = true;
            scans.start();
        }
    }

    /** Scans without advisories, which fails. */
    public void failing() {
        started = true;
        scans.start();
    }

    /** Waits until an image was judged once more. */
    public void awaitJudged(Digest image) throws InterruptedException {
        while (true) {
            ImageKey next = judged.poll(60, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("The image " + image + " was not scanned");
            }
            if (next.digest().equals(image)) {
                return;
            }
        }
    }

    /** Waits until an image was judged, whichever. */
    public void awaitAnyJudged() throws InterruptedException {
        if (judged.poll(60, TimeUnit.SECONDS) == null) {
            throw new AssertionError("No image was scanned");
        }
    }

    public Manifest manifest(String repository, String tag) {
        return repository(repository).manifests().get(Tag.parse(tag));
    }

    public ScanService scans() {
        return scans;
    }

    public KnownImages known() {
        return known;
    }

    public ConsoleLists lists() {
        return lists;
    }

    /** Returns the store; what is asked of it is counted. */
    public CountingStore store() {
        return store;
    }

    public void accept(Acceptances newAccepted) {
        accepted.set(newAccepted);
    }

    public Repository repository(String name) {
        return hosted.registry("test").repository(RepositoryName.parse(name));
    }

    /** Adds an advisory about a package of npm below a version; CVSS vectors as in the OSV schema. */
    public void advise(String id, String name, String fixed, String vector, String summary, String... aliases)
            throws IOException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema_version", "1.7.0");
        document.put("id", id);
        document.put("modified", "2026-01-02T03:04:05Z");
        document.put("summary", summary);
        document.put("aliases", List.of(aliases));
        document.put("severity", List.of(Map.of("type", "CVSS_V3", "score", vector)));
        document.put("references", List.of(Map.of("type", "WEB", "url", "https://advisories.example/" + id.length())));
        List<Map<String, String>> events = new ArrayList<>(List.of(Map.of("introduced", "0")));
        if (!fixed.isEmpty()) {
            events.add(Map.of("fixed", fixed));
        }
        document.put(
                "affected",
                List.of(Map.of(
                        "package",
                        Map.of("ecosystem", "npm", "name", name),
                        "ranges",
                        List.of(Map.of("type", "SEMVER", "events", events)))));
        Files.write(
                sources.resolve("advisory-" + Files.list(sources).count() + ".json"),
                StrictJson.write(new ObjectMapper().valueToTree(document)));
    }

    public static final String CRITICAL = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";
    public static final String HIGH = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N";
    public static final String MEDIUM = "CVSS:3.1/AV:N/AC:L/PR:L/UI:R/S:C/C:L/I:L/A:N";
    public static final String LOW = "CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N";

    /** Returns a layer with packages of npm: names and versions by turns. */
    public static byte[] npm(String... namesAndVersions) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < namesAndVersions.length; i += 2) {
            files.put(
                    "app/node_modules/p" + i + "/package.json",
                    StrictJson.write(new ObjectMapper()
                            .valueToTree(Map.of("name", namesAndVersions[i], "version", namesAndVersions[i + 1]))));
        }
        return SampleImages.tar(files);
    }

    /** Returns a layer with a package that cannot be read. */
    public static byte[] broken() {
        return SampleImages.tar(Map.of("app/node_modules/p/package.json", "{".getBytes(StandardCharsets.UTF_8)));
    }

    /** Returns a layer with the database of Debian's packages: names and versions by turns. */
    public static byte[] debian(String... namesAndVersions) {
        StringBuilder status = new StringBuilder();
        for (int i = 0; i < namesAndVersions.length; i += 2) {
            status.append("Package: ")
                    .append(namesAndVersions[i])
                    .append("\nStatus: install ok installed\nVersion: ")
                    .append(namesAndVersions[i + 1])
                    .append("\nArchitecture: amd64\n\n");
        }
        return SampleImages.tar(Map.of(
                "etc/os-release",
                "ID=debian\nVERSION_ID=13\nNAME=Debian\nPRETTY_NAME=\"Debian GNU/Linux 13 (trixie)\"\n"
                        .getBytes(StandardCharsets.UTF_8),
                "var/lib/dpkg/status",
                status.toString().getBytes(StandardCharsets.UTF_8)));
    }

    public Manifest push(String repository, String tag, byte[]... layers) {
        return images.image(repository(repository), Platform.of("linux", "amd64"), List.of(layers), Tag.parse(tag));
    }

    /** Pushes an index of two images. */
    public Manifest pushIndex(String repository, String tag, byte[] amd64, byte[] arm64) {
        Repository target = repository(repository);
        List<Descriptor> entries = new ArrayList<>();
        for (Map.Entry<String, byte[]> one : new TreeMap<>(Map.of("amd64", amd64, "arm64", arm64)).entrySet()) {
            Platform platform = Platform.of("linux", one.getKey());
            entries.add(images.image(target, platform, List.of(one.getValue()))
                    .descriptor()
                    .withPlatform(platform));
        }
        Manifest index = ImageIndex.of(entries).toManifest();
        target.manifests().put(index, Tag.parse(tag));
        return index;
    }

    public void sign(String repository, Manifest image, SigningKey key) {
        var unused =
                CosignSigner.of(key).sign(repository(repository), image.digest(), "registry.example/" + repository);
    }

    /** Puts a document beside an image. */
    public Manifest attach(String repository, Manifest image, String type, byte[] document) {
        Repository target = repository(repository);
        Manifest referrer = ImageManifest.of(
                        blob(target, MediaTypes.OCI_EMPTY, "{}".getBytes(StandardCharsets.UTF_8)),
                        List.of(blob(target, type, document)))
                .withArtifactType(type)
                .withSubject(image.descriptor())
                .toManifest();
        target.manifests().put(referrer, PutOptions.untagged());
        return referrer;
    }

    private static Descriptor blob(Repository target, String mediaType, byte[] content) {
        Digest digest = Digest.sha256(content);
        target.blobs().push(digest, BlobSource.of(content));
        return Descriptor.of(mediaType, digest, content.length);
    }

    public URI address() {
        return server.uri();
    }

    /** Gets a page, after the lists were brought up to date. */
    public HttpResponse<String> get(String pathAndQuery) throws IOException, InterruptedException {
        lists.refresh();
        return client.send(
                HttpRequest.newBuilder(server.uri().resolve(pathAndQuery)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    public String page(String pathAndQuery) throws IOException, InterruptedException {
        HttpResponse<String> response = get(pathAndQuery);
        if (response.statusCode() != 200) {
            throw new AssertionError(pathAndQuery + " was answered with " + response.statusCode());
        }
        return response.body();
    }

    /** Sends a form that is on a page. */
    public HttpResponse<String> post(String page, String path, Map<String, String> fields)
            throws IOException, InterruptedException {
        HttpResponse<String> before = get(page);
        Matcher token = FORM_TOKEN.matcher(before.body());
        StringBuilder form = new StringBuilder(
                "form-token=" + (token.find() ? URLEncoder.encode(token.group(1), StandardCharsets.UTF_8) : ""));
        fields.forEach((name, value) ->
                form.append('&').append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri().resolve(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", "http://" + server.uri().getAuthority())
                .POST(HttpRequest.BodyPublishers.ofString(form.toString()));
        before.headers()
                .firstValue("Set-Cookie")
                .ifPresent(cookie -> request.header("Cookie", cookie.substring(0, cookie.indexOf(';'))));
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        server.close();
        scans.close();
        hosted.close();
    }
}
