package dev.berth.examples.standalone.configuration;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.values.SettingValues;
import java.nio.file.Path;
import java.util.List;

/** Reads which storage is configured. */
final class StorageReader {
    /** The supported kinds of storage, of which one is used. */
    static final List<String> KINDS = List.of("filesystem", "inmemory", "s3");

    private static final String DEFAULT_DIRECTORY = "berth-data";

    private final SettingValues values;
    private final BucketReader buckets;
    private final LimitsReader limits;

    StorageReader(SettingValues values) {
        this.values = values;
        this.buckets = new BucketReader(values);
        this.limits = new LimitsReader(values);
    }

    /** Returns the kind that {@code storage} names, or else every kind that has settings. */
    static List<String> kinds(SettingValues values) {
        return values.text("storage")
                .map(List::of)
                .orElseGet(() -> KINDS.stream()
                        .filter(kind -> values.hasSection("storage." + kind))
                        .toList());
    }

    /** Returns the storage that the settings name; a directory by default. */
    Storage read() {
        List<String> kinds = kinds(values);
        if (kinds.size() > 1) {
            throw new CommandException("The settings name more than one storage, " + String.join(" and ", kinds)
                    + "; leave one, or choose it with REGISTRY_STORAGE.");
        }
        String kind = kinds.isEmpty() ? "filesystem" : kinds.get(0);
        return switch (kind) {
            case "filesystem" ->
                directory(values.file("storage.filesystem.rootdirectory").orElse(Path.of(DEFAULT_DIRECTORY)));
            case "inmemory" -> new Storage.Memory();
            case "s3" -> buckets.read();
            default ->
                throw new CommandException(
                        "The storage '" + kind + "' is not supported; use filesystem, s3 or inmemory.");
        };
    }

    /** Parses the value of {@code --storage}. The settings supply whatever the address of a bucket does not say. */
    Storage parse(String text) {
        if (text.equals("memory:")) {
            return new Storage.Memory();
        }
        if (text.startsWith(Bucket.SCHEME)) {
            return buckets.parse(text);
        }
        if (text.isBlank() || text.matches("[a-z0-9]{2,}:.*")) {
            throw new CommandException("'" + text
                    + "' is not a storage; give a directory, s3://BUCKET/PREFIX, or memory: for one that ends with the"
                    + " process.");
        }
        return directory(SettingValues.file(text, "--storage"));
    }

    private Storage directory(Path path) {
        return new Storage.Directory(path, values.flag("storage.filesystem.sharedfiles", false), limits.fileCache());
    }
}
