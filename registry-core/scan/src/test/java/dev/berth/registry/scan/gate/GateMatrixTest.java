package dev.berth.registry.scan.gate;

import static dev.berth.registry.scan.gate.Refusals.assertDenied;
import static dev.berth.registry.scan.gate.Refusals.assertHandedOut;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.client.RemoteOptions;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.client.RetryPolicy;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.mirror.MirrorOptions;
import dev.berth.registry.mirror.PullThrough;
import dev.berth.registry.scan.report.Severity;
import dev.berth.registry.scan.report.Verdict;
import dev.berth.registry.scan.signature.NotationSigner;
import dev.berth.registry.scan.signature.NotationTrust;
import dev.berth.registry.scan.signature.SignatureVerifier;
import dev.berth.registry.scan.signature.TestCertificate;
import dev.berth.registry.scan.signature.TrustedKey;
import dev.berth.registry.scan.signature.TrustedKeys;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who signed it, what is known against it, what the rule says of what is not known, by what it is asked for, where it is, and how
 * it is reached: each with each.
 */
@org.junit.jupiter.api.Tag("any-jdk")
class GateMatrixTest {
    private static final String HANDED_OUT = "handed out";

    /** The first line that fits says what is expected: it is handed out, or the reason. A star fits everything. */
    private static final List<List<String>> TABLE = Stream.of("""
            unsigned  | *           | *     | must be signed by release, and no signature of
            wrongly   | *           | *     | must be signed by release, and no signature of
            other     | *           | *     | must be signed by release, and no signature of
            *         | clean       | *     | handed out
            *         | finding     | *     | there is a finding above MEDIUM, CVE-2026-1 (HIGH) in openssl 3.0.1, fixed in 3.0.2
            *         | *           | allow | handed out
            *         | unscanned   | deny  | it has not been scanned
            *         | pending     | deny  | its scan is not done
            *         | unscannable | deny  | it cannot be scanned: it is a sheet of music
            *         | failed      | deny  | its scan has failed: the scanner was asleep
            *         | unscanned   | hold  | it has not been scanned; it is held until
            *         | pending     | hold  | its scan is not done; it is held until
            *         | unscannable | hold  | it cannot be scanned: it is a sheet of music; it is held until
            *         | failed      | hold  | its scan has failed: the scanner was asleep; it is held until
            """.split("\n"))
            .map(line -> List.of(line.strip().split("\\s*\\|\\s*")))
            .toList();

    private static final Duration HELD = Duration.ofMinutes(10);
    private static final TestCertificate ROOT = TestCertificate.root("root");
    private static final TestCertificate LEAF = TestCertificate.leaf(ROOT);
    private static final GateWorld WORLD = new GateWorld();
    private static final AtomicInteger REPOSITORIES = new AtomicInteger();

    private static Gate hosted;
    private static Registry upstream;
    private static PullThrough mirror;
    private static Gate mirrored;
    private static RegistryServer hostedServer;
    private static RegistryServer mirrorServer;
    private static RemoteRegistry hostedClient;
    private static RemoteRegistry mirrorClient;

    @BeforeAll
    static void start() throws IOException {
        hosted = WORLD.gate(rule("allow"), rule("deny"), rule("hold"));
        upstream = StorageRegistry.over(MemoryObjectStore.create());
        ObjectStore store = MemoryObjectStore.create();
        mirror = PullThrough.of(
                upstream,
                StorageRegistry.over(store),
                store,
                MirrorOptions.builder()
                        .prefix(RepositoryName.parse("registry.example"))
                        .clock(WORLD.clock)
                        .build());
        mirrored = Gate.of(
                mirror,
                GatePolicy.of(rule("allow"), rule("deny"), rule("hold")),
                WORLD.options().build());
        hostedServer = serve(hosted);
        mirrorServer = serve(mirrored);
        hostedClient = client(hostedServer);
        mirrorClient = client(mirrorServer);
    }

    private static RegistryServer serve(Registry registry) throws IOException {
        return RegistryServer.builder(registry).listen("127.0.0.1", 0).build().start();
    }

    private static RemoteRegistry client(RegistryServer server) {
        return RemoteRegistry.at(
                "http://127.0.0.1:" + server.address().getPort(),
                RemoteOptions.builder().retry(RetryPolicy.none()).build());
    }

    @AfterAll
    static void stop() {
        hostedClient.close();
        mirrorClient.close();
        hostedServer.close();
        mirrorServer.close();
        mirror.close();
    }

    private static GateRule rule(String says) {
        Answer answer = switch (says) {
            case "allow" -> Answer.allow();
            case "deny" -> Answer.deny();
            default -> Answer.hold(HELD, Answer.allow());
        };
        String policies = """
                {"version":"1.0","trustPolicies":[{"name":"images","registryScopes":["*"],\
                "signatureVerification":{"level":"strict"},"trustStores":["ca:example"],"trustedIdentities":["*"]}]}""";
        SignatureVerifier verifier = SignatureVerifier.builder()
                .keys(TrustedKeys.of(TrustedKey.of("release", GateWorld.RELEASE.publicKey())))
                .notation(NotationTrust.builder(policies)
                        .certificates("ca:example", List.of(ROOT.certificate()))
                        .build())
                .build();
        return GateRule.named("rule of " + says)
                .repositories(says + "/**", "registry.example/" + says + "/**")
                .signedBy(new SignedBy("release", verifier))
                .noFindingAbove(Severity.MEDIUM)
                .unscanned(answer)
                .pending(answer)
                .unscannable(answer)
                .failed(answer)
                .build();
    }

