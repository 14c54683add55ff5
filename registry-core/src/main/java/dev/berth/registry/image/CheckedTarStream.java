package dev.berth.registry.image;

import dev.berth.registry.internal.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
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
    private final Set<String> names = new HashSet<>();
    private final Set<String> symlinks = new HashSet<>();
    private boolean inSparseFile;
    private boolean inEntry;
    private boolean listed;

    CheckedTarStream(InputStream source) {
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
            throw ofSource != null ? ofSource : new UnpackableException("The tar is malformed: " + e.getMessage(), e);
        }
    }

    private boolean readAlong() throws IOException {
        if (inEntry) {
            inEntry = inSparseFile ? tar.skip(SPARSE_STEP_BYTES) > 0 : tar.read(buffer, 0, buffer.length) > 0;
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
        if (raw.isEmpty()) {
            throw new UnpackableException("The tar is empty: not even its end is there");
        }
        return true;
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
            throw new UnpackableException(
                    names.isEmpty()
                            ? "This is not a tar; if it is compressed, give it uncompressed"
                            : "The tar is malformed: an entry's checksum is wrong, after " + names.size() + " entries");
        }
        String name = normalize("The tar's entry", entry.getName());
        if (!names.add(name)) {
            throw new UnpackableException("The tar has the entry '" + JsonObject.printable(name) + "' twice");
        }
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            if (symlinks.contains(name.substring(0, slash))) {
                throw new UnpackableException("The tar's entry '" + JsonObject.printable(name)
                        + "' is below a symbolic link of the same tar");
            }
        }
        if (entry.isSymbolicLink()) {
            symlinks.add(name);
            int depth = (int) name.chars().filter(c -> c == '/').count();
            if (EntryPath.escapes(depth, entry.getLinkName())) {
                throw new UnpackableException("The tar's link '" + JsonObject.printable(name)
                        + "' leads out of the image, to '" + JsonObject.printable(entry.getLinkName()) + "'");
            }
        } else if (entry.isLink()) {
            normalize("The target of the tar's link '" + JsonObject.printable(name) + "',", entry.getLinkName());
        }
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
    private static final class Tee extends InputStream {
        private final InputStream in;
        private final OutputStream copy;
        private boolean empty = true;
        private @Nullable IOException failure;

        Tee(InputStream in, OutputStream copy) {
            this.in = in;
            this.copy = copy;
        }

        boolean isEmpty() {
            return empty;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, target.length);
            try {
                int count = in.read(target, offset, length);
                if (count > 0) {
                    empty = false;
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
