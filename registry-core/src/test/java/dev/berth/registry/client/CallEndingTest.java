package dev.berth.registry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.client.fixtures.RawServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that their caller does not want to wait for any longer. */
@Timeout(60)
final class CallEndingTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");
    private static final Digest DIGEST = Digest.sha256(new byte[0]);

    private final CountDownLatch asked = new CountDownLatch(1);

    private static void sendWithoutEnd(Socket connection) throws IOException {
        RawServer.readHead(connection);
        RawServer.send(connection, "HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\n");
        while (true) {
            connection.getOutputStream().write(new byte[64 * 1024]);
        }
    }

    private RawServer silentServer() throws IOException {
        return new RawServer(connection -> {
            RawServer.readHead(connection);
            asked.countDown();
            new CountDownLatch(1).await();
        });
    }

    /** What a call has ended with, and whether its thread was still interrupted then. */
    private record End(RegistryException failure, boolean interrupted) {}

    private static CompletableFuture<End> endOf(Runnable call, CompletableFuture<Thread> caller) {
        CompletableFuture<End> end = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                call.run();
            } catch (RegistryException e) {
                end.complete(new End(e, Thread.currentThread().isInterrupted()));
            } catch (RuntimeException e) {
                end.completeExceptionally(e);
            }
        });
        thread.start();
        caller.complete(thread);
        return end;
    }

    private static void assertInterrupted(End end) {
        assertThat(end.failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(end.failure).hasMessageContaining("interrupted");
        assertThat(end.interrupted).isTrue();
    }

    @Test
    void closingAHalfReadBlobGivesItsConnectionUp() throws Exception {
        CompletableFuture<IOException> seenByServer = new CompletableFuture<>();
        try (RawServer server = new RawServer(connection -> {
                    try {
                        sendWithoutEnd(connection);
                    } catch (IOException e) {
                        seenByServer.complete(e);
                    }
                });
                RemoteRegistry registry = RemoteRegistry.at(server.address())) {
            BlobContent content = registry.repository(NAME).blobs().open(DIGEST);
            assertThat(content.stream().readNBytes(1000)).hasSize(1000);
            assertThat(registry.connectionsInUse()).isEqualTo(1);

            content.close();
            content.close();

            assertThat(registry.connectionsInUse()).isZero();
            assertThat(seenByServer.get()).isNotNull();
            InputStream stream = content.stream();
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(stream::read)
                    .withMessageContaining("closed");
        }
    }

    @Test
    void closingABlobFromAnotherThreadEndsItsReading() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        try (RawServer server = new RawServer(connection -> {
                    RawServer.readHead(connection);
                    RawServer.send(connection, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc");
                    new CountDownLatch(1).await();
                });
                RemoteRegistry registry = RemoteRegistry.at(server.address())) {
            BlobContent content = registry.repository(NAME).blobs().open(DIGEST);
            CompletableFuture<IOException> end = new CompletableFuture<>();
            new Thread(() -> {
                        try {
                            content.stream().readNBytes(3);
                            reading.countDown();
                            content.stream().read();
                        } catch (IOException e) {
                            end.complete(e);
                        }
                    })
                    .start();
            reading.await();

            content.close();

            assertThat(end.get()).hasMessageContaining("closed");
            assertThat(registry.connectionsInUse()).isZero();
        }
    }

    @Test
    void interruptingEndsTheWaitForAnAnswer() throws Exception {
        try (RawServer server = silentServer();
                RemoteRegistry registry = RemoteRegistry.at(server.address())) {
            CompletableFuture<Thread> caller = new CompletableFuture<>();
            CompletableFuture<End> end =
                    endOf(() -> registry.repository(NAME).manifests().get(Tag.parse("1")), caller);
            asked.await();

            caller.get().interrupt();

            assertInterrupted(end.get());
            caller.get().join();
            assertThat(registry.connectionsInUse()).isZero();
        }
    }

    @Test
    void interruptingEndsAPushWhoseContentNobodyTakes() throws Exception {
        try (RawServer server = new RawServer(connection -> {
                    RawServer.readHead(connection);
                    RawServer.send(
                            connection,
                            "HTTP/1.1 202 OK\r\nLocation: /v2/team/app/blobs/uploads/1\r\nContent-Length: 0\r\n\r\n");
                    RawServer.readHead(connection);
                    asked.countDown();
                    new CountDownLatch(1).await();
                });
                RemoteRegistry registry = RemoteRegistry.at(server.address())) {
            BlobSource endless = BlobSource.once(new InputStream() {
                @Override
                public int read() {
                    return 0;
                }

                @Override
                public int read(byte[] buffer, int offset, int length) {
                    return length;
                }
            });
            CompletableFuture<Thread> caller = new CompletableFuture<>();
            CompletableFuture<End> end =
                    endOf(() -> registry.repository(NAME).blobs().push(DIGEST, endless), caller);
            asked.await();

            caller.get().interrupt();

            assertInterrupted(end.get());
            caller.get().join();
            assertThat(registry.connectionsInUse()).isZero();
        }
    }

    @Test
    void interruptingEndsThePauseBetweenAttempts() throws Exception {
        CountDownLatch pausing = new CountDownLatch(1);
        Backoff endless = new Backoff(
                duration -> {
                    pausing.countDown();
                    new CountDownLatch(1).await();
                },
                () -> 1);
        try (RawServer server = new RawServer(connection -> {
                    RawServer.readHead(connection);
                    RawServer.send(connection, "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n");
                });
                RemoteRegistry registry = RemoteRegistry.at(
                        server.address(),
                        RemoteOptions.builder().backoff(endless).build())) {
            CompletableFuture<Thread> caller = new CompletableFuture<>();
            CompletableFuture<End> end =
                    endOf(() -> registry.repository(NAME).manifests().get(Tag.parse("1")), caller);
            pausing.await();

            caller.get().interrupt();

            assertInterrupted(end.get());
            assertThat(registry.connectionsInUse()).isZero();
        }
    }

    @Test
    void interruptingOneThreadHarmsNoOther() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        try (RawServer server = new RawServer(connection -> {
                    String head = RawServer.readHead(connection);
                    asked.countDown();
                    if (head.contains("/2 ")) {
                        answer.await();
                        RawServer.send(connection, "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n");
                    }
                    new CountDownLatch(1).await();
                });
                RemoteRegistry registry = RemoteRegistry.at(server.address())) {
            Repository repository = registry.repository(NAME);
            CompletableFuture<Thread> first = new CompletableFuture<>();
            CompletableFuture<End> end = endOf(() -> repository.manifests().get(Tag.parse("1")), first);
            CompletableFuture<Boolean> second = CompletableFuture.supplyAsync(
                    () -> repository.manifests().find(Tag.parse("2")).isPresent(), task -> new Thread(task).start());
            asked.await();

            first.get().interrupt();
            assertInterrupted(end.get());
            answer.countDown();

            assertThat(second.get()).isFalse();
        }
    }

    @Test
    void closingTheRegistryEndsCallsInProgress() throws Exception {
        try (RawServer server = silentServer();
                RemoteRegistry registry = RemoteRegistry.at(
                        server.address(),
                        RemoteOptions.builder()
                                .firstByteTimeout(Duration.ofSeconds(50))
                                .build())) {
            CompletableFuture<End> end =
                    endOf(() -> registry.repository(NAME).manifests().get(Tag.parse("1")), new CompletableFuture<>());
            asked.await();

            registry.close();
            registry.close();

            assertThat(end.get().failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(end.get().failure).hasMessageContaining("closed");
            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> registry.repository(NAME).manifests().get(Tag.parse("1")))
                    .matches(e -> e.code() == ErrorCode.UNAVAILABLE)
                    .withMessageContaining("closed");
        }
    }
}
