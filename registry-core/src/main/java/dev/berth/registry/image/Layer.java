package dev.berth.registry.image;

import dev.berth.registry.BlobSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * What one layer of a new image holds: files that are packed when the image is pushed, or an existing tar. Immutable;
 * may be used in several images. Files are read anew for each push.
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
     * way: a name that leads out of the image, a link that does, an entry below a link, or a name that comes twice ends
     * the push with an {@link ImageBuildException}.
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
        try {
            return tar.open();
        } catch (NoClassDefFoundError e) {
            throw new ImageBuildException(
                    "Building a layer needs org.apache.commons:commons-compress on the class path or module path", e);
        }
    }
}
