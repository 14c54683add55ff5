package dev.berth.registry.image;

import dev.berth.registry.image.library.CommonsCompress;
import dev.berth.registry.internal.archive.CompressedFile;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.stream.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/**
 * Passes an existing tar on, byte for byte, and reads it along the way: it ends with an {@link UnpackableException}
 * before the end if the tar is not one that unpacks to the same thing everywhere and within the image.
 */
final class CheckedTarStream extends PulledStream {
    /** Holes of a sparse file cost nothing to pass over, so it may be more at once. */
    private static final int SPARSE_STEP_BYTES = 1024 * 1024;

    /** With larger blocks, what is behind the end would be passed over. */
    private static final int RECORD_BYTES = 512;

    private final Tee raw;
    private final TarArchiveInputStream tar;
    private final byte[] buffer = new byte[STEP_BYTES];
    private final TarTree tree = new TarTree();
    private long entries;
    private long endOfEntry;
    private boolean inSparseFile;
    private boolean inEntry;
    private boolean listed;

    CheckedTarStream(InputStream source) {
        CommonsCompress.requireSuitable();
        this.raw = new Tee(source, sink());
        this.tar = new TarArchiveInputStream(raw, RECORD_BYTES, StandardCharsets.UTF_8.name());
    }

    @Override
    protected boolean step() throws IOException {
        try {
            return listed ? passRest() : readAlong();
        } catch (UnpackableException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            // If the source failed, the fault is not the tar's.
            IOException ofSource = raw.failure;
            throw ofSource != null ? ofSource : malformed(String.valueOf(e.getMessage()), e);
        }
    }

    private boolean readAlong() throws IOException {
        if (inEntry) {
            inEntry = inSparseFile ? tar.skip(SPARSE_STEP_BYTES) > 0 : tar.read(buffer, 0, buffer.length) > 0;
            endOfEntry = raw.size();
            return true;
        }
        TarArchiveEntry entry = tar.getNextEntry();
        if (entry != null) {
            check(entry);
            inEntry = true;
            inSparseFile = entry.isSparse();
            return true;
        }
        listed = true;
        if (raw.size() == 0) {
            throw new UnpackableException("The tar is empty: not even its end is there");
        }
        requireEnd();
        tree.finish();
        return true;
    }

    /** A tar ends with a block of zeros: where there is none, it was cut off, between two entries or within a header. */
    private void requireEnd() throws UnpackableException {
        long padding = Math.floorMod(-endOfEntry, (long) RECORD_BYTES);
        if (raw.size() < endOfEntry + padding + RECORD_BYTES || raw.zerosAtEnd() < RECORD_BYTES) {
            throw malformed("it is cut off: its end is missing", null);
        }
    }

    private boolean passRest() throws IOException {
        int count = raw.read(buffer, 0, buffer.length);
        for (int i = 0; i < count; i++) {
            if (buffer[i] != 0) {
                throw new UnpackableException(
                        "The tar has more content behind its end; if it is several in one, make a layer of each");
            }
        }
        return count >= 0;
    }

    private void check(TarArchiveEntry entry) throws IOException {
        if (!entry.isCheckSumOK()) {
            throw malformed("an entry's checksum is wrong", null);
        }
        entries++;
        String name = normalize("The tar's entry", entry.getName());
        requireNoStrayWhiteout(name);
        boolean mayHaveContent = false;
        switch (entry.getLinkFlag()) {
            case TarConstants.LF_SYMLINK -> tree.symlink(name, entry.getLinkName());
            case TarConstants.LF_LINK -> {
                String what = "The target of the tar's link '" + JsonObject.printable(name) + "',";
                tree.hardLink(name, normalize(what, entry.getLinkName()));
            }
            case TarConstants.LF_DIR -> tree.directory(name);
            case TarConstants.LF_CHR, TarConstants.LF_BLK, TarConstants.LF_FIFO -> tree.file(name);
            case TarConstants.LF_NORMAL, TarConstants.LF_OLDNORM -> {
                // Before there was a type for directories, a slash made them.
                if (entry.isDirectory()) {
                    tree.directory(name);
                } else {
                    tree.file(name);
                    mayHaveContent = true;
                }
            }
            default -> throw unknownType(name, (char) entry.getLinkFlag());
        }
        if (entry.getSize() != 0 && !mayHaveContent) {
            throw new UnpackableException("The tar's entry '" + JsonObject.printable(name)
                    + "' has content, although it is no file: programs differ on what comes next");
        }
    }

