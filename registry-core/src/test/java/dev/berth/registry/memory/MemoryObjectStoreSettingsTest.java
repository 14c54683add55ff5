package dev.berth.registry.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.PutCondition;
import dev.berth.registry.storage.StorageFullException;
import dev.berth.registry.storage.UploadConflictException;
import dev.berth.registry.storage.UploadGoneException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class MemoryObjectStoreSettingsTest {
    private static final ObjectKey KEY = ObjectKey.of("a/key");
    private static final ObjectKey STAGING = ObjectKey.of("staging/one");

    @Test
    void holdsExactlyAsManyBytesAsAllowed() throws IOException {
        try (MemoryObjectStore store = MemoryObjectStore.builder().maxBytes(100).build()) {
            store.put(KEY, new byte[60], PutCondition.always());
            ObjectKey other = ObjectKey.of("b");
            assertThatExceptionOfType(StorageFullException.class)
                    .isThrownBy(() -> store.put(other, new byte[41], PutCondition.always()))
                    .withMessageContaining("41")
                    .withMessageContaining("100");
            store.put(other, new byte[40], PutCondition.always());
            assertThat(store.usedBytes()).isEqualTo(100);
            store.mark(List.of(ObjectKey.of("c")));
            assertThat(store.put(other, new byte[41], PutCondition.ifAbsent()))
                    .as("what is not written needs no room")
                    .isEmpty();
        }
    }

    @Test
    void withoutRoomHoldsEmptyObjectsOnly() throws IOException {
        try (MemoryObjectStore store = MemoryObjectStore.builder().maxBytes(0).build()) {
            assertThat(store.put(KEY, new byte[0], PutCondition.always())).isPresent();
            assertThatExceptionOfType(StorageFullException.class)
                    .isThrownBy(() -> store.put(KEY, new byte[1], PutCondition.always()));
        }
    }

    @Test
    void countsWhatItHolds() throws IOException {
        try (MemoryObjectStore store = MemoryObjectStore.create()) {
            assertThat(store.usedBytes()).isZero();
            store.put(KEY, new byte[10], PutCondition.always());
            store.put(KEY, new byte[30], PutCondition.always());
            assertThat(store.usedBytes()).isEqualTo(30);
            ObjectUpload upload = store.startUpload(STAGING);
            upload.append(0, new ByteArrayInputStream(new byte[100_000]));
            assertThat(store.usedBytes()).isEqualTo(100_030);
            upload.commit(KEY, 100_000);
            assertThat(store.usedBytes()).isEqualTo(100_000);
            store.startUpload(STAGING).append(0, new ByteArrayInputStream(new byte[5]));
            store.delete(KEY);
            assertThat(store.usedBytes()).isEqualTo(5);
        }
    }

    @Test
    void givesEverythingUpWhenItIsClosed() throws IOException {
        MemoryObjectStore store = MemoryObjectStore.create();
        store.put(KEY, new byte[10], PutCondition.always());
        ObjectUpload upload = store.startUpload(STAGING);
        upload.append(0, new ByteArrayInputStream(new byte[5]));
        store.close();
        assertThat(store.usedBytes()).isZero();
        assertThatIOException().isThrownBy(() -> upload.append(5, new ByteArrayInputStream(new byte[5])));
        assertThatIOException().isThrownBy(() -> upload.commit(KEY, 5));
        assertThat(store.usedBytes()).isZero();
    }

    @Test
    void takesTheTimeFromItsClock() throws IOException {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-02T03:04:05.678Z"));
        try (MemoryObjectStore store =
                MemoryObjectStore.builder().clock(now::get).build()) {
            store.put(KEY, new byte[1], PutCondition.always());
            Instant first = now.getAndUpdate(time -> time.plusSeconds(60));
            assertThat(store.stat(KEY).orElseThrow().lastModified()).isEqualTo(first);
            ObjectUpload upload = store.startUpload(STAGING);
            upload.append(0, new ByteArrayInputStream(new byte[1]));
            now.updateAndGet(time -> time.plusSeconds(60));
            upload.commit(KEY, 1);
            assertThat(store.stat(KEY).orElseThrow().lastModified()).isEqualTo(now.get());
        }
    }

    @Test
    void readsAStreamInSmallBlocks() throws IOException {
        AtomicInteger largest = new AtomicInteger();
        InputStream content = new InputStream() {
            private int left = 1_000_000;

            @Override
            public int read() {
                throw new AssertionError("Content is read in blocks");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                largest.accumulateAndGet(Math.max(length, buffer.length), Math::max);
                int count = Math.min(left, length);
                left -= count;
                return count == 0 ? -1 : count;
            }
        };
        try (MemoryObjectStore store = MemoryObjectStore.create();
                ObjectUpload upload = store.startUpload(STAGING)) {
            assertThat(upload.append(0, content)).isEqualTo(1_000_000);
        }
        assertThat(largest.get()).isEqualTo(64 * 1024);
    }

    @Test
    void anAppendThatIsAbortedGivesItsRoomBack() throws IOException {
        try (MemoryObjectStore store = MemoryObjectStore.create();
                ObjectUpload upload = store.startUpload(STAGING)) {
            upload.append(0, new ByteArrayInputStream(new byte[10]));
            assertThatExceptionOfType(UploadGoneException.class)
                    .isThrownBy(() -> upload.append(10, new InputStream() {
                        private int reads;

                        @Override
                        public int read() {
                            throw new AssertionError("Content is read in blocks");
                        }

                        @Override
                        public int read(byte[] buffer, int offset, int length) throws IOException {
                            if (++reads == 3) {
                                upload.abort();
                            }
                            return length;
                        }
                    }));
            assertThat(store.usedBytes()).isZero();
        }
    }

    @Test
    void refusesASecondUploadUnderTheSameKey() throws IOException {
        try (MemoryObjectStore store = MemoryObjectStore.create()) {
            store.startUpload(STAGING);
            assertThatExceptionOfType(UploadConflictException.class)
                    .isThrownBy(() -> store.startUpload(STAGING))
                    .withMessageContaining("staging/one");
        }
    }

    @Test
    void refusesBadSettingsAtOnce() {
        MemoryObjectStore.Builder builder = MemoryObjectStore.builder();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.maxBytes(-1))
                .withMessageContaining("-1");
        assertThatNullPointerException().isThrownBy(() -> builder.clock(null));
    }
}
