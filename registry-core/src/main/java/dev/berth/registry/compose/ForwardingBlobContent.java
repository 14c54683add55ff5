package dev.berth.registry.compose;

import dev.berth.registry.BlobContent;
import dev.berth.registry.Descriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;

/**
 * Content that forwards every method to other content: a base for wrappers. Closing it closes the other content.
 *
 * @since 0.1
 */
public abstract class ForwardingBlobContent implements BlobContent {
    private final BlobContent delegate;

    /** Creates an object that forwards to the given content. */
    protected ForwardingBlobContent(BlobContent delegate) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
    }

    /** Returns the content behind this one. */
    protected final BlobContent delegate() {
        return delegate;
    }

    @Override
    public Descriptor descriptor() {
        return delegate.descriptor();
    }

    @Override
    public long offset() {
        return delegate.offset();
    }

    @Override
    public long length() {
        return delegate.length();
    }

    @Override
    public InputStream stream() throws IOException {
        return delegate.stream();
    }

    @Override
    public long transferTo(OutputStream output) throws IOException {
        return delegate.transferTo(output);
    }

    @Override
    public void close() {
        delegate.close();
    }
}
