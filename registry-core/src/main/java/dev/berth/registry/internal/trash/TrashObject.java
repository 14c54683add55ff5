package dev.berth.registry.internal.trash;

import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An object of the trash: a time, and lines of text.
 *
 * @param key where it is
 * @param version the version that was read
 * @param written when it was written, by the clock of the store
 * @param at when the deletion was, by the clock of the process that deleted
 * @param lines what else it says
 */
record TrashObject(ObjectKey key, ObjectVersion version, Instant written, Instant at, List<String> lines) {
    private static final String FORMAT = "berth-trash 1";

    /** More than any of these objects has. */
    private static final int LONGEST = 4096;

    /** Reads an object, or returns empty if it is gone, or not one of the trash. */
    static Optional<TrashObject> read(ObjectStore store, ObjectKey key) throws IOException {
        Optional<ObjectContent> found = store.open(key, 0, LONGEST);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (ObjectContent content = found.get()) {
            String text = new String(content.stream().readAllBytes(), StandardCharsets.UTF_8);
            // The last line is what a client sent, and may contain anything.
            List<String> lines = List.of(text.split("\n", 8));
            if (lines.size() < 2 || !lines.get(0).equals(FORMAT)) {
                return Optional.empty();
            }
            return Optional.of(new TrashObject(
                    key,
                    content.stat().version(),
                    content.stat().lastModified(),
                    Instant.parse(lines.get(1)),
                    lines.subList(2, lines.size())));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Returns the bytes of an object. */
    static byte[] bytes(Instant at, String... lines) {
        List<String> all = new ArrayList<>(List.of(FORMAT, at.toString()));
        all.addAll(List.of(lines));
        return String.join("\n", all).getBytes(StandardCharsets.UTF_8);
    }
}
