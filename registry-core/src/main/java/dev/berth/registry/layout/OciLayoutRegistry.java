package dev.berth.registry.layout;

import dev.berth.registry.Descriptor;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Listing;
import dev.berth.registry.Reference;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RegistryIdentity;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Images in files, as a registry: an OCI image layout in a directory, which can be read and written, or in a tar
 * archive, and what {@code docker save} writes. Archives can be read, or made anew.
 *
 * <pre>{@code
 * try (Registry layout = OciLayoutRegistry.create(Path.of("images"), RepositoryName.parse("team/app"))) {
 *     ImageCopier.create().copy(source, ImageLocation.of(layout, "team/app:1.0"));
 * }
 * }</pre>
 *
 * <p>A layout has no repositories. With {@link #open} and {@link #create} it is a single one, named by the caller, and
 * its tags are those of {@code index.json} (annotation {@code org.opencontainers.image.ref.name}); of a whole image name
 * that stands there, or in an archive's {@code RepoTags}, the tag counts. With {@link #openArchive} each image is in the
 * repository of its own name, as {@link dev.berth.registry.Reference#parse} reads it: {@code debian:12} is the tag
 * {@code 12} of {@code library/debian}. All blobs of a layout are in all of its repositories.
 *
 * <p>To read, nothing is copied or unpacked: an archive's entries are located when it is opened, by reading its headers,
 * and read in place. One that is compressed with gzip is unpacked into a temporary file first, which
 * is deleted when the registry is closed; {@link ArchiveOptions} limits its size. A blob's digest is checked while the blob is read: its stream fails before it has
 * given the last byte of something else; a part of a blob cannot be checked. The layers of {@code docker save} are not
 * compressed, and are given as they are.
 *
 * <p>Thread-safe. {@code index.json} is read anew for each call, so that what other programs change is seen, and replaced
 * as a whole. Objects for the same directory, in this process and in others, change it one after the other, by a lock on
 * the file {@code oci-layout}; other programs know nothing of that lock, and what they write at the same time may be
 * lost, or lose what was written here. What was acknowledged is on disk. Uploads are files in the directory,
 * {@code .berth-upload-…}; those that nobody finishes stay until somebody deletes them. Deleting a manifest leaves its
 * blobs.
 *
 * <p>Something that is damaged shows when it is read, as {@link ErrorCode#UNAVAILABLE}, {@link ErrorCode#BLOB_UNKNOWN},
 * {@link ErrorCode#MANIFEST_UNKNOWN} or {@link ErrorCode#DIGEST_INVALID} with a message that names the file.
 *
 * @since 0.1
 */
public final class OciLayoutRegistry implements Registry {
    private final Layout layout;
    private final RegistryIdentity identity;
    private final Optional<NewArchive> archive;

    private OciLayoutRegistry(Layout layout, RegistryIdentity identity, Optional<NewArchive> archive) {
        this.layout = layout;
        this.identity = identity;
        this.archive = archive;
    }

    /**
     * Opens a layout that exists.
     *
     * @param path a directory, a tar archive of a layout, or an archive of {@code docker save}
     * @param name what the repository is to be called
     * @throws RegistryException with {@link ErrorCode#NOT_FOUND} if there is nothing at the path,
     *     {@link ErrorCode#REQUEST_INVALID} if it is no layout or archive; the message says what is missing
     */
    public static OciLayoutRegistry open(Path path, RepositoryName name) {
        return open(path, name, ArchiveOptions.defaults());
    }

    /**
     * Opens a layout that exists.
     *
     * @throws RegistryException as the other does, and with {@link ErrorCode#INSUFFICIENT_STORAGE} if there is no space to
     *     unpack a compressed archive
     */
    public static OciLayoutRegistry open(Path path, RepositoryName name, ArchiveOptions options) {
        return open(path, new LayoutNames(Optional.of(name)), options);
    }

    /**
     * Opens an archive whose images have whole names, as {@code docker save} writes them. Images without one are only
     * among the {@link #entries()}.
     *
     * @throws RegistryException as {@link #open} does, also if no image in it has a whole name
     */
    public static OciLayoutRegistry openArchive(Path archive) {
        return openArchive(archive, ArchiveOptions.defaults());
    }

    /**
     * Opens an archive whose images have whole names, as the other does.
     *
     * @throws RegistryException as the other does, and with {@link ErrorCode#INSUFFICIENT_STORAGE} if there is no space to
     *     unpack a compressed archive
     */
    public static OciLayoutRegistry openArchive(Path archive, ArchiveOptions options) {
        OciLayoutRegistry registry = open(archive, new LayoutNames(Optional.empty()), options);
        boolean named = false;
        try {
            named = !registry.layout
                    .call("list images", () -> registry.layout.index().repositories())
                    .isEmpty();
        } finally {
            if (!named) {
                registry.close();
            }
        }
        if (!named) {
            throw RegistryException.of(
                    ErrorCode.REQUEST_INVALID,
                    "No image in " + registry.layout.files.place()
                            + " has a name with a repository; open it with a repository name of your own");
        }
        return registry;
    }

    /**
     * Opens the layout in a directory, and makes an empty one first if the directory does not exist or is empty.
     *
     * @throws RegistryException with {@link ErrorCode#REQUEST_INVALID} if there is something else,
     *     {@link ErrorCode#UNAVAILABLE} if it cannot be written
     */
    public static OciLayoutRegistry create(Path directory, RepositoryName name) {
        Objects.requireNonNull(name, "name");
        LayoutOpening.create(directory);
        return open(directory, name);
    }

    /**
     * Begins a tar archive of an image layout. What is pushed is kept in a directory beside the archive, which
     * {@link #close} packs and removes; nothing is written if no image has got a tag until then.
     *
     * @param archive a file that does not exist
     * @throws RegistryException with {@link ErrorCode#REQUEST_INVALID} if it exists, {@link ErrorCode#UNAVAILABLE} if it
     *     cannot be written
     */
    public static OciLayoutRegistry createArchive(Path archive, RepositoryName name) {
        return createArchive(archive, name, Optional.empty());
    }

    /**
     * Begins an archive that {@code docker load} reads, and every program that reads image layouts: it is as
     * {@link #createArchive(Path, RepositoryName)} says, and names its images as {@code docker save} does. What Docker
     * could not load gets no tag ({@link ErrorCode#UNSUPPORTED}): an index, an artifact or attestation, an image with foreign or encrypted
     * layers. Choose a platform when an image is copied.
     *
     * @param image the registry and repository that the images are named after; each has a tag of its own
     * @throws RegistryException as for the other
     */
    public static OciLayoutRegistry createArchive(Path archive, Reference image) {
        return createArchive(archive, image.repository(), Optional.of(image));
    }

    private static OciLayoutRegistry createArchive(Path archive, RepositoryName name, Optional<Reference> image) {
        NewArchive begun = LayoutOpening.createArchive(archive, name, image);
        return new OciLayoutRegistry(
                begun.layout(), RegistryIdentity.of("new archive " + archive.toAbsolutePath()), Optional.of(begun));
    }

    private static OciLayoutRegistry open(Path path, LayoutNames names, ArchiveOptions options) {
        Layout layout = LayoutOpening.open(path, names, options);
        String repository = names.only().map(name -> " as " + name).orElse("");
        return new OciLayoutRegistry(
                layout, RegistryIdentity.of("layout " + LayoutOpening.realPath(path) + repository), Optional.empty());
    }

    /**
     * Returns what {@code index.json} lists, with the annotations that give it names: also what has no tag.
     *
     * @throws RegistryException with {@link ErrorCode#UNAVAILABLE} if it is damaged
     */
    public List<Descriptor> entries() {
        return layout.call("list images", () -> layout.index().entries());
    }

    /**
     * Returns the images that have a whole name, with the registry in it, in the order of the layout. Those of
     * {@link #repository} are told apart by repository and tag only.
     *
     * @throws RegistryException with {@link ErrorCode#UNAVAILABLE} if it is damaged
     */
    public List<NamedImage> images() {
        return entries().stream()
                .flatMap(entry -> LayoutNames.wholeName(entry).map(name -> new NamedImage(name, entry)).stream())
                .toList();
    }

    @Override
    public Repository repository(RepositoryName name) {
        return new LayoutRepository(layout, Objects.requireNonNull(name, "name"));
    }

    @Override
    public Listing<RepositoryName, RepositoryName> repositories() {
        return Listing.of((after, wanted) -> layout.call(
                "list the repositories",
                () -> layout.index().repositories().stream()
                        .filter(name -> after.isEmpty() || name.compareTo(after.get()) > 0)
                        .iterator()));
    }

    /** Reads {@code index.json}. */
    @Override
    public void checkHealth() {
        layout.call("check the layout", layout::index);
    }

    /** Returns an identity that is equal for the same path, opened in the same way. */
    @Override
    public RegistryIdentity identity() {
        return identity;
    }

    /**
     * Closes it, and writes the archive if this is a new one.
     *
     * @throws RegistryException with {@link ErrorCode#UNAVAILABLE} or {@link ErrorCode#INSUFFICIENT_STORAGE} if that
     *     fails; there is no archive then
     */
    @Override
    public void close() {
        try {
            if (archive.isPresent() && !layout.isClosed()) {
                layout.call("write the archive", () -> {
                    archive.get().finish();
                    return true;
                });
            }
        } finally {
            closeLayout();
        }
    }

    private void closeLayout() {
        try {
            layout.close();
        } catch (IOException e) {
            throw RegistryException.of(
                    ErrorCode.UNAVAILABLE,
                    "The temporary file of " + layout.files.place() + " could not be deleted: " + e.getMessage(),
                    e);
        }
    }

    /** Prints the path. */
    @Override
    public String toString() {
        return layout.files.place();
    }
}
