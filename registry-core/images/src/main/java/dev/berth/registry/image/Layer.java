package dev.berth.registry.image;

import dev.berth.registry.BlobSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * What one layer of a new image holds: files that are packed when the image is pushed, or an existing tar. Immutable;
 * may be used in several images. Files are read anew for each push.
 *
 * @since 0.1
 */
public final class Layer {

    /** Opens the tar at its beginning. */
    private interface TarSource {
        InputStream open() throws IOException;
    }

    private final TarSource tar;
    private final boolean reopenable;

    private Layer(TarSource tar, boolean reopenable) {
        this.tar = tar;
        this.reopenable = reopenable;
    }

    /** Begins a layer of files. */
    public static LayerBuilder builder() {
        return new LayerBuilder();
    }

    /**
     * Returns a layer that is an existing tar, not compressed. Its bytes are taken as they are, and are checked on the
     * way. What does not unpack everywhere to the same thing, within the image, ends the push with an
     * {@link ImageBuildException}: a name that is absolute or leads out of the image; a symbolic link that does, itself
     * or through others (an absolute one starts at the root of the image); an entry below a link or a file; a name that
     * comes twice; a hard link to what is not in the tar before it; sparse files in GNU's old format (those that
     * {@code tar --format=posix} writes are fine), and other types that container engines do not know; a tar that is cut
     * off, damaged, compressed, or has something behind its end. The names of its entries are held in memory.
     */
    public static Layer ofTar(BlobSource tar) {
        Objects.requireNonNull(tar, "tar");
        return new Layer(() -> new CheckedTarStream(tar.open()), tar.reopenable());
    }

    static Layer ofTree(LayerNode root, EntryDefaults defaults) {
        return new Layer(() -> new TreeTarStream(root, defaults), true);
    }

    boolean reopenable() {
        return reopenable;
    }

    /** Returns the layer as a tar, made as it is read. */
    InputStream open() throws IOException {
        return tar.open();
    }
}
