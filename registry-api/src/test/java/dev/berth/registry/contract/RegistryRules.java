package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobSource;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Listing;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;

/** A part of {@link RegistryContract}, with what all parts need. */
abstract class RegistryRules {
    final RegistryContract contract;

    RegistryRules(RegistryContract contract) {
        this.contract = contract;
    }

    final Registry registry() {
        return contract.registry();
    }

    /** Returns a name that nobody else uses. */
    static RepositoryName freshName() {
        String random = UUID.randomUUID().toString();
        return RepositoryName.parse("contract-" + random.substring(24) + "/" + random.substring(0, 8));
    }

    /** Returns a repository that nobody else uses, and that does not exist. */
    final Repository freshRepository() {
        return registry().repository(freshName());
    }

    /** Opens the registry as another process would, or ends the test as skipped. */
    final Registry openElsewhere() {
        return contract.elsewhere().orElseGet(() -> Assumptions.abort("There is no second object for the registry"));
    }

    // Blobs.

    /** Returns bytes that nobody else has. */
    static byte[] freshBytes(int size) {
        return Contents.random(UUID.randomUUID().getMostSignificantBits(), size);
    }

    /** Returns bytes as a source that does not know its size and can be read once. */
    static BlobSource unsized(byte[] bytes) {
        return BlobSource.once(new ByteArrayInputStream(bytes));
    }

    static Descriptor push(Repository repository, byte[] bytes) {
        return repository.blobs().push(Digest.sha256(bytes), BlobSource.of(bytes));
    }

    static Digest pushFresh(Repository repository, int size) {
        return push(repository, freshBytes(size)).digest();
    }

    static byte[] read(Repository repository, Digest digest) throws IOException {
        return read(repository, digest, ByteRange.all());
    }

    static byte[] read(Repository repository, Digest digest, ByteRange range) throws IOException {
        try (BlobContent content = repository.blobs().open(digest, range)) {
            byte[] bytes = content.stream().readAllBytes();
            assertThat(content.length()).as("length of %s", range).isEqualTo(bytes.length);
            return bytes;
        }
    }

    /** Asserts that the repository has a blob with these bytes. */
    static void assertHas(Repository repository, Digest digest, byte[] bytes) throws IOException {
        assertThat(repository.blobs().find(digest))
                .contains(Descriptor.of(MediaTypes.OCTET_STREAM, digest, bytes.length));
        assertThat(read(repository, digest)).isEqualTo(bytes);
    }

    /** Asserts that the repository does not have a blob, whichever way one looks. */
    static void assertLacks(Repository repository, Digest digest) {
        assertThat(repository.blobs().find(digest)).isEmpty();
        assertThat(failure(ErrorCode.BLOB_UNKNOWN, () -> repository.blobs().open(digest)))
                .hasMessageContaining(digest.toString());
    }

    // Manifests.

    /** Pushes a new config and a new layer, and returns an image manifest of them, which is not pushed. */
    static Manifest imageIn(Repository repository) {
        return ManifestText.imageWithContentIn(repository).manifest();
    }

    /** Pushes a new image. */
    static Manifest putImage(Repository repository, Tag... tags) {
        Manifest image = imageIn(repository);
        repository.manifests().put(image, tags);
        return image;
    }

    static Tag tag(String name) {
        return Tag.parse(name);
    }

    /** Asserts that the repository has this manifest under its digest and these tags. */
    static void assertHas(Repository repository, Manifest manifest, Tag... tags) {
        assertThat(repository.manifests().find(manifest.digest())).contains(manifest.descriptor());
        assertSame(repository.manifests().get(manifest.digest()), manifest);
        for (Tag tag : tags) {
            assertThat(repository.manifests().find(tag)).contains(manifest.descriptor());
            assertThat(repository.tags().resolve(tag)).contains(manifest.descriptor());
            assertSame(repository.manifests().get(tag), manifest);
        }
    }

    private static void assertSame(Manifest actual, Manifest expected) {
        assertThat(actual).isEqualTo(expected);
        assertThat(actual.bytes()).isEqualTo(expected.bytes());
    }

    /** Asserts that the repository does not have a manifest, whichever way one looks. */
    static void assertLacks(Repository repository, Manifest manifest) {
        assertThat(repository.manifests().find(manifest.digest())).isEmpty();
        assertThat(failure(
                        ErrorCode.MANIFEST_UNKNOWN, () -> repository.manifests().get(manifest.digest())))
                .hasMessageContaining(manifest.digest().toString());
    }

    /** Asserts that a tag names nothing, whichever way one looks. */
    static void assertLacks(Repository repository, Tag tag) {
        assertThat(repository.manifests().find(tag)).isEmpty();
        assertThat(repository.tags().resolve(tag)).isEmpty();
        assertThat(failure(
                        ErrorCode.MANIFEST_UNKNOWN, () -> repository.manifests().get(tag)))
                .hasMessageContaining(tag.toString());
    }

    /** Asserts that a repository does not exist. */
    static void assertDoesNotExist(Repository repository) {
        assertThat(failure(
                        ErrorCode.NAME_UNKNOWN, () -> repository.tags().list().toList()))
                .hasMessageContaining(repository.name().toString());
    }

    // Listings and failures.

    /**
     * Asserts that a listing, with every place to begin behind and several limits, shows what a sorted list has.
     *
     * @param expected all that there is, in its order
     * @param places where to begin, whether they exist or not
     */
    static <T extends Comparable<T>> void assertPages(Listing<T, T> listing, List<T> expected, List<T> places) {
        assertThat(listing.toList()).isEqualTo(expected);
        for (T place : places) {
            List<T> behind =
                    expected.stream().filter(each -> each.compareTo(place) > 0).toList();
            assertThat(listing.after(place).toList()).as("after %s", place).isEqualTo(behind);
            assertThat(listing.after(place).limit(2).toList())
                    .as("2 after %s", place)
                    .isEqualTo(behind.subList(0, Math.min(2, behind.size())));
        }
        T middle = expected.get(expected.size() / 2);
        List<T> second = expected.subList(expected.size() / 2 + 1, expected.size());
        for (int limit : new int[] {0, 1, second.size(), second.size() + 1, expected.size(), expected.size() + 1}) {
            assertThat(listing.after(middle).limit(limit).toList())
                    .as("%d after %s", limit, middle)
                    .isEqualTo(second.subList(0, Math.min(limit, second.size())));
            assertThat(listing.limit(limit).toList())
                    .as("the first %d", limit)
                    .isEqualTo(expected.subList(0, Math.min(limit, expected.size())));
        }
    }

    /** Asserts that a call fails in this way, and returns how. */
    static RegistryException failure(ErrorCode code, ThrowingCallable call) {
        RegistryException failure = catchThrowableOfType(RegistryException.class, call);
        assertThat(failure).as("failure, which should be %s", code).isNotNull();
        assertThat(failure.code()).as(failure.getMessage()).isEqualTo(code);
        return failure;
    }
}
