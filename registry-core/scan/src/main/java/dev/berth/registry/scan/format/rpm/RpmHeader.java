package dev.berth.registry.scan.format.rpm;

import dev.berth.registry.scan.format.source.Findings;
import dev.berth.registry.scan.format.source.UnreadableException;
import dev.berth.registry.scan.found.PackageType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The header of a package: an index of tags, and the data that they point at. */
final class RpmHeader {
    private static final int NAME = 1000;
    private static final int VERSION = 1001;
    private static final int RELEASE = 1002;
    private static final int EPOCH = 1003;
    private static final int ARCHITECTURE = 1022;
    private static final int SOURCE = 1044;
    private static final Set<Integer> TAGS = Set.of(NAME, VERSION, RELEASE, EPOCH, ARCHITECTURE, SOURCE);

    private static final int TYPE_INT32 = 4;
    private static final int TYPE_STRING = 6;
    private static final int ENTRY_BYTES = 16;
    private static final int PREFIX_BYTES = 8;
    private static final int MOST_ENTRIES = 64 * 1024;

    /** Keys that signatures are checked with are in the database like packages. */
    private static final String KEY = "gpg-pubkey";

    private static final String SOURCE_SUFFIX = ".src.rpm";
    private static final String NO_SOURCE_SUFFIX = ".nosrc.rpm";

    private RpmHeader() {}

    static void add(ByteBuffer header, String path, Findings findings) throws IOException {
        Map<Integer, String> values = read(header);
        String name = values.getOrDefault(NAME, "");
        if (name.equals(KEY)) {
            return;
        }
        String version = values.getOrDefault(VERSION, "") + "-" + values.getOrDefault(RELEASE, "");
        String epoch = values.getOrDefault(EPOCH, "0");
        Optional<String[]> source = source(values.getOrDefault(SOURCE, ""));
        findings.add(
                PackageType.RPM,
                name,
                withEpoch(epoch, version),
                source.map(parts -> parts[0]),
                source.map(parts -> withEpoch(epoch, parts[1])),
                Optional.ofNullable(values.get(ARCHITECTURE)),
                path);
    }

    private static String withEpoch(String epoch, String version) {
        return epoch.equals("0") ? version : epoch + ":" + version;
    }

    /** Returns name and version in {@code bash-5.2.26-3.el9.src.rpm}. */
    private static Optional<String[]> source(String file) {
        String suffix = file.endsWith(NO_SOURCE_SUFFIX) ? NO_SOURCE_SUFFIX : SOURCE_SUFFIX;
        String plain = file.endsWith(suffix) ? file.substring(0, file.length() - suffix.length()) : "";
        int release = plain.lastIndexOf('-');
        int version = release <= 0 ? -1 : plain.lastIndexOf('-', release - 1);
        return version <= 0
                ? Optional.empty()
                : Optional.of(new String[] {plain.substring(0, version), plain.substring(version + 1)});
    }

    private static Map<Integer, String> read(ByteBuffer header) throws UnreadableException {
        header.order(ByteOrder.BIG_ENDIAN);
        int entries = header.limit() < PREFIX_BYTES ? -1 : header.getInt(0);
        int bytes = header.limit() < PREFIX_BYTES ? -1 : header.getInt(4);
        if (entries <= 0
                || entries > MOST_ENTRIES
                || bytes < 0
                || (long) PREFIX_BYTES + (long) entries * ENTRY_BYTES + bytes > header.limit()) {
            throw damaged();
        }
        int data = PREFIX_BYTES + entries * ENTRY_BYTES;
        Map<Integer, String> values = new HashMap<>();
        for (int i = 0; i < entries; i++) {
            int entry = PREFIX_BYTES + i * ENTRY_BYTES;
            int tag = header.getInt(entry);
            int offset = header.getInt(entry + 8);
            if (TAGS.contains(tag)) {
                if (offset < 0 || offset > bytes - 1) {
                    throw damaged();
                }
                value(header, header.getInt(entry + 4), data + offset, data + bytes)
                        .ifPresent(value -> values.putIfAbsent(tag, value));
            }
        }
        return values;
    }

    private static Optional<String> value(ByteBuffer header, int type, int from, int end) throws UnreadableException {
        if (type == TYPE_INT32) {
            if (from > end - Integer.BYTES) {
                throw damaged();
            }
            return Optional.of(Integer.toUnsignedString(header.getInt(from)));
        }
        if (type != TYPE_STRING) {
            return Optional.empty();
        }
        int to = from;
        while (to < end && header.get(to) != 0) {
            to++;
        }
        byte[] text = new byte[to - from];
        header.get(from, text);
        return Optional.of(new String(text, StandardCharsets.UTF_8));
    }

    private static UnreadableException damaged() {
        return new UnreadableException("the header of a package is damaged");
    }
}
