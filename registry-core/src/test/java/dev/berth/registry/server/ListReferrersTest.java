package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Listing;
import dev.berth.registry.Manifest;
import dev.berth.registry.Manifests;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.ReferrerFilter;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.compose.ForwardingManifests;
import dev.berth.registry.compose.ForwardingRegistry;
import dev.berth.registry.compose.ForwardingRepository;
import dev.berth.registry.internal.json.StrictJson;
import dev.berth.registry.internal.wire.LinkHeader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** "Listing Referrers". */
@Tag("end-12")
@Tag("end-12")
class ListReferrersTest {
    private TestServer server;
    private Repository repository;
    private Manifest subject;
    private String path;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start();
        repository = server.repository("team/app");
        subject = Samples.image(repository, "subject");
        repository.manifests().put(subject);
        path = "/v2/team/app/referrers/" + subject.digest();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Digest refer(String name, String artifactType) {
        Manifest manifest = Samples.referrer(repository, name, artifactType, subject.descriptor());
        return repository.manifests().put(manifest).descriptor().digest();
    }

    private static List<String> digests(RawResponse response) {
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Content-Type")).hasValue(MediaTypes.OCI_INDEX);
        JsonNode index = StrictJson.parse(response.body());
        assertThat(index.path("schemaVersion").intValue()).isEqualTo(2);
        assertThat(index.path("mediaType").textValue()).isEqualTo(MediaTypes.OCI_INDEX);
        List<String> digests = new ArrayList<>();
        index.path("manifests")
                .forEach(entry -> digests.add(entry.path("digest").textValue()));
        return digests;
    }

    @Test
    void listsTheReferrersWithTypeAndAnnotations() throws Exception {
        Digest sbom = refer("sbom", "application/vnd.example.sbom+json");

        RawResponse response = server.get(path);

        assertThat(digests(response)).containsExactly(sbom.toString());
        JsonNode entry = StrictJson.parse(response.body()).path("manifests").path(0);
        assertThat(entry.path("mediaType").textValue()).isEqualTo(MediaTypes.OCI_MANIFEST);
        assertThat(entry.path("artifactType").textValue()).isEqualTo("application/vnd.example.sbom+json");
        assertThat(entry.path("annotations").path("name").textValue()).isEqualTo("sbom");
        assertThat(entry.path("size").longValue()).isPositive();
        assertThat(response.header("OCI-Filters-Applied")).isEmpty();
        assertThat(response.header("Link")).isEmpty();
    }

    @Test
    void filtersByArtifactType() throws Exception {
        Digest sbom = refer("sbom", "application/vnd.example.sbom+json");
        refer("signature", "application/vnd.example.signature");

        for (String type :
                new String[] {"application/vnd.example.sbom+json", "application%2Fvnd.example.sbom%2Bjson"}) {
            RawResponse response = server.get(path + "?artifactType=" + type);

            assertThat(digests(response)).containsExactly(sbom.toString());
            assertThat(response.header("OCI-Filters-Applied")).hasValue("artifactType");
        }
        assertThat(digests(server.get(path + "?artifactType=application/x"))).isEmpty();
        assertThat(digests(server.get(path))).hasSize(2);
    }

    @Test
    void returnsAnEmptyIndexWithoutReferrers() throws Exception {
        assertThat(digests(server.get(path))).isEmpty();
        assertThat(digests(server.get("/v2/nobody/nothing/referrers/" + subject.digest())))
                .isEmpty();
        assertThat(digests(server.get("/v2/team/app/referrers/" + Digest.sha256(new byte[] {1}))))
                .isEmpty();
    }

    @Test
    void listsReferrersOfAMissingSubject() throws Exception {
        Descriptor missing = Descriptor.of(MediaTypes.OCI_MANIFEST, Digest.sha256(new byte[] {1}), 1);
        Manifest referrer = Samples.referrer(repository, "early", "application/x", missing);
        repository.manifests().put(referrer);

        assertThat(digests(server.get("/v2/team/app/referrers/" + missing.digest())))
                .containsExactly(referrer.digest().toString());
    }

