package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobDamagedException;
import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Data that was hashed and has not changed since, as far as the store can tell, is hashed again after a day. */
class VerifiedOnceTest {
    private final World world = new World();
    private final SettableClock clock = new SettableClock();
    private final RottingStore store = new RottingStore(MemoryObjectStore.create());
    private final byte[] blob = "a blob".repeat(20_000).getBytes(StandardCharsets.UTF_8);
    private final Digest digest = Digest.sha256(blob);

    /** A store whose disk changes bits in a way that nobody can see. */
    private static final class RottingStore extends InterceptedStore {
        private boolean rotten;

        RottingStore(ObjectStore store) {
            super(store);
        }

        @Override
        <T> T intercept(String operation, String name, Call<T> call) throws IOException {
            return call.run();
        }

        @Override
        InputStream reading(String name, InputStream stream) {
            if (!rotten || !name.endsWith("/data")) {
                return stream;
            }
            try {
                byte[] bytes = stream.readAllBytes();
                bytes[bytes.length / 2] ^= 4;
                return new ByteArrayInputStream(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private StorageOptions.Builder options() {
        return StorageOptions.builder().clock(clock);
    }

    private byte[] read(StorageRegistry registry) throws IOException {
        try (BlobContent content = registry.repository(world.app).blobs().open(digest)) {
            return content.stream().readAllBytes();
        }
    }

    private void assertNoticed(StorageRegistry registry) {
        assertThatExceptionOfType(BlobDamagedException.class).isThrownBy(() -> read(registry));
    }

    @BeforeEach
    void push() {
        StorageRegistry.over(store).repository(world.app).blobs().push(digest, BlobSource.of(blob));
    }

    @Test
    void itIsHashedAgainAfterADay() throws IOException {
        StorageRegistry registry = StorageRegistry.over(store, options().build());
        assertThat(read(registry)).isEqualTo(blob);
        store.rotten = true;
        clock.advance(Duration.ofHours(24).minusNanos(1));
        assertThat(read(registry)).hasSameSizeAs(blob).isNotEqualTo(blob);
        clock.advance(Duration.ofNanos(1));
        assertNoticed(registry);
        assertNoticed(registry);
    }

    @Test
    void aPushAloneIsNoProofOfWhatIsStored() {
        StorageRegistry registry = StorageRegistry.over(store, options().build());
        registry.repository(world.app).blobs().push(digest, BlobSource.of(blob));
        store.rotten = true;
        assertNoticed(registry);
    }

    @Test
    void withZeroEachReadIsVerified() throws IOException {
        StorageRegistry registry = StorageRegistry.over(
                store, options().verifyAgainAfter(Duration.ZERO).build());
        assertThat(read(registry)).isEqualTo(blob);
        store.rotten = true;
        assertNoticed(registry);
    }

    @Test
    void dataThatWasOverwrittenIsNoticedAtOnce() throws IOException {
        StorageRegistry registry = StorageRegistry.over(store, options().build());
        assertThat(read(registry)).isEqualTo(blob);
        byte[] damaged = blob.clone();
        damaged[7] ^= 1;
        store.put(Keys.data(digest), damaged, PutCondition.always());
        assertNoticed(registry);
        assertThat(registry.damagedReads()).isEqualTo(1);
    }

    @Test
    void aReadThatEndsBeforeTheEndProvesNothing() throws IOException {
        StorageRegistry registry = StorageRegistry.over(store, options().build());
        try (BlobContent content = registry.repository(world.app).blobs().open(digest)) {
            assertThat(content.stream().readNBytes(blob.length - 1)).hasSize(blob.length - 1);
        }
        store.rotten = true;
        assertNoticed(registry);
    }
}
