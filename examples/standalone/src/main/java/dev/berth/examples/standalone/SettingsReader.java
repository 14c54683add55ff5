package dev.berth.examples.standalone;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Puts {@link Settings} together. Each setting has the path that it has in the YAML file of {@code registry:2}, and the
 * environment variable that follows from it: {@code http.addr} is {@code REGISTRY_HTTP_ADDR}. The environment goes
 * before the file. What becomes of settings that are not understood, {@link SettingRules} says.
 */
final class SettingsReader {
    private static final String DEFAULT_LISTEN = "127.0.0.1:5000";
    private static final String DEFAULT_DIRECTORY = "berth-data";

    private final Map<String, String> settings = new LinkedHashMap<>();
    private final SettingValues values = new SettingValues(settings);
    private final BucketReader buckets = new BucketReader(values);

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
        return reader.build(listen, storage, SettingRules.check(reader.settings));
    }

    private Map<String, String> fromEnvironment(Map<String, String> environment) {
        Map<String, String> found = new LinkedHashMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(SettingRules.PREFIX) && name.length() > SettingRules.PREFIX.length()) {
                String path = name.substring(SettingRules.PREFIX.length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '.');
                found.put(path, unquoted(value.strip()));
            }
        });
        List<String> chosen = kinds(new SettingValues(found));
        if (!chosen.isEmpty()) {
            // A choice in the environment replaces the one of the file.
            settings.remove("storage");
            SettingRules.STORAGES.stream()
                    .filter(kind -> !chosen.contains(kind))
                    .forEach(kind -> settings.keySet().removeIf(path -> SettingRules.within(path, "storage." + kind)));
        }
        return found;
    }

    /** {@code registry:2} reads a variable as YAML, and people write it so. */
    private static String unquoted(String value) {
        boolean quoted = value.length() > 1
                && (value.startsWith("\"") && value.endsWith("\"") || value.startsWith("'") && value.endsWith("'"));
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /** Returns the kinds of storage that are named, or else set. */
    private static List<String> kinds(SettingValues values) {
        return values.text("storage")
                .map(List::of)
                .orElseGet(() -> SettingRules.STORAGES.stream()
                        .filter(kind -> values.hasSection("storage." + kind))
                        .toList());
    }

    private Settings build(Optional<String> listen, Optional<String> storage, List<String> notes) {
        return new Settings(
                ListenAddress.parse(listen.or(() -> values.text("http.addr")).orElse(DEFAULT_LISTEN)),
                storage.map(text -> Storage.parse(text, buckets)).orElseGet(this::storage),
                tls(),
                values.flag("storage.delete.enabled", false),
                values.flag("storage.maintenance.readonly.enabled", false),
                validation(),
                !values.flag("storage.redirect.disable", true),
                new Settings.Uploads(
                        values.flag("storage.maintenance.uploadpurging.enabled", true)
                                && !values.flag("storage.maintenance.uploadpurging.dryrun", false),
                        values.positiveDuration("storage.maintenance.uploadpurging.age", Duration.ofHours(24)),
                        values.positiveDuration("storage.maintenance.uploadpurging.interval", Duration.ofMinutes(10))),
                values.duration("http.draintimeout", Duration.ofSeconds(30)),
                !values.flag("log.accesslog.disabled", false),
                logLevel(),
                notes);
    }

    private Storage storage() {
        List<String> kinds = kinds(values);
        if (kinds.size() > 1) {
            throw new ConfigException("The settings name more than one storage, " + String.join(" and ", kinds)
                    + "; leave one, or choose it with REGISTRY_STORAGE.");
        }
        String kind = kinds.isEmpty() ? "filesystem" : kinds.get(0);
        return switch (kind) {
            case "filesystem" ->
                new Storage.Directory(
                        values.file("storage.filesystem.rootdirectory").orElse(Path.of(DEFAULT_DIRECTORY)));
            case "inmemory" -> new Storage.Memory();
            case "s3" -> buckets.read();
            default ->
                throw new ConfigException(
                        "The storage '" + kind + "' is not supported; use filesystem, s3 or inmemory.");
        };
    }

    private Optional<Settings.Tls> tls() {
        Optional<Path> certificate = values.file("http.tls.certificate");
        Optional<Path> key = values.file("http.tls.key");
        if (certificate.isPresent() != key.isPresent()) {
            throw new ConfigException("For TLS give both http.tls.certificate and http.tls.key; "
                    + (key.isPresent() ? "the certificate" : "the key") + " is missing.");
        }
        return certificate.map(path -> new Settings.Tls(path, key.orElseThrow()));
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
        String level = values.text("log.level").orElse("info").toLowerCase(Locale.ROOT);
        return switch (level) {
            case "debug", "info", "warn", "error" -> level;
            default -> throw new ConfigException("'" + level + "' is not a log.level; use debug, info, warn or error.");
        };
    }
}
