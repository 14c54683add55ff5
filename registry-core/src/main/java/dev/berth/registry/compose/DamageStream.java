package dev.berth.registry.compose;

import dev.berth.registry.BlobDamagedException;
import dev.berth.registry.internal.stream.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Passes the content of a blob on, and tells once if it turns out to be damaged. */
final class DamageStream extends BulkInputStream {
    private final InputStream content;
    private final Runnable onDamage;
    private boolean told;

    DamageStream(InputStream content, Runnable onDamage) {
        this.content = content;
        this.onDamage = onDamage;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            return content.read(target, offset, length);
        } catch (BlobDamagedException e) {
            throw tell(e);
        }
    }

    @Override
    public long transferTo(OutputStream output) throws IOException {
        try {
            return content.transferTo(output);
        } catch (BlobDamagedException e) {
            throw tell(e);
        }
    }

    private BlobDamagedException tell(BlobDamagedException damage) {
        if (!told) {
            told = true;
            try {
                onDamage.run();
            } catch (RuntimeException e) {
                // The reader must learn of the damage, whatever the sink does.
                damage.addSuppressed(e);
            }
        }
        return damage;
    }

    @Override
    public long skip(long count) throws IOException {
        return content.skip(count);
    }

    @Override
    public int available() throws IOException {
        return content.available();
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