    static Stream<Arguments> cases() {
        return Stream.of("cosign", "notation", "unsigned", "wrongly", "other")
                .flatMap(signed -> Stream.of("clean", "finding", "unscanned", "pending", "unscannable", "failed")
                        .flatMap(known -> Stream.of("allow", "deny", "hold")
                                .flatMap(says -> Stream.of("tag", "digest", "index", "digest of index")
                                        .flatMap(by -> Stream.of("hosted", "mirror")
                                                .map(place -> Arguments.of(signed, known, says, by, place))))));
    }

    private static String expected(String signed, String known, String says) {
        return TABLE.stream()
                .filter(row -> fits(row.get(0), signed) && fits(row.get(1), known) && fits(row.get(2), says))
                .findFirst()
                .orElseThrow()
                .get(3);
    }

    private static boolean fits(String pattern, String value) {
        return pattern.equals("*") || pattern.equals(value);
    }

    @ParameterizedTest(name = "{0} {1}, {2}, by {3}, {4}")
    @MethodSource("cases")
    void whatTheTableSays(String signed, String known, String says, String by, String place) {
        boolean isMirror = place.equals("mirror");
        String name = says + "/app" + REPOSITORIES.incrementAndGet();
        Repository source = (isMirror ? upstream : WORLD.engine).repository(name);
        boolean isIndex = by.endsWith("index");
        Descriptor image = GateWorld.pushImage(source, isIndex ? new String[0] : new String[] {"v1"});
        Descriptor asked = isIndex ? GateWorld.push(source, GateWorld.index(image), "v1") : image;
        sign(signed, source, asked.digest());
        know(known, image.digest());
        ManifestSelector selector = by.startsWith("digest") ? asked.digest() : GateWorld.V1;
        String expected = expected(signed, known, says);

        String here = isMirror ? "registry.example/" + name : name;
        Repository inProcess = (isMirror ? mirrored : hosted).repository(here);
        Repository overHttp = (isMirror ? mirrorClient : hostedClient).repository(here);
        for (Repository repository : List.of(inProcess, overHttp, inProcess)) {
            if (expected.equals(HANDED_OUT)) {
                assertHandedOut(repository, selector);
            } else {
                assertDenied(repository, selector, "the rule 'rule of " + says + "'", expected);
            }
        }
        if (expected.contains("held until")) {
            WORLD.clock.advance(HELD);
            assertHandedOut(inProcess, selector);
            assertHandedOut(overHttp, selector);
        }
    }

    private static void sign(String signed, Repository repository, Digest image) {
        switch (signed) {
            case "cosign" -> GateWorld.sign(GateWorld.RELEASE, repository, image);
            case "notation" ->
                NotationSigner.of(LEAF.signingKey(), List.of(LEAF.certificate(), ROOT.certificate()))
                        .sign(repository, image);
            case "wrongly" -> GateWorld.sign(GateWorld.STRANGER, repository, image);
            case "other" -> {
                // Signed is another image, and its signature is put at the tag of this one.
                Descriptor another = GateWorld.pushImage(repository);
                GateWorld.sign(GateWorld.RELEASE, repository, another.digest());
                Digest signature = repository
                        .tags()
                        .resolve(signatureTag(another.digest()))
                        .orElseThrow()
                        .digest();
                repository.tags().put(signatureTag(image), signature);
            }
            default -> {}
        }
    }

    private static Tag signatureTag(Digest image) {
        return Tag.parse("sha256-" + image.hex() + ".sig");
    }

    private static void know(String known, Digest image) {
        switch (known) {
            case "clean" -> WORLD.scanned(image, GateWorld.finding("CVE-2026-2", Severity.MEDIUM, Optional.empty()));
            case "finding" ->
                WORLD.scanned(image, GateWorld.finding("CVE-2026-1", Severity.HIGH, Optional.of("3.0.2")));
            case "pending" -> WORLD.verdicts.put(image, WORLD.verdict(Verdict.State.PENDING));
            case "unscannable" ->
                WORLD.verdicts.put(
                        image,
                        new Verdict(
                                Verdict.State.UNSCANNABLE,
                                WORLD.clock.instant(),
                                Optional.empty(),
                                "it is a sheet of music"));
            case "failed" ->
                WORLD.verdicts.put(
                        image,
                        new Verdict(
                                Verdict.State.FAILED,
                                WORLD.clock.instant(),
                                Optional.empty(),
                                "the scanner was asleep"));
            default -> {}
        }
    }
}
