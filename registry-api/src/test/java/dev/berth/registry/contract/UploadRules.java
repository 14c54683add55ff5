package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What an upload takes, and what becomes of it. */
abstract class UploadRules extends UploadRulesBase {
    UploadRules(ObjectStoreContract contract) {
        super(contract);
    }

    @Test
    void becomesAnObject() {
        Cases.ints(1, 65_535, 65_536, 65_537, 300_000).check(size -> {
            contract.renewStore();
            byte[] content = Contents.random(size, size);
            try (ObjectUpload upload = store().startUpload(STAGING)) {
                assertThat(upload.size()).isZero();
                assertThat(upload.append(0, stream(content))).isEqualTo(size);
                assertThat(upload.size()).isEqualTo(size);
                upload.commit(TARGET, size);
                assertThat(readExisting(TARGET)).isEqualTo(content);
                assertThat(store().stat(TARGET).orElseThrow().size()).isEqualTo(size);
                assertEnded(upload, STAGING);
            }
            assertHoldsOnly(TARGET.value());
        });
    }

    @Test
    void takesManyAppendsOfAnySize() throws IOException {
        byte[] content = Contents.random(1, 400_000);
        int[] sizes = {1, 0, 65_536, 10, 65_535, 100_000, 65_537, 3, 0, 1};
        try (ObjectUpload upload = store().startUpload(STAGING)) {
            int offset = 0;
            for (int i = 0; offset < content.length; i++) {
                int end = Math.min(content.length, offset + sizes[i % sizes.length]);
                assertThat(upload.append(offset, stream(Arrays.copyOfRange(content, offset, end))))
                        .isEqualTo(end);
                assertThat(upload.size()).isEqualTo(end);
                offset = end;
            }
            upload.commit(TARGET, content.length);
        }
        assertThat(readExisting(TARGET)).isEqualTo(content);
        try (ObjectContent part = store().open(TARGET, 65_530, 100_000).orElseThrow()) {
            assertThat(part.stream().readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 65_530, 165_530));
        }
    }

    @Test
    void takesAStreamThatDeliversLittleAtATime() throws IOException {
        byte[] content = Contents.random(2, 150_000);
        try (ObjectUpload upload = store().startUpload(STAGING)) {
            assertThat(upload.append(0, UploadStreams.dribble(content))).isEqualTo(content.length);
            upload.commit(TARGET, content.length);
        }
        assertThat(readExisting(TARGET)).isEqualTo(content);
    }

    @Test
    void leavesTheStreamOpen() throws IOException {
        InputStream stream = new FilterInputStream(stream(new byte[100])) {
            @Override
            public void close() {
                throw new AssertionError("The stream must stay open");
            }
        };
        try (ObjectUpload upload = store().startUpload(STAGING)) {
            assertThat(upload.append(0, stream)).isEqualTo(100);
            upload.commit(TARGET, 100);
        }
    }

    @Test
    void mayBeEmpty() throws IOException {
        try (ObjectUpload upload = store().startUpload(STAGING)) {
            upload.commit(TARGET, 0);
            assertEnded(upload, STAGING);
        }
        assertThat(readExisting(TARGET)).isEmpty();
        ObjectKey other = key("uploaded/other");
        try (ObjectUpload upload = store().startUpload(key("staging/two"))) {
            assertThat(upload.append(0, stream(new byte[0]))).isZero();
            assertThat(kept(upload)).isEmpty();
            upload.commit(other, 0);
        }
        assertThat(readExisting(other)).isEmpty();
        assertHoldsOnly(other.value(), TARGET.value());
    }

    @Test
    void takesMuch() throws IOException {
        int size = contract.bigUploadBytes();
        int half = size / 2 + 12_345;
        try (ObjectUpload upload = store().startUpload(STAGING)) {
            InputStream content = UploadStreams.generated(3, size);
            assertThat(upload.append(0, new Head(content, half))).isEqualTo(half);
            assertThat(upload.append(half, content)).isEqualTo(size);
            try (InputStream kept = upload.open()) {
                assertThat(Contents.sha256(kept)).isEqualTo(Contents.sha256(UploadStreams.generated(3, size)));
            }
            upload.commit(TARGET, size);
        }
        try (ObjectContent content = store().open(TARGET).orElseThrow()) {
            assertThat(content.stat().size()).isEqualTo(size);
            assertThat(Contents.sha256(content.stream())).isEqualTo(Contents.sha256(UploadStreams.generated(3, size)));
        }
        try (ObjectContent end =
                        store().open(TARGET, size - 70_000, Long.MAX_VALUE).orElseThrow();
                InputStream expected = UploadStreams.generated(3, size)) {
            expected.skipNBytes(size - 70_000);
            ByteArrayOutputStream got = new ByteArrayOutputStream();
            assertThat(end.transferTo(got)).isEqualTo(70_000);
            assertThat(got.toByteArray()).isEqualTo(expected.readAllBytes());
        }
    }

    @Test
    void isInvisibleUntilItIsCommitted() throws IOException {
        put(key("uploaded/neighbour"), new byte[] {1});
        try (ObjectUpload upload = store().startUpload(STAGING)) {
            assertThat(treeWithout("staging/one/")).containsExactly("uploaded/neighbour");
            upload.append(0, stream(new byte[200_000]));
            assertThat(store().stat(TARGET)).isEmpty();
            assertThat(store().open(TARGET)).isEmpty();
            assertThat(treeWithout("staging/one/")).containsExactly("uploaded/neighbour");
            upload.commit(TARGET, 200_000);
        }
        assertHoldsOnly("uploaded/neighbour", TARGET.value());
    }

    @Test
    void takesThePlaceOfWhatWasThere() throws IOException {
        ObjectVersion before = put(TARGET, Contents.random(4, 500_000));
        byte[] content = Contents.random(5, 1000);
        try (ObjectUpload upload = store().startUpload(STAGING)) {
            upload.append(0, stream(content));
            assertThat(store().stat(TARGET).orElseThrow().version()).isEqualTo(before);
            upload.commit(TARGET, content.length);
        }
        assertThat(readExisting(TARGET)).isEqualTo(content);
        assertHoldsOnly(TARGET.value());
        assertThat(store().put(TARGET, new byte[1], PutCondition.ifUnchanged(before)))
                .isEmpty();
        assertThat(store().deleteIfUnchanged(TARGET, before)).isFalse();
        assertThat(store().put(TARGET, new byte[1], PutCondition.ifAbsent())).isEmpty();
        ObjectVersion version = store().stat(TARGET).orElseThrow().version();
        assertThat(store().put(TARGET, new byte[1], PutCondition.ifUnchanged(version)))
                .isPresent();
    }

    @Test
    void anEmptyUploadTakesThePlaceOfWhatWasThere() throws IOException {
        put(TARGET, new byte[10]);
        try (ObjectUpload upload = store().startUpload(STAGING)) {
            upload.commit(TARGET, 0);
        }
        assertThat(readExisting(TARGET)).isEmpty();
    }

    @Test
    void readsBackWhatItHas() throws IOException {
        byte[] content = Contents.random(6, 200_000);
        try (ObjectUpload upload = store().startUpload(STAGING)) {
            assertThat(kept(upload)).isEmpty();
            upload.append(0, stream(Arrays.copyOf(content, 100_001)));
            InputStream early = upload.open();
            assertThat(early.readNBytes(10)).isEqualTo(Arrays.copyOf(content, 10));
            assertThat(kept(upload)).isEqualTo(Arrays.copyOf(content, 100_001));
            upload.append(100_001, stream(Arrays.copyOfRange(content, 100_001, content.length)));
            assertThat(early.readNBytes(99_991)).isEqualTo(Arrays.copyOfRange(content, 10, 100_001));
            early.close();
            assertThat(kept(upload)).isEqualTo(content);
            assertThat(kept(resume(STAGING))).isEqualTo(content);
            upload.commit(TARGET, content.length);
        }
        assertThat(readExisting(TARGET)).isEqualTo(content);
    }

    /** The first bytes of a stream, which stays where they end. */
    private static final class Head extends FilterInputStream {
        private int left;

        Head(InputStream whole, int size) {
            super(whole);
            this.left = size;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = super.read(buffer, offset, Math.min(length, left));
            left -= count;
            return count;
        }
    }
}
