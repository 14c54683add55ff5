package dev.berth.registry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.PutOptions;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagCondition;
import dev.berth.registry.client.fixtures.Content;
import dev.berth.registry.client.fixtures.DockerRegistry;
import dev.berth.registry.client.fixtures.FlakyProxy;
import dev.berth.registry.client.fixtures.FlakyProxy.Fate;
import dev.berth.registry.client.fixtures.ServedRegistry;
import dev.berth.registry.server.ExchangeAbortedException;
import dev.berth.registry.server.RegistryResponse;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads through a bad network: they ask how far they are and go on there, and nothing is done twice that must not be. */
@Timeout(120)
final class FlakyUploadTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");
    private static final int SIZE = 4_000_000;

    private final byte[] bytes = Content.bytes(1, SIZE);
    private final Digest digest = Digest.sha256(bytes);
    private ServedRegistry server;
    private FlakyProxy network;

    @BeforeEach
    void start() throws IOException {
        server = new ServedRegistry();
    }

    @AfterEach
    void stop() throws IOException {
        if (network != null) {
            network.close();
        }
        server.close();
    }

    private RemoteRegistry connect(int port, IntFunction<Fate> fates) throws IOException {
        network = new FlakyProxy(port, fates);
        return RemoteRegistry.at(
                network.address(),
                RemoteOptions.builder()
                        .stallTimeout(Duration.ofSeconds(2))
                        // With pauses: the server takes its time to end a request that was cut off.
                        .retry(new RetryPolicy(8, Duration.ofMillis(20), Duration.ofMillis(500), Duration.ofMinutes(1)))
                        .build());
    }

    private RemoteRegistry connect(IntFunction<Fate> fates) throws IOException {
        return connect(server.port(), fates);
    }

    private void assertStored() throws IOException {
        try (BlobContent content = server.stored().repository(NAME).blobs().open(digest)) {
            assertThat(content.stream().readAllBytes()).isEqualTo(bytes);
        }
    }

    private long count(String method) {
        return server.requests().stream()
                .filter(request -> request.method().equals(method))
                .count();
    }

    /** The registry does what it is asked to, and then the connection ends without a word. */
    private void loseTheFirstAnswerTo(String method) {
        AtomicInteger count = new AtomicInteger();
        server.filter((request, next) -> {
            RegistryResponse answer = next.handle(request);
            if (request.method().equals(method) && count.getAndIncrement() == 0) {
                answer.close();
                throw ExchangeAbortedException.close();
            }
            return answer;
        });
    }

    @Test
    void resumesAtTheOffsetOfTheServer() throws IOException {
        try (RemoteRegistry registry = connect(i -> i < 4 ? Fate.endUploadAfter(1_000_000) : Fate.good())) {
            registry.repository(NAME).blobs().push(digest, BlobSource.of(bytes));
            assertThat(registry.connectionsInUse()).isZero();
        }

        assertStored();
        assertThat(count("POST")).isEqualTo(1);
        // How far the server is when it is asked depends on how fast it takes in what the network still holds.
        assertThat(server.requests().stream()
                        .filter(request -> request.method().equals("PATCH"))
                        .map(request -> request.header("Content-Range").orElse("")))
                .isNotEmpty()
                .allMatch(range -> range.matches("\\d+-3999999"))
                .anyMatch(range -> Long.parseLong(range.substring(0, range.indexOf('-'))) > 900_000);
    }

    @Test
    void resumesAfterResets() throws IOException {
        try (RemoteRegistry registry = connect(i -> i < 4 ? Fate.cutUploadAfter(1_000_000) : Fate.good())) {
            registry.repository(NAME).blobs().push(digest, BlobSource.of(bytes));
            assertThat(registry.connectionsInUse()).isZero();
        }
        assertStored();
    }

    @Test
    void resumesWithDockersRegistry(@TempDir Path directory) throws IOException {
        try (DockerRegistry docker = DockerRegistry.start(directory);
                RemoteRegistry registry =
                        connect(docker.port(), i -> i < 3 ? Fate.cutUploadAfter(1_500_000) : Fate.good())) {
            Repository repository = registry.repository(NAME);
            repository.blobs().push(digest, BlobSource.of(bytes));

            try (BlobContent content = repository.blobs().open(digest)) {
                assertThat(content.stream().readAllBytes()).isEqualTo(bytes);
            }
        }
    }

    @Test
    void doesNotSendAgainAfterALostResponse() throws IOException {
        loseTheFirstAnswerTo("PUT");
        try (RemoteRegistry registry = connect(i -> Fate.good())) {
            registry.repository(NAME).blobs().push(digest, BlobSource.of(bytes));
        }

        assertStored();
        assertThat(network.sentUp()).isLessThan(SIZE + 100_000L);
    }

    @Test
    void startsAgainIfTheServerHasLostTheUpload() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        server.filter((request, next) -> {
            boolean asksForOffset = request.method().equals("GET");
            return asksForOffset && asked.getAndIncrement() == 0
                    ? RegistryResponse.builder(404).build()
                    : next.handle(request);
        });
        try (RemoteRegistry registry = connect(i -> i == 0 ? Fate.cutUploadAfter(1_000_000) : Fate.good())) {
            registry.repository(NAME).blobs().push(digest, BlobSource.of(bytes));
        }

        assertStored();
        assertThat(count("POST")).isEqualTo(2);
    }

    /** Some registries do not know the question how far an upload is. */
    @ParameterizedTest
    @ValueSource(ints = {400, 405, 500, 501})
    void startsAgainIfTheServerCannotTellTheOffset(int status) throws IOException {
        server.filter((request, next) -> request.method().equals("GET")
                ? RegistryResponse.builder(status).build()
                : next.handle(request));
        try (RemoteRegistry registry = connect(i -> i == 0 ? Fate.cutUploadAfter(1_000_000) : Fate.good())) {
            registry.repository(NAME).blobs().push(digest, BlobSource.of(bytes));
            assertThat(registry.connectionsInUse()).isZero();
        }

        assertStored();
        assertThat(count("POST")).isEqualTo(2);
    }

    @Test
    void resumesAStreamThatCanBeReadOnlyOnce() throws IOException {
        // Nothing of the content was read when the connection was cut: it can be sent by another one.
        try (RemoteRegistry registry = connect(i -> i == 0 ? Fate.cutUploadAfter(100) : Fate.good())) {
            registry.repository(NAME).blobs().push(digest, BlobSource.once(new ByteArrayInputStream(bytes), SIZE));
        }
        assertStored();
    }

    @Test
    void reportsAStreamThatCannotBeReadAgain() throws IOException {
        // Far more is under way when the connection is cut than is kept.
        try (RemoteRegistry registry = connect(i -> i == 0 ? Fate.cutUploadAfter(10_000) : Fate.good())) {
            RegistryException failure = assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> registry.repository(NAME)
                            .blobs()
                            .push(digest, BlobSource.once(new ByteArrayInputStream(bytes), SIZE)))
                    .actual();
            assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(failure).hasMessageContaining(digest.toString());
            assertThat(registry.connectionsInUse()).isZero();
        }
        assertThat(server.stored().repository(NAME).blobs().find(digest)).isEmpty();
    }

    @Test
    void appendsAcrossBreaks() throws IOException {
        try (RemoteRegistry registry = connect(i -> i < 3 ? Fate.cutUploadAfter(1_000_000) : Fate.good())) {
            BlobUpload upload = registry.repository(NAME).blobs().startUpload();
            assertThat(upload.append(0, BlobSource.of(bytes))).isEqualTo(SIZE);
            assertThat(upload.commit(digest).size()).isEqualTo(SIZE);
        }
        assertStored();
    }

    /** What a request carries that was given up may be taken in long after another one has gone on. */
    @Test
    void doesNotLetAPieceThatWasGivenUpArriveLater() throws Exception {
        CountDownLatch finished = new CountDownLatch(1);
        CompletableFuture<Integer> late = new CompletableFuture<>();
        server.filter((request, next) -> {
            if (!request.method().equals("PATCH")
                    || request.header("Content-Range").isPresent()) {
                return next.handle(request);
            }
            try {
                finished.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            RegistryResponse answer = next.handle(request);
            late.complete(answer.status());
            return answer;
        });
        InputStream failing = new SequenceInputStream(
                new ByteArrayInputStream(bytes, 0, 150_000), new FilterInputStream(InputStream.nullInputStream()) {
                    @Override
                    public int read(byte[] buffer, int offset, int length) throws IOException {
                        throw new IOException("The source broke");
                    }
                });
        try (RemoteRegistry registry = connect(i -> Fate.good())) {
            BlobUpload upload = registry.repository(NAME).blobs().startUpload();
            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> upload.append(0, BlobSource.once(failing)))
                    .withMessageContaining("The source broke");
            upload.append(upload.offset(), BlobSource.of(Arrays.copyOfRange(bytes, (int) upload.offset(), SIZE)));
            finished.countDown();
            assertThat(late.get()).isEqualTo(416);

            upload.commit(digest);
        }
        assertStored();
    }

    @Test
    void commitsOnceAfterALostResponse() throws IOException {
        loseTheFirstAnswerTo("PUT");
        try (RemoteRegistry registry = connect(i -> Fate.good())) {
            BlobUpload upload = registry.repository(NAME).blobs().startUpload();
            upload.append(0, BlobSource.of(bytes));

            assertThat(upload.commit(digest).size()).isEqualTo(SIZE);
        }
        assertStored();
    }

    @Test
    void retriesAManifestAfterALostResponse() throws IOException {
        Manifest image = Content.image(server.stored().repository(NAME), 2);
        try (RemoteRegistry registry = connect(i -> i < 2 ? Fate.cutDownloadAfter(0) : Fate.good())) {
            registry.repository(NAME).manifests().put(image, Tag.parse("1"));
        }

        assertThat(server.stored().repository(NAME).manifests().get(Tag.parse("1")))
                .isEqualTo(image);
        assertThat(count("PUT")).isEqualTo(3);
    }

    /** A repeat could be refused because of the first attempt's own success. */
    @Test
    void doesNotRetryAConditionalPushAfterALostResponse() throws IOException {
        Manifest image = Content.image(server.stored().repository(NAME), 3);
        loseTheFirstAnswerTo("PUT");
        try (RemoteRegistry registry = connect(i -> Fate.good())) {
            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> registry.repository(NAME)
                            .manifests()
                            .put(image, PutOptions.tagged(Tag.parse("1")).onlyIf(TagCondition.absent())))
                    .matches(e -> e.code() == ErrorCode.UNAVAILABLE);
        }

        assertThat(count("PUT")).isEqualTo(1);
        assertThat(server.stored().repository(NAME).tags().resolve(Tag.parse("1")))
                .isPresent();
    }
}
