package dev.berth.examples.standalone.scan;

import dev.berth.registry.BlobContent;
import dev.berth.registry.Blobs;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Repository;
import dev.berth.registry.compose.ForwardingBlobContent;
import dev.berth.registry.compose.ForwardingBlobs;
import dev.berth.registry.compose.ForwardingRepository;
import dev.berth.registry.copy.CopyListener;
import dev.berth.registry.copy.CopyProgress;
import dev.berth.registry.manifest.ImageManifest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** A repository that tells how much of the layers of an image was read. For one thread. */
final class ReadLayers extends ForwardingRepository {
    private final List<Descriptor> layers;
    private final CopyListener listener;
    private final long total;

    /**
     * @param listener is told of the progress, in the words of copies
     */
    ReadLayers(Repository repository, ImageManifest image, CopyListener listener) {
        super(repository);
        this.layers = image.layers();
        this.listener = listener;
        this.total = layers.stream().mapToLong(Descriptor::size).sum();
    }

    @Override
    public Blobs blobs() {
        return new ForwardingBlobs(super.blobs()) {
            @Override
            public BlobContent open(Digest digest, ByteRange range) {
                BlobContent content = super.open(digest, range);
                int index = indexOf(digest);
                return index < 0 ? content : new Told(content, index);
            }
        };
    }

    private int indexOf(Digest digest) {
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i).digest().equals(digest)) {
                return i;
            }
        }
        return -1;
    }

    /** Tells that all is read, also what did not have to be. */
    void done() {
        tell(layers.size(), 0);
    }

    private void tell(int layersBefore, long bytes) {
        long before =
                layers.stream().limit(layersBefore).mapToLong(Descriptor::size).sum();
        listener.progress(new CopyProgress(Math.min(total, before + bytes), total, layersBefore, layers.size(), 0, 1));
    }

    /** The content of a layer, which is read from its beginning. */
    private final class Told extends ForwardingBlobContent {
        private final int layersBefore;

        Told(BlobContent content, int layersBefore) {
            super(content);
            this.layersBefore = layersBefore;
        }

        @Override
        public InputStream stream() throws IOException {
            return new FilterInputStream(super.stream()) {
                private long read;

                @Override
                public int read() throws IOException {
                    int next = super.read();
                    add(next < 0 ? 0 : 1);
                    return next;
                }

                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                    int count = super.read(target, offset, length);
                    add(Math.max(0, count));
                    return count;
                }

                private void add(int count) {
                    read += count;
                    tell(layersBefore, read);
                }
            };
        }
    }
}
