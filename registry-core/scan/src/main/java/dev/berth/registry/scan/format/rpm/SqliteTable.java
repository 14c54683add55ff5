package dev.berth.registry.scan.format.rpm;

import dev.berth.registry.scan.format.source.RandomContent;
import dev.berth.registry.scan.format.source.UnreadableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The form "sqlite": the rows of a table of a database of SQLite (its page "Database File Format"). Only what leads there
 * is read: trees of tables, no indexes, no free pages. Of each row the one blob is passed on.
 */
final class SqliteTable implements RpmTable {
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER_BYTES = 100;
    private static final int INTERIOR = 5;
    private static final int LEAF = 13;
    private static final int MOST_DEPTH = 20;
    private static final int SMALLEST_PAGE = 512;
    private static final int MOST_SCHEMA_BYTES = 64 * 1024;
    private static final int FIRST_BLOB = 12;
    private static final int FIRST_TEXT = 13;

    private final RandomContent content;
    private final String table;
    private final int pageSize;
    private final int usable;
    private long pagesLeft;

    SqliteTable(RandomContent content, String table) throws IOException {
        this.content = content;
        this.table = table;
        ByteBuffer header = content.read(0, HEADER_BYTES);
        int size = header.getShort(16) & 0xffff;
        this.pageSize = size == 1 ? 1 << 16 : size;
        this.usable = pageSize - (header.get(20) & 0xff);
        if (pageSize < SMALLEST_PAGE || Integer.bitCount(pageSize) != 1 || usable < SMALLEST_PAGE - 32) {
            throw new UnreadableException("its header is damaged");
        }
    }

