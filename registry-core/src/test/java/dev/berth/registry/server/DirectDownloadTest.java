package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.BlobContent;
import dev.berth.registry.Blobs;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Digest;
import dev.berth.registry.DirectUrl;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.compose.ForwardingBlobs;
import dev.berth.registry.compose.ForwardingRegistry;
import dev.berth.registry.compose.ForwardingRepository;
import dev.berth.registry.compose.ReadOnly;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** GET of a blob is answered with where the storage has it, if that is wanted. */
@org.junit.jupiter.api.Tag("end-2")
class DirectDownloadTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final byte[] bytes = Samples.bytes(10_000, 1);
    private final Registry hosted = TestServer.newRegistry();
    private final Repository repository = hosted.repository(RepositoryName.parse("team/app"));
    private final Digest digest = Samples.pushBlob(repository, bytes);
    private final Manifest manifest = Samples.image(repository, "1.0");
    private final String path = "/v2/team/app/blobs/" + digest;
    private final List<String> fetchedElsewhere = new ArrayList<>();

    private RegistryServer storage;
    private TestServer server;

    /** A store that hands out its objects to everyone who has their address. */
    @BeforeEach
    void startStorage() throws Exception {
        repository.manifests().put(manifest, Tag.parse("1.0"));
        storage = RegistryServer.builder(hosted)
                .route("/objects/", request -> {
                    fetchedElsewhere.add(request.target()
                            + request.header("Range").map(" "::concat).orElse("")
                            + request.header("Authorization").map(" "::concat).orElse(""));
                    return RegistryResponse.builder(200)
                            .body(ResponseBody.of(bytes))
                            .build();
                })
                .build()
                .start();
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
        storage.close();
        hosted.close();
    }

    private void serve(UnaryOperator<RegistryServer.Builder> settings) throws IOException {
        serve(new Offering(hosted), settings);
    }

    private void serve(Registry registry, UnaryOperator<RegistryServer.Builder> settings) throws IOException {
        server = TestServer.serving(registry, settings);
    }

    private void serveDirectly() throws IOException {
        serve(builder -> builder.directDownload(DirectDownload.always(HOUR)));
    }

    private String address(Digest of, Duration validity) {
        return storage.uri() + "objects/" + of.hex() + "?validity=" + validity.toSeconds();
    }

    /** A registry whose store has an address for every blob. */
    private final class Offering extends ForwardingRegistry {
        Offering(Registry registry) {
            super(registry);
        }

        @Override
        public Repository repository(RepositoryName name) {
            return new ForwardingRepository(super.repository(name)) {
                @Override
                public Blobs blobs() {
                    return new ForwardingBlobs(super.blobs()) {
                        @Override
                        public Optional<DirectUrl> directUrl(Digest wanted, Duration validity) {
                            try (BlobContent content = open(wanted, ByteRange.all())) {
                                return Optional.of(
                                        new DirectUrl(content.descriptor(), URI.create(address(wanted, validity))));
                            }
                        }
                    };
                }
            };
        }
    }

    @Test
    void isOffByDefault() throws Exception {
        serve(builder -> builder);

        assertThat(server.get(path).body()).isEqualTo(bytes);
    }

    @Test
    void redirectsAGet() throws Exception {
        serveDirectly();

        RawResponse response = server.get(path);

        assertThat(response.status()).isEqualTo(307);
        assertThat(response.header("Location")).hasValue(address(digest, HOUR));
        assertThat(response.header("Docker-Content-Digest")).hasValue(digest.toString());
        assertThat(response.header("Content-Length")).hasValue("0");
        assertThat(response.header("Cache-Control")).hasValue("no-store");
    }

    @Test
    void redirectsAGetOfARange() throws Exception {
        serveDirectly();

        assertThat(server.get(path, "Range: bytes=5-9").status()).isEqualTo(307);
    }

    @Test
    void doesNotRedirectHead() throws Exception {
        serveDirectly();

        RawResponse response = server.head(path);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Content-Length")).hasValue(Integer.toString(bytes.length));
    }

    @Test
    void doesNotRedirectManifests() throws Exception {
        serveDirectly();

        assertThat(server.get("/v2/team/app/manifests/1.0").body()).isEqualTo(manifest.bytes());
    }

    @Test
    void doesNotRedirectAClientThatHasTheBlob() throws Exception {
        serveDirectly();

        assertThat(server.get(path, "If-None-Match: \"" + digest + "\"").status())
                .isEqualTo(304);
    }

    @Test
    void doesNotRedirectForAMissingBlob() throws Exception {
        serveDirectly();

        RawResponse response = server.get("/v2/team/app/blobs/" + Digest.sha256(new byte[] {1}));

        assertThat(response.status()).isEqualTo(404);
        assertThat(response.codes()).containsExactly(ErrorCode.BLOB_UNKNOWN);
    }

    @Test
    void servesTheBlobOfAStorageWithoutAddresses() throws Exception {
        serve(hosted, builder -> builder.directDownload(DirectDownload.always(HOUR)));

        assertThat(server.get(path).body()).isEqualTo(bytes);
    }

    @Test
    void isDecidedForEachRequest() throws Exception {
        serve(builder -> builder.authenticator((request, access) -> Caller.named("alice"))
                .directDownload((caller, request) -> Optional.of(HOUR)
                        .filter(validity -> caller.name().equals("alice")
                                && request.header("User-Agent").equals(Optional.of("outside")))));

        assertThat(server.get(path, "User-Agent: outside").status()).isEqualTo(307);
        assertThat(server.get(path, "User-Agent: inside").body()).isEqualTo(bytes);
    }

    @Test
    void worksThroughAReadOnlyView() throws Exception {
        serve(ReadOnly.of(new Offering(hosted)), builder -> builder.directDownload(DirectDownload.always(HOUR)));

        assertThat(server.get(path).status()).isEqualTo(307);
    }

    @Test
    void isFollowedWithoutTheClientsPassword() throws Exception {
        serveDirectly();
        URI address = server.server().uri();

        try (RemoteRegistry remote = RemoteRegistry.at(address.getAuthority());
                BlobContent content = remote.repository(RepositoryName.parse("team/app"))
                        .blobs()
                        .open(digest)) {
            assertThat(content.stream().readAllBytes()).isEqualTo(bytes);
        }
        assertThat(fetchedElsewhere).containsExactly("/objects/" + digest.hex() + "?validity=3600");
    }

    @Test
    void refusesAValidityThatIsNotPositive() {
        assertThatThrownBy(() -> DirectDownload.always(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }
}
