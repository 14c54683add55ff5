package dev.berth.registry.image;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.Manifest;
import dev.berth.registry.Platform;
import dev.berth.registry.Reference;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.client.RemoteOptions;
import dev.berth.registry.manifest.HistoryEntry;
import dev.berth.registry.manifest.ImageConfig;
import dev.berth.registry.manifest.ImageManifest;
import java.time.Instant;
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
 * Builds an image for one platform and pushes it to a registry, without a container engine: from nothing, or on top of an
 * image in any registry.
 *
 * <pre>{@code
 * Layer app = Layer.builder().file("/app/app.jar", jar).build();
 * ImageBuilder.from(Reference.parse("eclipse-temurin:21"), Platform.parse("linux/amd64"))
 *         .layer(app)
 *         .entrypoint("java", "-jar", "/app/app.jar")
 *         .pushTo("registry.example/team/app:1.0");
 * }</pre>
 *
 * <p>The same input gives the same digest on every machine. What would differ is fixed unless it is set here: the time
 * of making is the beginning of 1970. For several platforms see {@link IndexBuilder}, for things that are not images
 * {@link ArtifactBuilder}.
 *
 * <p>Not thread-safe.
 *
 * @since 0.1
 */
public final class ImageBuilder extends ReferencePush {

    /** A layer with its entry in the history, or an entry alone. */
    private record Step(Optional<Layer> layer, HistoryEntry entry) {}

    private final @Nullable ImageSource base;
    private final @Nullable Platform platform;
    private final List<Step> steps = new ArrayList<>();
    private final ExecutionChange execution = new ExecutionChange();
    private final Map<String, String> annotations = new LinkedHashMap<>();
    private Instant created = Instant.EPOCH;
    private @Nullable String author;
    private Compression compression = Compression.gzip();
    private ManifestFormat format = ManifestFormat.OCI;
    private DigestAlgorithm algorithm = DigestAlgorithm.SHA256;
    private Executor executor = ForkJoinPool.commonPool();

    private ImageBuilder(@Nullable ImageSource base, @Nullable Platform platform) {
        this.base = base;
        this.platform = platform;
    }

    /** Begins an image with nothing in it, for this platform. */
    public static ImageBuilder fromScratch(Platform platform) {
        return new ImageBuilder(null, Objects.requireNonNull(platform, "platform"));
    }

    /**
     * Begins an image on top of another one, which is looked up when the new one is pushed. Its layers are mounted or
     * copied, and only if the target lacks them; its configuration is taken over with all fields.
     */
    public static ImageBuilder from(ImageLocation base) {
        return new ImageBuilder(ImageSource.of(base, Optional.empty()), null);
    }

    /** Begins an image on top of the one for this platform, where the base is for several. */
    public static ImageBuilder from(ImageLocation base, Platform platform) {
        return new ImageBuilder(ImageSource.of(base, Optional.of(platform)), null);
    }

    /**
     * Begins an image on top of one in the registry that the reference names, which is reached as {@link #remoteOptions}
     * says. As {@link #from(ImageLocation)}.
     */
    public static ImageBuilder from(Reference base) {
        return new ImageBuilder(ImageSource.of(base, Optional.empty()), null);
    }

    /** Begins an image on top of the one for this platform in the registry that the reference names. */
    public static ImageBuilder from(Reference base, Platform platform) {
        return new ImageBuilder(ImageSource.of(base, Optional.of(platform)), null);
    }

    /**
     * Sets how to reach registries that are named by a {@link Reference}: credentials, certificates, timeouts. By default
     * the credentials that {@code docker login} and {@code podman login} have stored are used.
     */
    public ImageBuilder remoteOptions(RemoteOptions options) {
        this.remoteOptions = Objects.requireNonNull(options, "options");
        return this;
    }

    /** Adds a layer on top. */
    public ImageBuilder layer(Layer layer) {
        return layer(layer, "ImageBuilder");
    }

    /**
     * Adds a layer on top.
     *
     * @param createdBy what it was made by, for the history of the image
     */
    public ImageBuilder layer(Layer layer, String createdBy) {
        return layer(layer, HistoryEntry.of(createdBy));
    }

    /**
     * Adds a layer on top.
     *
     * @param entry what the history of the image says of it; time and author are the image's if it says none
     * @throws IllegalArgumentException if the entry is one of a step that made no layer
     */
    public ImageBuilder layer(Layer layer, HistoryEntry entry) {
        if (entry.emptyLayer()) {
            throw new IllegalArgumentException(
                    "The entry '" + entry.createdBy().orElse("") + "' is of a step that made no layer, so it has none");
        }
        steps.add(new Step(Optional.of(layer), entry));
        return this;
    }

