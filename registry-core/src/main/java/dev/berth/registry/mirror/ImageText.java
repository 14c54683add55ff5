package dev.berth.registry.mirror;

import dev.berth.registry.Digest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The record of an image as lines of text, with spaces between their fields. A line that cannot be read is passed over. */
final class ImageText {
    private static final Logger LOG = LoggerFactory.getLogger(ImageText.class);

    private ImageText() {}

    static byte[] write(CachedImage image) {
        StringBuilder text = new StringBuilder();
        text.append("size ").append(image.size()).append('\n');
        image.follows()
                .ifPresent(subject -> text.append("follows ").append(subject).append('\n'));
        image.needs()
                .forEach((digest, size) -> text.append("needs ")
                        .append(digest)
                        .append(' ')
                        .append(size)
                        .append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    static CachedImage read(ImageId id, byte[] content) {
        long size = 0;
        Optional<Digest> follows = Optional.empty();
        Map<Digest, Long> needs = new LinkedHashMap<>();
        for (String line : new String(content, StandardCharsets.UTF_8).lines().toList()) {
            List<String> fields = List.of(line.split(" ", -1));
            try {
                switch (fields.get(0) + fields.size()) {
                    case "size2" -> size = Long.parseLong(fields.get(1));
                    case "follows2" -> follows = Optional.of(Digest.parse(fields.get(1)));
                    case "needs3" -> needs.put(Digest.parse(fields.get(1)), Long.parseLong(fields.get(2)));
                    default -> {
                        // Of a later version.
                    }
                }
            } catch (IllegalArgumentException e) {
                // Cut or damaged: what the line names is taken for something that nothing needs.
                LOG.warn("A line of the record of {} cannot be read", id, e);
            }
        }
        return new CachedImage(id, size, needs, follows);
    }
}
