package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.MountSource;
import dev.berth.registry.Repository;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Making blobs of other repositories visible without moving them. */
@Tag("end-11")
abstract class BlobMountRules extends RegistryRules {
    BlobMountRules(RegistryContract contract) {
        super(contract);
    }

    private void requireMount() {
        assumeTrue(contract.supportsMount(), "The registry does not mount");
    }

    private void requireMountFromAny() {
        assumeTrue(contract.supportsMountFromAny(), "The registry mounts only from a repository that is named");
    }

    private void requirePredicate() {
        assumeTrue(contract.supportsMountFromAnyReadable(), "The registry cannot limit where it mounts from");
    }

    @Test
    void aBlobOfTheRepositoryThatIsNamedIsMounted() throws IOException {
        requireMount();
        Repository source = freshRepository();
        Repository target = freshRepository();
        byte[] bytes = freshBytes(100_000);
        Digest digest = push(source, bytes).digest();
        assertMounted(target.blobs().mount(digest, MountSource.from(source.name())), digest, bytes.length);
        assertHas(target, digest, bytes);
        assertHas(source, digest, bytes);
    }

    @Test
    void aBlobWithASha512IsMounted() throws IOException {
        requireMount();
        Repository source = freshRepository();
        Repository target = freshRepository();
        byte[] bytes = freshBytes(1000);
        Digest digest = Digest.compute(DigestAlgorithm.SHA512, bytes);
        source.blobs().push(digest, BlobSource.of(bytes));
        assertMounted(target.blobs().mount(digest, MountSource.from(source.name())), digest, bytes.length);
        assertHas(target, digest, bytes);
    }

    @Test
    void aBlobThatTheRepositoryDoesNotHaveIsNotMounted() {
        Repository target = freshRepository();
        Repository source = freshRepository();
        pushFresh(source, 100);
        Digest elsewhere = pushFresh(freshRepository(), 100);
        Digest nowhere = Digest.sha256(freshBytes(100));
        for (Digest digest : List.of(elsewhere, nowhere)) {
            assertThat(target.blobs().mount(digest, MountSource.from(source.name())))
                    .isEmpty();
            assertThat(target.blobs().mount(digest, MountSource.from(freshName())))
                    .isEmpty();
            assertLacks(target, digest);
        }
    }

    @Test
    void aBlobOfTheOwnRepositoryIsThereAfterAsBefore() throws IOException {
        requireMount();
        Repository repository = freshRepository();
        byte[] bytes = freshBytes(100);
        Digest digest = push(repository, bytes).digest();
        assertMounted(repository.blobs().mount(digest, MountSource.from(repository.name())), digest, bytes.length);
        assertHas(repository, digest, bytes);
        Digest missing = Digest.sha256(freshBytes(100));
        assertThat(repository.blobs().mount(missing, MountSource.from(repository.name())))
                .isEmpty();
        assertLacks(repository, missing);
    }

    @Test
    void whatIsMountedStaysWhenItsSourceIsDeleted() throws IOException {
        requireMount();
        assumeTrue(contract.supportsDelete(), "The registry does not delete");
        Repository source = freshRepository();
        Repository target = freshRepository();
        Repository late = freshRepository();
        byte[] bytes = freshBytes(1000);
        Digest digest = push(source, bytes).digest();
        assertMounted(target.blobs().mount(digest, MountSource.from(source.name())), digest, bytes.length);
        source.blobs().delete(digest);
        assertHas(target, digest, bytes);
        assertThat(late.blobs().mount(digest, MountSource.from(source.name()))).isEmpty();
        assertLacks(late, digest);
    }

    @Test
    void aBlobOfAnyRepositoryIsMounted() throws IOException {
        requireMountFromAny();
        byte[] bytes = freshBytes(1000);
        Digest digest = push(freshRepository(), bytes).digest();
        Repository target = freshRepository();
        assertMounted(target.blobs().mount(digest, MountSource.any()), digest, bytes.length);
        assertHas(target, digest, bytes);
    }

    @Test
    void aBlobThatNoRepositoryHasIsNotMounted() {
        Repository target = freshRepository();
        Digest never = Digest.sha256(freshBytes(100));
        assertThat(target.blobs().mount(never, MountSource.any())).isEmpty();
        assertLacks(target, never);
        if (contract.supportsDelete()) {
            Repository source = freshRepository();
            Digest noLonger = pushFresh(source, 100);
            source.blobs().delete(noLonger);
            assertThat(target.blobs().mount(noLonger, MountSource.any())).isEmpty();
            assertLacks(target, noLonger);
        }
    }

    @Test
    void aBlobOfAReadableRepositoryIsMounted() throws IOException {
        requirePredicate();
        byte[] bytes = freshBytes(1000);
        Repository hidden = freshRepository();
        Repository readable = freshRepository();
        Digest digest = push(hidden, bytes).digest();
        push(readable, bytes);
        Repository target = freshRepository();
        assertMounted(
                target.blobs().mount(digest, MountSource.anyReadable(readable.name()::equals)), digest, bytes.length);
        assertHas(target, digest, bytes);
    }

    /** Also of a registry that cannot ask: it must not mount then. */
    @Test
    void aBlobThatOnlyHiddenRepositoriesHaveIsNotMounted() {
        Repository hidden = freshRepository();
        Digest digest = pushFresh(hidden, 100);
        Repository target = freshRepository();
        assertThat(target.blobs().mount(digest, MountSource.anyReadable(name -> false)))
                .isEmpty();
        assertThat(target.blobs().mount(digest, MountSource.anyReadable(name -> !name.equals(hidden.name()))))
                .isEmpty();
        assertLacks(target, digest);
    }

    private static void assertMounted(Optional<Descriptor> mounted, Digest digest, long size) {
        assertThat(mounted.map(Descriptor::digest)).contains(digest);
        assertThat(mounted.map(Descriptor::size)).contains(size);
    }
}
