package dev.berth.registry.scan.inventory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;

/**
 * Makes an ELF file by hand: a segment of data that is loaded, the section of cargo-auditable behind it, the names of the
 * sections, and their table at the end.
 */
final class TestElf {
    static final String SENTINEL = "0123456789abcdef";

    private static final int DATA = 0x1000;
    private static final long ADDRESS = 0x400000;

    private final boolean wide;
    private final ByteOrder order;
    private byte[] data = new byte[0];
    private byte[] cargo = new byte[0];
    private byte[] names = "\0.shstrtab\0.dep-v0\0".getBytes(StandardCharsets.US_ASCII);

    TestElf() {
        this(true, ByteOrder.LITTLE_ENDIAN);
    }

    TestElf(boolean wide, ByteOrder order) {
        this.wide = wide;
        this.order = order;
    }

    /** As linkers of Go write it since 1.18: the texts follow. */
    TestElf go(String version, String modules) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[48]);
        out.writeBytes(magic(0, 2));
        out.writeBytes(new byte[16]);
        text(out, version);
        text(out, modules.isEmpty() ? "" : SENTINEL + modules + SENTINEL);
        data = out.toByteArray();
        return this;
    }

    /** As they wrote it before: addresses of texts. */
    TestElf oldGo(String version, String modules) {
        int pointer = wide ? 8 : 4;
        byte[] first = utf8(version);
        byte[] second = utf8(SENTINEL + modules + SENTINEL);
        ByteBuffer out = ByteBuffer.allocate(32 + 4 * pointer + first.length + second.length)
                .order(order);
        out.put(magic(pointer, order == ByteOrder.BIG_ENDIAN ? 1 : 0));
        int strings = 32;
        int texts = strings + 4 * pointer;
        put(out, ADDRESS + strings);
        put(out, ADDRESS + strings + 2L * pointer);
        out.position(strings);
        put(out, ADDRESS + texts);
        put(out, first.length);
        put(out, ADDRESS + texts + first.length);
        put(out, second.length);
        out.put(first).put(second);
        data = out.array();
        return this;
    }

    TestElf data(byte[] bytes) {
        data = bytes;
        return this;
    }

    TestElf cargo(String json) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(compressed)) {
            out.write(utf8(json));
        }
        return cargo(compressed.toByteArray());
    }

    TestElf cargo(byte[] section) {
        cargo = section;
        return this;
    }

    static byte[] magic(int pointer, int flags) {
        byte[] magic = Arrays.copyOf("\u00ff Go buildinf:".getBytes(StandardCharsets.ISO_8859_1), 16);
        magic[14] = (byte) pointer;
        magic[15] = (byte) flags;
        return magic;
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] bytes = utf8(text);
        int length = bytes.length;
        while (length > 127) {
            out.write(length & 127 | 128);
            length >>= 7;
        }
        out.write(length);
        out.writeBytes(bytes);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void put(ByteBuffer out, long value) {
        if (wide) {
            out.putLong(value);
        } else {
            out.putInt((int) value);
        }
    }

    byte[] pack() {
        int cargoAt = DATA + data.length;
        int namesAt = cargoAt + cargo.length;
        int sectionsAt = namesAt + names.length;
        int segmentBytes = wide ? 56 : 32;
        int sectionBytes = wide ? 64 : 40;
        ByteBuffer elf = ByteBuffer.allocate(sectionsAt + 3 * sectionBytes).order(order);
        elf.put(new byte[] {
            0x7f, 'E', 'L', 'F', (byte) (wide ? 2 : 1), (byte) (order == ByteOrder.BIG_ENDIAN ? 2 : 1), 1
        });
        elf.position(24);
        put(elf, ADDRESS);
        int segmentsAt = wide ? 64 : 52;
        put(elf, segmentsAt);
        put(elf, sectionsAt);
        elf.putInt(0)
                .putShort((short) segmentsAt)
                .putShort((short) segmentBytes)
                .putShort((short) 1);
        elf.putShort((short) sectionBytes).putShort((short) 3).putShort((short) 1);
        elf.position(segmentsAt);
        elf.putInt(1);
        if (wide) {
            elf.putInt(6)
                    .putLong(DATA)
                    .putLong(ADDRESS)
                    .putLong(ADDRESS)
                    .putLong(data.length)
                    .putLong(data.length);
        } else {
            elf.putInt(DATA)
                    .putInt((int) ADDRESS)
                    .putInt((int) ADDRESS)
                    .putInt(data.length)
                    .putInt(data.length)
                    .putInt(6);
        }
        elf.position(DATA);
        elf.put(data).put(cargo).put(names);
        section(elf, sectionsAt + sectionBytes, 1, namesAt, names.length);
        section(elf, sectionsAt + 2 * sectionBytes, cargo.length == 0 ? 0 : 11, cargoAt, cargo.length);
        return elf.array();
    }

    TestElf withoutNames() {
        names = new byte[1];
        return this;
    }

    private void section(ByteBuffer elf, int at, int name, int offset, int length) {
        elf.putInt(at, name);
        if (wide) {
            elf.putLong(at + 24, offset).putLong(at + 32, length);
        } else {
            elf.putInt(at + 16, offset).putInt(at + 20, length);
        }
    }
}
