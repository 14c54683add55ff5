package dev.berth.registry.image;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Blobs;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Reference;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.client.RemoteOptions;
import dev.berth.registry.manifest.ImageManifest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Builds an artifact: anything that is kept in a registry and is not an image, such as an SBOM or a signature, as a rule
 * about an image, its subject (OCI image specification, "Guidelines for Artifact Usage"). Not thread-safe.
 *
 * <pre>{@code
 * ArtifactBuilder.of("application/vnd.example.sbom.v1")
 *         .subject(image)
 *         .content("application/spdx+json", BlobSource.of(sbom))
 *         .pushTo(registry, name);
 * }</pre>
 *
 * @since 0.1
 */
public final class ArtifactBuilder extends ReferencePush {
    /** The name of a piece of content, as other tools write and read it (image specification, "Annotations"). */
    public static final String TITLE = "org.opencontainers.image.title";

    private static final byte[] EMPTY_JSON = "{}".getBytes(StandardCharsets.UTF_8);

    private record Piece(String mediaType, BlobSource content, Map<String, String> annotations) {}

    private final String artifactType;
    private final List<Piece> pieces = new ArrayList<>();
    private final Map<String, String> annotations = new LinkedHashMap<>();
    private @Nullable Piece config;
    private @Nullable Descriptor subject;
    private DigestAlgorithm algorithm = DigestAlgorithm.SHA256;

    private ArtifactBuilder(String artifactType) {
        this.artifactType = artifactType;
    }

    /**
     * Begins an artifact of this type.
     *
     * @throws IllegalArgumentException if the type is not a media type
     */
    public static ArtifactBuilder of(String artifactType) {
        return new ArtifactBuilder(MediaTypeSyntax.require(artifactType));
    }

    /**
     * Sets how to reach the registry that a {@link Reference} names: credentials, certificates, timeouts. By default
     * the credentials that {@code docker login} and {@code podman login} have stored are used.
     */
    public ArtifactBuilder remoteOptions(RemoteOptions options) {
        this.remoteOptions = Objects.requireNonNull(options, "options");
        return this;
    }

    /** Lets the artifact refer to a manifest, which need not exist. */
    public ArtifactBuilder subject(Descriptor newSubject) {
        this.subject = reference(newSubject);
        return this;
    }

    /** Returns only what the subject of a manifest needs. */
    static Descriptor reference(Descriptor manifest) {
        return Descriptor.of(manifest.mediaType(), manifest.digest(), manifest.size());
    }

    /** Adds content. Without any the artifact consists of its annotations. */
    public ArtifactBuilder content(String mediaType, BlobSource content) {
        return content(mediaType, content, Map.of());
    }

    /** Adds content with annotations of its own, such as its {@link #TITLE}. */
    public ArtifactBuilder content(String mediaType, BlobSource content, Map<String, String> contentAnnotations) {
        pieces.add(new Piece(MediaTypeSyntax.require(mediaType), content, Map.copyOf(contentAnnotations)));
        return this;
    }

    /** Sets a configuration. By default there is the empty one. */
    public ArtifactBuilder config(String mediaType, BlobSource content) {
        this.config = new Piece(MediaTypeSyntax.require(mediaType), content, Map.of());
        return this;
    }

    /** Adds an annotation to the manifest. */
    public ArtifactBuilder annotation(String name, String value) {
        annotations.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
        return this;
    }

    /** Sets the algorithm of all digests. By default sha256. */
    public ArtifactBuilder digestAlgorithm(DigestAlgorithm newAlgorithm) {
        this.algorithm = Objects.requireNonNull(newAlgorithm, "newAlgorithm");
        return this;
    }

    /**
     * Pushes content and manifest.
     *
     * @return the descriptor of the manifest, with the artifact type
     * @throws ImageBuildException if content cannot be read
     * @throws dev.berth.registry.RegistryException if the registry fails
     */
    public Descriptor pushTo(Registry registry, RepositoryName name, Tag... tags) {
        Manifest manifest = build(registry.repository(name));
        registry.repository(name).manifests().put(manifest, tags);
        return descriptor(manifest);
    }

    /**
     * Pushes content and manifest to a location: under its tag, or under a digest, which the manifest must then have. As
     * {@link #pushTo(Registry, RepositoryName, Tag...)}.
     *
     * @throws dev.berth.registry.RegistryException also with {@link dev.berth.registry.ErrorCode#DIGEST_INVALID} if the
     *     manifest has another digest than the location
     */
    @Override
    public Descriptor pushTo(ImageLocation location) {
        Manifest manifest = build(location.repository());
        location.put(manifest);
        return descriptor(manifest);
    }

    private Descriptor descriptor(Manifest manifest) {
        return manifest.descriptor().withArtifactType(artifactType);
    }

    private Manifest build(Repository repository) {
        Blobs blobs = repository.blobs();
        Descriptor configBlob = config == null ? pushEmpty(blobs) : push(blobs, config);
        List<Descriptor> layers = new ArrayList<>();
        for (Piece piece : pieces) {
            layers.add(push(blobs, piece));
        }
        if (layers.isEmpty()) {
            // Clients expect one (image specification).
            layers.add(pushEmpty(blobs));
        }
        ImageManifest document = new ImageManifest(
                MediaTypes.OCI_MANIFEST,
                Optional.of(artifactType),
                configBlob,
                layers,
                Optional.ofNullable(subject),
                annotations,
                Optional.empty());
        return Manifest.of(MediaTypes.OCI_MANIFEST, document.toManifest().bytes(), algorithm);
    }

    private Descriptor push(Blobs blobs, Piece piece) {
        BlobSource content = piece.content;
        Descriptor blob = new StreamedBlob(content::open, content.reopenable(), algorithm).pushTo(blobs);
        // A map has no order of its own: sorted, the same artifact has the same digest.
        return Descriptor.of(piece.mediaType, blob.digest(), blob.size())
                .withAnnotations(new TreeMap<>(piece.annotations));
    }

    private Descriptor pushEmpty(Blobs blobs) {
        Digest digest = Digest.compute(algorithm, EMPTY_JSON);
        blobs.push(digest, BlobSource.of(EMPTY_JSON));
        return new Descriptor(
                MediaTypes.OCI_EMPTY,
                digest,
                EMPTY_JSON.length,
                Optional.empty(),
                Map.of(),
                List.of(),
                Optional.empty(),
                Optional.of(Base64.getEncoder().encodeToString(EMPTY_JSON)));
    }
}
