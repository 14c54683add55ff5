package dev.berth.registry.compose;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobDamagedException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Content of an {@link Observed} registry, which tells once if it turns out to be damaged. */
final class ObservedContent extends ForwardingBlobContent {
    private final Runnable onDamage;
    private @Nullable InputStream stream;
    private boolean told;

    ObservedContent(BlobContent content, Runnable onDamage) {
        super(content);
        this.onDamage = onDamage;
    }

    @Override
    public InputStream stream() throws IOException {
        InputStream observed = stream;
        if (observed == null) {
            observed = new Stream(super.stream());
            stream = observed;
        }
        return observed;
    }

    @Override
    public long transferTo(OutputStream output) throws IOException {
        return telling(() -> super.transferTo(output));
    }

    private interface Reading<T> {
        T run() throws IOException;
    }

    private <T> T telling(Reading<T> reading) throws IOException {
        try {
            return reading.run();
        } catch (BlobDamagedException e) {
            if (!told) {
                told = true;
                tell(e);
            }
            throw e;
        }
    }

    private void tell(BlobDamagedException damage) {
        try {
            onDamage.run();
        } catch (RuntimeException e) {
            // The reader must learn of the damage, whatever the sink does.
            damage.addSuppressed(e);
        }
    }

    private final class Stream extends FilterInputStream {
        Stream(InputStream content) {
            super(content);
        }

        @Override
        public int read() throws IOException {
            return telling(super::read);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return telling(() -> super.read(target, offset, length));
        }

        @Override
        public long transferTo(OutputStream output) throws IOException {
            return telling(() -> in.transferTo(output));
        }
    }
}
