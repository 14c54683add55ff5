package dev.berth.registry.compose;

import dev.berth.registry.BlobContent;
import dev.berth.registry.Descriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;

/** Content that is that of another one: a base for wrappers. Closing it closes that one. */
public abstract class ForwardingBlobContent implements BlobContent {
    private final BlobContent delegate;

    /** Forwards to this content. */
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
