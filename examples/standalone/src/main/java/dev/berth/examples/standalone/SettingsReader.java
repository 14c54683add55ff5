package dev.berth.examples.standalone;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts {@link Settings} together. Each setting has the path that it has in the YAML file of {@code registry:2}, and the
 * environment variable that follows from it: {@code http.addr} is {@code REGISTRY_HTTP_ADDR}. The environment goes
 * before the file.
 *
 * <p>A setting that would protect something and is not supported ends the program; one that only tunes something, or
 * belongs to a part that works differently here, gets a note.
 */
final class SettingsReader {
    private static final String PREFIX = "REGISTRY_";
    private static final String DEFAULT_LISTEN = "127.0.0.1:5000";
    private static final String DEFAULT_DIRECTORY = "berth-data";

    /** Ignoring these would serve something else, or to somebody else, than the writer meant. */
    private static final List<String> REFUSED = List.of(
            "auth",
            "proxy",
            "middleware",
            "http.prefix",
            "http.tls.clientcas",
            "http.tls.clientauth",
            "http.tls.letsencrypt",
            "storage.azure",
            "storage.gcs",
            "storage.swift",
            "storage.oss");

    /** These have nothing to do here. */
    private static final List<String> NEEDLESS = List.of(
            "version",
            "http.secret",
            "http.relativeurls",
            "http.net",
            "http.http2",
            "http.h2c",
            "storage.cache",
            "storage.tag",
            "storage.filesystem.maxthreads",
            "health",
            "redis",
            "catalog");

    private static final Set<String> KNOWN = Set.of(
            "http.addr",
            "http.tls.certificate",
            "http.tls.key",
            "http.draintimeout",
            "storage",
            "storage.filesystem",
            "storage.filesystem.rootdirectory",
            "storage.inmemory",
            "storage.redirect.disable",
            "storage.delete.enabled",
            "storage.maintenance.uploadpurging.enabled",
            "storage.maintenance.uploadpurging.age",
            "storage.maintenance.uploadpurging.interval",
            "storage.maintenance.readonly.enabled",
            "validation.disabled",
            "validation.manifests.indexes.platforms",
            "log.level",
            "log.accesslog.disabled");

    /** The kinds of storage, of which one is used. */
    private static final List<String> STORAGES = List.of("filesystem", "inmemory", "s3");

    private final Map<String, String> settings = new LinkedHashMap<>();
    private final SettingValues values = new SettingValues(settings);
    private final BucketReader buckets = new BucketReader(values);
    private final List<String> notes = new ArrayList<>();

    /**
     * Reads everything.
     *
     * @param listen from the command line
     * @param storage from the command line
     * @param config the YAML file, from the command line
     */
    static Settings read(
            Optional<String> listen, Optional<String> storage, Optional<Path> config, Map<String, String> environment) {
        SettingsReader reader = new SettingsReader();
        config.map(ConfigFile::read).ifPresent(reader.settings::putAll);
        reader.settings.putAll(reader.fromEnvironment(environment));
        reader.check();
        return reader.build(listen, storage);
    }

    private Map<String, String> fromEnvironment(Map<String, String> environment) {
        Map<String, String> found = new LinkedHashMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(PREFIX) && name.length() > PREFIX.length()) {
                String path =
                        name.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '.');
                found.put(path, value);
            }
        });
        dropOtherStorages(new SettingValues(found));
        return found;
    }

    /** A choice in the environment replaces the one of the file. */
    private void dropOtherStorages(SettingValues environment) {
        for (String chosen : STORAGES) {
            if (environment.hasSection("storage." + chosen)
                    || environment.text("storage").equals(Optional.of(chosen))) {
                settings.keySet()
                        .removeIf(path -> STORAGES.stream()
                                .filter(storage -> !storage.equals(chosen))
                                .anyMatch(storage -> within(path, List.of("storage." + storage))));
            }
        }
    }

    private void check() {
        settings.forEach((path, value) -> {
            if (within(path, REFUSED) || BucketReader.refuses(path, value)) {
                throw new ConfigException(
                        "The setting " + path + " (" + variable(path)
                                + ") is not supported, and ignoring it could expose or lose something: remove it to start without.");
            }
            boolean known = KNOWN.contains(path) || BucketReader.KNOWN.contains(path);
            if (!known && !within(path, NEEDLESS) && !within(path, BucketReader.NEEDLESS)) {
                notes.add("The setting " + path + " has no effect here.");
            }
        });
    }

    private static boolean within(String path, List<String> sections) {
        return sections.stream().anyMatch(section -> path.equals(section) || path.startsWith(section + "."));
    }

    private static String variable(String path) {
        return PREFIX + path.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    private Settings build(Optional<String> listen, Optional<String> storage) {
        return new Settings(
                ListenAddress.parse(listen.or(() -> values.text("http.addr")).orElse(DEFAULT_LISTEN)),
                storage.map(text -> Storage.parse(text, buckets)).orElseGet(this::storage),
                tls(),
                values.flag("storage.delete.enabled", false),
                values.flag("storage.maintenance.readonly.enabled", false),
                validation(),
                !values.flag("storage.redirect.disable", true),
                new Settings.Uploads(
                        values.flag("storage.maintenance.uploadpurging.enabled", true),
                        values.duration("storage.maintenance.uploadpurging.age", Duration.ofHours(24)),
                        values.duration("storage.maintenance.uploadpurging.interval", Duration.ofMinutes(10))),
                values.duration("http.draintimeout", Duration.ofSeconds(30)),
                !values.flag("log.accesslog.disabled", false),
                logLevel(),
                List.copyOf(notes));
    }

    private Storage storage() {
        String kind = values.text("storage").orElse("");
        if (!kind.isEmpty() && !STORAGES.contains(kind)) {
            throw new ConfigException("The storage '" + kind + "' is not supported; use filesystem, s3 or inmemory.");
        }
        if (kind.equals("s3") || values.hasSection(BucketReader.SECTION)) {
            return buckets.read();
        }
        Optional<String> directory = values.text("storage.filesystem.rootdirectory");
        if (directory.isPresent()) {
            return new Storage.Directory(Path.of(directory.get()));
        }
        return kind.equals("inmemory") || values.hasSection("storage.inmemory")
                ? new Storage.Memory()
                : new Storage.Directory(Path.of(DEFAULT_DIRECTORY));
    }

    private Optional<Settings.Tls> tls() {
        Optional<String> certificate = values.text("http.tls.certificate");
        Optional<String> key = values.text("http.tls.key");
        if (certificate.isPresent() != key.isPresent()) {
            throw new ConfigException("For TLS give both http.tls.certificate and http.tls.key; "
                    + (key.isPresent() ? "the certificate" : "the key") + " is missing.");
        }
        return certificate.map(path -> new Settings.Tls(Path.of(path), Path.of(key.orElseThrow())));
    }

    private Settings.Validation validation() {
        boolean enabled = !values.flag("validation.disabled", false);
        return new Settings.Validation(enabled, enabled && !sparseIndexes());
    }

    private boolean sparseIndexes() {
        String path = "validation.manifests.indexes.platforms";
        return values.text(path)
                .map(platforms -> switch (platforms) {
                    case "all" -> false;
                    case "none" -> true;
                    default ->
                        throw new ConfigException(
                                "'" + platforms + "' is not supported for " + path + "; use all or none.");
                })
                .orElse(false);
    }

    private String logLevel() {
        String level = values.text("log.level").orElse("info");
        return switch (level) {
            case "debug", "info", "warn", "error" -> level;
            default -> throw new ConfigException("'" + level + "' is not a log.level; use debug, info, warn or error.");
        };
    }
}
