package dev.berth.registry.image;

import dev.berth.registry.BlobSource;
import dev.berth.registry.internal.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/** Writes a tree as a tar (POSIX pax), one entry or piece of a file at a time. */
final class TreeTarStream extends PulledStream {
    private static final int RECORD_BYTES = 512;

    private final LayerWalk walk;
    private final EntryDefaults defaults;
    private final TarArchiveOutputStream tar;
    private final byte[] buffer = new byte[STEP_BYTES];
    private @Nullable OpenFile file;
    private boolean ended;

    TreeTarStream(LayerNode root, EntryDefaults defaults) {
        this.walk = new LayerWalk(root);
        this.defaults = defaults;
        this.tar = new TarArchiveOutputStream(sink(), RECORD_BYTES, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
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
            tar.finish();
            return true;
        }
        return false;
    }

    private void begin(LayerWalk.Entry entry) throws IOException {
        LayerItem item = entry.item();
        if (item instanceof LayerItem.Directory directory) {
            write(
                    entry.name() + "/",
                    TarConstants.LF_DIR,
                    "",
                    0,
                    defaults.complete(directory.attributes(), EntryDefaults.DIRECTORY_MODE));
            tar.closeArchiveEntry();
        } else if (item instanceof LayerItem.Symlink symlink) {
            write(
                    entry.name(),
                    TarConstants.LF_SYMLINK,
                    symlink.target(),
                    0,
                    defaults.complete(symlink.attributes(), EntryDefaults.SYMLINK_MODE));
            tar.closeArchiveEntry();
        } else if (item instanceof LayerItem.Content content) {
            long size = content.source().size().orElseThrow();
            write(
                    entry.name(),
                    TarConstants.LF_NORMAL,
                    "",
                    size,
                    defaults.complete(content.attributes(), EntryDefaults.FILE_MODE));
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
                write(entry.name() + "/", TarConstants.LF_DIR, "", 0, attributes);
                tar.closeArchiveEntry();
            }
            case SYMLINK -> {
                write(entry.name(), TarConstants.LF_SYMLINK, target(entry, item), 0, attributes);
                tar.closeArchiveEntry();
            }
            case FILE -> {
                OpenFile opened = OpenFile.onDisk(item.path(), facts);
                file = opened;
                write(entry.name(), TarConstants.LF_NORMAL, "", facts.size(), attributes);
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

    private void write(String name, byte type, String target, long size, EntryAttributes attributes)
            throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
        entry.setLinkName(target);
        entry.setSize(size);
        entry.setMode(attributes.mode().orElseThrow());
        entry.setUserId(attributes.userId().orElseThrow());
        entry.setGroupId(attributes.groupId().orElseThrow());
        // Commons Compress puts the name of whoever runs it here.
        entry.setUserName("");
        entry.setGroupName("");
        entry.setModTime(FileTime.from(attributes.time().orElseThrow().truncatedTo(ChronoUnit.SECONDS)));
        tar.putArchiveEntry(entry);
    }

    private void copyFrom(OpenFile open) throws IOException {
        int count = open.read(buffer);
        if (count > 0) {
            tar.write(buffer, 0, count);
            return;
        }
        open.finish();
        file = null;
        tar.closeArchiveEntry();
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
        private long left;

        private interface Check {
            boolean isUnchanged() throws IOException;
        }

        private OpenFile(String description, InputStream content, long size, Check check) {
            this.description = description;
            this.content = content;
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
