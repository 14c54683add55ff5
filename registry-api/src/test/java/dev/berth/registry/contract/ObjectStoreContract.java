package dev.berth.registry.contract;

import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link ObjectStore} promises, as tests. A subclass says how to make a store:
 *
 * <pre>{@code
 * class MyObjectStoreTest extends ObjectStoreContract {
 *     @TempDir Path directory;
 *
 *     @Override
 *     protected ObjectStore create() throws IOException {
 *         return new MyObjectStore(Files.createTempDirectory(directory, "store"));
 *     }
 *
 *     @Override
 *     protected ObjectStore reopen(ObjectStore store) throws IOException {
 *         store.close();
 *         return new MyObjectStore(((MyObjectStore) store).directory());
 *     }
 * }
 * }</pre>
 *
 * <p>What a store cannot do, it declares by overriding a capability method; the tests that need it are then reported as
 * skipped. A store behind a slow network makes the numbers smaller. Every test gets a new, empty store.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
public abstract class ObjectStoreContract {
    private ObjectStore store;

    /** For subclasses. */
    protected ObjectStoreContract() {}

    /** Makes a store without objects, each time another one. The contract closes it. */
    protected abstract ObjectStore create() throws IOException;

    /**
     * Opens the storage of this store as another process would, and returns the store that this process has. Closes the
     * given store first if the storage belongs to one process; otherwise leaves it open, and the contract closes both.
     * A store that is not for several processes, nor outlives its own, but whose objects are to be tested as if,
     * returns what it was given.
     */
    protected ObjectStore reopen(ObjectStore open) throws IOException {
        throw new UnsupportedOperationException(
                "Override reopen, or survivesReopen to say that what is stored ends with the store object");
    }

    /** Capability: whether what is stored outlives the store object. */
    protected boolean survivesReopen() {
        return true;
    }

    /**
     * Capability: whether several processes may use the storage at the same time, so that reopen leaves both usable.
     */
    protected boolean sharedBetweenProcesses() {
        return false;
    }

    /**
     * Capability: makes a store that has room for this many bytes of content, and not for twice as many, if such a
     * store can be made. The contract closes it.
     */
    protected Optional<ObjectStore> createWithRoomFor(int bytes) throws IOException {
        return Optional.empty();
    }

    /** Capability: whether of several writers racing with a condition exactly one wins. */
    protected boolean conditionalWritesAreRaceFree() {
        return true;
    }

    /** Capability: whether {@link ObjectStore#write} writes what {@link #bigUploadBytes} has. */
    protected boolean writesStreams() {
        return false;
    }

    /** Capability: whether {@link ObjectStore#prefetch} begins before the result is asked for. */
    protected boolean readsAhead() {
        return false;
    }

    /**
     * Capability: the number of bytes of the longest key. Less than the default only for a store that adds something to
     * keys, such as a prefix.
     */
    protected int longestKeyBytes() {
        return ObjectKey.MAX_BYTES;
    }

    /** The number of keys of the largest listing. */
    protected int manyKeys() {
        return 10_000;
    }

    /** The number of threads that race for one thing. */
    protected int racers() {
        return 16;
    }

    /** How many times a race is run. */
    protected int rounds() {
        return 20;
    }

    /** The size of the largest upload, in bytes. */
    protected int bigUploadBytes() {
        return 20 * 1024 * 1024;
    }

    @BeforeEach
    final void openStore() throws IOException {
        store = create();
    }

    @AfterEach
    final void closeStore() throws IOException {
        store.close();
    }

    final ObjectStore store() {
        return store;
    }

    /** From now on {@link #store()} is another one, without objects: for the next value of a rule. */
    final void renewStore() throws IOException {
        store.close();
        store = create();
    }

    /** From now on {@link #store()} is what another process sees. */
    final void reopenStore() throws IOException {
        ObjectStore before = store;
        store = reopen(before);
        if (store != before) {
            before.close();
        }
    }

    /** Opens a second store beside {@link #store()}. */
    final ObjectStore openAnother() throws IOException {
        return reopen(store);
    }

    @Nested
    class Reading extends ReadingRules {
        Reading() {
            super(ObjectStoreContract.this);
        }
    }

    @Nested
    class EndOfReading extends ReadingEndRules {
        EndOfReading() {
            super(ObjectStoreContract.this);
        }
    }

    @Nested
    class Prefetching extends PrefetchRules {
        Prefetching() {
            super(ObjectStoreContract.this);
        }
    }

    @Nested
    class Writing extends WritingRules {
        Writing() {
            super(ObjectStoreContract.this);
        }
    }

    @Nested
    class Batches extends BatchRules {
        Batches() {
            super(ObjectStoreContract.this);
        }
    }

    @Nested
    class StreamWriting extends StreamWritingRules {
        StreamWriting() {
            super(ObjectStoreContract.this);
        }
    }

    @Nested
    class Conditions extends ConditionRules {
        Conditions() {
            super(ObjectStoreContract.this);
        }
    }

    @Nested
    class Atomicity extends AtomicityRules {
        Atomicity() {
            super(ObjectStoreContract.this);
        }
    }

    @Nested
    class Deleting extends DeletionRules {
        Deleting() {
            super(ObjectStoreContract.this);
        }
    }

    @Nested
    class Listing extends ListingRules {
        Listing() {
            super(ObjectStoreContract.this);
        }
    }

    @Nested
    class Keys extends KeyRules {
        Keys() {
            super(ObjectStoreContract.this);
        }
    }

    @Nested
    class Uploading extends UploadRules {
        Uploading() {
            super(ObjectStoreContract.this);
        }
    }

    @Nested
    class UploadLife extends UploadLifeRules {
        UploadLife() {
            super(ObjectStoreContract.this);
        }
    }

    @Nested
    class FailingUploads extends UploadFailureRules {
        FailingUploads() {
            super(ObjectStoreContract.this);
        }
    }

    @Nested
    class UploadRaces extends UploadRaceRules {
        UploadRaces() {
            super(ObjectStoreContract.this);
        }
    }

    @Nested
    class Interruption extends InterruptionRules {
        Interruption() {
            super(ObjectStoreContract.this);
        }
    }

    @Nested
    class Fullness extends FullnessRules {
        Fullness() {
            super(ObjectStoreContract.this);
        }
    }

    @Nested
    class Closing extends ClosingRules {
        Closing() {
            super(ObjectStoreContract.this);
        }
    }

    @Nested
    class Health extends HealthRules {
        Health() {
            super(ObjectStoreContract.this);
        }
    }

    @Nested
    class Sharing extends SharingRules {
        Sharing() {
            super(ObjectStoreContract.this);
        }
    }
}