    /** It would delete the directory that it is in, or the one above. */
    private static void requireNoStrayWhiteout(String name) throws UnpackableException {
        String last = name.substring(name.lastIndexOf('/') + 1);
        if (last.startsWith(EntryPath.WHITEOUT)) {
            String removed = last.substring(EntryPath.WHITEOUT.length());
            if (removed.isEmpty() || removed.equals(".") || removed.equals("..")) {
                throw new UnpackableException("The tar's entry '" + JsonObject.printable(name)
                        + "' would remove something that is not in its directory");
            }
        }
    }

    private static UnpackableException unknownType(String name, char type) {
        String entry = "The tar's entry '" + JsonObject.printable(name) + "' ";
        return new UnpackableException(
                type == TarConstants.LF_GNUTYPE_SPARSE
                        ? entry + "is a sparse file in GNU's old format, which container engines do not unpack;"
                                + " make the tar with --format=posix"
                        : entry + "is of the type '" + JsonObject.printable(String.valueOf(type))
                                + "', which container engines do not unpack");
    }

    private UnpackableException malformed(String problem, @Nullable Exception cause) {
        Optional<String> program = CompressedFile.uncompressedBy(raw.beginning());
        if (program.isPresent()) {
            return new UnpackableException(
                    "This is not a tar but compressed; uncompress it first, with " + program.get(), cause);
        }
        return new UnpackableException(
                entries == 0
                        ? "This is not a tar: " + problem
                        : "The tar is malformed after its entry number " + entries + ": " + problem,
                cause);
    }

    private static String normalize(String what, String name) throws IOException {
        String shown = what + " '" + JsonObject.printable(name) + "'";
        if (name.startsWith("/")) {
            throw new UnpackableException(shown + " is absolute: names in a layer are relative to the root");
        }
        String problem = EntryPath.problemOf(name);
        if (!problem.isEmpty()) {
            throw new UnpackableException(shown + " is not in UTF-8");
        }
        try {
            return String.join("/", EntryPath.parse(name));
        } catch (IllegalArgumentException e) {
            throw new UnpackableException(shown + " leads out of the image", e);
        }
    }

    @Override
    protected void release() throws IOException {
        raw.close();
    }

    /** Copies what is read, and what is skipped, to the output. */
    private static final class Tee extends BulkInputStream {
        private final InputStream in;
        private final OutputStream copy;
        private final byte[] beginning = new byte[CompressedFile.MAGIC_BYTES];
        private long size;
        private long zerosAtEnd;
        private @Nullable IOException failure;

        Tee(InputStream in, OutputStream copy) {
            this.in = in;
            this.copy = copy;
        }

        long size() {
            return size;
        }

        long zerosAtEnd() {
            return zerosAtEnd;
        }

        byte[] beginning() {
            return Arrays.copyOf(beginning, (int) Math.min(size, beginning.length));
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, target.length);
            try {
                int count = in.read(target, offset, length);
                if (count > 0) {
                    for (int i = 0; i < count && size + i < beginning.length; i++) {
                        beginning[(int) size + i] = target[offset + i];
                    }
                    size += count;
                    int zeros = 0;
                    while (zeros < count && target[offset + count - 1 - zeros] == 0) {
                        zeros++;
                    }
                    zerosAtEnd = zeros == count ? zerosAtEnd + count : zeros;
                    copy.write(target, offset, count);
                }
                return count;
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
