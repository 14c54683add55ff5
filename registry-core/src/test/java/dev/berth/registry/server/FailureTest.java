package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.BlobContent;
import dev.berth.registry.Blobs;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RegistryIdentity;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.compose.DenyingBlobs;
import dev.berth.registry.compose.DenyingRegistry;
import dev.berth.registry.compose.DenyingRepository;
import dev.berth.registry.compose.ForwardingBlobContent;
import dev.berth.registry.fixtures.Expected;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A registry that fails. */
public class FailureTest extends ServedTest {

    private static Registry failingWith(RuntimeException failure) {
        return new DenyingRegistry(
                operation -> {
                    throw failure;
                },
                RegistryIdentity.unique()) {};
    }

    @Test
    void hidesInternalErrorsBehindARequestId() throws Exception {
        try (TestServer server = serve(
                failingWith(Expected.failure(new IllegalStateException("internal affairs"))), builder -> builder)) {
            RawResponse response = server.get("/v2/a/manifests/1.0");

            assertThat(response.status()).isEqualTo(500);
            assertThat(response.codes()).containsExactly(ErrorCode.UNKNOWN);
            assertThat(response.text()).doesNotContain("internal affairs");
            assertThat(response.text()).contains(response.header("X-Request-Id").orElseThrow());
            assertThat(server.get("/v2/").status()).isEqualTo(200);
        }
    }

    @Test
    void sendsRetryAfter() throws Exception {
        RegistryException busy = RegistryException.builder(RegistryError.of(ErrorCode.TOOMANYREQUESTS, "Slow down"))
                .retryAfter(Duration.ofMillis(1500))
                .build();
        try (TestServer server = serve(failingWith(busy), builder -> builder)) {
            RawResponse response = server.get("/v2/a/tags/list");

            assertThat(response.status()).isEqualTo(429);
            assertThat(response.header("Retry-After")).hasValue("2");
        }
    }

    @Test
    void returns503WhenTheStorageFails() throws Exception {
        RegistryException down = RegistryException.of(ErrorCode.UNAVAILABLE, "The storage does not answer");
        RegistryException full = RegistryException.of(ErrorCode.INSUFFICIENT_STORAGE, "The storage is full");
        try (TestServer first = serve(failingWith(down), builder -> builder);
                TestServer second = serve(failingWith(full), builder -> builder)) {
            assertThat(first.head("/v2/a/blobs/" + Digest.sha256(new byte[0])).status())
                    .isEqualTo(503);
            assertThat(second.exchange("POST", "/v2/a/blobs/uploads/").status()).isEqualTo(507);
        }
    }

    private static RegistryException refused(String operation) {
        return RegistryException.of(ErrorCode.DENIED, "You may not " + operation);
    }

    /** Content that fails after its first half, and knows whether it was closed. */
    private static final class BrokenContent implements BlobContent {
        private final AtomicBoolean closed = new AtomicBoolean();

        @Override
        public Descriptor descriptor() {
            return Descriptor.of(MediaTypes.OCTET_STREAM, Digest.sha256(new byte[0]), length());
        }

        @Override
        public long offset() {
            return 0;
        }

        @Override
        public long length() {
            return 100_000;
        }

        @Override
        public InputStream stream() {
            return new SequenceInputStream(new ByteArrayInputStream(new byte[50_000]), new InputStream() {
                @Override
                public int read() throws IOException {
                    throw new IOException("The disk is broken");
                }
            });
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }

    /** Returns a registry that has this content under every digest. */
    private static Registry having(BlobContent content) {
        return new DenyingRegistry(FailureTest::refused, RegistryIdentity.unique()) {
            @Override
            public Repository repository(RepositoryName name) {
                return new DenyingRepository(name, FailureTest::refused) {
                    @Override
                    public Blobs blobs() {
                        return new DenyingBlobs(name, FailureTest::refused) {
                            @Override
                            public BlobContent open(Digest digest, ByteRange range) {
                                return content;
                            }
                        };
                    }
                };
            }
        };
    }

    @Test
    void cutsTheConnectionWhenABlobCannotBeReadToItsEnd() throws Exception {
        BrokenContent content = new BrokenContent();
        try (TestServer server = serve(having(content), builder -> builder)) {
            assertThatThrownBy(() -> server.get("/v2/a/blobs/" + Digest.sha256(new byte[0])))
                    .isInstanceOf(IOException.class);
        }
        assertThat(content.closed).isTrue();
    }

    @Test
    void cutsTheConnectionWhenReadingFailsWithARegistrysException() throws Exception {
        BlobContent content = new ForwardingBlobContent(new BrokenContent()) {
            @Override
            public InputStream stream() {
                return new InputStream() {
                    @Override
                    public int read() {
                        throw RegistryException.of(ErrorCode.UNAVAILABLE, "The other registry does not answer");
                    }
                };
            }
        };
        try (TestServer server = serve(having(content), builder -> builder)) {
            assertThatThrownBy(() -> server.get("/v2/a/blobs/" + Digest.sha256(new byte[0])))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void returns503WhenABlobCannotBeOpened() throws Exception {
        BrokenContent broken = new BrokenContent();
        BlobContent unopened = new ForwardingBlobContent(broken) {
            @Override
            public InputStream stream() throws IOException {
                throw new IOException("The disk is broken");
            }
        };
        try (TestServer server = serve(having(unopened), builder -> builder)) {
            RawResponse response = server.get("/v2/a/blobs/" + Digest.sha256(new byte[0]));

            assertThat(response.status()).isEqualTo(503);
            assertThat(response.codes()).containsExactly(ErrorCode.UNAVAILABLE);
            assertThat(response.text()).doesNotContain("disk");
        }
        assertThat(broken.closed).isTrue();
    }
}
