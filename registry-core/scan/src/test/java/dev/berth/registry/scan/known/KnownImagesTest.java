package dev.berth.registry.scan.known;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Platform;
import dev.berth.registry.PutOptions;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.event.EventType;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.rules.RepositoryFacts;
import dev.berth.registry.scan.api.ScanApi;
import dev.berth.registry.scan.found.InventoryLimits;
import dev.berth.registry.scan.found.PackageType;
import dev.berth.registry.scan.gate.FindingLimit;
import dev.berth.registry.scan.gate.Gate;
import dev.berth.registry.scan.gate.GateDecision;
import dev.berth.registry.scan.gate.GateListener;
import dev.berth.registry.scan.gate.GateOptions;
import dev.berth.registry.scan.gate.GatePolicy;
import dev.berth.registry.scan.gate.GateRefusal;
import dev.berth.registry.scan.gate.GateRule;
import dev.berth.registry.scan.gate.SignedBy;
import dev.berth.registry.scan.inventory.InventoryReader;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.report.ScanReport;
import dev.berth.registry.scan.report.Scanner;
import dev.berth.registry.scan.report.Severity;
import dev.berth.registry.scan.report.Verdict;
import dev.berth.registry.scan.service.ImageKey;
import dev.berth.registry.scan.service.PackageQuestion;
import dev.berth.registry.scan.service.PackageUse;
import dev.berth.registry.scan.service.ScanService;
import dev.berth.registry.scan.service.StoredInventories;
import dev.berth.registry.scan.signature.CosignSigner;
import dev.berth.registry.scan.signature.SignatureForm;
import dev.berth.registry.scan.signature.SignatureVerifier;
import dev.berth.registry.scan.signature.SigningKey;
import dev.berth.registry.scan.signature.TrustedKey;
import dev.berth.registry.scan.signature.TrustedKeys;
import dev.berth.registry.server.RegistryServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@DisplayName("What is known of an image is brought together")
class KnownImagesTest {
    private static final SigningKey RELEASE = SigningKey.generate();
    private static final SigningKey STRANGER = SigningKey.generate();

    private final MemoryObjectStore store = MemoryObjectStore.create();
    private final StorageRegistry registry = StorageRegistry.over(store);
    private final Repository repository = registry.repository("team/app");
    private final SampleImages images = new SampleImages(3);
    private final StoredInventories inventories = StoredInventories.in(store, 10_000_000);
    private final List<GateRefusal> refusals = new ArrayList<>();
    private ScanService scans;

