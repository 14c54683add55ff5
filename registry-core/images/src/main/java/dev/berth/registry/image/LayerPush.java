package dev.berth.registry.image;

import dev.berth.registry.Blobs;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Pushes the layers of one build to one repository, each of them once. One use by one thread. */
final class LayerPush {

    /**
     * A layer in the registry.
     *
     * @param blob its digest and size, compressed
     * @param diffId its digest before compression
     */
    record Pushed(Descriptor blob, Digest diffId) {}

    private record Key(Layer layer, Compression compression, DigestAlgorithm algorithm) {}

    private final Blobs blobs;
    private final Executor executor;
    private final Map<Key, Pushed> pushed = new HashMap<>();

    LayerPush(Blobs blobs, Executor executor) {
        this.blobs = blobs;
        this.executor = executor;
    }

    Pushed push(Layer layer, Compression compression, DigestAlgorithm algorithm) {
        Key key = new Key(layer, compression, algorithm);
        Pushed before = pushed.get(key);
        if (before != null) {
            return before;
        }
        Content content = new Content(layer, compression, algorithm);
        Descriptor blob = new StreamedBlob(content, layer.reopenable(), algorithm).pushTo(blobs);
        Pushed now = new Pushed(blob, content.diffId());
        pushed.put(key, now);
        return now;
    }

    /** The compressed layer, and the digest of what is compressed. */
    private final class Content implements StreamedBlob.Opener {
        private final Layer layer;
        private final Compression compression;
        private final DigestAlgorithm algorithm;
        private @Nullable MeasuredStream raw;

        Content(Layer layer, Compression compression, DigestAlgorithm algorithm) {
            this.layer = layer;
            this.compression = compression;
            this.algorithm = algorithm;
        }

        @Override
        public InputStream open() throws IOException {
            MeasuredStream opened = new MeasuredStream(layer.open(), algorithm);
            raw = opened;
            try {
                return compression.compress(opened, executor);
            } catch (IOException | RuntimeException e) {
                opened.close();
                throw e;
            }
        }

        Digest diffId() {
            return Objects.requireNonNull(raw, "the layer was not opened").digest();
        }
    }
}