    /**
     * Adds an entry to the history of the image, of a step that made no layer, such as a change of the configuration.
     * If the history of the base image does not tell of all its layers, nothing is added to it.
     *
     * @param entry what it says; time and author are the image's if it says none
     * @throws IllegalArgumentException if the entry is one of a layer
     */
    public ImageBuilder history(HistoryEntry entry) {
        if (!entry.emptyLayer()) {
            throw new IllegalArgumentException("The entry '" + entry.createdBy().orElse("")
                    + "' is of a layer: add it with the layer, or make it with HistoryEntry.ofEmptyLayer");
        }
        steps.add(new Step(Optional.empty(), entry));
        return this;
    }

    /** Sets the program and its first arguments. Arguments that the base image has by default ({@code cmd}) go. */
    public ImageBuilder entrypoint(String... command) {
        execution.entrypoint(List.of(command));
        return this;
    }

    /** Sets the arguments that come by default, or the program if there is no entry point. */
    public ImageBuilder cmd(String... command) {
        execution.cmd(List.of(command));
        return this;
    }

    /** Sets a variable of the environment. */
    public ImageBuilder env(String name, String value) {
        execution.env(name, value);
        return this;
    }

    /** Sets a label. */
    public ImageBuilder label(String name, String value) {
        execution.label(name, value);
        return this;
    }

    /** Sets the user, with or without a group: {@code 1000:1000}. */
    public ImageBuilder user(String user) {
        execution.user(user);
        return this;
    }

    /** Sets the directory to start in, an absolute path. */
    public ImageBuilder workingDir(String path) {
        execution.workingDir(path);
        return this;
    }

    /** Says that the program listens on a port: {@code 8080}, {@code 8080/tcp}, {@code 53/udp}. */
    public ImageBuilder expose(String port) {
        execution.expose(port);
        return this;
    }

    /** Says that the program writes to a directory, an absolute path. */
    public ImageBuilder volume(String path) {
        execution.volume(path);
        return this;
    }

    /** Sets the signal that asks the program to end, such as {@code SIGTERM}. */
    public ImageBuilder stopSignal(String signal) {
        execution.stopSignal(signal);
        return this;
    }

    /** Sets the time of making, of the image and of the new steps in its history. */
    public ImageBuilder created(Instant newCreated) {
        this.created = Objects.requireNonNull(newCreated, "newCreated");
        return this;
    }

    /** Sets who made the image. */
    public ImageBuilder author(String newAuthor) {
        this.author = Objects.requireNonNull(newAuthor, "newAuthor");
        return this;
    }

    /** Adds an annotation to the manifest. Docker's format has none. */
    public ImageBuilder annotation(String name, String value) {
        annotations.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
        return this;
    }

    /** Sets how new layers are compressed. By default gzip at level 6. */
    public ImageBuilder compression(Compression newCompression) {
        this.compression = Objects.requireNonNull(newCompression, "newCompression");
        return this;
    }

    /** Sets the format of the manifest. By default OCI, whatever the base image has. */
    public ImageBuilder format(ManifestFormat newFormat) {
        this.format = Objects.requireNonNull(newFormat, "newFormat");
        return this;
    }

    /** Sets the algorithm of all new digests. By default sha256, which every client knows. */
    public ImageBuilder digestAlgorithm(DigestAlgorithm newAlgorithm) {
        this.algorithm = Objects.requireNonNull(newAlgorithm, "newAlgorithm");
        return this;
    }

    /**
     * Sets what helps to compress; the thread that pushes always takes part. By default the common pool. No bytes depend
     * on it.
     */
    public ImageBuilder executor(Executor newExecutor) {
        this.executor = Objects.requireNonNull(newExecutor, "newExecutor");
        return this;
    }

    /**
     * Packs the layers and pushes them while they are packed, then configuration and manifest. If it fails, no manifest
     * and no tag was changed; blobs that were pushed before stay until they are collected.
     *
     * @return the descriptor of the manifest, with the platform
     * @throws ImageBuildException if something cannot be packed, or the base image cannot be built upon
     * @throws IllegalArgumentException if the format does not allow what the image needs
     * @throws dev.berth.registry.RegistryException if the base is not an image, or not one for the platform, as
     *     {@link dev.berth.registry.manifest.ResolvedImage#of(ImageLocation, Platform)} says; or if one of the registries
     *     fails
     */
    public Descriptor pushTo(Registry registry, RepositoryName name, Tag... tags) {
        Built built = build(registry, name);
        registry.repository(name).manifests().put(built.manifest, tags);
        return built.descriptor();
    }

