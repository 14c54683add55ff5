package dev.berth.registry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MountSource;
import dev.berth.registry.PutOptions;
import dev.berth.registry.ReferrerFilter;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagCondition;
import dev.berth.registry.client.fixtures.Content;
import dev.berth.registry.client.fixtures.DockerRegistry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Docker's own registry, as it is: without referrers, conditions and deletion of tags. The contract of registries cannot
 * hold for it, but all that it does must be within reach.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DockerRegistryTest {
    private DockerRegistry docker;
    private RemoteRegistry registry;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        docker = DockerRegistry.start(directory);
        registry = RemoteRegistry.at(docker.address());
    }

    @AfterAll
    void stop() {
        if (docker != null) {
            registry.close();
            docker.close();
        }
    }

    private Repository repository(TestInfo test) {
        return registry.repository(RepositoryName.parse(
                "tests/" + test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT)));
    }

    private static byte[] pull(Repository repository, Digest digest, ByteRange range) throws IOException {
        try (BlobContent content = repository.blobs().open(digest, range)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            content.transferTo(bytes);
            return bytes.toByteArray();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100_000, 5_000_000})
    void pushesAndPullsABlob(int size, TestInfo test) throws IOException {
        Repository repository = repository(test);
        byte[] bytes = Content.bytes(size, size);
        Digest digest = Digest.sha256(bytes);

        assertThat(repository.blobs().find(digest)).isEmpty();
        assertThat(repository.blobs().push(digest, BlobSource.of(bytes)).size()).isEqualTo(size);

        assertThat(repository.blobs().find(digest)).map(Descriptor::size).contains((long) size);
        assertThat(pull(repository, digest, ByteRange.all())).isEqualTo(bytes);
    }

    @Test
    void pushesAStreamOfUnknownLength(TestInfo test) throws IOException {
        Repository repository = repository(test);
        byte[] bytes = Content.bytes(1, 300_000);

        repository.blobs().push(Digest.sha256(bytes), BlobSource.once(new ByteArrayInputStream(bytes)));

        assertThat(pull(repository, Digest.sha256(bytes), ByteRange.all())).isEqualTo(bytes);
    }

    @Test
    void refusesContentThatIsNotWhatItIsSaidToBe(TestInfo test) {
        Repository repository = repository(test);
        Digest other = Digest.sha256(new byte[] {1});

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> repository.blobs().push(other, BlobSource.of(new byte[] {2})))
                .matches(e -> e.code() == ErrorCode.DIGEST_INVALID)
                .withMessageContaining(other.toString());
        assertThat(repository.blobs().find(other)).isEmpty();
    }

    @Test
    void pullsPartsOfABlob(TestInfo test) throws IOException {
        Repository repository = repository(test);
        byte[] bytes = Content.bytes(2, 100_000);
        Digest digest = Content.blob(repository, bytes).digest();

        assertThat(pull(repository, digest, ByteRange.between(10, 19))).isEqualTo(Arrays.copyOfRange(bytes, 10, 20));
        assertThat(pull(repository, digest, ByteRange.from(99_990)))
                .isEqualTo(Arrays.copyOfRange(bytes, 99_990, 100_000));
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> repository.blobs().open(digest, ByteRange.from(100_000)))
                .matches(e -> e.code() == ErrorCode.RANGE_INVALID);
    }

    @Test
    void saysThatABlobIsMissing(TestInfo test) {
        Digest missing = Digest.sha256(new byte[] {3});

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> repository(test).blobs().open(missing))
                .matches(e -> e.code() == ErrorCode.BLOB_UNKNOWN)
                .withMessageContaining(missing.toString())
                .withMessageContaining(repository(test).name().value())
                .withMessageContaining(docker.address());
    }

    @Test
    void uploadsInPiecesAndGoesOnWithAnUpload(TestInfo test) throws IOException {
        Repository repository = repository(test);
        byte[] bytes = Content.bytes(4, 200_001);
        BlobUpload first = repository.blobs().startUpload();
        first.append(0, BlobSource.of(Arrays.copyOf(bytes, 1)));
        first.append(1, BlobSource.of(Arrays.copyOfRange(bytes, 1, 100_000)));

        BlobUpload second = repository.blobs().resumeUpload(first.id());
        assertThat(second.offset()).isEqualTo(100_000);
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> second.append(99_999, BlobSource.of(new byte[10])))
                .matches(e ->
                        e.code() == ErrorCode.RANGE_INVALID && e.uploadOffset().orElse(0) == 100_000);
        second.append(100_000, BlobSource.once(new ByteArrayInputStream(bytes, 100_000, 100_001)));
        Descriptor blob = second.commit(Digest.sha256(bytes));

        assertThat(blob.size()).isEqualTo(bytes.length);
        assertThat(pull(repository, blob.digest(), ByteRange.all())).isEqualTo(bytes);
    }

    @Test
    void knowsOfAnUploadOfOneByteAlthoughTheRegistryCannotSay(TestInfo test) throws IOException {
        Repository repository = repository(test);
        byte[] two = {7, 8};
        BlobUpload first = repository.blobs().startUpload();
        first.append(0, BlobSource.of(Arrays.copyOf(two, 1)));

        BlobUpload second = repository.blobs().resumeUpload(first.id());
        second.append(1, BlobSource.of(new byte[] {8}));
        assertThat(second.commit(Digest.sha256(two)).size()).isEqualTo(2);

        BlobUpload third = repository.blobs().startUpload();
        third.append(0, BlobSource.of(new byte[] {9}));
        assertThat(repository
                        .blobs()
                        .resumeUpload(third.id())
                        .commit(Digest.sha256(new byte[] {9}))
                        .size())
                .isEqualTo(1);
    }

    @Test
    void cancelsAnUpload(TestInfo test) {
        Repository repository = repository(test);
        BlobUpload upload = repository.blobs().startUpload();

        upload.cancel();
        upload.cancel();

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> repository.blobs().resumeUpload(upload.id()))
                .matches(e -> e.code() == ErrorCode.BLOB_UPLOAD_UNKNOWN);
    }

    @Test
    void mountsABlobFromAnotherRepository(TestInfo test) throws IOException {
        Repository source = registry.repository(RepositoryName.parse("tests/mountsource"));
        byte[] bytes = Content.bytes(5, 10_000);
        Digest digest = Content.blob(source, bytes).digest();
        Repository target = repository(test);

        assertThat(target.blobs().mount(digest, MountSource.from(source.name())))
                .map(Descriptor::size)
                .contains(10_000L);
        assertThat(pull(target, digest, ByteRange.all())).isEqualTo(bytes);
        assertThat(target.blobs().mount(Digest.sha256(new byte[] {6}), MountSource.from(source.name())))
                .isEmpty();
    }

    @Test
    void pushesAndPullsAManifest(TestInfo test) {
        Repository repository = repository(test);
        Manifest image = Content.image(repository, 7);

        var result = repository.manifests().put(image, Tag.parse("1.0"), Tag.parse("latest"));

        assertThat(result.tags()).containsExactly(Tag.parse("1.0"), Tag.parse("latest"));
        assertThat(repository.manifests().get(Tag.parse("1.0"))).isEqualTo(image);
        assertThat(repository.manifests().get(image.digest())).isEqualTo(image);
        assertThat(repository.manifests().find(Tag.parse("latest"))).contains(image.descriptor());
        assertThat(repository.manifests().find(Tag.parse("nightly"))).isEmpty();
        assertThat(repository.tags().resolve(Tag.parse("latest"))).contains(image.descriptor());
    }

    @Test
    void listsTagsAPageAtATime(TestInfo test) {
        Repository repository = repository(test);
        Manifest image = Content.image(repository, 8);
        List<Tag> tags = new ArrayList<>();
        for (int i = 10; i < 31; i++) {
            tags.add(Tag.parse("v" + i));
        }
        repository.manifests().put(image, tags.toArray(Tag[]::new));

        assertThat(repository.tags().list()).containsExactlyElementsOf(tags);
        assertThat(repository.tags().list().after(Tag.parse("v27")))
                .containsExactly(Tag.parse("v28"), Tag.parse("v29"), Tag.parse("v30"));
        assertThat(repository.tags().list().after(Tag.parse("v12")).limit(2))
                .containsExactly(Tag.parse("v13"), Tag.parse("v14"));
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> registry.repository(RepositoryName.parse("tests/nobody"))
                        .tags()
                        .list()
                        .toList())
                .matches(e -> e.code() == ErrorCode.NAME_UNKNOWN);
    }

    @Test
    void listsRepositories(TestInfo test) {
        Repository repository = repository(test);
        repository.manifests().put(Content.image(repository, 9), Tag.parse("1"));

        assertThat(registry.repositories()).contains(repository.name());
        assertThat(registry.repositories()
                        .after(RepositoryName.parse("tests/listsa"))
                        .limit(1))
                .containsExactly(repository.name());
    }

    @Test
    void deletesAManifestAndABlob(TestInfo test) {
        Repository repository = repository(test);
        Manifest image = Content.image(repository, 10);
        repository.manifests().put(image, Tag.parse("1"));

        assertThat(repository.manifests().delete(image.digest()).deleted()).isTrue();
        assertThat(repository.manifests().delete(image.digest()).deleted()).isFalse();
        assertThat(repository.manifests().find(Tag.parse("1"))).isEmpty();

        Digest blob = Content.blob(repository, new byte[] {11}).digest();
        assertThat(repository.blobs().delete(blob)).isTrue();
        assertThat(repository.blobs().delete(blob)).isFalse();
        assertThat(repository.blobs().find(blob)).isEmpty();
    }

    /** It could only delete the manifest, with all other tags that it has. */
    @Test
    void doesNotDeleteATagByItsManifest(TestInfo test) {
        Repository repository = repository(test);
        Manifest image = Content.image(repository, 12);
        repository.manifests().put(image, Tag.parse("1"), Tag.parse("2"));

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> repository.tags().delete(Tag.parse("1")))
                .matches(e -> e.code() == ErrorCode.UNSUPPORTED)
                .withMessageContaining("tag 1")
                .withMessageContaining(docker.address());
        assertThat(repository.tags().list()).containsExactly(Tag.parse("1"), Tag.parse("2"));
        assertThat(repository.manifests().get(Tag.parse("1"))).isEqualTo(image);
    }

    @Test
    void doesNotPretendToKeepConditions(TestInfo test) {
        Repository repository = repository(test);
        Manifest image = Content.image(repository, 13);

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> repository
                        .manifests()
                        .put(image, PutOptions.tagged(Tag.parse("1")).onlyIf(TagCondition.absent())))
                .matches(e -> e.code() == ErrorCode.UNSUPPORTED);
        assertThat(repository.manifests().find(image.digest())).isEmpty();
    }

    @Test
    void saysWhatAManifestLacks(TestInfo test) {
        Repository repository = repository(test);
        Manifest image = Content.image(registry.repository(RepositoryName.parse("tests/another")), 14);

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> repository.manifests().put(image, Tag.parse("1")))
                .matches(e -> e.code() == ErrorCode.MANIFEST_BLOB_UNKNOWN)
                .withMessageContaining(repository.name().value());
    }

    @Test
    void keepsReferrersInTheFallbackTag(TestInfo test) {
        Repository repository = repository(test);
        Manifest image = Content.image(repository, 15);
        repository.manifests().put(image, Tag.parse("1"));
        assertThat(repository.manifests().referrers(image.digest())).isEmpty();

        Manifest first = Content.artifact(repository, image, "first");
        Manifest second = Content.artifact(repository, image, "second");
        assertThat(repository.manifests().put(first).subject()).contains(image.digest());
        repository.manifests().put(second);
        repository.manifests().put(second);

        List<Descriptor> listed =
                repository.manifests().referrers(image.digest()).toList();
        assertThat(listed).extracting(Descriptor::digest).containsExactlyInAnyOrder(first.digest(), second.digest());
        assertThat(listed).allSatisfy(entry -> {
            assertThat(entry.artifactType()).contains("application/vnd.example.note");
            assertThat(entry.annotations()).containsKey("note");
        });
        assertThat(repository
                        .manifests()
                        .referrers(image.digest(), ReferrerFilter.ofArtifactType("application/vnd.example.other")))
                .isEmpty();
        Tag fallback = Tag.parse("sha256-" + image.digest().hex());
        assertThat(repository.tags().list()).containsExactly(Tag.parse("1"), fallback);

        assertThat(repository.manifests().delete(first.digest()).deleted()).isTrue();
        assertThat(repository.manifests().referrers(image.digest()))
                .extracting(Descriptor::digest)
                .containsExactly(second.digest());
    }

    @Test
    void leavesNoConnectionInUse(TestInfo test) throws IOException {
        Repository repository = repository(test);
        Digest digest = Content.blob(repository, Content.bytes(16, 1_000_000)).digest();

        try (BlobContent content = repository.blobs().open(digest)) {
            assertThat(content.stream().read()).isNotNegative();
        }
        assertThat(repository.blobs().find(Digest.sha256(new byte[] {17}))).isEqualTo(Optional.empty());

        assertThat(registry.connectionsInUse()).isZero();
    }
}
