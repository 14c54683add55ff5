package dev.berth.registry.image.files;

import dev.berth.registry.BlobContent;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Repository;
import dev.berth.registry.image.library.CommonsCompress;
import dev.berth.registry.internal.stream.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/**
 * Reads the entries of a layer one after the other, in the order of its tar, with whiteouts. The layer may be compressed
 * with gzip or zstd, or not at all. Nothing is kept in memory and nothing is written. For one thread.
 *
 * <pre>{@code
 * try (LayerReader layer = LayerReader.open(repository, descriptor)) {
 *     for (Optional<FileEntry> entry = layer.next(); entry.isPresent(); entry = layer.next()) {
 *         System.out.println(entry.get().path());
 *     }
 * }
 * }</pre>
 *
 * @since 0.1
 */
public final class LayerReader implements AutoCloseable {
    private static final int RECORD_BYTES = 512;
    private static final int PERMISSIONS = 07777;

    private final SourceStream layer;
    private final BudgetStream bytes;
    private final TarArchiveInputStream tar;
    private final FileLimits limits;
    private final AutoCloseable source;
    private long entries;
    private @Nullable TarArchiveEntry current;

    private LayerReader(SourceStream layer, FileLimits limits, AutoCloseable source) throws IOException {
        this.layer = layer;
        this.bytes = new BudgetStream(Decompression.of(layer), limits.maxBytes());
        this.tar = new TarArchiveInputStream(bytes, RECORD_BYTES, StandardCharsets.UTF_8.name());
        this.limits = limits;
        this.source = source;
    }

    /**
     * Opens a layer of an image.
     *
     * @throws LayerFormatException if the content is not a layer
     * @throws IOException if reading fails
     * @throws dev.berth.registry.RegistryException with {@link dev.berth.registry.ErrorCode#BLOB_UNKNOWN} if the registry
     *     does not have it, otherwise if the registry fails
     */
    public static LayerReader open(Repository repository, Descriptor layer) throws IOException {
        return open(repository, layer, FileLimits.defaults());
    }

    /** Opens a layer of an image, with other limits. As {@link #open(Repository, Descriptor)}. */
    public static LayerReader open(Repository repository, Descriptor layer, FileLimits limits) throws IOException {
        BlobContent content = repository.blobs().open(layer.digest());
        try {
            return open(content.stream(), limits, content);
        } catch (IOException | RuntimeException e) {
            content.close();
            throw e;
        }
    }

    /**
     * Reads a layer from a stream, which is closed with the reader.
     *
     * @throws LayerFormatException if the content is not a layer
     * @throws IOException if reading fails
     */
    public static LayerReader of(InputStream layer, FileLimits limits) throws IOException {
        return open(layer, limits, layer);
    }

    private static LayerReader open(InputStream layer, FileLimits limits, AutoCloseable source) throws IOException {
        CommonsCompress.requireSuitable();
        Objects.requireNonNull(limits, "limits");
        SourceStream bytes = new SourceStream(layer);
        return bytes.translate(() -> new LayerReader(bytes, limits, source));
    }

    /**
     * Goes to the next entry. The content of the one before cannot be read any more.
     *
     * @return the entry, or empty at the end
     * @throws LayerFormatException if the layer is malformed or exceeds a limit
     * @throws IOException if reading fails
     */
    public Optional<FileEntry> next() throws IOException {
        return layer.translate(this::advance);
    }

    private Optional<FileEntry> advance() throws IOException {
        skipContent();
        bytes.beginHeaders();
        TarArchiveEntry entry = tar.getNextEntry();
        bytes.endHeaders();
        current = entry;
        if (entry == null) {
            return Optional.empty();
        }
        if (++entries > limits.maxEntries()) {
            throw new LayerFormatException("The layer has more than " + limits.maxEntries() + " entries");
        }
        return Optional.of(read(entry));
    }

    private void skipContent() throws IOException {
        if (current != null) {
            long skipped;
            do {
                skipped = tar.skip(Long.MAX_VALUE);
            } while (skipped > 0);
        }
    }

    private FileEntry read(TarArchiveEntry entry) throws IOException {
        LayerPaths.requireShort(entry.getName(), limits.maxPathBytes());
        LayerPaths.requireShort(String.valueOf(entry.getLinkName()), limits.maxPathBytes());
        FileEntry.Type type = type(entry);
        Optional<String> target = switch (type) {
            case SYMLINK -> Optional.of(entry.getLinkName());
            case HARD_LINK -> Optional.of(LayerPaths.normalize(entry.getLinkName()));
            default -> Optional.empty();
        };
        return new FileEntry(
                LayerPaths.normalize(entry.getName()),
                type,
                type == FileEntry.Type.FILE ? entry.getRealSize() : 0,
                entry.getMode() & PERMISSIONS,
                entry.getLongUserId(),
                entry.getLongGroupId(),
                modified(entry),
                target);
    }

    private static Instant modified(TarArchiveEntry entry) {
        return entry.getLastModifiedTime().toInstant();
    }

    private static FileEntry.Type type(TarArchiveEntry entry) {
        return switch (entry.getLinkFlag()) {
            case TarConstants.LF_SYMLINK -> FileEntry.Type.SYMLINK;
            case TarConstants.LF_LINK -> FileEntry.Type.HARD_LINK;
            case TarConstants.LF_DIR -> FileEntry.Type.DIRECTORY;
            case TarConstants.LF_NORMAL,
                    TarConstants.LF_OLDNORM,
                    TarConstants.LF_CONTIG,
                    TarConstants.LF_GNUTYPE_SPARSE ->
                entry.isDirectory() ? FileEntry.Type.DIRECTORY : FileEntry.Type.FILE;
            default -> FileEntry.Type.SPECIAL;
        };
    }

    /**
     * Returns the content of the current entry: of a file its bytes, otherwise nothing. It can be read until the next
     * entry is asked for; closing it is not necessary and does not close the layer.
     *
     * @throws IllegalStateException if there is no current entry
     */
    public InputStream content() {
        TarArchiveEntry entry = current;
        if (entry == null) {
            throw new IllegalStateException("There is no current entry: call next() first");
        }
        return new BulkInputStream() {
            @Override
            @SuppressWarnings("ReferenceEquality") // This very entry, not one that is like it.
            public int read(byte[] target, int offset, int length) throws IOException {
                Objects.checkFromIndexSize(offset, length, target.length);
                if (current != entry) {
                    throw new IOException("The reader of the layer has gone on to another entry");
                }
                return length == 0 ? 0 : layer.translate(() -> tar.read(target, offset, length));
            }
        };
    }

    /** Releases the layer. May be called repeatedly. */
    @Override
    public void close() throws IOException {
        current = null;
        try (bytes) {
            source.close();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
