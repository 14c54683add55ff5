package dev.berth.registry.layout;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** One pass over the headers of a tar, as GNU tar, pax and Go's {@code archive/tar} write them. */
final class TarScan {
    private static final int MAX_EXTENDED_HEADER = 64 * 1024;

    private final FileChannel channel;
    private final TarIndex index;
    private final long end;
    private final byte[] block = new byte[TarHeader.BLOCK];
    private long position;
    /** What the extended headers say of the next entry. */
    private Map<String, String> extended = new HashMap<>();

    TarScan(FileChannel channel, TarIndex index) throws IOException {
        this.channel = channel;
        this.index = index;
        this.end = channel.size();
    }

    void run() throws IOException {
        if (end < TarHeader.BLOCK) {
            throw new MalformedLayoutException("it is not a tar archive: it is only " + end + " bytes long");
        }
        // Some writers leave out the zeros at the end.
        while (position + TarHeader.BLOCK <= end) {
            readFully(position, block);
            if (TarHeader.isEnd(block)) {
                return;
            }
            entry(TarHeader.parse(block, position));
        }
        if (position < end) {
            throw new MalformedLayoutException("it is cut off in a tar header at byte " + position);
        }
    }

    private void entry(TarHeader header) throws IOException {
        long content = position + TarHeader.BLOCK;
        long size = header.isHeaderOnly() ? 0 : size(header);
        if (size > end - content) {
            throw new MalformedLayoutException("it is cut off: its entry " + TarPath.printable(header.name()) + " is "
                    + size + " bytes long, and only " + (end - content) + " are there");
        }
        switch (header.type()) {
            case 'L' -> extended.put("path", text(header, content, size));
            case 'K' -> extended.put("linkpath", text(header, content, size));
            case 'x' -> extended.putAll(PaxRecords.parse(extendedHeader(header, content, size)));
            // Defaults for all entries: no writer puts names or sizes there.
            case 'g' -> PaxRecords.parse(extendedHeader(header, content, size));
            default -> {
                add(header, content, size);
                extended = new HashMap<>();
            }
        }
        // The last entry may lack the bytes that would fill its block.
        position = Math.min(end, content + (size + TarHeader.BLOCK - 1) / TarHeader.BLOCK * TarHeader.BLOCK);
    }

    private long size(TarHeader header) throws MalformedLayoutException {
        String text = extended.get("size");
        if (text == null) {
            return header.size();
        }
        try {
            long size = Long.parseLong(text);
            if (size >= 0) {
                return size;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new MalformedLayoutException("a pax header in it has a size that is none");
    }

    private void add(TarHeader header, long content, long size) throws IOException {
        String name = TarPath.of(extended.getOrDefault("path", header.name()));
        if (header.isSparse() || extended.keySet().stream().anyMatch(key -> key.startsWith("GNU.sparse."))) {
            throw new MalformedLayoutException("its file " + TarPath.printable(name)
                    + " has holes that were left out; make the archive without --sparse");
        }
        if (header.isFile() && !name.isEmpty()) {
            index.addFile(name, content, size);
        } else if (header.isHardLink() || header.isSymbolicLink()) {
            String target = extended.getOrDefault("linkpath", header.linkTarget());
            index.addLink(name, target, header.isSymbolicLink());
        }
    }

    private String text(TarHeader header, long content, long size) throws IOException {
        String text = new String(extendedHeader(header, content, size), StandardCharsets.UTF_8);
        int zero = text.indexOf('\0');
        return zero < 0 ? text : text.substring(0, zero);
    }

    private byte[] extendedHeader(TarHeader header, long content, long size) throws IOException {
        if (size > MAX_EXTENDED_HEADER) {
            throw new MalformedLayoutException("it has a tar header of type '" + header.type() + "' of " + size
                    + " bytes; at most " + MAX_EXTENDED_HEADER + " are read");
        }
        byte[] bytes = new byte[(int) size];
        readFully(content, bytes);
        return bytes;
    }

    private void readFully(long from, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, from + buffer.position()) < 0) {
                throw new EOFException("the file was cut while it was read");
            }
        }
    }
}