    /** Reads layers as the project's own scanner does, and finds one thing in each package. */
    private final Scanner scanner =
            new Scanner() {
                @Override
                public String name() {
                    return "Test 1";
                }

                @Override
                public ScanReport scan(Repository of, Manifest image) {
                    List<Finding> findings = InventoryReader.of(of)
                            .limits(InventoryLimits.defaults())
                            .keepIn(inventories)
                            .read(image)
                            .packages()
                            .stream()
                            .map(one -> new Finding(
                                    "CVE-2026-" + one.found().name().length(),
                                    List.of(),
                                    one.found().name(),
                                    one.found().version(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Severity.HIGH,
                                    Optional.empty(),
                                    "",
                                    List.of()))
                            .toList();
                    return new ScanReport(image.digest(), name(), Instant.now(), Optional.empty(), findings, List.of());
                }
            };

    @BeforeEach
    void start() {
        scans = ScanService.builder(registry, store, scanner)
                .inventories(inventories)
                .build();
        scans.start();
    }

    @AfterEach
    void stop() {
        scans.close();
    }

    private static byte[] npm(String... namesAndVersions) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < namesAndVersions.length; i += 2) {
            String json = "{\"name\":\"" + namesAndVersions[i] + "\",\"version\":\"" + namesAndVersions[i + 1] + "\"}";
            files.put("node_modules/p" + i + "/package.json", json.getBytes(StandardCharsets.UTF_8));
        }
        return SampleImages.tar(files);
    }

    private Manifest push(String name, String tag, byte[] layer) {
        return images.image(registry.repository(name), Platform.of("linux", "amd64"), List.of(layer), Tag.parse(tag));
    }

    private void scan(String name, Manifest image) throws InterruptedException {
        scans.scan(registry.repository(name), image.digest());
        while (scans.of(RepositoryName.parse(name), image.digest()).state() != Verdict.State.SCANNED) {
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    private KnownImages known() {
        return KnownImages.builder(scans, registry).build();
    }

    private KnownImages trusting(SigningKey... keys) {
        List<TrustedKey> trusted = new ArrayList<>();
        for (SigningKey key : keys) {
            trusted.add(TrustedKey.of("key-" + trusted.size(), key.publicKey()));
        }
        return KnownImages.builder(scans, registry)
                .signatures(SignatureVerifier.builder()
                        .keys(TrustedKeys.of(trusted))
                        .build())
                .build();
    }

    private Gate gate(GateRule rule) {
        return Gate.of(
                registry,
                GatePolicy.of(rule),
                GateOptions.builder()
                        .facts(RepositoryFacts.of(registry))
                        .verdicts(scans)
                        .listener(new GateListener() {
                            @Override
                            public void refused(GateRefusal refusal) {
                                refusals.add(refusal);
                            }
                        })
                        .build());
    }

    private static PackageQuestion question(String name) {
        return new PackageQuestion(name, Optional.empty(), Optional.empty());
    }

    @Test
    void imagesAreFoundByAPackageByItsVersionAndByItsKind() throws Exception {
        Manifest one = push("team/a", "1", npm("left-pad", "1.0.0", "right-pad", "2.0.0"));
        Manifest two = push("team/b", "1", npm("Left-Pad", "1.1.0"));
        scan("team/a", one);
        scan("team/b", two);

        List<PackageUse> uses = known().reports().imagesWith(question("LEFT-pad"), name -> true, Optional.empty(), 10);
        assertThat(uses).extracting(use -> use.image().digest()).containsExactly(one.digest(), two.digest());
        assertThat(uses.get(0).packages())
                .extracting(found -> found.type() + " " + found.version())
                .containsExactly("NPM 1.0.0");
        assertThat(known().reports()
                        .imagesWith(
                                new PackageQuestion("left-pad", Optional.of("1.1.0"), Optional.of(PackageType.NPM)),
                                name -> true,
                                Optional.empty(),
                                10))
                .extracting(use -> use.image().digest())
                .containsExactly(two.digest());
        assertThat(known().reports()
                        .imagesWith(
                                new PackageQuestion("left-pad", Optional.empty(), Optional.of(PackageType.DEB)),
                                name -> true,
                                Optional.empty(),
                                10))
                .isEmpty();
    }

    @Test
    void anAnswerGoesOnWhereTheLastOneEndedAndLeavesOutWhatIsHidden() throws Exception {
        for (String name : List.of("team/a", "team/b", "team/c", "secret/d")) {
            scan(name, push(name, "1", npm("left-pad", "1.0.0")));
        }
        var reports = known().reports();
        List<PackageUse> first = reports.imagesWith(
                question("left-pad"), name -> !name.value().startsWith("secret/"), Optional.empty(), 2);
        List<PackageUse> second = reports.imagesWith(
                question("left-pad"),
                name -> !name.value().startsWith("secret/"),
                Optional.of(first.get(1).image()),
                2);
        assertThat(List.of(first.get(0), first.get(1), second.get(0)))
                .extracting(use -> use.image().repository().value())
                .containsExactly("team/a", "team/b", "team/c");
        assertThat(second).hasSize(1);
        assertThat(reports.imagesWith(
                        "cve-2026-8",
                        name -> !name.value().startsWith("secret/"),
                        Optional.of(first.get(0).image()),
                        10))
                .extracting(affected -> affected.image().repository().value())
                .containsExactly("team/b", "team/c");
    }

    @Test
    void namesOfPackagesAreFoundByAPartButNotThoseThatAreHidden() throws Exception {
        scan("team/a", push("team/a", "1", npm("left-pad", "1.0.0", "pad", "1.0.0", "other", "1")));
        scan("secret/b", push("secret/b", "1", npm("secret-pad", "1.0.0")));
        assertThat(known().reports().packagesLike("PAD", name -> name.value().startsWith("team/"), 10))
                .containsExactly("pad", "left-pad");
        assertThat(known().reports().packagesLike("PAD", name -> true, 2)).containsExactly("pad", "left-pad");
    }

    @Test
    void whatIsForgottenIsInNoListOfPackages() throws Exception {
        Manifest image = push("team/a", "1", npm("left-pad", "1.0.0"));
        scan("team/a", image);
        registry.repository("team/a").manifests().delete(image.digest());
        scans.publish(List.of(RegistryEvent.builder(EventType.MANIFEST_DELETED, RepositoryName.parse("team/a"))
                .digest(image.digest())
                .build()));
        assertThat(known().reports().imagesWith(question("left-pad"), name -> true, Optional.empty(), 10))
                .isEmpty();
    }

    @Test
    void thePackagesOfAnImageAreKnownOnceItsLayersWereRead() throws Exception {
        Manifest image = push("team/app", "1", npm("left-pad", "1.0.0"));
        ImageManifest document = (ImageManifest) ManifestDocument.parse(image);
        assertThat(known().reports().packages(document)).isEmpty();
        scan("team/app", image);
        assertThat(known().reports().packages(document).orElseThrow().packages())
                .extracting(one -> one.found().name())
                .containsExactly("left-pad");
    }

    @Test
    void signedBySomebodyUnknownIsNotTheSameAsNotSigned() {
        Manifest image = push("team/app", "1", npm());
        assertThat(trusting(RELEASE).signatures(repository, image.descriptor()).signing())
                .isEqualTo(Signing.UNSIGNED);
        CosignSigner.of(STRANGER).sign(repository, image.digest(), "registry.example/team/app");
        KnownSignatures strange = trusting(RELEASE).signatures(repository, image.descriptor());
        assertThat(strange.signing()).isEqualTo(Signing.NOT_TRUSTED);
        assertThat(strange.judged()).isTrue();
        assertThat(strange.all()).singleElement().satisfies(one -> {
            assertThat(one.accepted()).isFalse();
            assertThat(one.reasons()).isNotEmpty();
        });
        assertThat(known().signatures(repository, image.descriptor()).judged()).isFalse();
        assertThat(known().signatures(repository, image.descriptor()).signing()).isEqualTo(Signing.NOT_TRUSTED);

        CosignSigner.of(RELEASE).sign(repository, image.digest(), "registry.example/team/app");
        assertThat(trusting(RELEASE).signatures(repository, image.descriptor()).signing())
                .isEqualTo(Signing.TRUSTED);
    }

    @Test
    void whatOneOfSeveralVerifiersAcceptsIsAccepted() {
        Manifest image = push("team/app", "1", npm());
        for (SigningKey key : List.of(STRANGER, RELEASE)) {
            CosignSigner.of(key)
                    .in(SignatureForm.COSIGN_TAG)
                    .sign(repository, image.digest(), "registry.example/team/app");
        }
        Gate gate = gate(GateRule.named("signed")
                .signedBy(SignedBy.anyOf(TrustedKey.of("release", RELEASE.publicKey())))
                .build());
        KnownImages known = KnownImages.builder(scans, registry)
                .signatures(SignatureVerifier.builder()
                        .keys(TrustedKeys.of(
                                TrustedKey.of("other", SigningKey.generate().publicKey())))
                        .build())
                .gate(gate)
                .build();
        KnownSignatures found = known.signatures(repository, image.descriptor());
        assertThat(found.signing()).isEqualTo(Signing.TRUSTED);
        assertThat(found.all()).hasSize(2);
        assertThat(found.all())
                .filteredOn(KnownSignature::accepted)
                .singleElement()
                .satisfies(one -> assertThat(one.signer()).contains("release"));
    }

    @Test
    void theGateTellsWhatItWouldDoAndDoesNothing() throws Exception {
        Manifest image = push("team/app", "1", npm("left-pad", "1.0.0"));
        scan("team/app", image);
        Gate gate = gate(GateRule.named("nothing high")
                .findings(FindingLimit.above(Severity.MEDIUM))
                .tags("1")
                .build());
        KnownImages known = KnownImages.builder(scans, registry).gate(gate).build();

        assertThat(known.decisions(repository.name(), Tag.parse("1")))
                .singleElement()
                .satisfies(decision -> {
                    assertThat(decision.rule()).isEqualTo("nothing high");
                    assertThat(decision.answer()).isEqualTo(GateDecision.Answer.REFUSES);
                    assertThat(decision.reason()).contains("CVE-2026-8");
                    assertThat(decision.isHandedOut()).isFalse();
                });
        assertThat(refusals).isEmpty();
        repository.tags().put(Tag.parse("2"), image.digest());
        assertThat(known.decisions(repository.name(), Tag.parse("2")))
                .as("no rule is for this tag")
                .isEmpty();
        assertThat(known().decisions(repository.name(), Tag.parse("1"))).isEmpty();
    }

    @Test
    void sbomsAreListedAlsoThoseThatAreDamagedOrTooLarge() {
        Manifest image = push("team/app", "1", npm());
        attach(
                image,
                "application/vnd.cyclonedx+json",
                "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"components\":[{\"type\":\"library\","
                        + "\"name\":\"left\",\"version\":\"1\",\"purl\":\"pkg:npm/left@1\"}]}");
        attach(image, "application/spdx+json", "{");
        attach(image, "text/spdx+json", "{\"padding\":\"" + "x".repeat(5 << 20) + "\"}");
        var listed = known().sboms(repository, image, Optional.empty());
        assertThat(listed).hasSize(3);
        assertThat(listed).anySatisfy(one -> {
            assertThat(one.format()).isEqualTo("CycloneDX");
            assertThat(one.packages()).isEqualTo(OptionalInt.of(1));
        });
        assertThat(listed).anySatisfy(one -> assertThat(one.problem()).isNotEmpty());
        assertThat(listed).anySatisfy(one -> {
            assertThat(one.packages()).isEmpty();
            assertThat(one.problem()).isEmpty();
        });
    }

    private void attach(Manifest image, String type, String document) {
        Descriptor layer = blob(type, document.getBytes(StandardCharsets.UTF_8));
        repository
                .manifests()
                .put(
                        ImageManifest.of(
                                        blob(MediaTypes.OCI_EMPTY, "{}".getBytes(StandardCharsets.UTF_8)),
                                        List.of(layer))
                                .withArtifactType(type)
                                .withSubject(image.descriptor())
                                .toManifest(),
                        PutOptions.untagged());
    }

    private Descriptor blob(String mediaType, byte[] content) {
        Digest digest = Digest.sha256(content);
        repository.blobs().push(digest, BlobSource.of(content));
        return Descriptor.of(mediaType, digest, content.length);
    }

    @Test
    void allOfItIsToldOverHttp() throws Exception {
        Manifest image = push("team/app", "1", npm("left-pad", "1.0.0", "other", "2"));
        scan("team/app", image);
        CosignSigner.of(RELEASE).sign(repository, image.digest(), "registry.example/team/app");
        attach(image, "application/spdx+json", "{");
        KnownImages known = KnownImages.builder(scans, registry)
                .gate(gate(GateRule.named("nothing high")
                        .findings(FindingLimit.above(Severity.MEDIUM))
                        .build()))
                .build();
        try (RegistryServer server = RegistryServer.builder(registry)
                .route(ScanApi.PATH, ScanApi.builder(known).buildOpen())
                .listen("127.0.0.1", 0)
                .build()
                .start()) {
            JsonNode packages = get(server, "packages?repository=team/app&reference=1&q=PAD");
            assertThat(packages.at("/total").asInt()).isEqualTo(1);
            assertThat(packages.at("/packages/0/packageUrl").asText()).isEqualTo("pkg:npm/left-pad@1.0.0");
            assertThat(get(server, "packages?repository=team/app&reference=1&limit=1&page=2")
                            .at("/packages")
                            .findValuesAsText("name"))
                    .containsExactly("other");
            assertThat(packages.at("/known").asBoolean()).isTrue();
            JsonNode uses = get(server, "uses?name=left-pad");
            assertThat(uses.at("/images/0/digest").asText())
                    .isEqualTo(image.digest().toString());
            assertThat(uses.at("/images/0/packages/0/version").asText()).isEqualTo("1.0.0");
            assertThat(get(server, "uses?name=left-pad&after=" + new ImageKey(repository.name(), image.digest()))
                            .at("/images"))
                    .isEmpty();
            JsonNode signatures = get(server, "signatures?repository=team/app&reference=1");
            assertThat(signatures.at("/signed").asText()).isEqualTo("not_trusted");
            assertThat(signatures.at("/trustConfigured").asBoolean()).isFalse();
            JsonNode rules = get(server, "rules?repository=team/app&reference=1");
            assertThat(rules.at("/handedOut").asBoolean()).isFalse();
            assertThat(rules.at("/rules/0/answer").asText()).isEqualTo("refuses");
            assertThat(get(server, "sboms?repository=team/app&reference=1")
                            .at("/sboms/0/problem")
                            .asText())
                    .isNotEmpty();
            for (String bad : List.of(
                    "uses",
                    "uses?name=x&type=zip",
                    "uses?name=x&after=y",
                    "packages?repository=team/app&reference=1&page=0",
                    "signatures?repository=team/app")) {
                assertThat(send(server, bad).statusCode()).as(bad).isEqualTo(400);
            }
        }
    }

    private static HttpResponse<String> send(RegistryServer server, String address)
            throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://127.0.0.1:" + server.address().getPort() + ScanApi.PATH + address))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode get(RegistryServer server, String address) throws IOException, InterruptedException {
        HttpResponse<String> response = send(server, address);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new ObjectMapper().readTree(response.body());
    }
}
