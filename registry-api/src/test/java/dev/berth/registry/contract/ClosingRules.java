package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStat;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Closing a store, opening it again, and several stores. */
abstract class ClosingRules extends UploadRulesBase {
    private static final ObjectKey KEY = key("closing/object");

    ClosingRules(ObjectStoreContract contract) {
        super(contract);
    }

    @Test
    void closesTwice() throws IOException {
        put(KEY, new byte[1]);
        store().close();
        store().close();
    }

    @Test
    void callsAfterCloseFail() throws IOException {
        ObjectVersion version = put(KEY, new byte[1]);
        store().startUpload(STAGING).close();
        ObjectStore closed = store();
        closed.close();
        assertThatIOException().isThrownBy(() -> closed.stat(KEY));
        assertThatIOException().isThrownBy(() -> closed.open(KEY));
        assertThatIOException().isThrownBy(() -> closed.open(KEY, 0, 1));
        assertThatIOException().isThrownBy(() -> closed.put(KEY, new byte[1], PutCondition.always()));
        assertThatIOException().isThrownBy(() -> closed.put(KEY, new byte[1], PutCondition.ifAbsent()));
        assertThatIOException().isThrownBy(() -> closed.put(KEY, new byte[1], PutCondition.ifUnchanged(version)));
        if (contract.writesStreams()) {
            assertThatIOException().isThrownBy(() -> closed.write(KEY, stream(new byte[1]), 1));
        }
        assertThatIOException().isThrownBy(() -> closed.mark(List.of(key("closing/mark"))));
        assertThatIOException().isThrownBy(() -> closed.delete(KEY));
        assertThatIOException().isThrownBy(() -> closed.deleteIfUnchanged(KEY, version));
        assertThatIOException().isThrownBy(() -> closed.deleteTree(KeyPrefix.of("closing/")));
        assertThatIOException().isThrownBy(() -> closed.list(ListRequest.tree(KeyPrefix.ROOT)));
        assertThatIOException().isThrownBy(() -> closed.startUpload(key("staging/two")));
        assertThatIOException().isThrownBy(() -> closed.resumeUpload(STAGING));
    }

    @Test
    void differentStoresShareNothing() throws IOException {
        try (ObjectStore other = contract.create()) {
            assertThat(other.identity()).isNotEqualTo(store().identity());
            put(KEY, new byte[1]);
            assertThat(other.stat(KEY)).isEmpty();
            assertThat(other.list(ListRequest.tree(KeyPrefix.ROOT)).names()).isEmpty();
        }
        assertThat(store().identity()).isNotEmpty().isEqualTo(store().identity());
    }

    @Test
    void objectsSurviveReopening() throws IOException {
        assumeSurvivesReopen();
        byte[] content = Contents.random(1, 200_000);
        ObjectVersion version = put(KEY, content);
        put(key("closing/deleted"), content);
        store().delete(key("closing/deleted"));
        store().mark(List.of(key("closing/mark")));
        try (ObjectUpload upload = store().startUpload(STAGING)) {
            upload.append(0, stream(content));
            upload.commit(TARGET, content.length);
        }
        ObjectStat stat = store().stat(KEY).orElseThrow();
        String identity = store().identity();

        contract.reopenStore();

        assertThat(store().identity()).isEqualTo(identity);
        assertHoldsOnly(KEY.value(), "closing/mark", TARGET.value());
        assertThat(store().stat(KEY)).contains(stat);
        assertThat(readExisting(KEY)).isEqualTo(content);
        assertThat(readExisting(TARGET)).isEqualTo(content);
        assertThat(store().stat(key("closing/mark")).orElseThrow().size()).isZero();
        assertThat(store().put(KEY, new byte[1], PutCondition.ifAbsent())).isEmpty();
        Optional<ObjectVersion> replaced = store().put(KEY, new byte[1], PutCondition.ifUnchanged(version));
        assertThat(replaced).as("a version from before").isPresent();
        assertThat(store().deleteIfUnchanged(KEY, version)).isFalse();
        assertThat(store().deleteIfUnchanged(KEY, replaced.get())).isTrue();
    }

    @Test
    void uploadsSurviveReopening() throws IOException {
        assumeSurvivesReopen();
        byte[] content = Contents.random(2, 300_000);
        ObjectUpload upload = store().startUpload(STAGING);
        contract.reopenStore();
        upload.close();
        int[] ends = {70_000, 70_001, 200_000, content.length};
        int offset = 0;
        for (int end : ends) {
            try (ObjectUpload resumed = resume(STAGING)) {
                assertThat(resumed.size()).isEqualTo(offset);
                assertThat(kept(resumed)).isEqualTo(Arrays.copyOf(content, offset));
                resumed.append(offset, stream(Arrays.copyOfRange(content, offset, end)));
            }
            contract.reopenStore();
            offset = end;
        }
        assertThat(treeWithout(STAGING + "/")).isEmpty();
        try (ObjectUpload resumed = resume(STAGING)) {
            resumed.commit(TARGET, content.length);
        }
        contract.reopenStore();
        assertThat(readExisting(TARGET)).isEqualTo(content);
        assertThat(store().resumeUpload(STAGING)).isEmpty();
        assertHoldsOnly(TARGET.value());
    }

    @Test
    void whatWasReadBeforeAFailureSurvivesReopening() throws IOException {
        assumeSurvivesReopen();
        byte[] content = Contents.random(3, 150_001);
        try (ObjectUpload upload = store().startUpload(STAGING)) {
            assertThatIOException()
                    .isThrownBy(() -> upload.append(0, UploadStreams.failing(content, new IOException("gone"))))
                    .withMessage("gone");
        }
        contract.reopenStore();
        try (ObjectUpload upload = resume(STAGING)) {
            assertThat(upload.size()).isEqualTo(content.length);
            upload.commit(TARGET, content.length);
        }
        assertThat(readExisting(TARGET)).isEqualTo(content);
    }

    @Test
    void anAbortedUploadStaysGoneAfterReopening() throws IOException {
        assumeSurvivesReopen();
        try (ObjectUpload upload = store().startUpload(STAGING)) {
            upload.append(0, stream(new byte[100_000]));
            upload.abort();
        }
        contract.reopenStore();
        assertThat(store().resumeUpload(STAGING)).isEmpty();
        assertHoldsOnly();
    }

    @Test
    void anUploadIsAbortedAfterReopening() throws IOException {
        assumeSurvivesReopen();
        try (ObjectUpload upload = store().startUpload(STAGING)) {
            upload.append(0, stream(new byte[100_000]));
        }
        contract.reopenStore();
        try (ObjectUpload upload = resume(STAGING)) {
            upload.abort();
            assertEnded(upload, STAGING);
        }
        assertHoldsOnly();
    }

    private void assumeSurvivesReopen() {
        assumeTrue(contract.survivesReopen(), "What this store holds ends with the store object");
    }
}
