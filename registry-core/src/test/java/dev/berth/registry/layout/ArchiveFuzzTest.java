package dev.berth.registry.layout;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.berth.registry.BlobContent;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.fixtures.Allocations;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.manifest.ManifestReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

/** Any file is an archive of images, or is refused; and what is read from one is of the digest by which it was asked for. */
class ArchiveFuzzTest {
    private static final RepositoryName NAME = RepositoryName.parse("fuzz/test");
    private static final long LONGEST_LIST = 20;
    private static final long LARGEST_BLOB = 1024 * 1024;
    private static final Set<ErrorCode> DAMAGED = EnumSet.of(
            ErrorCode.UNAVAILABLE,
            ErrorCode.BLOB_UNKNOWN,
            ErrorCode.MANIFEST_UNKNOWN,
            ErrorCode.DIGEST_INVALID,
            ErrorCode.MANIFEST_INVALID,
            ErrorCode.UNSUPPORTED);

    @TempDir
    private static Path temporary;

    @FuzzTest
    void archives(byte[] input) throws Exception {
        Path file = temporary.resolve("archive.tar");
        Allocations.requireProportional(input.length, () -> {
            Files.write(file, input);
            read(file);
            if (TarRepair.repair(input)) {
                Files.write(file, input);
                read(file);
            }
        });
    }

    private static void read(Path file) {
        ArchiveOptions options = ArchiveOptions.builder()
                .maxUnpackedBytes(LARGEST_BLOB)
                .temporaryDirectory(temporary)
                .build();
        try (OciLayoutRegistry registry = OciLayoutRegistry.open(file, NAME, options)) {
            registry.entries();
            registry.images();
            registry.repositories().limit(LONGEST_LIST).toList();
            images(registry.repository(NAME));
        } catch (RegistryException e) {
            assertThat(e.code()).isIn(ErrorCode.REQUEST_INVALID, ErrorCode.UNAVAILABLE);
        }
        try (OciLayoutRegistry registry = OciLayoutRegistry.openArchive(file, options)) {
            everything(registry);
        } catch (RegistryException e) {
            assertThat(e.code()).isIn(ErrorCode.REQUEST_INVALID, ErrorCode.UNAVAILABLE);
        }
    }

    private static void everything(Registry registry) {
        registry.repositories().limit(LONGEST_LIST).forEach(name -> images(registry.repository(name)));
    }

    private static void images(Repository repository) {
        for (Tag tag : repository.tags().list().limit(LONGEST_LIST)) {
            attempt(() -> image(repository, tag));
        }
    }

    private static void image(Repository repository, Tag tag) {
        Manifest manifest = repository.manifests().get(tag);
        assertThat(Digest.compute(manifest.digest().algorithm(), manifest.bytes()))
                .isEqualTo(manifest.digest());
        assertThat(repository.manifests().find(tag).map(Descriptor::digest)).contains(manifest.digest());
        repository.manifests().referrers(manifest.digest()).limit(LONGEST_LIST).toList();
        for (ManifestReference reference : ManifestDocument.parse(manifest).references()) {
            attempt(() -> blob(repository, reference.digest()));
        }
    }

    private static void blob(Repository repository, Digest digest) {
        byte[] bytes;
        try (BlobContent content = repository.blobs().open(digest)) {
            bytes = content.stream().readAllBytes();
        } catch (IOException e) {
            assertThat(e.getMessage()).isNotEmpty();
            return;
        }
        assertThat(Digest.compute(digest.algorithm(), bytes)).isEqualTo(digest);
    }

    private static void attempt(Runnable reading) {
        try {
            reading.run();
        } catch (RegistryException e) {
            assertThat(e.code()).isIn(DAMAGED);
        } catch (UncheckedIOException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }
}
