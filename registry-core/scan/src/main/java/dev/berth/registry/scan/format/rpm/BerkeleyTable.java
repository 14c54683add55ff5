package dev.berth.registry.scan.format.rpm;

import dev.berth.registry.scan.format.source.RandomContent;
import dev.berth.registry.scan.format.source.UnreadableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The form "bdb": a hash table of Berkeley DB. All its pages are read from the first to the last, so that neither its
 * buckets nor its keys count. A value that does not fit into its page is a chain of others.
 */
final class BerkeleyTable implements RpmTable {
    private static final int MAGIC = 0x061561;
    private static final int MAGIC_AT = 12;
    private static final int PAGE_SIZE_AT = 20;
    private static final int LAST_PAGE_AT = 32;

    private static final int NEXT_PAGE_AT = 16;
    private static final int ENTRIES_AT = 20;
    private static final int FREE_AT = 22;
    private static final int TYPE_AT = 25;
    private static final int PAGE_HEADER_BYTES = 26;

    private static final int HASH_UNSORTED = 2;
    private static final int OVERFLOW = 7;
    private static final int HASH = 13;
    private static final int IN_PAGE = 1;
    private static final int OFF_PAGE = 3;
    private static final int OFF_PAGE_BYTES = 12;
    private static final int SMALLEST_PAGE = 512;
    private static final int LARGEST_PAGE = 64 * 1024;

    /** Less is no header but the counter that rpm keeps in the same table. */
    private static final int SMALLEST_HEADER = 16;

    private final RandomContent content;
    private final ByteOrder order;
    private final int pageSize;
    private final long pages;

    BerkeleyTable(RandomContent content) throws IOException {
        this.content = content;
        ByteBuffer header = content.read(0, PAGE_HEADER_BYTES + 10);
        this.order = header.order(ByteOrder.LITTLE_ENDIAN).getInt(MAGIC_AT) == MAGIC
                ? ByteOrder.LITTLE_ENDIAN
                : ByteOrder.BIG_ENDIAN;
        header.order(order);
        this.pageSize = header.getInt(PAGE_SIZE_AT);
        if (pageSize < SMALLEST_PAGE || pageSize > LARGEST_PAGE || Integer.bitCount(pageSize) != 1) {
            throw new UnreadableException("its header is damaged");
        }
        this.pages = Math.min(Integer.toUnsignedLong(header.getInt(LAST_PAGE_AT)) + 1, content.size() / pageSize);
    }

    static boolean isAt(byte[] beginning) {
        int magic = ByteBuffer.wrap(beginning).getInt(MAGIC_AT);
        return magic == MAGIC || magic == Integer.reverseBytes(MAGIC);
    }

    @Override
    public void forEach(Consumer consumer) throws IOException {
        for (long number = 1; number < pages; number++) {
            ByteBuffer page = page(number);
            int type = page.get(TYPE_AT);
            if (type == HASH || type == HASH_UNSORTED) {
                values(page, consumer);
            }
        }
    }

    private ByteBuffer page(long number) throws IOException {
        return content.read(number * pageSize, pageSize).order(order);
    }

    /** Keys and values by turns, from the end of the page. */
    private void values(ByteBuffer page, Consumer consumer) throws IOException {
        int entries = page.getShort(ENTRIES_AT) & 0xffff;
        if (entries > (pageSize - PAGE_HEADER_BYTES) / Short.BYTES) {
            throw damaged();
        }
        for (int i = 1; i < entries; i += 2) {
            int from = page.getShort(PAGE_HEADER_BYTES + i * Short.BYTES) & 0xffff;
            int end = page.getShort(PAGE_HEADER_BYTES + (i - 1) * Short.BYTES) & 0xffff;
            if (from < PAGE_HEADER_BYTES || from >= end || end > pageSize) {
                throw damaged();
            }
            int kind = page.get(from);
            if (kind == OFF_PAGE && end - from >= OFF_PAGE_BYTES) {
                consumer.take(chain(Integer.toUnsignedLong(page.getInt(from + 4)), page.getInt(from + 8)));
            } else if (kind == IN_PAGE && end - from > SMALLEST_HEADER) {
                byte[] value = new byte[end - from - 1];
                page.get(from + 1, value);
                consumer.take(ByteBuffer.wrap(value));
            }
        }
    }

    /** The length bounds the chain: each of its pages has at least a byte. */
    private ByteBuffer chain(long first, int length) throws IOException {
        if (length < 0 || length > MOST_HEADER_BYTES || length > content.size()) {
            throw damaged();
        }
        ByteBuffer value = ByteBuffer.allocate(length);
        for (long number = first; value.hasRemaining(); ) {
            ByteBuffer page = page(number);
            int bytes = page.getShort(FREE_AT) & 0xffff;
            if (page.get(TYPE_AT) != OVERFLOW
                    || bytes == 0
                    || bytes > pageSize - PAGE_HEADER_BYTES
                    || bytes > value.remaining()) {
                throw damaged();
            }
            value.put(page.slice(PAGE_HEADER_BYTES, bytes));
            number = Integer.toUnsignedLong(page.getInt(NEXT_PAGE_AT));
        }
        return value.flip();
    }

    private static UnreadableException damaged() {
        return new UnreadableException("a page is damaged");
    }
}
