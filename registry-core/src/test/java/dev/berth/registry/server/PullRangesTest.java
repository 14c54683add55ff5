package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobContent;
import dev.berth.registry.Blobs;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Digest;
import dev.berth.registry.DirectUrl;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.compose.ForwardingBlobs;
import dev.berth.registry.compose.ForwardingRegistry;
import dev.berth.registry.compose.ForwardingRepository;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several ranges of a blob in one request. */
@Tag("end-2")
public class PullRangesTest extends ServedTest {
    private static final int SIZE = 200_000;

    private final byte[] blob = Samples.bytes(SIZE, 1);
    private final List<ByteRange> opened = new CopyOnWriteArrayList<>();
    private TestServer server;
    private String path;
    private Digest digest;
    private volatile boolean missing;
    private volatile boolean elsewhere;

    @BeforeEach
    void start() throws Exception {
        server = serve(
                new Opened(TestServer.newRegistry()),
                builder -> builder.directDownload(DirectDownload.always(Duration.ofHours(1))));
        digest = Samples.pushBlob(server.repository("team/app"), blob);
        path = "/v2/team/app/blobs/" + digest;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Notes what is opened, and redirects what is asked for in one piece. */
    private final class Opened extends ForwardingRegistry {
        Opened(Registry registry) {
            super(registry);
        }

        @Override
        public Repository repository(RepositoryName name) {
            return new ForwardingRepository(super.repository(name)) {
                @Override
                public Blobs blobs() {
                    return new ForwardingBlobs(super.blobs()) {
                        @Override
                        public BlobContent open(Digest wanted, ByteRange range) {
                            if (missing) {
                                throw RegistryException.of(ErrorCode.BLOB_UNKNOWN, "It is gone");
                            }
                            opened.add(range);
                            return super.open(wanted, range);
                        }

                        @Override
                        public Optional<DirectUrl> directUrl(Digest wanted, Duration validity) {
                            return elsewhere
                                    ? super.find(wanted)
                                            .map(found ->
                                                    new DirectUrl(found, URI.create("https://storage.test/" + wanted)))
                                    : Optional.empty();
                        }
                    };
                }
            };
        }
    }

    private void assertParts(RawResponse response, String... ranges) {
        List<MultipartRanges.Part> parts = MultipartRanges.parse(response);
        assertThat(parts).extracting(MultipartRanges.Part::range).containsExactly(ranges);
        for (MultipartRanges.Part part : parts) {
            String[] positions = part.range().split("[-/]");
            assertThat(part.bytes())
                    .isEqualTo(Arrays.copyOfRange(
                            blob, Integer.parseInt(positions[0]), Integer.parseInt(positions[1]) + 1));
        }
    }

    @Test
    void areServedAsParts() throws Exception {
        RawResponse response = server.get(path, "Range: bytes=0-9,100-199,-5");

        assertParts(response, "0-9/200000", "100-199/200000", "199995-199999/200000");
        assertThat(response.header("Docker-Content-Digest")).hasValue(digest.toString());
        assertThat(response.header("ETag")).hasValue("\"" + digest + "\"");
    }

    @Test
    void keepTheirOrderAndStayApartWhenTheyAreAdjacent() throws Exception {
        assertParts(
                server.get(path, "Range: bytes=1000-1999, 0-9,10-19"),
                "1000-1999/200000",
                "0-9/200000",
                "10-19/200000");
    }

    @Test
    void areMergedWhereTheyOverlap() throws Exception {
        assertParts(
                server.get(path, "Range: bytes=500-599,0-9,550-700,5-20,700-800,300-310,305-306"),
                "500-800/200000",
                "0-20/200000",
                "300-310/200000");
    }

    @Test
    void areOneRangeWhereOneIsLeft() throws Exception {
        for (String ranges : List.of("5-10,7-20", "5-20,300000-", "400000-,5-20,-0", "5-20,5-20,5-20")) {
            RawResponse response = server.get(path, "Range: bytes=" + ranges);

            assertThat(response.status()).isEqualTo(206);
            assertThat(response.header("Content-Type")).hasValue("application/octet-stream");
            assertThat(response.header("Content-Range")).hasValue("bytes 5-20/200000");
            assertThat(response.body()).isEqualTo(Arrays.copyOfRange(blob, 5, 21));
        }
    }

    @Test
    void areNeverMoreThanTheBlob() throws Exception {
        String ranges = IntStream.range(0, 1000).mapToObj(i -> i + "-").collect(Collectors.joining(","));

        RawResponse response = server.get(path, "Range: bytes=" + ranges);

        assertThat(response.header("Content-Range")).hasValue("bytes 0-199999/200000");
        assertThat(response.body()).isEqualTo(blob);
    }

    @Test
    void areUnsatisfiableTogether() throws Exception {
        RawResponse response = server.get(path, "Range: bytes=200000-,300000-400000,-0");

        assertThat(response.status()).isEqualTo(416);
        assertThat(response.header("Content-Range")).hasValue("bytes */200000");
        assertThat(response.codes()).containsExactly(ErrorCode.RANGE_INVALID);
    }

    @ParameterizedTest
    @CsvSource({"1024, 206", "1025, 200"})
    void areAThousandAtMost(int count, int status) throws Exception {
        String ranges = IntStream.range(0, count)
                .mapToObj(i -> i * 190 + "-" + (i * 190 + 99))
                .collect(Collectors.joining(","));

        RawResponse response = server.get(path, "Range: bytes=" + ranges);

        assertThat(response.status()).isEqualTo(status);
        if (status == 206) {
            assertThat(MultipartRanges.parse(response)).hasSize(count);
        } else {
            assertThat(response.body()).isEqualTo(blob);
        }
    }

    @Test
    void areIgnoredWithoutTheContentThatTheClientHasAPartOf() throws Exception {
        assertThat(server.get(path, "Range: bytes=0-9,100-199", "If-Range: \"something else\"")
                        .body())
                .isEqualTo(blob);
        assertParts(
                server.get(path, "Range: bytes=0-9,100-199", "If-Range: \"" + digest + "\""),
                "0-9/200000",
                "100-199/200000");
    }

    @Test
    void areIgnoredByHead() throws Exception {
        RawResponse response = server.head(path, "Range: bytes=0-9,100-199");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Content-Length")).hasValue("200000");
    }

    @Test
    void areReadTogetherWhereTheyAreClose() throws Exception {
        assertParts(
                server.get(path, "Range: bytes=0-9,100-199,5000-5999,150000-150009,150020-150029,100000-100001"),
                "0-9/200000",
                "100-199/200000",
                "5000-5999/200000",
                "150000-150009/200000",
                "150020-150029/200000",
                "100000-100001/200000");
        assertThat(opened)
                .containsExactly(
                        ByteRange.between(0, 5999),
                        ByteRange.between(150_000, 150_029),
                        ByteRange.between(100_000, 100_001));
    }

    @Test
    void haveABoundaryThatNobodyKnowsBefore() throws Exception {
        String one = MultipartRanges.boundary(server.get(path, "Range: bytes=0-9,100-199"));

        assertThat(MultipartRanges.boundary(server.get(path, "Range: bytes=0-9,100-199")))
                .isNotEqualTo(one);
    }

    @Test
    void leaveTheConnectionOpen() throws Exception {
        try (RawConnection connection = server.connect()) {
            for (int i = 0; i < 2; i++) {
                connection.send("GET " + path + " HTTP/1.1\nHost: x\nRange: bytes=0-9,100-199\n\n");
                assertParts(connection.read(), "0-9/200000", "100-199/200000");
            }
        }
    }

    @Test
    void areServedHereThoughTheStorageServesOne() throws Exception {
        elsewhere = true;

        assertThat(server.get(path, "Range: bytes=0-9").status()).isEqualTo(307);
        assertParts(server.get(path, "Range: bytes=0-9,100-199"), "0-9/200000", "100-199/200000");
    }

    @Test
    void areUnknownWithTheBlob() throws Exception {
        missing = true;

        assertThat(server.get(path, "Range: bytes=0-9,100-199").status()).isEqualTo(404);
        assertThat(server.get("/v2/other/blobs/" + digest, "Range: bytes=0-9,100-199")
                        .status())
                .isEqualTo(404);
    }
}
