package dev.berth.registry.image;

import dev.berth.registry.Descriptor;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.Manifest;
import dev.berth.registry.Reference;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.client.RemoteOptions;
import dev.berth.registry.manifest.ImageIndex;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/**
 * Builds an image for several platforms: an index of images, which are pushed with it, in the order in which they were
 * added. A layer that several of them have is packed once. Not thread-safe.
 *
 * @since 0.1
 */
public final class IndexBuilder extends ReferencePush {
    private final List<Object> entries = new ArrayList<>();
    private final Map<String, String> annotations = new LinkedHashMap<>();
    private @Nullable String artifactType;
    private @Nullable Descriptor subject;
    private ManifestFormat format = ManifestFormat.OCI;
    private DigestAlgorithm algorithm = DigestAlgorithm.SHA256;
    private Executor executor = ForkJoinPool.commonPool();

    private IndexBuilder() {}

    /** Begins an empty index. */
    public static IndexBuilder create() {
        return new IndexBuilder();
    }

    /**
     * Sets how to reach the registry that a {@link Reference} names as the target: credentials, certificates, timeouts. By default
     * the credentials that {@code docker login} and {@code podman login} have stored are used.
     */
    public IndexBuilder remoteOptions(RemoteOptions options) {
        this.remoteOptions = Objects.requireNonNull(options, "options");
        return this;
    }

    /** Adds an image that is built when the index is pushed. */
    public IndexBuilder image(ImageBuilder image) {
        entries.add(Objects.requireNonNull(image, "image"));
        return this;
    }

    /** Adds a manifest that the target repository has already, as a rule with its platform. */
    public IndexBuilder manifest(Descriptor manifest) {
        entries.add(Objects.requireNonNull(manifest, "manifest"));
        return this;
    }

    /** Adds an annotation to the index. Docker's format has none. */
    public IndexBuilder annotation(String name, String value) {
        annotations.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
        return this;
    }

    /** Sets the type of the artifact that the index is. Docker's format has none. */
    public IndexBuilder artifactType(String newArtifactType) {
        this.artifactType = MediaTypeSyntax.require(newArtifactType);
        return this;
    }

    /** Lets the index refer to a manifest. Docker's format has no subject. */
    public IndexBuilder subject(Descriptor newSubject) {
        this.subject = ArtifactBuilder.reference(newSubject);
        return this;
    }

    /** Sets the format of the index. By default OCI. Docker's lists only Docker's images. */
    public IndexBuilder format(ManifestFormat newFormat) {
        this.format = Objects.requireNonNull(newFormat, "newFormat");
        return this;
    }

    /** Sets the algorithm of the digest of the index. By default sha256. */
    public IndexBuilder digestAlgorithm(DigestAlgorithm newAlgorithm) {
        this.algorithm = Objects.requireNonNull(newAlgorithm, "newAlgorithm");
        return this;
    }

    /** Sets what helps to compress the layers of all images. By default the common pool. */
    public IndexBuilder executor(Executor newExecutor) {
        this.executor = Objects.requireNonNull(newExecutor, "newExecutor");
        return this;
    }

    /**
     * Builds and pushes the images, then the index.
     *
     * @return the descriptor of the index
     * @throws ImageBuildException as {@link ImageBuilder#pushTo(Registry, RepositoryName, Tag...)}
     * @throws IllegalArgumentException if the format does not allow what the index has
     * @throws dev.berth.registry.RegistryException as {@link ImageBuilder#pushTo(Registry, RepositoryName, Tag...)}
     */
    public Descriptor pushTo(Registry registry, RepositoryName name, Tag... tags) {
        Manifest index = build(registry, name);
        registry.repository(name).manifests().put(index, tags);
        return index.descriptor();
    }

    /**
     * Builds and pushes the images and the index to a location: under its tag, or under a digest, which the manifest must then have. As
     * {@link #pushTo(Registry, RepositoryName, Tag...)}.
     *
     * @throws dev.berth.registry.RegistryException also with {@link dev.berth.registry.ErrorCode#DIGEST_INVALID} if the
     *     manifest has another digest than the location
     */
    @Override
    public Descriptor pushTo(ImageLocation location) {
        Manifest index = build(location.registry(), location.repositoryName());
        location.put(index);
        return index.descriptor();
    }

    private Manifest build(Registry registry, RepositoryName name) {
        requireSuitable();
        LayerPush layers = new LayerPush(registry.repository(name).blobs(), executor);
        List<Descriptor> manifests = new ArrayList<>();
        for (Object entry : entries) {
            manifests.add(
                    entry instanceof ImageBuilder image ? image.pushTo(registry, name, layers) : (Descriptor) entry);
        }
        ImageIndex document = new ImageIndex(
                format.indexType(),
                Optional.ofNullable(artifactType),
                manifests,
                Optional.ofNullable(subject),
                annotations,
                Optional.empty());
        return Manifest.of(format.indexType(), document.toManifest().bytes(), algorithm);
    }

    private void requireSuitable() {
        if (format == ManifestFormat.OCI) {
            return;
        }
        if (!annotations.isEmpty() || artifactType != null || subject != null) {
            throw new IllegalArgumentException(
                    "Docker's format has no annotations, artifact type or subject: use the OCI format");
        }
        for (Object entry : entries) {
            if (entry instanceof ImageBuilder image && image.format() != ManifestFormat.DOCKER) {
                throw new IllegalArgumentException(
                        "An index in Docker's format lists images in Docker's format: build them so, too");
            }
        }
    }
}
