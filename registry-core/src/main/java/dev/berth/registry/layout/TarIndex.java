package dev.berth.registry.layout;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The files in a tar archive, located once by their headers and read in place. Immutable once it is read.
 *
 * <p>Nothing is ever extracted; still an archive with a name that leads out of it, or with the same file twice, is
 * refused: which content such a name means, two readers would answer differently.
 */
final class TarIndex implements LayoutFiles {
    private static final int MAX_ENTRIES = 200_000;
    private static final int MAX_LINKS = 8;

    private final Path archive;
    private final Path name;
    private final Map<String, FilePart> files = new HashMap<>();
    private final Map<String, Link> links = new HashMap<>();

    private record Link(String target, boolean symbolic) {}

    private TarIndex(Path archive, Path name) {
        this.archive = archive;
        this.name = name;
    }

    /**
     * Locates the entries of an archive.
     *
     * @throws MalformedLayoutException if it is no tar archive, or one that is refused
     */
    static TarIndex read(Path archive) throws IOException {
        return read(archive, archive);
    }

    /**
     * Locates the entries of an archive that its user knows by another name.
     *
     * @throws MalformedLayoutException as the other
     */
    static TarIndex read(Path archive, Path name) throws IOException {
        TarIndex index = new TarIndex(archive, name);
        try (FileChannel channel = FileChannel.open(archive, StandardOpenOption.READ)) {
            new TarScan(channel, index).run();
        }
        return index;
    }

    @Override
    public Optional<LayoutFile> find(String path) throws IOException {
        String place = path;
        for (int hop = 0; hop < MAX_LINKS; hop++) {
            FilePart file = files.get(place);
            if (file != null) {
                return Optional.of(file);
            }
            Link link = links.get(place);
            if (link == null) {
                return Optional.empty();
            }
            place = link.symbolic() ? TarPath.beside(place, link.target()) : TarPath.of(link.target());
        }
        throw new MalformedLayoutException("its link " + TarPath.printable(path) + " leads over more than " + MAX_LINKS
                + " others, or in a circle");
    }

    @Override
    public String place() {
        return "the archive " + name;
    }

    void addFile(String name, long begin, long size) throws MalformedLayoutException {
        requireNew(name);
        files.put(name, new FilePart(archive, begin, size));
    }

    /** Adds a link. Where it leads is looked at when it is followed: the others may lead anywhere. */
    void addLink(String name, String target, boolean symbolic) throws MalformedLayoutException {
        requireNew(name);
        links.put(name, new Link(target, symbolic));
    }

    private void requireNew(String name) throws MalformedLayoutException {
        if (files.containsKey(name) || links.containsKey(name)) {
            throw new MalformedLayoutException("it has the file " + TarPath.printable(name)
                    + " twice, and readers would not agree on which one counts; make the archive anew");
        }
        if (files.size() + links.size() >= MAX_ENTRIES) {
            throw new MalformedLayoutException("it has more than " + MAX_ENTRIES + " files");
        }
    }
}
