package dev.berth.registry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.BlobContent;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.client.fixtures.Content;
import dev.berth.registry.client.fixtures.FlakyProxy;
import dev.berth.registry.client.fixtures.FlakyProxy.Fate;
import dev.berth.registry.client.fixtures.ServedRegistry;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.server.ResponseBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads through a bad network: they go on where they were, and bad bytes never pass for good ones. */
@Timeout(120)
final class FlakyDownloadTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");
    private static final int SIZE = 4_000_000;

    private final byte[] bytes = Content.bytes(1, SIZE);
    private final Digest digest = Digest.sha256(bytes);
    private ServedRegistry server;
    private FlakyProxy network;

    @BeforeEach
    void start() throws IOException {
        server = new ServedRegistry();
        Content.blob(server.stored().repository(NAME), bytes);
    }

    @AfterEach
    void stop() throws IOException {
        if (network != null) {
            network.close();
        }
        server.close();
    }

    private RemoteRegistry connect(IntFunction<Fate> fates) throws IOException {
        network = new FlakyProxy(server.port(), fates);
        return RemoteRegistry.at(
                network.address(),
                RemoteOptions.builder()
                        .stallTimeout(Duration.ofMillis(500))
                        .backoff(new Backoff(duration -> {}, () -> 0.5))
                        .build());
    }

    private byte[] pull(RemoteRegistry registry) throws IOException {
        try (BlobContent content = registry.repository(NAME).blobs().open(digest)) {
            return content.stream().readAllBytes();
        }
    }

    private List<Optional<String>> ranges() {
        return server.requests().stream()
                .filter(request -> request.method().equals("GET"))
                .map(request -> request.header("Range"))
                .toList();
    }

    @Test
    void resumesADownloadAfterEveryCut() throws IOException {
        try (RemoteRegistry registry = connect(i -> i < 9 ? Fate.endDownloadAfter(400_000) : Fate.good())) {
            assertThat(pull(registry)).isEqualTo(bytes);
            assertThat(registry.connectionsInUse()).isZero();
        }

        assertThat(network.connections()).isEqualTo(10);
        assertThat(network.sentDown()).isBetween((long) SIZE, SIZE + 10 * 1000L);
        assertThat(ranges().get(0)).isEmpty();
        assertThat(ranges().subList(1, 10))
                .allSatisfy(range -> assertThat(range.orElseThrow()).matches("bytes=[1-9]\\d+-3999999"));
    }

    /** A reset may lose what was sent before it, so it is not known how much has to be asked for again. */
    @Test
    void resumesAfterResets() throws IOException {
        try (RemoteRegistry registry = connect(i -> i % 2 == 0 ? Fate.cutDownloadAfter(300_000) : Fate.good())) {
            for (int i = 0; i < 5; i++) {
                assertThat(pull(registry)).isEqualTo(bytes);
            }
            assertThat(registry.connectionsInUse()).isZero();
        }
    }

    @Test
    void resumesAPartOfABlob() throws IOException {
        try (RemoteRegistry registry = connect(i -> i < 2 ? Fate.cutDownloadAfter(400_000) : Fate.good());
                BlobContent content =
                        registry.repository(NAME).blobs().open(digest, ByteRange.between(1_000_000, 1_999_999))) {
            assertThat(content.stream().readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, 1_000_000, 2_000_000));
        }
    }

    @Test
    void resumesWithARegistryWithoutRanges() throws IOException {
        server.filter((request, next) ->
                next.handle(request.toBuilder().removeHeader("Range").build()));
        try (RemoteRegistry registry = connect(i -> i < 3 ? Fate.cutDownloadAfter((i + 1) * 400_000) : Fate.good())) {
            assertThat(pull(registry)).isEqualTo(bytes);
        }
    }

    /** Refuses parts, or sends others than were asked for. */
    @ParameterizedTest
    @ValueSource(strings = {"416", "501", "405", "bytes 0-9/4000000", "bytes */4000000", "nonsense"})
    void restartsIfTheRegistryCannotSendTheRest(String answer) throws IOException {
        server.filter((request, next) -> {
            if (request.header("Range").isEmpty()) {
                return next.handle(request);
            }
            return answer.length() == 3
                    ? RegistryResponse.builder(Integer.parseInt(answer)).build()
                    : RegistryResponse.builder(206)
                            .header("Content-Range", answer)
                            .build();
        });
        try (RemoteRegistry registry = connect(i -> i == 0 ? Fate.cutDownloadAfter(400_000) : Fate.good())) {
            assertThat(pull(registry)).isEqualTo(bytes);
            assertThat(registry.connectionsInUse()).isZero();
        }

        assertThat(ranges()).hasSize(3).last().isEqualTo(Optional.empty());
    }

    /** What is there now is something else than what was there when the download began. */
    @Test
    void mixesNothingWithWhatHasTakenItsPlace() throws IOException {
        byte[] others = Content.bytes(2, SIZE);
        for (int size : new int[] {SIZE, 1_000_000}) {
            server.filter((request, next) -> request.header("Range").isEmpty()
                    ? next.handle(request)
                    : RegistryResponse.builder(200)
                            .body(ResponseBody.of(Arrays.copyOf(others, size)))
                            .build());
            try (RemoteRegistry registry = connect(i -> i == 0 ? Fate.cutDownloadAfter(2_000_000) : Fate.good())) {
                assertThatExceptionOfType(IOException.class)
                        .isThrownBy(() -> pull(registry))
                        .withMessageContaining(digest.toString());
                assertThat(registry.connectionsInUse()).isZero();
            }
            network.close();
        }
    }

    @Test
    void resumesAfterAStall() throws IOException {
        try (RemoteRegistry registry = connect(i -> i == 0 ? Fate.stallDownloadAfter(1_000_000) : Fate.good())) {
            assertThat(pull(registry)).isEqualTo(bytes);
        }

        assertThat(network.connections()).isEqualTo(2);
    }

    @Test
    void toleratesASlowTransferThatMakesProgress() throws IOException {
        try (RemoteRegistry registry = connect(i -> Fate.throttle(4000))) {
            assertThat(pull(registry)).isEqualTo(bytes);
        }

        assertThat(network.connections()).isEqualTo(1);
    }

    @Test
    void givesUpWithoutProgress() throws IOException {
        try (RemoteRegistry registry = connect(i -> Fate.cutDownloadAfter(i == 0 ? 1_000_000 : 0))) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> pull(registry))
                    .withMessageContaining(digest.toString())
                    .withMessageContaining("broke")
                    .havingCause()
                    .isInstanceOfSatisfying(
                            RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
            assertThat(registry.connectionsInUse()).isZero();
        }

        assertThat(network.connections()).isLessThan(20);
    }

    @Test
    void failsBeforeTheLastBytesIfAByteIsWrong() throws IOException {
        try (RemoteRegistry registry = connect(i -> Fate.corrupt(2_000_000));
                BlobContent content = registry.repository(NAME).blobs().open(digest)) {
            ByteArrayOutputStream received = new ByteArrayOutputStream();

            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> content.transferTo(received))
                    .withMessageContaining(digest.toString())
                    .havingCause()
                    .isInstanceOfSatisfying(
                            RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DIGEST_INVALID));

            assertThat(received.size()).isLessThan(SIZE);
            content.close();
            assertThat(registry.connectionsInUse()).isZero();
        }
    }

    @Test
    void reportsABlobThatWasDeletedMeanwhile() throws IOException {
        AtomicInteger count = new AtomicInteger();
        try (RemoteRegistry registry = connect(i -> i == 0 ? Fate.cutDownloadAfter(1_000_000) : Fate.good())) {
            server.filter((request, next) -> {
                if (count.getAndIncrement() == 1) {
                    server.stored().repository(NAME).blobs().delete(digest);
                }
                return next.handle(request);
            });
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> pull(registry))
                    .havingCause()
                    .isInstanceOfSatisfying(
                            RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BLOB_UNKNOWN));
        }
    }

    @Test
    void retriesAManifestThatIsCut() throws IOException {
        var image = Content.image(server.stored().repository(NAME), 5);
        server.stored().repository(NAME).manifests().put(image);
        try (RemoteRegistry registry = connect(i -> i < 3 ? Fate.cutDownloadAfter(200 + i * 50) : Fate.good())) {
            assertThat(registry.repository(NAME).manifests().get(image.digest()))
                    .isEqualTo(image);
            assertThat(registry.connectionsInUse()).isZero();
        }
    }

    @Test
    void refusesAManifestWithAWrongByte() throws IOException {
        var image = Content.image(server.stored().repository(NAME), 6);
        server.stored().repository(NAME).manifests().put(image);
        AtomicInteger length = new AtomicInteger();
        try (RemoteRegistry registry = connect(i -> Fate.good())) {
            registry.repository(NAME).manifests().get(image.digest());
            length.set((int) network.sentDown());
            network.close();
        }
        try (RemoteRegistry registry = connect(i -> Fate.corrupt(length.get() - 10))) {
            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> registry.repository(NAME).manifests().get(image.digest()))
                    .matches(e -> e.code() == ErrorCode.DIGEST_INVALID);
        }
    }

    @Test
    void readsSingleBytesAcrossBreaks() throws IOException {
        try (RemoteRegistry registry = connect(i -> i < 3 ? Fate.endDownloadAfter(1500) : Fate.good());
                BlobContent content = registry.repository(NAME).blobs().open(digest, ByteRange.between(0, 9999))) {
            InputStream stream = content.stream();
            for (int i = 0; i < 10_000; i++) {
                assertThat(stream.read()).isEqualTo(bytes[i] & 0xff);
            }
            assertThat(stream.read()).isEqualTo(-1);
        }
    }
}
