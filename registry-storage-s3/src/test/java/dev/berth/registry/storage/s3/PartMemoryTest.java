package dev.berth.registry.storage.s3;

import static dev.berth.registry.storage.s3.RandomBytes.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.StorageBusyException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The parts of all uploads in progress have a limited amount of memory together. */
@Timeout(120)
class PartMemoryTest {
    private static final int MIB = 1024 * 1024;

    @Test
    void whoFindsNoneFailsAndWhoIsAloneNeverDoes() throws Exception {
        PartMemory memory = new PartMemory(100, Duration.ZERO);
        try (PartMemory.Lease alone = memory.lease()) {
            alone.take(150);
            try (PartMemory.Lease another = memory.lease()) {
                assertThatExceptionOfType(StorageBusyException.class)
                        .isThrownBy(() -> another.take(1))
                        .satisfies(busy -> assertThat(busy.retryAfter()).isPositive());
                alone.give(60);
                another.take(10);
                assertThat(memory.taken()).isEqualTo(100);
            }
            assertThat(memory.taken()).isEqualTo(90);
        }
        assertThat(memory.taken()).isZero();
    }

    @Test
    void whoWaitsGoesOnWhenOthersHaveEnded() throws Exception {
        PartMemory memory = new PartMemory(100, Duration.ofMinutes(1));
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            PartMemory.Lease first = memory.lease();
            first.take(100);
            Future<Long> second = threads.submit(() -> {
                try (PartMemory.Lease lease = memory.lease()) {
                    lease.take(50);
                    return memory.taken();
                }
            });
            first.close();
            assertThat(second.get(1, TimeUnit.MINUTES)).isEqualTo(50);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void moreUploadsThanThereIsMemoryForComeToTheirEnd() throws Exception {
        byte[] content = random(1, 7 * MIB);
        int uploads = 12;
        S3StorageOptions options = S3Proxy.get()
                .options(Gateway.newPrefix())
                .partBytes(5 * MIB)
                .bufferBytes(16 * MIB)
                .build();
        ExecutorService threads = Executors.newFixedThreadPool(uploads);
        try (S3ObjectStore store = S3ObjectStore.open(options)) {
            List<Future<Boolean>> ended = new ArrayList<>();
            for (int i = 0; i < uploads; i++) {
                ObjectKey key = ObjectKey.of("object/" + i);
                ObjectKey staging = ObjectKey.of("staging/" + i);
                boolean direct = i % 2 == 0;
                ended.add(threads.submit(() -> {
                    if (direct) {
                        return store.write(key, new ByteArrayInputStream(content), content.length);
                    }
                    try (ObjectUpload upload = store.startUpload(staging)) {
                        upload.append(0, new ByteArrayInputStream(content));
                        upload.commit(key, content.length);
                        return true;
                    }
                }));
            }
            for (Future<Boolean> upload : ended) {
                assertThat(upload.get(1, TimeUnit.MINUTES)).isTrue();
            }
            assertThat(store.memory().taken()).isZero();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void anAppendThatFailsGivesItsMemoryBack() throws Exception {
        try (S3ObjectStore store = S3Proxy.get().newStore();
                ObjectUpload upload = store.startUpload(ObjectKey.of("staging/one"))) {
            InputStream broken = InputStream.nullInputStream();
            broken.close();
            assertThatIOException().isThrownBy(() -> upload.append(0, broken));
            assertThatIOException()
                    .isThrownBy(() -> store.write(ObjectKey.of("object"), new ByteArrayInputStream(new byte[9]), 10));
            assertThat(store.memory().taken()).isZero();
        }
    }
}
