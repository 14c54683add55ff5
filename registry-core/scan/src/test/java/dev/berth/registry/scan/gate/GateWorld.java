package dev.berth.registry.scan.gate;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Platform;
import dev.berth.registry.PutOptions;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.SettableClock;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.rules.RepositoryFacts;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.report.ScanReport;
import dev.berth.registry.scan.report.Severity;
import dev.berth.registry.scan.report.Verdict;
import dev.berth.registry.scan.signature.CosignSigner;
import dev.berth.registry.scan.signature.SigningKey;
import dev.berth.registry.scan.signature.TrustedKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A registry for a gate to stand in front of, with keys and verdicts. */
final class GateWorld {
    static final String REPOSITORY = "team/app";
    static final Tag V1 = Tag.parse("v1");
    static final SigningKey RELEASE = SigningKey.generate();
    static final SigningKey STRANGER = SigningKey.generate();
    static final SignedBy SIGNED = SignedBy.anyOf(TrustedKey.of("release", RELEASE.publicKey()));
    private static final AtomicInteger SEEDS = new AtomicInteger();

    final StorageRegistry engine = StorageRegistry.over(MemoryObjectStore.create());
    final Repository behind = engine.repository(REPOSITORY);
    final SettableClock clock = new SettableClock();
    final Map<Digest, Verdict> verdicts = new ConcurrentHashMap<>();
    final List<Digest> scansWanted = new CopyOnWriteArrayList<>();
    final List<GateRefusal> refused = new CopyOnWriteArrayList<>();
    final List<GateRefusal> told = new CopyOnWriteArrayList<>();

    GateOptions.Builder options() {
        return GateOptions.builder()
                .clock(clock)
                .facts(RepositoryFacts.of(engine))
                .verdicts((repository, image) -> verdicts.getOrDefault(image, Verdict.unscanned()))
                .onUnscanned((repository, image) -> scansWanted.add(image))
                .listener(new GateListener() {
                    @Override
                    public void refused(GateRefusal refusal) {
                        refused.add(refusal);
                    }

                    @Override
                    public void wouldRefuse(GateRefusal refusal) {
                        told.add(refusal);
                    }
                });
    }

    Gate gate(GateRule... rules) {
        return Gate.of(engine, GatePolicy.of(rules), options().build());
    }

    /** Returns the repository behind a gate with these rules. */
    Repository gated(GateRule... rules) {
        return gate(rules).repository(REPOSITORY);
    }

    static GateRule signedRule() {
        return GateRule.named("production").signedBy(SIGNED).build();
    }

    static Descriptor blob(Repository repository, String mediaType, byte[] content) {
        Digest digest = Digest.sha256(content);
        repository.blobs().push(digest, BlobSource.of(content));
        return Descriptor.of(mediaType, digest, content.length);
    }

    static Descriptor blob(Repository repository, String mediaType, String content) {
        return blob(repository, mediaType, content.getBytes(StandardCharsets.UTF_8));
    }

    static Descriptor config(Repository repository) {
        return blob(
                repository,
                MediaTypes.OCI_CONFIG,
                "{\"architecture\":\"amd64\",\"os\":\"linux\",\"author\":\"" + SEEDS.incrementAndGet()
                        + "\",\"config\":{},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}");
    }

    /** Returns an image that no other one is like, and that is not pushed, but for its blobs. */
    static ImageManifest newImage(Repository repository) {
        return ImageManifest.of(
                config(repository),
                List.of(blob(repository, MediaTypes.OCI_LAYER_TAR_GZIP, "layer " + SEEDS.incrementAndGet())));
    }

    static Descriptor push(Repository repository, Manifest manifest, String... tags) {
        repository
                .manifests()
                .put(
                        manifest,
                        PutOptions.tagged(List.of(tags).stream().map(Tag::parse).toArray(Tag[]::new)));
        return manifest.descriptor();
    }

    static Descriptor pushImage(Repository repository, String... tags) {
        return push(repository, newImage(repository).toManifest(), tags);
    }

    static Manifest index(Descriptor... images) {
        return ImageIndex.of(List.of(images).stream()
                        .map(image -> image.platform().isPresent()
                                ? image
                                : image.withPlatform(Platform.of("linux", "amd64")))
                        .toList())
                .toManifest();
    }

    Descriptor image(String... tags) {
        return pushImage(behind, tags);
    }

    static void sign(SigningKey key, Repository repository, Digest image) {
        CosignSigner.of(key).sign(repository, image, "registry.example/" + repository.name());
    }

    void sign(Descriptor image) {
        sign(RELEASE, behind, image.digest());
    }

    Verdict verdict(Verdict.State state) {
        return new Verdict(state, clock.instant(), Optional.empty(), "");
    }

    static Finding finding(String id, Severity severity, Optional<String> fixed) {
        return new Finding(
                id,
                List.of(),
                "openssl",
                "3.0.1",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                fixed,
                severity,
                Optional.empty(),
                "",
                List.of());
    }

    void scanned(Digest image, Finding... findings) {
        scanned(image, clock.instant(), List.of(), findings);
    }

    void scanned(Digest image, Instant at, List<String> gaps, Finding... findings) {
        verdicts.put(image, report(image, at, gaps, findings));
    }

    static Verdict report(Digest image, Instant at, List<String> gaps, Finding... findings) {
        ScanReport report =
                new ScanReport(image, "Test 1", at, Optional.empty(), new ArrayList<>(List.of(findings)), gaps);
        return new Verdict(Verdict.State.SCANNED, at, Optional.of(report), "");
    }
}
