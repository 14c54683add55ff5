package dev.berth.registry.layout;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Reference;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.manifest.SignatureTags;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * An archive that is being made: an image layout in a directory beside it, which is packed at the end and removed. With
 * the name of an image it also has what {@code docker load} wants, as the archives of {@code docker save} do since
 * version 25.
 */
final class NewArchive {
    private static final String FOLDER_PREFIX = ".berth-archive-";
    private static final String PACKED = ".berth-archive.tar";

    private final Path archive;
    private final Path folder;
    private final LayoutDirectory directory;
    private final LayoutNames names;
    private final Optional<Reference> image;
    private final AtomicBoolean finished = new AtomicBoolean();

    private NewArchive(Path archive, Path folder, RepositoryName name, Optional<Reference> image) {
        this.archive = archive;
        this.folder = folder;
        this.directory = new LayoutDirectory(folder, "the archive " + archive);
        this.names = new LayoutNames(Optional.of(name));
        this.image = image;
    }

    static NewArchive begin(Path archive, RepositoryName name, Optional<Reference> image) throws IOException {
        requireNew(archive);
        Path parent = Optional.ofNullable(archive.toAbsolutePath().getParent())
                .orElseThrow(() -> new MalformedLayoutException("it is no file"));
        Files.createDirectories(parent);
        NewArchive begun = new NewArchive(archive, Files.createTempDirectory(parent, FOLDER_PREFIX), name, image);
        try {
            begun.directory.create();
        } catch (IOException e) {
            begun.remove();
            throw e;
        }
        return begun;
    }

    private static void requireNew(Path archive) throws MalformedLayoutException {
        if (Files.exists(archive)) {
            throw new MalformedLayoutException(
                    "it is there already, and archives are only made anew; name another file");
        }
    }

    Layout layout() {
        return image.isPresent() ? Layout.forDocker(directory, names) : Layout.writable(directory, names);
    }

    /** Packs the archive if an image has a tag, and removes the directory in any case. */
    void finish() throws IOException {
        if (finished.getAndSet(true)) {
            return;
        }
        try {
            LayoutIndex index = LayoutIndex.read(directory, names);
            if (!index.repositories().isEmpty() && !tags(index).isEmpty()) {
                requireNew(archive);
                Path packed = folder.resolve(PACKED);
                pack(index, packed);
                Files.move(packed, archive, StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            remove();
        }
    }

    private List<Tag> tags(LayoutIndex index) {
        return List.copyOf(index.tags(names.only().orElseThrow()));
    }

    private void pack(LayoutIndex index, Path packed) throws IOException {
        try (FileChannel channel = FileChannel.open(packed, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            TarFiles tar = new TarFiles(channel);
            tar.add(LayoutDirectory.MARKER, folder.resolve(LayoutDirectory.MARKER));
            tar.add(LayoutIndex.FILE, withImageNames(index).toManifest().bytes());
            if (image.isPresent()) {
                tar.add(DockerArchive.MANIFEST, dockerManifest(index).toString().getBytes(StandardCharsets.UTF_8));
            }
            for (Path blob : blobs()) {
                tar.add(folder.relativize(blob).toString().replace('\\', '/'), blob);
            }
            tar.finish();
            channel.force(true);
        }
    }

    private List<Path> blobs() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("blobs"))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Returns the list of images in which those with a tag have their whole name too. */
    private ImageIndex withImageNames(LayoutIndex index) {
        return ImageIndex.of(index.entries().stream().map(this::withImageName).toList());
    }

    private Descriptor withImageName(Descriptor entry) {
        Optional<String> name = fullName(entry).map(Reference::toString);
        if (name.isEmpty()) {
            return entry;
        }
        Map<String, String> annotations = new HashMap<>(entry.annotations());
        annotations.put(LayoutNames.IMAGE_NAME, name.get());
        return entry.withAnnotations(annotations);
    }

    /** Returns the name that Docker is to give to an image; a signature is none. */
    private Optional<Reference> fullName(Descriptor entry) {
        return names.tag(entry)
                .filter(tag -> SignatureTags.subject(tag).isEmpty())
                .flatMap(this::fullName);
    }

    private Optional<Reference> fullName(Tag tag) {
        return image.map(named -> Reference.of(named.registry(), named.repository(), tag));
    }

    /** Returns what Docker reads: the images that have a name, except that it has no indexes. */
    private ArrayNode dockerManifest(LayoutIndex index) throws IOException {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        LayoutGraph graph = new LayoutGraph(directory);
        Map<Digest, ArrayNode> namesOf = new HashMap<>();
        for (Descriptor entry : index.entries()) {
            Optional<Reference> name = fullName(entry);
            if (name.isEmpty()) {
                continue;
            }
            ArrayNode known = namesOf.get(entry.digest());
            if (known == null
                    && graph.read(entry).map(ManifestDocument::parse).orElse(null) instanceof ImageManifest manifest) {
                known = add(list, manifest);
                namesOf.put(entry.digest(), known);
            }
            if (known != null) {
                known.add(familiar(name.get()));
            }
        }
        return list;
    }

    private static ArrayNode add(ArrayNode list, ImageManifest manifest) {
        ObjectNode image = list.addObject();
        image.put("Config", LayoutGraph.path(manifest.config().digest()));
        ArrayNode repoTags = image.putArray("RepoTags");
        ArrayNode layers = image.putArray("Layers");
        manifest.layers().forEach(layer -> layers.add(LayoutGraph.path(layer.digest())));
        return repoTags;
    }

    /** Docker leaves out what it adds itself: its own registry, and the folder of its official images. */
    private static String familiar(Reference name) {
        String full = name.toString();
        String official = Reference.DEFAULT_REGISTRY + "/library/";
        String own = Reference.DEFAULT_REGISTRY + "/";
        return full.startsWith(official)
                ? full.substring(official.length())
                : full.startsWith(own) ? full.substring(own.length()) : full;
    }

    private void remove() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
