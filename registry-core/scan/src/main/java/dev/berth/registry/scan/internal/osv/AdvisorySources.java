package dev.berth.registry.scan.internal.osv;

import dev.berth.registry.scan.format.source.UnreadableException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The files that advisories come in: JSON files, zips of them, and directories of both, however deep. Links are not
 * followed, and directories whose name begins with a dot are left out. One that cannot be read does not hide the others.
 */
public final class AdvisorySources {
    private static final String ZIP = ".zip";
    private static final String JSON = ".json";
    private static final int MOST_DEPTH = 20;
    private static final int MOST_FILES = 500_000;

    private final SourceLimits limits;
    private final SourceVisitor visitor;
    private long documents;
    private long bytes;

    private AdvisorySources(SourceLimits limits, SourceVisitor visitor) {
        this.limits = limits;
        this.visitor = visitor;
    }

    /** Returns the files of sources, in an order that does not depend on the file system. */
    public static List<Path> files(List<Path> sources) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path source : sources) {
            if (!Files.exists(source)) {
                throw new IOException("There is no file or directory " + source + " with advisories");
            }
            int before = files.size();
            // What the operator names may be a link; what is in it may not.
            Files.walkFileTree(source.toRealPath(), Set.of(), MOST_DEPTH, new Walk(files));
            Collections.sort(files.subList(before, files.size()));
        }
        return files;
    }

    /** Hands out every document of these files. */
    public static void read(List<Path> files, SourceLimits limits, SourceVisitor visitor) throws IOException {
        AdvisorySources sources = new AdvisorySources(limits, visitor);
        for (Path file : files) {
            sources.read(file);
        }
    }

    private void read(Path file) throws IOException {
        if (hasEnd(file.toString(), JSON)) {
            readFile(file);
        } else {
            readZip(file);
        }
    }

    private void readFile(Path file) throws IOException {
        try (InputStream content = open(file)) {
            document(file.toString(), content);
        } catch (UnreadableException e) {
            visitor.unread(file.toString(), String.valueOf(e.getMessage()));
        }
    }

    private static InputStream open(Path file) throws UnreadableException {
        try {
            return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw new UnreadableException("it cannot be opened");
        }
    }

    private void readZip(Path file) throws IOException {
        try (ZipEntries zip = ZipEntries.open(file)) {
            while (zip.next()) {
                String where = file + "!/" + zip.name();
                if (hasEnd(zip.name(), JSON)) {
                    read(zip, where);
                }
            }
        } catch (UnreadableException e) {
            visitor.unread(file.toString(), "the rest of it was not read: " + e.getMessage());
        }
    }

    private void read(ZipEntries zip, String where) throws IOException {
        try {
            document(where, zip.content());
        } catch (UnreadableException e) {
            visitor.unread(where, String.valueOf(e.getMessage()));
        }
    }

    private void document(String where, InputStream content) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("The thread was interrupted while it read advisories");
        }
        if (documents >= limits.documents()) {
            visitor.unread(where, "there are more than " + limits.documents() + " advisories");
            return;
        }
        documents++;
        visitor.document(where, new Bounded(content));
    }

    private static boolean hasEnd(String name, String end) {
        return name.toLowerCase(Locale.ROOT).endsWith(end);
    }

    /** Counts, and ends what is too much. */
    private final class Bounded extends FilterInputStream {
        private long own;

        Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int read) throws UnreadableException {
            own += read;
            bytes += read;
            if (own > limits.documentBytes()) {
                throw new UnreadableException("it is larger than " + limits.documentBytes() + " bytes");
            }
            if (bytes > limits.bytes()) {
                throw new UnreadableException("all together are larger than " + limits.bytes() + " bytes");
            }
        }
    }

    private static final class Walk extends SimpleFileVisitor<Path> {
        private final List<Path> files;

        Walk(List<Path> files) {
            this.files = files;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            Path name = directory.getFileName();
            return name != null && name.toString().startsWith(".")
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            boolean wanted = hasEnd(file.toString(), JSON) || hasEnd(file.toString(), ZIP);
            if (attributes.isRegularFile() && wanted) {
                if (files.size() >= MOST_FILES) {
                    throw new IOException(
                            "There are more than " + MOST_FILES + " files of advisories; put them into zips");
                }
                files.add(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }
    }
}
