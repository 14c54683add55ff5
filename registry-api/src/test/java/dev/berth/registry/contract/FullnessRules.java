package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.PutCondition;
import dev.berth.registry.storage.StorageFullException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No room left: nothing half-written is visible, and the space is given back. */
abstract class FullnessRules extends StoreRules {
    private static final int ROOM = 1024 * 1024;
    private static final ObjectKey KEY = key("full/object");
    private static final ObjectKey STAGING = key("staging/full");

    private ObjectStore small;

    FullnessRules(ObjectStoreContract contract) {
        super(contract);
    }

    @BeforeEach
    final void openSmallStore() throws IOException {
        Optional<ObjectStore> created = contract.createWithRoomFor(ROOM);
        assumeTrue(created.isPresent(), "No store with little room can be made here");
        small = created.get();
    }

    @AfterEach
    final void closeSmallStore() throws IOException {
        if (small != null) {
            small.close();
        }
    }

    @Test
    void whatDoesNotFitIsNotPut() throws IOException {
        for (int i = 0; i < 5; i++) {
            assertThatExceptionOfType(StorageFullException.class)
                    .isThrownBy(() -> small.put(KEY, new byte[2 * ROOM], PutCondition.always()));
            assertThat(small.stat(KEY)).isEmpty();
            assertThat(small.list(ListRequest.tree(KeyPrefix.ROOT)).names()).isEmpty();
        }
        assertFitsAgain();
    }

    @Test
    void whatDoesNotFitReplacesNothing() throws IOException {
        byte[] content = Contents.random(1, 1000);
        small.put(KEY, content, PutCondition.always());
        assertThatExceptionOfType(StorageFullException.class)
                .isThrownBy(() -> small.put(KEY, new byte[2 * ROOM], PutCondition.always()));
        try (ObjectContent kept = small.open(KEY).orElseThrow()) {
            assertThat(kept.stream().readAllBytes()).isEqualTo(content);
        }
    }

    @Test
    void anAppendThatDoesNotFitKeepsNothing() throws IOException {
        byte[] content = Contents.random(2, ROOM / 2);
        try (ObjectUpload upload = small.startUpload(STAGING)) {
            upload.append(0, new ByteArrayInputStream(Arrays.copyOf(content, 70_000)));
            for (int i = 0; i < 5; i++) {
                assertThatExceptionOfType(StorageFullException.class)
                        .isThrownBy(() -> upload.append(70_000, UploadStreams.generated(3, 2 * ROOM)));
                assertThat(upload.size()).isEqualTo(70_000);
            }
            upload.append(70_000, new ByteArrayInputStream(Arrays.copyOfRange(content, 70_000, content.length)));
            upload.commit(KEY, content.length);
        }
        try (ObjectContent committed = small.open(KEY).orElseThrow()) {
            assertThat(committed.stream().readAllBytes()).isEqualTo(content);
        }
    }

    @Test
    void whatIsFullOfAStreamStillPassesItsFailureOn() throws IOException {
        // A stream may itself come out of a store that is full: that is no reason to drop what it has delivered.
        StorageFullException failure = new StorageFullException("The other store is full");
        try (ObjectUpload upload = small.startUpload(STAGING)) {
            assertThatIOException()
                    .isThrownBy(() -> upload.append(0, UploadStreams.failing(new byte[1000], failure)))
                    .isSameAs(failure);
            assertThat(upload.size()).isEqualTo(1000);
            upload.abort();
        }
        assertFitsAgain();
    }

    @Test
    void anAbortedUploadGivesItsRoomBack() throws IOException {
        for (int i = 0; i < 5; i++) {
            try (ObjectUpload upload = small.startUpload(key("staging/" + i))) {
                upload.append(0, UploadStreams.generated(i, ROOM * 3L / 4));
                upload.abort();
            }
        }
        assertFitsAgain();
    }

    @Test
    void whatIsDeletedGivesItsRoomBack() throws IOException {
        byte[] large = Contents.random(4, ROOM * 3 / 4);
        for (int i = 0; i < 5; i++) {
            small.put(KEY, large, PutCondition.ifAbsent());
            small.delete(KEY);
            small.put(KEY, large, PutCondition.ifAbsent());
            small.deleteTree(KeyPrefix.of("full/"));
            try (ObjectUpload upload = small.startUpload(key("staging/" + i))) {
                upload.append(0, new ByteArrayInputStream(large));
                upload.commit(KEY, large.length);
            }
            assertThat(small.deleteIfUnchanged(
                            KEY, small.stat(KEY).orElseThrow().version()))
                    .isTrue();
            small.delete(KEY);
        }
        assertFitsAgain();
    }

    @Test
    void whatIsReplacedGivesItsRoomBack() throws IOException {
        for (int i = 0; i < 20; i++) {
            small.put(KEY, Contents.random(i, ROOM / 4), PutCondition.always());
            try (ObjectUpload upload = small.startUpload(key("staging/" + i))) {
                upload.append(0, UploadStreams.generated(i, ROOM / 4));
                upload.commit(KEY, ROOM / 4);
            }
        }
        small.delete(KEY);
        assertFitsAgain();
    }

    private void assertFitsAgain() throws IOException {
        byte[] content = Contents.random(5, ROOM * 3 / 4);
        ObjectKey other = key("full/other");
        assertThat(small.put(other, content, PutCondition.ifAbsent())).isPresent();
        try (ObjectContent kept = small.open(other).orElseThrow()) {
            assertThat(kept.stream().readAllBytes()).isEqualTo(content);
        }
    }
}