    @Test
    void refusesAMalformedDigest() throws Exception {
        for (String digest : new String[] {"nonsense", "sha256:xyz", "latest"}) {
            RawResponse response = server.get("/v2/team/app/referrers/" + digest);

            assertThat(response.status()).isEqualTo(400);
            assertThat(response.codes()).containsExactly(ErrorCode.DIGEST_INVALID);
        }
    }

    /** Each referrer has annotations of 1 MiB, so an index of at most 4 MiB has room for three. */
    @Test
    void splitsALargeIndexIntoPages() throws Exception {
        TreeSet<String> expected = new TreeSet<>();
        for (int i = 0; i < 7; i++) {
            String fields = ",\"artifactType\":\"application/x+y\",\"subject\":{\"mediaType\":\""
                    + subject.mediaType() + "\",\"digest\":\"" + subject.digest() + "\",\"size\":" + subject.size()
                    + "},\"annotations\":{\"x\":\"" + "y".repeat(1024 * 1024) + "\"}";
            byte[] bytes = Samples.imageBytes(repository, "referrer" + i, fields);
            expected.add(repository
                    .manifests()
                    .put(Manifest.of(MediaTypes.OCI_MANIFEST, bytes))
                    .descriptor()
                    .digest()
                    .toString());
        }
        List<String> found = new ArrayList<>();
        Optional<String> next = Optional.of(path + "?artifactType=application/x%2By");
        int pages = 0;
        while (next.isPresent()) {
            RawResponse response = server.get(next.get());
            assertThat(response.body().length).isLessThanOrEqualTo(4 * 1024 * 1024);
            assertThat(response.header("OCI-Filters-Applied")).hasValue("artifactType");
            found.addAll(digests(response));
            next = response.header("Link").flatMap(LinkHeader::parseNext);
            pages++;
        }

        assertThat(found).containsExactlyElementsOf(expected);
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void splitsManyReferrersIntoPages() throws Exception {
        TreeSet<String> expected = new TreeSet<>();
        for (int i = 0; i < 1001; i++) {
            expected.add(refer("n" + i, "application/x").toString());
        }
        RawResponse first = server.get(path);
        RawResponse second =
                server.get(first.header("Link").flatMap(LinkHeader::parseNext).orElseThrow());
        List<String> found = new ArrayList<>(digests(first));
        assertThat(found).hasSize(1000);
        found.addAll(digests(second));

        assertThat(found).containsExactlyElementsOf(expected);
        assertThat(second.header("Link")).isEmpty();
    }

    @Test
    void stopsSoonWhenTheClientHasHungUp() {
        for (int i = 0; i < 200; i++) {
            refer("n" + i, "application/x");
        }
        AtomicInteger read = new AtomicInteger();
        Registry counting = new ForwardingRegistry(server.registry()) {
            @Override
            public Repository repository(RepositoryName name) {
                return new ForwardingRepository(super.repository(name)) {
                    @Override
                    public Manifests manifests() {
                        return new ForwardingManifests(super.manifests()) {
                            @Override
                            public Listing<Descriptor, Digest> referrers(Digest of, ReferrerFilter filter) {
                                return super.referrers(of, filter).map(referrer -> {
                                    read.incrementAndGet();
                                    return referrer;
                                });
                            }
                        };
                    }
                };
            }
        };
        RegistryHandler handler = RegistryServer.builder(counting).build().handler();
        RegistryRequest request =
                RegistryRequest.builder("GET", path).abandoned(() -> true).build();

        assertThatThrownBy(() -> handler.handle(request)).isInstanceOf(ExchangeAbortedException.class);
        assertThat(read).hasValueLessThan(50);
    }

    @Test
    void refusesAMalformedLast() throws Exception {
        assertThat(server.get(path + "?last=x").status()).isEqualTo(400);
    }

    @Test
    void writesAValidIndex() throws Exception {
        refer("sbom", "application/vnd.example.sbom+json");

        byte[] index = server.get(path).body();

        assertThat(new String(index, StandardCharsets.UTF_8))
                .startsWith("{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\"");
        assertThat(repository.manifests().put(Manifest.of(MediaTypes.OCI_INDEX, index)))
                .isNotNull();
    }
}
