package dev.berth.registry.scan.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.berth.registry.scan.format.source.BoundedJson;
import dev.berth.registry.scan.format.source.FileContent;
import dev.berth.registry.scan.format.source.Findings;
import dev.berth.registry.scan.format.source.PackageReader;
import dev.berth.registry.scan.format.source.ScanStoppedException;
import dev.berth.registry.scan.format.source.UnreadableException;
import dev.berth.registry.scan.found.PackageType;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * The file package-lock.json: {@code packages} by path (versions 2 and 3), or {@code dependencies} in each other (version
 * 1). What is needed for development only is not in an image.
 */
final class NpmLock implements PackageReader {
    private static final String MODULES = "node_modules/";

    @Override
    public void read(FileContent file, Findings findings) throws IOException {
        try (JsonParser json = BoundedJson.parser(file.stream())) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new UnreadableException("it is no JSON object");
            }
            new Reading(json, file.path(), findings).read();
        }
    }

    /** What the fields of an object are. */
    private enum Holds {
        PROPERTIES,
        PACKAGES_BY_PATH,
        PACKAGES_BY_NAME
    }

    /** An object that is being read. Its name is empty for one that is no package. */
    private static final class Level {
        private final String name;
        private final Holds holds;
        private String realName = "";
        private String version = "";
        private boolean development;
        private boolean link;

        Level(String name, Holds holds) {
            this.name = name;
            this.holds = holds;
        }
    }

    private static final class Reading {
        private final JsonParser json;
        private final String path;
        private final Findings findings;
        private final Deque<Level> levels = new ArrayDeque<>();
        /** A lock of version 2 has everything twice, and every one names a package once for each place. */
        private final Set<String> seen = new HashSet<>();

        Reading(JsonParser json, String path, Findings findings) {
            this.json = json;
            this.path = path;
            this.findings = findings;
        }

        void read() throws IOException {
            levels.push(new Level("", Holds.PROPERTIES));
            while (!levels.isEmpty()) {
                JsonToken token = json.nextToken();
                if (token == null) {
                    throw new UnreadableException("it is cut");
                }
                if (token == JsonToken.END_OBJECT) {
                    end(levels.pop());
                } else if (token == JsonToken.FIELD_NAME) {
                    field(json.currentName(), json.nextToken());
                }
            }
        }

        private void field(String field, JsonToken value) throws IOException {
            Level level = levels.element();
            Holds content = value == JsonToken.START_OBJECT ? holds(field, level) : Holds.PROPERTIES;
            if (value == JsonToken.START_OBJECT && level.holds != Holds.PROPERTIES) {
                levels.push(new Level(packageName(field, level.holds), Holds.PROPERTIES));
            } else if (content != Holds.PROPERTIES) {
                levels.push(new Level("", content));
            } else if (level.name.isEmpty()) {
                json.skipChildren();
            } else {
                switch (field) {
                    case "name" -> level.realName = json.getValueAsString("");
                    case "version" -> level.version = json.getValueAsString("");
                    case "dev", "devOptional" -> level.development |= json.getValueAsBoolean();
                    case "link" -> level.link |= json.getValueAsBoolean();
                    default -> json.skipChildren();
                }
            }
        }

        /** Inside {@code packages}, {@code dependencies} are requirements, not packages: they are no objects. */
        private Holds holds(String field, Level level) {
            boolean root = levels.size() == 1;
            if (root && field.equals("packages")) {
                return Holds.PACKAGES_BY_PATH;
            }
            return (root || !level.name.isEmpty()) && field.equals("dependencies")
                    ? Holds.PACKAGES_BY_NAME
                    : Holds.PROPERTIES;
        }

        /** Returns the name; empty for what is no package of others, but a folder of the application. */
        private static String packageName(String key, Holds holds) {
            if (holds == Holds.PACKAGES_BY_NAME) {
                return key;
            }
            int modules = key.lastIndexOf(MODULES);
            return modules < 0 ? "" : key.substring(modules + MODULES.length());
        }

        private void end(Level level) throws ScanStoppedException {
            String name = level.realName.isEmpty() ? level.name : level.realName;
            // A version may be the address of something that does not come from npm.
            boolean fromNpm = !level.version.isEmpty() && Character.isDigit(level.version.charAt(0));
            if (!level.name.isEmpty()
                    && fromNpm
                    && !level.development
                    && !level.link
                    && seen.add(name + "@" + level.version)) {
                findings.add(PackageType.NPM, name, level.version, path);
            }
        }
    }
}
