package dev.berth.registry.console.catalog;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.MalformedJsonException;
import dev.berth.registry.internal.json.StrictJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes and reads the record of a repository. */
final class RecordJson {
    /** Of another version there is nothing to read: the record is made again. */
    private static final int VERSION = 1;

    private static final String VERSION_NAME = "version";
    private static final String TAGS = "tags";
    private static final String IMAGES = "images";
    private static final String DIGEST = "digest";
    private static final String KIND = "kind";
    private static final String TYPE = "type";
    private static final String SIZE = "size";
    private static final String CREATED = "created";
    private static final String PUSHED = "pushed";
    private static final String PLATFORMS = "platforms";
    private static final String DESCRIPTION = "description";
    private static final String WORDS = "words";
    private static final String PROBLEM = "problem";

    private RecordJson() {}

    static byte[] write(RepositoryRecord repository) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put(VERSION_NAME, VERSION);
        // Images have numbers, since several tags often name one.
        Map<Digest, Integer> numbers = new HashMap<>();
        ArrayNode images = root.putArray(IMAGES);
        List<ImageSummary> ordered = new ArrayList<>(repository.images().values());
        ordered.sort(Comparator.comparing(image -> image.digest().toString()));
        for (ImageSummary image : ordered) {
            numbers.put(image.digest(), numbers.size());
            images.add(write(image));
        }
        ObjectNode tags = root.putObject(TAGS);
        repository.tags().forEach((tag, digest) -> {
            Integer number = numbers.get(digest);
            if (number != null) {
                tags.put(tag.value(), number);
            }
        });
        return StrictJson.write(root);
    }

    private static ObjectNode write(ImageSummary image) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put(DIGEST, image.digest().toString());
        node.put(KIND, image.kind().name());
        node.put(TYPE, image.type());
        node.put(SIZE, image.size());
        image.created().ifPresent(time -> node.put(CREATED, time.toString()));
        image.pushed().ifPresent(time -> node.put(PUSHED, time.toString()));
        if (!image.platforms().isEmpty()) {
            ArrayNode platforms = node.putArray(PLATFORMS);
            image.platforms().forEach(platforms::add);
        }
        putUnlessEmpty(node, DESCRIPTION, image.description());
        putUnlessEmpty(node, WORDS, image.words());
        putUnlessEmpty(node, PROBLEM, image.problem());
        return node;
    }

    private static void putUnlessEmpty(ObjectNode node, String name, String text) {
        if (!text.isEmpty()) {
            node.put(name, text);
        }
    }

    /** Reads a record; empty if it is damaged, or of another version. */
    static Optional<RepositoryRecord> read(RepositoryName name, byte[] bytes) {
        try {
            JsonObject root = JsonObject.root(StrictJson.parse(bytes));
            if (root.integer(VERSION_NAME).orElse(0) != VERSION) {
                return Optional.empty();
            }
            List<ImageSummary> images =
                    root.objects(IMAGES).stream().map(RecordJson::image).toList();
            Map<Digest, ImageSummary> byDigest = new HashMap<>();
            images.forEach(image -> byDigest.put(image.digest(), image));
            SortedMap<Tag, Digest> tags = new TreeMap<>(Comparator.comparing(Tag::value));
            Optional<JsonObject> named = root.object(TAGS);
            if (named.isPresent()) {
                named.get().node().fieldNames().forEachRemaining(tag -> {
                    int number = (int) named.get().requireInteger(tag);
                    tags.put(Tag.parse(tag), images.get(number).digest());
                });
            }
            return Optional.of(new RepositoryRecord(name, tags, byDigest));
        } catch (MalformedJsonException | IllegalArgumentException | DateTimeException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static ImageSummary image(JsonObject node) {
        return new ImageSummary(
                Digest.parse(node.requireString(DIGEST)),
                ImageKind.valueOf(node.requireString(KIND)),
                node.requireString(TYPE),
                node.requireInteger(SIZE),
                node.string(CREATED).map(Instant::parse),
                node.string(PUSHED).map(Instant::parse),
                node.strings(PLATFORMS),
                node.string(DESCRIPTION).orElse(""),
                node.string(WORDS).orElse(""),
                node.string(PROBLEM).orElse(""));
    }
}
