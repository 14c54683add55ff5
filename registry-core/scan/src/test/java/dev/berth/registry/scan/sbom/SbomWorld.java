package dev.berth.registry.scan.sbom;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Platform;
import dev.berth.registry.PutOptions;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.scan.found.InventoryLimits;
import dev.berth.registry.scan.inventory.ImageInventory;
import dev.berth.registry.scan.inventory.InventorySource;
import dev.berth.registry.scan.inventory.LayerInventories;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A repository with images of Debian, and what is attached to them. */
final class SbomWorld {
    static final InventorySource LAYERS = InventorySource.layers(InventoryLimits.defaults(), LayerInventories.none());

    /** CycloneDX that names one package, which no layer has. */
    static final String CYCLONEDX = "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"components\":["
            + "{\"type\":\"library\",\"name\":\"curl\",\"version\":\"8.1-1\","
            + "\"purl\":\"pkg:deb/debian/curl@8.1-1?arch=amd64&distro=debian-12\"}]}";

    final Registry registry;
    final Repository repository;
    final Manifest image;

    SbomWorld() {
        this(StorageRegistry.over(MemoryObjectStore.create()));
    }

    SbomWorld(Registry registry) {
        this.registry = registry;
        this.repository = registry.repository("team/app");
        this.image = pushImage("amd64", "zlib1g");
    }

    /** Pushes an image of Debian with a package. */
    Manifest pushImage(String architecture, String name) {
        byte[] layer = tar(Map.of(
                "etc/os-release",
                "ID=debian\nVERSION_ID=\"13\"\nPRETTY_NAME=\"Debian GNU/Linux 13 (trixie)\"\n",
                "var/lib/dpkg/status",
                "Package: " + name + "\nStatus: install ok installed\nVersion: 1:1.3-1\nArchitecture: " + architecture
                        + "\nSource: zlib (1.3-1)\n\n"));
        byte[] config = ("{\"architecture\":\"" + architecture
                        + "\",\"os\":\"linux\",\"created\":\"2026-01-02T03:04:05.678Z\","
                        + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}")
                .getBytes(UTF_8);
        return put(ImageManifest.of(push(MediaTypes.OCI_CONFIG, config), List.of(push(MediaTypes.OCI_LAYER_TAR, layer)))
                .toManifest());
    }

    Manifest pushIndex(Descriptor... entries) {
        return put(ImageIndex.of(List.of(entries)).toManifest());
    }

    Descriptor entry(Manifest of, String architecture) {
        return of.descriptor().withPlatform(Platform.of("linux", architecture));
    }

    Manifest put(Manifest manifest) {
        repository.manifests().put(manifest, PutOptions.untagged());
        return manifest;
    }

    Descriptor push(String mediaType, byte[] content) {
        Digest digest = repository.blobs().push(BlobSource.of(content)).digest();
        return Descriptor.of(mediaType, digest, content.length);
    }

    /** Attaches a blob to the image, as anybody who may push can. */
    Descriptor attach(String artifactType, String mediaType, byte[] content) {
        return put(artifact(artifactType, push(mediaType, content))
                        .withSubject(image.descriptor())
                        .toManifest())
                .descriptor();
    }

    ImageManifest artifact(String artifactType, Descriptor blob) {
        return ImageManifest.of(push(MediaTypes.OCI_EMPTY, "{}".getBytes(UTF_8)), List.of(blob))
                .withArtifactType(artifactType);
    }

    /** Returns a statement of in-toto about an image. */
    static String statement(Digest image, String predicateType, String predicate) {
        return "{\"_type\":\"https://in-toto.io/Statement/v0.1\",\"predicateType\":\"" + predicateType
                + "\",\"subject\":[{\"name\":\"pkg:docker/app@latest\",\"digest\":{\"sha256\":\"" + image.hex()
                + "\"}}],\"predicate\":" + predicate + "}";
    }

    static List<String> urls(ImageInventory inventory) {
        return inventory.packages().stream().map(found -> found.packageUrl()).toList();
    }

    private static byte[] tar(Map<String, String> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
                byte[] content = file.getValue().getBytes(UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(content.length);
                entry.setModTime(0L);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