    static boolean isAt(byte[] beginning) {
        return ByteBuffer.wrap(beginning, 0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
    }

    /** Takes a row: where its values are, of which the types are in front. */
    private interface Rows {
        void take(ByteBuffer record, List<Column> columns) throws IOException;
    }

    private record Column(long type, int offset, int length) {
        boolean isText() {
            return type >= FIRST_TEXT && type % 2 == 1;
        }

        boolean isBlob() {
            return type >= FIRST_BLOB && type % 2 == 0;
        }
    }

    @Override
    public void forEach(Consumer consumer) throws IOException {
        List<Long> roots = new ArrayList<>();
        walk(1, MOST_SCHEMA_BYTES, (record, columns) -> schema(record, columns, roots));
        if (roots.isEmpty()) {
            throw new UnreadableException("it has no table " + table);
        }
        walk(roots.get(0), MOST_HEADER_BYTES, (record, columns) -> {
            for (Column column : columns) {
                if (column.isBlob()) {
                    consumer.take(record.slice(column.offset(), column.length()));
                }
            }
        });
    }

    /** A row of the schema: type, name, table, page of the root, definition. */
    private void schema(ByteBuffer record, List<Column> columns, List<Long> roots) {
        if (columns.size() > 3
                && text(record, columns.get(0)).equals("table")
                && text(record, columns.get(1)).equals(table)) {
            roots.add(number(record, columns.get(3)));
        }
    }

    private static String text(ByteBuffer record, Column column) {
        byte[] text = new byte[column.isText() ? column.length() : 0];
        record.get(column.offset(), text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static long number(ByteBuffer record, Column column) {
        long number = column.type() == 9 ? 1 : 0;
        for (int i = 0; i < column.length() && column.type() < FIRST_BLOB; i++) {
            number = number << 8 | record.get(column.offset() + i) & 0xff;
        }
        return number;
    }

    /** Each page is in a tree once: one that has more has a loop. */
    private void walk(long root, int mostBytes, Rows rows) throws IOException {
        pagesLeft = content.size() / pageSize;
        walk(root, mostBytes, MOST_DEPTH, rows);
    }

    private void walk(long number, int mostBytes, int depth, Rows rows) throws IOException {
        if (depth == 0) {
            throw damaged();
        }
        ByteBuffer page = page(number);
        int header = number == 1 ? HEADER_BYTES : 0;
        int type = page.get(header);
        int cells = page.getShort(header + 3) & 0xffff;
        int pointers = header + (type == INTERIOR ? 12 : 8);
        if (type != INTERIOR && type != LEAF || pointers + cells * Short.BYTES > usable) {
            throw damaged();
        }
        for (int i = 0; i < cells; i++) {
            int cell = page.getShort(pointers + i * Short.BYTES) & 0xffff;
            if (cell > usable - Integer.BYTES) {
                throw damaged();
            }
            if (type == INTERIOR) {
                walk(Integer.toUnsignedLong(page.getInt(cell)), mostBytes, depth - 1, rows);
            } else {
                row(page, cell, mostBytes, rows);
            }
        }
        if (type == INTERIOR) {
            walk(Integer.toUnsignedLong(page.getInt(header + 8)), mostBytes, depth - 1, rows);
        }
    }

    private ByteBuffer page(long number) throws IOException {
        if (number < 1 || --pagesLeft < 0) {
            throw damaged();
        }
        return content.read((number - 1) * pageSize, pageSize);
    }

    private void row(ByteBuffer page, int cell, int mostBytes, Rows rows) throws IOException {
        Varints cursor = new Varints(page, cell, usable);
        long length = cursor.next();
        cursor.next();
        if (length < 0 || length > mostBytes || length > content.size()) {
            throw damaged();
        }
        ByteBuffer record = payload(page, cursor.position(), (int) length);
        Varints types = new Varints(record, 0, record.limit());
        long headerEnd = types.next();
        if (headerEnd < 0 || headerEnd > record.limit()) {
            throw damaged();
        }
        List<Column> columns = new ArrayList<>();
        long offset = headerEnd;
        while (types.position() < headerEnd) {
            long type = types.next();
            long size = sizeOf(type);
            if (size < 0 || offset + size > record.limit()) {
                throw damaged();
            }
            columns.add(new Column(type, (int) offset, (int) size));
            offset += size;
        }
        rows.take(record, columns);
    }

    private static long sizeOf(long type) {
        if (type >= FIRST_BLOB) {
            return (type - FIRST_BLOB) / 2;
        }
        return switch ((int) type) {
            case 0, 8, 9 -> 0;
            case 1, 2, 3, 4 -> type;
            case 5 -> 6;
            case 6, 7 -> 8;
            default -> -1;
        };
    }

    /** A record that is too long for its page goes on in a chain of others. */
    private ByteBuffer payload(ByteBuffer page, int from, int length) throws IOException {
        int most = usable - 35;
        int local = length;
        if (length > most) {
            int least = (usable - 12) * 32 / 255 - 23;
            int rest = least + (length - least) % (usable - 4);
            local = rest <= most ? rest : least;
        }
        if (local < 0 || from > usable - local || length > local && from + local > usable - Integer.BYTES) {
            throw damaged();
        }
        ByteBuffer record = ByteBuffer.allocate(length);
        record.put(page.slice(from, local));
        long next = record.hasRemaining() ? Integer.toUnsignedLong(page.getInt(from + local)) : 0;
        while (record.hasRemaining()) {
            ByteBuffer more = page(next);
            next = Integer.toUnsignedLong(more.getInt(0));
            record.put(more.slice(Integer.BYTES, Math.min(usable - Integer.BYTES, record.remaining())));
        }
        return record.flip();
    }

    private static UnreadableException damaged() {
        return new UnreadableException("a page is damaged");
    }

    /** Numbers of one to nine bytes, in groups of seven bits. */
    private static final class Varints {
        private static final int LONGEST = 9;

        private final ByteBuffer bytes;
        private final int end;
        private int position;

        Varints(ByteBuffer bytes, int position, int end) {
            this.bytes = bytes;
            this.position = position;
            this.end = end;
        }

        int position() {
            return position;
        }

        long next() throws UnreadableException {
            long number = 0;
            for (int i = 1; position < end; i++) {
                byte b = bytes.get(position++);
                if (i == LONGEST) {
                    return number << 8 | b & 0xff;
                }
                number = number << 7 | b & 0x7f;
                if (b >= 0) {
                    return number;
                }
            }
            throw damaged();
        }
    }
}
