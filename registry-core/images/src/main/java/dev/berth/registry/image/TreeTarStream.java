package dev.berth.registry.image;

import dev.berth.registry.BlobSource;
import dev.berth.registry.internal.archive.TarOutput;
import dev.berth.registry.internal.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes a tree as a tar (POSIX pax), one entry or piece of a file at a time. */
final class TreeTarStream extends PulledStream {
    private static final char FILE = '0';
    private static final char SYMLINK = '2';
    private static final char DIRECTORY = '5';

    private final LayerWalk walk;
    private final EntryDefaults defaults;
    private final byte[] buffer = new byte[STEP_BYTES];
    private @Nullable OpenFile file;
    private boolean ended;

    TreeTarStream(LayerNode root, EntryDefaults defaults) {
        this.walk = new LayerWalk(root);
        this.defaults = defaults;
    }

    @Override
    protected boolean step() throws IOException {
        OpenFile open = file;
        if (open != null) {
            copyFrom(open);
            return true;
        }
        LayerWalk.Entry entry = walk.next();
        if (entry != null) {
            begin(entry);
            return true;
        }
        if (!ended) {
            ended = true;
            sink().write(TarOutput.end());
            return true;
        }
        return false;
    }

    private void begin(LayerWalk.Entry entry) throws IOException {
        LayerItem item = entry.item();
        if (item instanceof LayerItem.Directory directory) {
            write(
                    entry.name() + "/",
                    DIRECTORY,
                    "",
                    0,
                    defaults.complete(directory.attributes(), EntryDefaults.DIRECTORY_MODE));
        } else if (item instanceof LayerItem.Symlink symlink) {
            write(
                    entry.name(),
                    SYMLINK,
                    symlink.target(),
                    0,
                    defaults.complete(symlink.attributes(), EntryDefaults.SYMLINK_MODE));
        } else if (item instanceof LayerItem.Content content) {
            long size = content.source().size().orElseThrow();
            write(entry.name(), FILE, "", size, defaults.complete(content.attributes(), EntryDefaults.FILE_MODE));
            file = OpenFile.of("The content of '" + JsonObject.printable(entry.name()) + "'", content.source(), size);
        } else if (item instanceof LayerItem.OnDisk onDisk) {
            begin(entry, onDisk);
        }
    }

    private void begin(LayerWalk.Entry entry, LayerItem.OnDisk item) throws IOException {
        FileFacts facts = Objects.requireNonNull(entry.facts());
        EntryAttributes attributes = defaults.complete(item.attributes(), facts);
        switch (facts.kind()) {
            case DIRECTORY -> {
                write(entry.name() + "/", DIRECTORY, "", 0, attributes);
            }
            case SYMLINK -> {
                write(entry.name(), SYMLINK, target(entry, item), 0, attributes);
            }
            case FILE -> {
                OpenFile opened = OpenFile.onDisk(item.path(), facts);
                file = opened;
                write(entry.name(), FILE, "", facts.size(), attributes);
            }
            case OTHER ->
                throw new UnpackableException("'" + item.path()
                        + "' is neither a file nor a directory nor a symbolic link: it cannot be in a layer");
        }
    }

    private static String target(LayerWalk.Entry entry, LayerItem.OnDisk item) throws IOException {
        String target = Files.readSymbolicLink(item.path()).toString();
        String separator = item.path().getFileSystem().getSeparator();
        target = target.replace(separator, "/");
        String problem = EntryPath.problemOf(target);
        if (!problem.isEmpty()) {
            throw new UnpackableException("The target of the link '" + item.path() + "' " + problem);
        }
        if (EntryPath.escapes(entry.depth(), target)) {
            throw new UnpackableException("The link '" + item.path() + "' leads out of the image, to '" + target + "'");
        }
        return target;
    }

    private void write(String name, char type, String target, long size, EntryAttributes attributes)
            throws IOException {
        sink().write(TarOutput.header(new TarOutput.Entry(
                name,
                type,
                target,
                size,
                attributes.mode().orElseThrow(),
                attributes.userId().orElseThrow(),
                attributes.groupId().orElseThrow(),
                attributes.time().orElseThrow().getEpochSecond())));
    }

    private void copyFrom(OpenFile open) throws IOException {
        int count = open.read(buffer);
        if (count > 0) {
            sink().write(buffer, 0, count);
            return;
        }
        open.finish();
        file = null;
        sink().write(TarOutput.padding(open.size));
    }

    @Override
    protected void release() throws IOException {
        OpenFile open = file;
        if (open != null) {
            open.close();
        }
    }

    /** A file of which as many bytes must come as were announced. */
    private static final class OpenFile {
        private final String description;
        private final InputStream content;
        private final Check check;
        private final long size;
        private long left;

        private interface Check {
            boolean isUnchanged() throws IOException;
        }

        private OpenFile(String description, InputStream content, long size, Check check) {
            this.description = description;
            this.content = content;
            this.size = size;
            this.left = size;
            this.check = check;
        }

        static OpenFile of(String description, BlobSource source, long size) throws IOException {
            return new OpenFile(description, source.open(), size, () -> true);
        }

        static OpenFile onDisk(Path path, FileFacts facts) throws IOException {
            InputStream content = LayerWalk.attempt(path, () -> Files.newInputStream(path));
            return new OpenFile(
                    "'" + path + "'",
                    content,
                    facts.size(),
                    () -> FileFacts.read(path).equals(facts));
        }

        /** Returns 0 when all announced bytes were read. */
        int read(byte[] buffer) throws IOException {
            if (left == 0) {
                return 0;
            }
            int count = content.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (count < 0) {
                throw new UnpackableException(
                        description + " changed while it was packed: it ended " + left + " bytes early");
            }
            left -= count;
            return count;
        }

        void finish() throws IOException {
            try (content) {
                if (content.read() >= 0) {
                    throw new UnpackableException(description + " changed while it was packed: it grew");
                }
                if (!isUnchanged()) {
                    throw new UnpackableException(description + " changed while it was packed");
                }
            }
        }

        private boolean isUnchanged() {
            try {
                return check.isUnchanged();
            } catch (IOException e) {
                return false;
            }
        }

        void close() throws IOException {
            content.close();
        }
    }
}
