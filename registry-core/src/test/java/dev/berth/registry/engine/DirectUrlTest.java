package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Blobs;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.DirectUrl;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Direct URLs of blobs come from the store, for blobs that the repository has. */
class DirectUrlTest {
    private static final Duration VALIDITY = Duration.ofMinutes(20);

    private final byte[] bytes = {1, 2, 3};
    private final Digest digest = Digest.sha256(bytes);
    private final ObjectStore memory = MemoryObjectStore.create();

    /** A store that has an address for every object. */
    private static final class OfferingStore extends InterceptedStore {
        OfferingStore(ObjectStore store) {
            super(store);
        }

        @Override
        @SuppressWarnings("unchecked") // directUrl returns just this
        <T> T intercept(String operation, String name, Call<T> call) throws IOException {
            return operation.equals("directUrl")
                    ? (T) Optional.of(URI.create("https://store.example/" + name))
                    : call.run();
        }
    }

    private static Blobs blobs(Registry registry, String repository) {
        return registry.repository(RepositoryName.parse(repository)).blobs();
    }

    @Test
    void aDirectUrlIsTheUrlOfTheData() {
        Registry registry = StorageRegistry.over(new OfferingStore(memory));
        blobs(registry, "team/app").push(digest, BlobSource.of(bytes));

        DirectUrl url = blobs(registry, "team/app").directUrl(digest, VALIDITY).orElseThrow();

        assertThat(url.uri()).hasToString("https://store.example/" + Keys.data(digest));
        assertThat(url.blob()).isEqualTo(StoredBlobs.descriptor(digest, bytes.length));
    }

    /** As registry:2 stores it: the link names the data by another digest than its own. */
    @Test
    void aDirectUrlFollowsTheTargetOfTheLink() throws IOException {
        Registry registry = StorageRegistry.over(new OfferingStore(memory));
        Digest sha512 = Digest.compute(DigestAlgorithm.SHA512, bytes);
        DockerLayout layout = new DockerLayout(memory);
        layout.write(DockerLayout.data(digest), bytes);
        layout.write(DockerLayout.layer(RepositoryName.parse("team/app"), sha512), digest.toString());

        assertThat(blobs(registry, "team/app").directUrl(sha512, VALIDITY))
                .map(DirectUrl::uri)
                .hasValue(URI.create("https://store.example/" + Keys.data(digest)));
    }

    @Test
    void aRepositoryWithoutTheBlobGivesNoDirectUrl() {
        Registry registry = StorageRegistry.over(new OfferingStore(memory));
        blobs(registry, "team/app").push(digest, BlobSource.of(bytes));

        assertThatThrownBy(() -> blobs(registry, "other").directUrl(digest, VALIDITY))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BLOB_UNKNOWN));
    }

    @Test
    void aStoreWithoutDirectUrlsGivesNone() {
        Registry registry = StorageRegistry.over(memory);
        blobs(registry, "team/app").push(digest, BlobSource.of(bytes));

        assertThat(blobs(registry, "team/app").directUrl(digest, VALIDITY)).isEmpty();
    }

    @Test
    void aDirectUrlIsNotPrintedByToString() {
        DirectUrl url = new DirectUrl(
                StoredBlobs.descriptor(digest, 3), URI.create("https://store.example/data?signature=secret"));

        assertThat(url.toString()).contains("store.example").doesNotContain("secret");
    }
}
