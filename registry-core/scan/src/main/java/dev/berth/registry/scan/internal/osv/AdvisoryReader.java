package dev.berth.registry.scan.internal.osv;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.scan.format.source.BoundedJson;
import dev.berth.registry.scan.format.source.UnreadableException;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a document of the OSV schema, token by token, and keeps what is needed of it. What strangers write may cost no more
 * than the limits of this class. For one document.
 */
public final class AdvisoryReader {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:+-]{0,99}+");
    /** Half of the longest text, with what the lists need besides. */
    private static final long MOST_KEPT = 4_000_000;

    private static final int COST_OF_TEXT = 24;
    private static final int MOST_AFFECTED = 20_000;
    private static final int MOST_NAMES = 5_000;
    private static final int MOST_LINKS = 10;
    private static final int LONGEST_LINK = 500;
    private static final int LONGEST_SUMMARY = 300;
    private static final int LONGEST_NAME = 500;
    private static final int LONGEST_VERSION = 1_000;
    private static final Instant FIRST = Instant.parse("1990-01-01T00:00:00Z");

    private final JsonParser json;
    private final Set<String> aliases = new LinkedHashSet<>();
    private final Set<String> upstream = new LinkedHashSet<>();
    private final Set<String> links = new LinkedHashSet<>();
    private final List<Affected> affected = new ArrayList<>();
    private final RatingReader rating = new RatingReader();
    private String id = "";
    private Optional<Instant> modified = Optional.empty();
    private boolean withdrawn;
    private String summary = "";
    private String details = "";
    private long kept;

    private AdvisoryReader(JsonParser json) {
        this.json = json;
    }

    /**
     * Reads a document to its end, and does not close it.
     *
     * @throws UnreadableException if it is no advisory, or exceeds a limit
     * @throws IOException if it is not JSON, or cannot be read
     */
    public static Advisory read(InputStream document) throws IOException {
        try (JsonParser json = BoundedJson.parser(document)) {
            json.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
            AdvisoryReader reader = new AdvisoryReader(json);
            Advisory advisory = reader.advisory();
            if (json.nextToken() != null) {
                throw new UnreadableException("there is more behind the advisory");
            }
            return advisory;
        }
    }

    private Advisory advisory() throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new UnreadableException("it is no JSON object");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            field(name);
        }
        if (!ID.matcher(id).matches()) {
            throw new UnreadableException(
                    id.isEmpty() ? "it has no id" : "its id is no name: " + JsonObject.printable(id, 60));
        }
        aliases.remove(id);
        upstream.remove(id);
        return new Advisory(
                id,
                modified,
                withdrawn,
                List.copyOf(aliases),
                List.copyOf(upstream),
                summary.isEmpty() ? details : summary,
                rating.rating(),
                List.copyOf(links),
                affected);
    }

    private void field(String name) throws IOException {
        switch (name) {
            case "id" -> id = text().orElse("");
            case "modified" -> modified = text().flatMap(AdvisoryReader::time);
            case "withdrawn" -> withdrawn = text().isPresent();
            case "aliases" -> names(aliases);
            case "upstream" -> names(upstream);
            case "summary" -> summary = sentence();
            case "details" -> details = sentence();
            case "severity" -> severities(rating);
            case "references" -> elements(this::reference);
            case "affected" -> elements(this::affected);
            case "database_specific" -> words(rating);
            default -> json.skipChildren();
        }
    }

    /** Returns the text that stands here. Anything else is skipped. */
    private Optional<String> text() throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            return Optional.of(json.getText());
        }
        json.skipChildren();
        return Optional.empty();
    }

    private String kept(String text) throws UnreadableException {
        kept += text.length() + (long) COST_OF_TEXT;
        if (kept > MOST_KEPT) {
            throw new UnreadableException("it names too many packages and versions");
        }
        return text;
    }

    private static Optional<Instant> time(String text) {
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            return Optional.of(time).filter(FIRST::isBefore);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private String sentence() throws IOException {
        String line = text().orElse("").strip();
        int end = line.indexOf('\n');
        return JsonObject.printable(end < 0 ? line : line.substring(0, end).strip(), LONGEST_SUMMARY);
    }

    private void names(Set<String> target) throws IOException {
        elements(() -> {
            String name = text().orElse("");
            if (ID.matcher(name).matches() && target.size() < MOST_NAMES) {
                target.add(kept(name));
            }
        });
    }

    private void reference() throws IOException {
        fields(name -> {
            String link = name.equals("url") ? text().orElse("") : skipped();
            boolean good = link.startsWith("https://") || link.startsWith("http://");
            if (good && link.length() <= LONGEST_LINK && links.size() < MOST_LINKS && isPlain(link)) {
                links.add(kept(link));
            }
        });
    }

    private void severities(RatingReader target) throws IOException {
        elements(() -> {
            String[] both = {"", ""};
            fields(name -> {
                switch (name) {
                    case "type" -> both[0] = text().orElse("");
                    case "score" -> both[1] = text().orElse("");
                    default -> json.skipChildren();
                }
            });
            target.add(both[0], both[1]);
        });
    }

    /** What databases say in a word: GitHub and Red Hat, Ubuntu, Debian. */
    private void words(RatingReader target) throws IOException {
        fields(name -> {
            switch (name) {
                case "severity", "ubuntu_priority", "urgency" -> text().ifPresent(target::addWord);
                default -> json.skipChildren();
            }
        });
    }

    private void affected() throws IOException {
        if (affected.size() >= MOST_AFFECTED) {
            throw new UnreadableException("it is about more than " + MOST_AFFECTED + " packages");
        }
        String[] named = {"", ""};
        RatingReader own = new RatingReader();
        List<VersionRange> ranges = new ArrayList<>();
        List<String> versions = new ArrayList<>();
        fields(name -> {
            switch (name) {
                case "package" ->
                    fields(part -> {
                        switch (part) {
                            case "ecosystem" -> named[0] = text().orElse("");
                            case "name" -> named[1] = text().orElse("");
                            default -> json.skipChildren();
                        }
                    });
                case "severity" -> severities(own);
                case "database_specific", "ecosystem_specific" -> words(own);
                case "ranges" -> elements(() -> range(ranges));
                case "versions" -> elements(() -> version().ifPresent(versions::add));
                default -> json.skipChildren();
            }
        });
        if (isName(named[0]) && isName(named[1]) && (!ranges.isEmpty() || !versions.isEmpty())) {
            affected.add(new Affected(kept(named[0]), kept(named[1]), own.rating(), ranges, versions));
        }
    }

    private void range(List<VersionRange> target) throws IOException {
        List<RangeEvent> events = new ArrayList<>();
        String[] type = {""};
        fields(name -> {
            switch (name) {
                case "type" -> type[0] = text().orElse("");
                case "events" -> elements(() -> event(events));
                default -> json.skipChildren();
            }
        });
        // Those of git are about commits.
        if (!events.isEmpty() && (type[0].equals("SEMVER") || type[0].equals("ECOSYSTEM"))) {
            target.add(new VersionRange(events));
        }
    }

    private void event(List<RangeEvent> target) throws IOException {
        fields(name -> {
            Optional<RangeEvent.Kind> kind = switch (name) {
                case "introduced" -> Optional.of(RangeEvent.Kind.INTRODUCED);
                case "fixed" -> Optional.of(RangeEvent.Kind.FIXED);
                case "last_affected" -> Optional.of(RangeEvent.Kind.LAST_AFFECTED);
                case "limit" -> Optional.of(RangeEvent.Kind.LIMIT);
                default -> Optional.empty();
            };
            if (kind.isPresent()) {
                // Without one of its ends the range would be another.
                String version =
                        version().orElseThrow(() -> new UnreadableException("the end of a range is no version"));
                target.add(new RangeEvent(kind.get(), version));
            } else {
                json.skipChildren();
            }
        });
    }

    private Optional<String> version() throws IOException {
        Optional<String> version = text();
        if (version.isPresent()
                && !version.get().isEmpty()
                && version.get().length() <= LONGEST_VERSION
                && isPlain(version.get())) {
            return Optional.of(kept(version.get()));
        }
        return Optional.empty();
    }

    private static boolean isName(String text) {
        return !text.isEmpty() && text.length() <= LONGEST_NAME && isPlain(text);
    }

    private static boolean isPlain(String text) {
        return text.chars().noneMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c));
    }

    private String skipped() throws IOException {
        json.skipChildren();
        return "";
    }

    /** Reads something that stands at the current token. */
    private interface Reading {
        void read() throws IOException;
    }

    /** Reads the value of a field. */
    private interface FieldReading {
        void read(String name) throws IOException;
    }

    /** Reads the elements of the array that stands here. Anything else is skipped. */
    private void elements(Reading element) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            element.read();
        }
    }

    /** Reads the fields of the object that stands here. Anything else is skipped. */
    private void fields(FieldReading field) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            field.read(name);
        }
    }
}
