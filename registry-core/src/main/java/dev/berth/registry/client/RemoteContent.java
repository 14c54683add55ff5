package dev.berth.registry.client;

import dev.berth.registry.BlobContent;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.transport.IncomingResponse;
import dev.berth.registry.internal.wire.RangeHeader;
import dev.berth.registry.internal.wire.WireHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/** A blob of a {@link RemoteRegistry}, or a part of one, on its way here. */
final class RemoteContent implements BlobContent {
    private static final int PARTIAL_CONTENT = 206;

    private final Descriptor descriptor;
    private final ByteRange.Slice slice;
    private final ResumingStream stream;

    private RemoteContent(Descriptor descriptor, ByteRange.Slice slice, ResumingStream stream) {
        this.descriptor = descriptor;
        this.slice = slice;
        this.stream = stream;
    }

    /** Opens a blob. */
    static RemoteContent open(RemoteBlobs blobs, Digest digest, ByteRange range) {
        IncomingResponse response = blobs.get(digest, range.isAll() ? Optional.empty() : Optional.of(range));
        try {
            ContentDigestHeader.require(response, digest, "the blob");
            boolean partial = response.status() == PARTIAL_CONTENT;
            Optional<RangeHeader.Part> part = partial ? partOf(response) : Optional.empty();
            OptionalLong told = partial
                    ? part.map(RangeHeader.Part::totalSize).orElse(OptionalLong.empty())
                    : response.bodyLength();
            long size = told.isPresent() ? told.getAsLong() : blobs.sizeOf(digest);
            // Fails for a range without a byte, for which some registries send a part without one.
            ByteRange.Slice wanted = range.slice(size);
            if (partial && !part.map(RangeHeader.Part::slice).equals(Optional.of(wanted))) {
                throw odd(digest, "sent another part of it than was asked for, or did not say which");
            }
            Descriptor descriptor = Descriptor.of(MediaTypes.OCTET_STREAM, digest, size);
            // A registry that does not do ranges sends everything.
            long surplus = partial ? 0 : wanted.offset();
            return new RemoteContent(
                    descriptor, wanted, new ResumingStream(blobs, descriptor, wanted, response, surplus));
        } catch (RuntimeException e) {
            response.close();
            throw e;
        }
    }

    /** Returns which part a response is, or fails if it does not say that. */
    static RangeHeader.Part part(IncomingResponse response, Digest digest) {
        return partOf(response).orElseThrow(() -> odd(digest, "sent a part of it without saying which"));
    }

    /** Returns whether a response says that it is a part that begins at this position. */
    static boolean beginsAt(IncomingResponse response, long position) {
        return partOf(response)
                .filter(part -> part.slice().offset() == position)
                .isPresent();
    }

    private static Optional<RangeHeader.Part> partOf(IncomingResponse response) {
        return response.header(WireHeaders.CONTENT_RANGE).flatMap(RangeHeader::parseContentRange);
    }

    static RegistryException odd(Digest digest, String what) {
        return RegistryException.of(
                ErrorCode.UNAVAILABLE, "Could not pull the blob " + digest + ": the registry " + what);
    }

    @Override
    public Descriptor descriptor() {
        return descriptor;
    }

    @Override
    public long offset() {
        return slice.offset();
    }

    @Override
    public long length() {
        return slice.length();
    }

    @Override
    public InputStream stream() throws IOException {
        return stream;
    }

    @Override
    public void close() {
        stream.close();
    }
}