    /**
     * Builds and pushes the image to a location: under its tag, or under a digest, which the manifest must then have. As
     * {@link #pushTo(Registry, RepositoryName, Tag...)}.
     *
     * @throws dev.berth.registry.RegistryException also with {@link dev.berth.registry.ErrorCode#DIGEST_INVALID} if the
     *     manifest has another digest than the location
     */
    @Override
    public Descriptor pushTo(ImageLocation location) {
        Built built = build(location.registry(), location.repositoryName());
        location.put(built.manifest);
        return built.descriptor();
    }

    ManifestFormat format() {
        return format;
    }

    /** Pushes everything but the tags, for an index. */
    Descriptor pushTo(Registry registry, RepositoryName name, LayerPush layerPush) {
        Built built = build(registry, name, layerPush);
        registry.repository(name).manifests().put(built.manifest);
        return built.descriptor();
    }

    /** An image whose blobs are in the repository. */
    private record Built(Manifest manifest, Platform platform) {
        Descriptor descriptor() {
            return manifest.descriptor().withPlatform(platform);
        }
    }

    private Built build(Registry registry, RepositoryName name) {
        return build(registry, name, new LayerPush(registry.repository(name).blobs(), executor));
    }

    private Built build(Registry registry, RepositoryName name, LayerPush layerPush) {
        String newLayerType = format.layerType(compression.method());
        if (format == ManifestFormat.DOCKER && !annotations.isEmpty()) {
            throw new IllegalArgumentException("Docker's format has no annotations: use labels, or the OCI format");
        }
        Repository target = registry.repository(name);
        List<Descriptor> layers = new ArrayList<>();
        ImageConfig config = begin(registry, name, layers);
        List<Digest> diffIds = new ArrayList<>(config.diffIds());
        List<HistoryEntry> history = new ArrayList<>(config.history());
        // A history that does not tell of every layer is worse than none: readers count.
        boolean told = history.stream().filter(entry -> !entry.emptyLayer()).count() == diffIds.size();
        for (Step step : steps) {
            if (step.layer.isPresent()) {
                LayerPush.Pushed pushed = layerPush.push(step.layer.get(), compression, algorithm);
                layers.add(Descriptor.of(
                        newLayerType, pushed.blob().digest(), pushed.blob().size()));
                diffIds.add(pushed.diffId());
            }
            if (told) {
                history.add(complete(step.entry));
            }
        }
        ImageConfig complete = execution.applyTo(config).withLayers(diffIds, history);
        byte[] json = complete.toJson();
        Descriptor configBlob = target.blobs().push(Digest.compute(algorithm, json), BlobSource.of(json));
        ImageManifest document = new ImageManifest(
                format.manifestType(),
                Optional.empty(),
                Descriptor.of(format.configType(), configBlob.digest(), json.length),
                layers,
                Optional.empty(),
                annotations,
                Optional.empty());
        Manifest manifest =
                Manifest.of(format.manifestType(), document.toManifest().bytes(), algorithm);
        return new Built(manifest, complete.platform());
    }

    private ImageConfig begin(Registry registry, RepositoryName name, List<Descriptor> layers) {
        ImageConfig config;
        if (base == null) {
            config = ImageConfig.of(Objects.requireNonNull(platform));
        } else {
            try (NamedRegistries registries = new NamedRegistries(remoteOptions)) {
                BaseImage image = BaseImage.read(base.in(registries), base.platform());
                for (Descriptor layer : image.layers()) {
                    layers.add(layer.withMediaType(format.translate(layer.mediaType())));
                }
                image.copyLayersTo(registry, name);
                config = image.config();
            }
        }
        ImageConfig dated = config.withCreated(created);
        return author == null ? dated : dated.withAuthor(author);
    }

    private HistoryEntry complete(HistoryEntry entry) {
        return new HistoryEntry(
                entry.created().or(() -> Optional.of(created)),
                entry.createdBy(),
                entry.author().or(() -> Optional.ofNullable(author)),
                entry.comment(),
                entry.emptyLayer());
    }
}
