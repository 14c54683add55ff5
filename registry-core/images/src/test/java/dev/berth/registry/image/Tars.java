package dev.berth.registry.image;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Reads and makes tars, for comparing. */
final class Tars {

    /** An entry with its content as text. */
    record Entry(TarArchiveEntry header, String content) {}

    private Tars() {}

    static byte[] bytes(Layer layer) throws IOException {
        try (InputStream tar = layer.open()) {
            return tar.readAllBytes();
        }
    }

    /** Returns the entries of a layer by name, in their order. */
    static Map<String, Entry> entries(Layer layer) throws IOException {
        return entries(bytes(layer));
    }

    static Map<String, Entry> entries(byte[] tar) throws IOException {
        Map<String, Entry> entries = new LinkedHashMap<>();
        try (TarArchiveInputStream in = new TarArchiveInputStream(new ByteArrayInputStream(tar), "UTF-8")) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), new Entry(entry, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
            }
        }
        return entries;
    }

    interface Content {
        void writeTo(TarArchiveOutputStream tar) throws IOException;
    }

    static byte[] make(Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            content.writeTo(tar);
        }
        return bytes.toByteArray();
    }

    static void add(TarArchiveOutputStream tar, String name, byte type, String link, String content)
            throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
        entry.setLinkName(link);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes, 0, bytes.length);
        tar.closeArchiveEntry();
    }
}
