package dev.berth.examples.standalone.images;

import dev.berth.examples.standalone.cli.UsageException;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.Reference;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.client.RemoteOptions;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.copy.RepositoryLocation;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.layout.OciLayoutRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Opens the registries, layouts and archives of a command line. Locations in the same registry share one client, with its
 * connections and tokens. Closing this closes everything that it opened. Not thread-safe.
 */
public final class Locations implements AutoCloseable {
    /** The name of the only repository of a layout. It appears only in messages. */
    private static final RepositoryName LAYOUT = RepositoryName.parse("image");

    private final RemoteOptions options;
    private final Set<String> https;
    private final Map<String, RemoteRegistry> remotes = new HashMap<>();
    private final List<Registry> opened = new ArrayList<>();

    /**
     * @param https the hosts of this machine, with or without port, that speak HTTPS; all others do anyway
     */
    Locations(RemoteOptions options, Set<String> https) {
        this.options = options;
        this.https = Set.copyOf(https);
    }

    /**
     * Opens an image for reading. That of a registry, or in the directory of a layout, may get something beside it, such as a
     * signature.
     */
    public ImageLocation source(String text) {
        LocationText location = LocationText.parseSource(text);
        return switch (location.kind()) {
            case REGISTRY -> remoteImage(RemoteReference.source(location));
            case LAYOUT, LAYOUT_ARCHIVE -> layoutImage(location);
            case DOCKER_ARCHIVE -> archiveImage(location);
        };
    }

    /**
     * Opens the target of a copy for writing. Archives are written when this is closed.
     *
     * @param source the source of the copy, which names the image in a Docker archive unless the target does
     */
    ImageLocation target(String text, String source) {
        LocationText location = LocationText.parse(text);
        if (location.kind() == LocationText.Kind.LAYOUT_ARCHIVE
                || location.kind() == LocationText.Kind.DOCKER_ARCHIVE) {
            location.requireDirectory();
        }
        return switch (location.kind()) {
            case REGISTRY -> {
                Reference reference = RemoteReference.target(location);
                requireTagOrDigest(location, reference);
                yield remoteImage(reference);
            }
            case LAYOUT ->
                new RepositoryLocation(newLayout(location), LAYOUT)
                        .image(selector(location).orElse(Tag.LATEST));
            case LAYOUT_ARCHIVE ->
                ImageLocation.of(
                        closeLater(OciLayoutRegistry.createArchive(Path.of(location.place()), LAYOUT)),
                        LAYOUT,
                        selector(location).orElse(Tag.LATEST));
            case DOCKER_ARCHIVE -> newArchiveImage(location, source);
        };
    }

    /** Rejects a target with both: the digest of the copy may be another one. */
    private static void requireTagOrDigest(LocationText location, Reference reference) {
        if (reference.tag().isPresent() && reference.digest().isPresent()) {
            throw new UsageException(
                    "'" + location + "' names a tag and a digest; where to copy to, write one of them");
        }
    }

    private ImageLocation newArchiveImage(LocationText location, String source) {
        Reference name = referenceIn(location)
                .or(() -> referenceIn(LocationText.parse(source)))
                .filter(reference ->
                        reference.tag().isPresent() && reference.digest().isEmpty())
                .orElseThrow(() -> new UsageException("'" + location
                        + "' does not say what the image is to be called; write docker-archive:FILE:REPOSITORY:TAG"));
        return ImageLocation.of(
                closeLater(OciLayoutRegistry.createArchive(Path.of(location.place()), name)),
                name.repository(),
                name.selector());
    }

    /** Returns the whole name of an image in a registry; empty for one in a layout or archive. */
    public static Optional<Reference> reference(String text) {
        LocationText location = LocationText.parseSource(text);
        return location.kind() == LocationText.Kind.REGISTRY
                ? Optional.of(RemoteReference.source(location))
                : Optional.empty();
    }

    private static Optional<Reference> referenceIn(LocationText location) {
        return (location.kind() == LocationText.Kind.REGISTRY
                        ? Optional.of(location.place())
                        : location.image().filter(image -> location.kind() == LocationText.Kind.DOCKER_ARCHIVE))
                .map(name -> parse(() -> Reference.parse(name)));
    }

    /** Opens a repository for reading. */
    RepositoryLocation sourceRepository(String text) {
        LocationText location = repositoryText(text);
        return location.kind() == LocationText.Kind.REGISTRY
                ? remoteRepository(location, RemoteReference.source(location))
                : new RepositoryLocation(layout(location), LAYOUT);
    }

