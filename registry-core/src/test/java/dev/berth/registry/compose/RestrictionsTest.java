package dev.berth.registry.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MountSource;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.UploadId;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@link ReadOnly} and {@link WithoutDeletion}. */
class RestrictionsTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");
    private static final byte[] BLOB = {1, 2, 3};
    private static final Digest DIGEST = Digest.sha256(BLOB);
    private static final Manifest MANIFEST = Manifest.of("application/x", "{}".getBytes(StandardCharsets.UTF_8));

    private final Registry registry = StorageRegistry.over(MemoryObjectStore.create());
    private final Repository behind = registry.repository(NAME);

    @BeforeEach
    void fill() {
        behind.blobs().push(DIGEST, BlobSource.of(BLOB));
        behind.manifests().put(MANIFEST, Tag.parse("1.0"));
    }

    private static void assertUnsupported(ThrowingCallable call, String... parts) {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(call)
                .withMessageContainingAll(parts)
                .extracting(RegistryException::code)
                .isEqualTo(ErrorCode.UNSUPPORTED);
    }

    @Test
    void readOnlyAllowsReading() throws Exception {
        Registry readOnly = ReadOnly.of(registry);
        Repository repository = readOnly.repository(NAME);

        assertThat(repository.name()).isEqualTo(NAME);
        assertThat(repository.manifests().get(Tag.parse("1.0"))).isEqualTo(MANIFEST);
        assertThat(repository.manifests().find(MANIFEST.digest())).isPresent();
        assertThat(repository.manifests().referrers(MANIFEST.digest()).toList()).isEmpty();
        assertThat(repository.tags().list().toList()).containsExactly(Tag.parse("1.0"));
        assertThat(repository.tags().resolve(Tag.parse("1.0"))).isPresent();
        assertThat(repository.blobs().find(DIGEST)).isPresent();
        try (BlobContent content = repository.blobs().open(DIGEST)) {
            assertThat(content.stream().readAllBytes()).isEqualTo(BLOB);
        }
        assertThat(readOnly.repositories().toList()).containsExactly(NAME);
        assertThat(readOnly.identity()).isEqualTo(registry.identity());
        readOnly.checkHealth();
        registry.close();
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(readOnly::checkHealth)
                .extracting(RegistryException::code)
                .isEqualTo(ErrorCode.UNAVAILABLE);
    }

    @Test
    void readOnlyAllowsNothingElse() {
        Repository repository = ReadOnly.of(registry).repository(NAME);

        assertUnsupported(() -> repository.manifests().put(MANIFEST), "read-only", "team/app", "configuration");
        assertUnsupported(() -> repository.blobs().push(BlobSource.of(BLOB)), "read-only", "team/app");
        assertUnsupported(
                () -> repository.blobs().push(BlobSource.once(InputStream.nullInputStream())), "read-only", "team/app");
        assertUnsupported(
                () -> repository.manifests().delete(MANIFEST.digest()),
                MANIFEST.digest().toString());
        assertUnsupported(() -> repository.tags().put(Tag.parse("2.0"), MANIFEST.digest()), "2.0");
        assertUnsupported(() -> repository.tags().delete(Tag.parse("1.0")), "1.0");
        assertUnsupported(() -> repository.blobs().push(DIGEST, BlobSource.of(BLOB)), DIGEST.toString());
        assertUnsupported(() -> repository.blobs().mount(DIGEST, MountSource.any()), DIGEST.toString());
        assertUnsupported(() -> repository.blobs().startUpload(), "team/app");
        assertUnsupported(() -> repository.blobs().resumeUpload(UploadId.of("x")), "team/app");
        assertUnsupported(() -> repository.blobs().delete(DIGEST), DIGEST.toString());
        assertThat(behind.manifests().get(Tag.parse("1.0"))).isEqualTo(MANIFEST);
        assertThat(behind.blobs().find(DIGEST)).isPresent();
    }

    @Test
    void withoutDeletionNothingIsDeleted() {
        Repository repository = WithoutDeletion.of(registry).repository(NAME);

        assertUnsupported(
                () -> repository.manifests().delete(MANIFEST.digest()),
                MANIFEST.digest().toString());
        assertUnsupported(() -> repository.tags().delete(Tag.parse("1.0")), "1.0");
        assertUnsupported(() -> repository.blobs().delete(DIGEST), DIGEST.toString());
        assertThat(repository.manifests().get(Tag.parse("1.0"))).isEqualTo(MANIFEST);
        assertThat(repository.blobs().find(DIGEST)).isPresent();
    }

    @Test
    void withoutDeletionEverythingElseWorks() {
        Repository repository = WithoutDeletion.of(registry).repository(NAME);

        repository.manifests().put(MANIFEST, Tag.parse("2.0"));
        try (BlobUpload upload = repository.blobs().startUpload()) {
            upload.cancel();
        }
        assertThat(behind.tags().list().toList()).containsExactly(Tag.parse("1.0"), Tag.parse("2.0"));
    }

    @Test
    void readOnlyFailsWithTheDenialThatIsGiven() {
        Repository repository = ReadOnly.of(registry, Denial.denied("ask the team for the right to push"))
                .repository(NAME);

        assertDenied(
                () -> repository.blobs().push(DIGEST, BlobSource.of(BLOB)),
                "You may not push the blob " + DIGEST + " to team/app; ask the team for the right to push");
        assertDenied(() -> repository.manifests().put(MANIFEST), "push the manifest");
        assertDenied(() -> repository.tags().delete(Tag.parse("1.0")), "delete the tag 1.0 of team/app");
        assertThat(repository.manifests().get(Tag.parse("1.0"))).isEqualTo(MANIFEST);
    }

    @Test
    void withoutDeletionFailsWithTheDenialThatIsGiven() {
        Repository repository = WithoutDeletion.of(registry, Denial.denied("ask an administrator to delete it"))
                .repository(NAME);

        assertDenied(() -> repository.manifests().delete(MANIFEST.digest()), "delete the manifest");
        assertDenied(
                () -> repository.tags().delete(Tag.parse("1.0")),
                "You may not delete the tag 1.0 of team/app; ask an administrator to delete it");
        assertDenied(() -> repository.blobs().delete(DIGEST), "delete the blob");
        assertThat(behind.blobs().find(DIGEST)).isPresent();
    }

    private static void assertDenied(ThrowingCallable call, String part) {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(call)
                .withMessageContaining(part)
                .extracting(RegistryException::code)
                .isEqualTo(ErrorCode.DENIED);
    }

    @Test
    void closingARestrictedRegistryKeepsTheOneBehindItOpen() {
        ReadOnly.of(registry).close();
        WithoutDeletion.of(registry).close();

        assertThat(behind.tags().list().toList()).hasSize(1);
    }
}
