package dev.berth.registry.scan.format.rpm;

import dev.berth.registry.scan.format.source.RandomContent;
import dev.berth.registry.scan.format.source.UnreadableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The form "ndb": pages of slots, each of which points at a blob. */
final class NdbTable implements RpmTable {
    private static final int MAGIC = magic("RpmP");
    private static final int SLOT = magic("Slot");
    private static final int BLOB = magic("BlbS");
    private static final int PAGE_BYTES = 4096;
    private static final int SLOT_BYTES = 16;
    private static final int HEADER_BYTES = 32;
    private static final int BLOCK_BYTES = 16;
    private static final int BLOB_HEADER_BYTES = 16;
    private static final int MOST_SLOT_PAGES = 2048;

    private final RandomContent content;

    NdbTable(RandomContent content) {
        this.content = content;
    }

    private static int magic(String name) {
        return name.charAt(0) | name.charAt(1) << 8 | name.charAt(2) << 16 | name.charAt(3) << 24;
    }

    static boolean isAt(byte[] beginning) {
        return little(ByteBuffer.wrap(beginning)).getInt(0) == MAGIC;
    }

    private static ByteBuffer little(ByteBuffer buffer) {
        return buffer.order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void forEach(Consumer consumer) throws IOException {
        int pages = little(content.read(0, HEADER_BYTES)).getInt(12);
        if (pages <= 0 || pages > MOST_SLOT_PAGES) {
            throw new UnreadableException("its header is damaged");
        }
        ByteBuffer slots = little(content.read(0, (int) Math.min(content.size(), (long) pages * PAGE_BYTES)));
        for (int slot = HEADER_BYTES; slot <= slots.limit() - SLOT_BYTES; slot += SLOT_BYTES) {
            if (slots.getInt(slot) != SLOT) {
                throw new UnreadableException("a slot is damaged");
            }
            int number = slots.getInt(slot + 4);
            long block = Integer.toUnsignedLong(slots.getInt(slot + 8));
            if (number != 0 && block != 0) {
                consumer.take(blob(block * BLOCK_BYTES, number));
            }
        }
    }

    private ByteBuffer blob(long place, int number) throws IOException {
        ByteBuffer header = little(content.read(place, BLOB_HEADER_BYTES));
        int length = header.getInt(12);
        if (header.getInt(0) != BLOB || header.getInt(4) != number || length < 0 || length > MOST_HEADER_BYTES) {
            throw new UnreadableException("a slot points at no package");
        }
        return content.read(place + BLOB_HEADER_BYTES, length);
    }
}
