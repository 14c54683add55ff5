package dev.berth.registry.server.resources;

import dev.berth.registry.BlobContent;
import dev.berth.registry.Blobs;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Descriptor;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.internal.wire.RangeHeader;
import dev.berth.registry.internal.wire.WireHeaders;
import dev.berth.registry.server.ResponseBody;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Several parts of a blob as {@code multipart/byteranges} (RFC 9110, section 14.6). The storage is asked once for parts
 * that stand close together; what is between them is read and discarded.
 */
final class MultipartBody implements ResponseBody {
    /** Reading so many bytes takes less time than asking the storage again. */
    private static final int LARGEST_GAP = 16 * 1024;

    private static final int BUFFER = 64 * 1024;

    private final Blobs blobs;
    private final Descriptor blob;
    private final List<ByteRange.Slice> parts;
    private final List<byte[]> heads = new ArrayList<>();
    private final byte[] end;
    private @Nullable BlobContent content;
    private long position;

    private MultipartBody(Blobs blobs, Descriptor blob, List<ByteRange.Slice> parts, String boundary) {
        this.blobs = blobs;
        this.blob = blob;
        this.parts = parts;
        String before = "--";
        for (ByteRange.Slice part : parts) {
            heads.add(ascii(before + boundary + "\r\n"
                    + WireHeaders.CONTENT_TYPE + ": " + MediaTypes.OCTET_STREAM + "\r\n"
                    + WireHeaders.CONTENT_RANGE + ": " + RangeHeader.formatContentRange(part, blob.size())
                    + "\r\n\r\n"));
            before = "\r\n--";
        }
        this.end = ascii("\r\n--" + boundary + "--\r\n");
    }

    /**
     * Opens the first part while another response can still be sent.
     *
     * @param parts at least one
     * @param boundary occurs in no part
     */
    static MultipartBody open(Blobs blobs, Descriptor blob, List<ByteRange.Slice> parts, String boundary) {
        MultipartBody body = new MultipartBody(blobs, blob, parts, boundary);
        body.openFrom(0);
        return body;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Opens the content from the beginning of a part to the end of the last one that is close to those before. */
    private BlobContent openFrom(int index) {
        close();
        ByteRange.Slice first = parts.get(index);
        long until = first.offset() + first.length();
        for (ByteRange.Slice next : parts.subList(index + 1, parts.size())) {
            long gap = next.offset() - until;
            if (gap < 0 || gap > LARGEST_GAP) {
                break;
            }
            until = next.offset() + next.length();
        }
        BlobContent opened = blobs.open(blob.digest(), ByteRange.between(first.offset(), until - 1));
        content = opened;
        position = first.offset();
        return opened;
    }

    @Override
    public OptionalLong length() {
        long length = end.length;
        for (int i = 0; i < parts.size(); i++) {
            length += heads.get(i).length + parts.get(i).length();
        }
        return OptionalLong.of(length);
    }

    @Override
    public void writeTo(OutputStream output) throws IOException {
        byte[] buffer = new byte[(int) Math.min(BUFFER, length().orElse(BUFFER))];
        for (int i = 0; i < parts.size(); i++) {
            output.write(heads.get(i));
            ByteRange.Slice part = parts.get(i);
            BlobContent open = content;
            if (open == null || part.offset() < position || part.offset() >= open.offset() + open.length()) {
                open = openFrom(i);
            }
            InputStream stream = open.stream();
            stream.skipNBytes(part.offset() - position);
            copy(stream, part.length(), output, buffer);
            position = part.offset() + part.length();
        }
        output.write(end);
    }

    private void copy(InputStream stream, long length, OutputStream output, byte[] buffer) throws IOException {
        long left = length;
        while (left > 0) {
            int read = stream.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (read < 0) {
                throw new EOFException("The blob " + blob.digest() + " is shorter than its " + blob.size() + " bytes");
            }
            output.write(buffer, 0, read);
            left -= read;
        }
    }

    @Override
    public void close() {
        BlobContent open = content;
        content = null;
        if (open != null) {
            open.close();
        }
    }
}
