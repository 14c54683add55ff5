package dev.berth.registry.scan.signature;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Platform;
import dev.berth.registry.PutOptions;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.memory.MemoryObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A registry with an image, for its signatures. */
final class SignedWorld {
    static final String NAME = "registry.example/team/app";

    final Registry registry;
    final Repository repository;
    final Descriptor image;

    SignedWorld() {
        this(StorageRegistry.over(MemoryObjectStore.create()));
    }

    SignedWorld(Registry registry) {
        this.registry = registry;
        this.repository = registry.repository("team/app");
        this.image = pushImage(repository, "amd64", "v1");
    }

    static Descriptor pushImage(Repository repository, String architecture, String... tags) {
        byte[] config = ("{\"architecture\":\"" + architecture
                        + "\",\"os\":\"linux\",\"config\":{},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}")
                .getBytes(StandardCharsets.UTF_8);
        Manifest manifest = ImageManifest.of(push(repository, MediaTypes.OCI_CONFIG, config), List.of())
                .toManifest();
        repository
                .manifests()
                .put(
                        manifest,
                        PutOptions.tagged(List.of(tags).stream().map(Tag::parse).toArray(Tag[]::new)));
        return manifest.descriptor();
    }

    Descriptor pushIndex(String tag, Descriptor... images) {
        List<Descriptor> entries = List.of(images).stream()
                .map(child -> child.withPlatform(Platform.of("linux", "amd64")))
                .toList();
        Manifest index = ImageIndex.of(entries).toManifest();
        repository.manifests().put(index, Tag.parse(tag));
        return index.descriptor();
    }

    static Descriptor push(Repository repository, String mediaType, byte[] content) {
        Digest digest = Digest.sha256(content);
        repository.blobs().push(digest, BlobSource.of(content));
        return Descriptor.of(mediaType, digest, content.length);
    }

    /** Puts a layer at a tag of cosign, as anybody who may push can. */
    void putTag(String suffix, String mediaType, byte[] content, Map<String, String> annotations) {
        Descriptor layer = push(repository, mediaType, content).withAnnotations(annotations);
        byte[] config = "{}".getBytes(StandardCharsets.US_ASCII);
        repository
                .manifests()
                .put(
                        ImageManifest.of(push(repository, MediaTypes.OCI_CONFIG, config), List.of(layer))
                                .toManifest(),
                        SignatureSearch.tag(image.digest(), suffix).orElseThrow());
    }

    /** Puts a referrer, as anybody who may push can. */
    void putReferrer(String artifactType, String mediaType, byte[] content, Map<String, String> annotations) {
        Descriptor layer = push(repository, mediaType, content).withAnnotations(annotations);
        byte[] config = "{}".getBytes(StandardCharsets.US_ASCII);
        repository
                .manifests()
                .put(
                        ImageManifest.of(push(repository, MediaTypes.OCI_EMPTY, config), List.of(layer))
                                .withArtifactType(artifactType)
                                .withSubject(image)
                                .toManifest(),
                        PutOptions.untagged());
    }

    static TrustedKey trusted(String name, SigningKey key) {
        return TrustedKey.of(name, key.publicKey());
    }

    static SignatureVerifier verifier(SigningKey... keys) {
        List<TrustedKey> trusted = new ArrayList<>();
        for (SigningKey key : keys) {
            trusted.add(trusted("key-" + trusted.size(), key));
        }
        return SignatureVerifier.builder().keys(TrustedKeys.of(trusted)).build();
    }

    Signatures verify(SignatureVerifier verifier) {
        return verifier.verify(repository, image.digest());
    }

    /** Returns the only thing that was found. */
    static CheckedSignature only(Signatures found) {
        if (found.all().size() != 1) {
            throw new AssertionError("Found " + found.all());
        }
        return found.all().get(0);
    }

    static Optional<String> signer(Signatures found) {
        return only(found).signer();
    }
}
