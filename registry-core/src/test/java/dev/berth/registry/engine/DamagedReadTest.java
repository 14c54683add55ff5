package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobDamagedException;
import dev.berth.registry.BlobSource;
import dev.berth.registry.Blobs;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Registry;
import dev.berth.registry.compose.Observed;
import dev.berth.registry.event.EventContext;
import dev.berth.registry.event.EventType;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nobody reads a blob to its end of which a bit was flipped in the storage. */
class DamagedReadTest {
    private final World world = new World();
    private final MemoryObjectStore store = MemoryObjectStore.create();
    private final StorageRegistry registry = StorageRegistry.over(store);
    private final List<RegistryEvent> events = new ArrayList<>();
    private final Registry observed = Observed.of(registry, EventContext.ofActor("alice"), events::addAll);

    private byte[] bytes;
    private Digest digest;

    private void pushDamaged(DigestAlgorithm algorithm, int size, int position) throws IOException {
        bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        digest = Digest.compute(algorithm, bytes);
        registry.repository(world.app).blobs().push(digest, BlobSource.of(bytes));
        byte[] damaged = bytes.clone();
        damaged[position < 0 ? size + position : position] ^= 1;
        store.put(Keys.data(digest), damaged, PutCondition.always());
        bytes = damaged;
    }

    private byte[] readAsFarAsPossible(Blobs blobs) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try (BlobContent content = blobs.open(digest)) {
            assertThatExceptionOfType(BlobDamagedException.class)
                    .isThrownBy(() -> content.transferTo(read))
                    .satisfies(e -> assertThat(e.expected()).isEqualTo(digest))
                    .withMessageContaining(digest.toString());
            assertThatExceptionOfType(BlobDamagedException.class)
                    .as("a reader that goes on")
                    .isThrownBy(() -> content.stream().read());
        }
        return read.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({"sha256, 1, 0", "sha256, 10000, 77", "sha512, 10000, -1", "sha256, 300000, 0", "sha512, 300000, -1"})
    void theLastBytesAreNotDelivered(String algorithm, int size, int position) throws IOException {
        pushDamaged(DigestAlgorithm.find(algorithm).orElseThrow(), size, position);
        byte[] read = readAsFarAsPossible(observed.repository(world.app).blobs());
        assertThat(read.length).isLessThan(size);
        assertThat(read).isEqualTo(Arrays.copyOf(bytes, read.length));
        assertThat(registry.damagedReads()).isEqualTo(1);
        assertThat(events)
                .extracting(RegistryEvent::type)
                .containsExactly(EventType.BLOB_PULLED, EventType.BLOB_DAMAGED);
        RegistryEvent told = events.get(1);
        assertThat(told.digest()).contains(digest);
        assertThat(told.repository()).isEqualTo(world.app);
        assertThat(told.actor()).isEqualTo("alice");
        readAsFarAsPossible(registry.repository(world.app).blobs());
        assertThat(registry.damagedReads()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"10000, 9999", "300000, 5"})
    void aReaderOfSingleBytesGetsNoneOfTheEnd(int size, int position) throws IOException {
        pushDamaged(DigestAlgorithm.SHA256, size, position);
        try (BlobContent content = registry.repository(world.app).blobs().open(digest)) {
            for (int i = 0; i < size - 1; i++) {
                assertThat(content.stream().read()).isEqualTo(bytes[i] & 0xFF);
            }
            assertThatExceptionOfType(BlobDamagedException.class)
                    .isThrownBy(() -> content.stream().read());
        }
    }

    @ParameterizedTest
    @CsvSource("100000, 50000")
    void aRangeIsDeliveredAsItIs(int size, int position) throws IOException {
        pushDamaged(DigestAlgorithm.SHA256, size, position);
        for (ByteRange range : List.of(ByteRange.from(1), ByteRange.between(0, size - 2))) {
            try (BlobContent content = registry.repository(world.app).blobs().open(digest, range)) {
                assertThat(content.stream().readAllBytes()).hasSize(size - 1);
            }
        }
        assertThat(registry.damagedReads()).isZero();
    }

    @ParameterizedTest
    @CsvSource("100000, 50000")
    void withoutVerificationItIsDeliveredAsItIs(int size, int position) throws IOException {
        pushDamaged(DigestAlgorithm.SHA256, size, position);
        StorageOptions options = StorageOptions.builder().verifyReads(false).build();
        try (BlobContent content = StorageRegistry.over(store, options)
                .repository(world.app)
                .blobs()
                .open(digest)) {
            assertThat(content.stream().readAllBytes()).isEqualTo(bytes);
        }
    }
}