    /** Opens a repository for writing. */
    RepositoryLocation targetRepository(String text) {
        LocationText location = repositoryText(text);
        return switch (location.kind()) {
            case REGISTRY -> remoteRepository(location, RemoteReference.target(location));
            case LAYOUT -> new RepositoryLocation(newLayout(location), LAYOUT);
            case LAYOUT_ARCHIVE, DOCKER_ARCHIVE -> throw archiveIsFinal(location);
        };
    }

    /** Opens the target of a dry run: nothing is created, not even an empty layout. */
    RepositoryLocation plannedRepository(String text) {
        LocationText location = repositoryText(text);
        return location.isNewLayout()
                ? new RepositoryLocation(closeLater(StorageRegistry.over(MemoryObjectStore.create())), LAYOUT)
                : targetRepository(text);
    }

    /** Opens a registry by its host. */
    Registry registry(String host) {
        return remotes.computeIfAbsent(host, name -> closeLater(remote(name)));
    }

    private RemoteRegistry remote(String host) {
        boolean secure = https.contains(host) || https.contains(host.replaceFirst(":\\d+$", ""));
        return parse(() -> RemoteRegistry.at(secure ? "https://" + host : host, options));
    }

    /** Returns the names of the images of an archive. */
    Stream<String> archiveNames(LocationText location) {
        return new ArchiveNames(archive(location), location).list();
    }

    /** Opens an archive with the names of its images. */
    private OciLayoutRegistry archive(LocationText location) {
        return closeLater(OciLayoutRegistry.openArchive(Path.of(location.place())));
    }

    /** Opens a layout, or an archive, as one repository. */
    OciLayoutRegistry layout(LocationText location) {
        return closeLater(OciLayoutRegistry.open(Path.of(location.place()), LAYOUT));
    }

    private OciLayoutRegistry newLayout(LocationText location) {
        return closeLater(OciLayoutRegistry.create(Path.of(location.place()), LAYOUT));
    }

    private ImageLocation remoteImage(Reference reference) {
        return ImageLocation.of(registry(reference.registry()), reference.repository(), reference.selector());
    }

    private RepositoryLocation remoteRepository(LocationText location, Reference reference) {
        if (location.place().indexOf('@') >= 0
                || location.place().lastIndexOf(':') > location.place().lastIndexOf('/')) {
            throw new UsageException(
                    "'" + location + "' names an image, and a repository is wanted: leave the tag or digest out");
        }
        return new RepositoryLocation(registry(reference.registry()), reference.repository());
    }

    private ImageLocation layoutImage(LocationText location) {
        OciLayoutRegistry layout = layout(location);
        ManifestSelector selector = selector(location)
                .orElseGet(() -> FileImages.single(layout, () -> FileImages.tags(layout, LAYOUT), location));
        return ImageLocation.of(layout, LAYOUT, selector);
    }

    private ImageLocation archiveImage(LocationText location) {
        if (location.image().isPresent()) {
            return new ArchiveNames(archive(location), location)
                    .find(location.image().get());
        }
        OciLayoutRegistry layout = layout(location);
        return ImageLocation.of(
                layout, LAYOUT, FileImages.single(layout, () -> new ArchiveNames(layout, location).list(), location));
    }

    private static LocationText repositoryText(String text) {
        LocationText location = LocationText.parse(text);
        if (location.image().isPresent()) {
            throw new UsageException(
                    "'" + location + "' names an image, and all of them are meant here: leave its name out");
        }
        if (location.kind() == LocationText.Kind.DOCKER_ARCHIVE) {
            throw new UsageException("The images of '" + location + "' are of several repositories; copy them one by"
                    + " one with 'berth copy'");
        }
        return location;
    }

    private static Optional<ManifestSelector> selector(LocationText location) {
        return parse(location::selector);
    }

    private static UsageException archiveIsFinal(LocationText location) {
        return new UsageException("'" + location + "' is an archive, which cannot be changed; synchronise to"
                + " oci:DIRECTORY and pack that with tar");
    }

    /** Turns the exception of a parser into a {@link UsageException}; its message is meant for the user. */
    static <T> T parse(Supplier<T> parsing) {
        try {
            return parsing.get();
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private <R extends Registry> R closeLater(R registry) {
        opened.add(registry);
        return registry;
    }

    @Override
    public void close() {
        opened.forEach(Registry::close);
    }
}
