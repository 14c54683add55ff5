package dev.berth.examples.standalone.configuration;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.mirror.MirrorReader;
import dev.berth.examples.standalone.configuration.mirror.MirrorSettings;
import dev.berth.examples.standalone.configuration.mirror.ProxyReader;
import dev.berth.examples.standalone.configuration.mirror.ReplicationReader;
import dev.berth.examples.standalone.configuration.mirror.ReplicationSettings;
import dev.berth.examples.standalone.configuration.observability.DebugReader;
import dev.berth.examples.standalone.configuration.observability.HealthReader;
import dev.berth.examples.standalone.configuration.observability.LogReader;
import dev.berth.examples.standalone.configuration.observability.NotificationReader;
import dev.berth.examples.standalone.configuration.trust.TrustReader;
import dev.berth.examples.standalone.configuration.values.ListenAddress;
import dev.berth.examples.standalone.configuration.values.SettingPath;
import dev.berth.examples.standalone.configuration.values.SettingValues;
import dev.berth.examples.standalone.configuration.values.YamlNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@link Settings}. A setting has the path of the YAML file of {@code registry:2} and the environment variable that
 * follows from it: {@code http.addr} is {@code REGISTRY_HTTP_ADDR}. The command line takes precedence over the environment,
 * and the environment over the file. {@link SettingRules} decides about unsupported settings.
 */
public final class SettingsReader {
    private static final String READ_ONLY = "storage.maintenance.readonly.enabled";
    private static final String DEFAULT_LISTEN = "127.0.0.1:5000";

    /** podman and skopeo keep there what they have logged in with. It is no setting {@code auth.file}. */
    private static final String CREDENTIALS_OF_CLIENTS = "REGISTRY_AUTH_FILE";

    /** Names the file, as with {@code registry:2}. It is no setting {@code configuration.path}. */
    static final String CONFIGURATION_PATH = "REGISTRY_CONFIGURATION_PATH";

    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final SettingValues values = new SettingValues(settings);
    private final StorageReader storages = new StorageReader(values);

    private final ConfigFile file;

    private SettingsReader(ConfigFile file) {
        this.file = file;
    }

    /**
     * Reads the settings from all sources.
     *
     * @param listen the value of {@code --listen}
     * @param storage the value of {@code --storage}
     * @param config the YAML file, the value of {@code --config}
     * @param environment the environment variables
     * @throws CommandException if a setting is malformed, or unsupported in a way that must not be ignored
     */
    public static Settings read(
            Optional<String> listen, Optional<String> storage, Optional<Path> config, Map<String, String> environment) {
        ConfigFile file = config.map(ConfigFile::read).orElseGet(ConfigFile::none);
        SettingsReader reader = new SettingsReader(file);
        reader.settings.putAll(file.settings());
        TopLevelKeys.check(reader.settings.keySet(), false);
        Map<String, String> variables = reader.fromEnvironment(environment);
        TopLevelKeys.check(variables.keySet(), true);
        StrictKeys.checkVariables(variables.keySet());
        reader.settings.putAll(variables);
        reader.variables.putAll(variables);
        return reader.build(listen, storage, SettingRules.check(reader.settings));
    }

    private Map<String, String> fromEnvironment(Map<String, String> environment) {
        Map<String, String> found = new LinkedHashMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(SettingPath.PREFIX)
                    && name.length() > SettingPath.PREFIX.length()
                    && !name.equals(CREDENTIALS_OF_CLIENTS)
                    && !name.equals(CONFIGURATION_PATH)) {
                String path = name.substring(SettingPath.PREFIX.length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '.');
                found.put(path, unquoted(value.strip()));
            }
        });
        List<String> chosen = StorageReader.kinds(new SettingValues(found));
        if (!chosen.isEmpty()) {
            // A storage in the environment replaces that of the file.
            settings.remove("storage");
            StorageReader.KINDS.stream()
                    .filter(kind -> !chosen.contains(kind))
                    .forEach(kind -> settings.keySet().removeIf(path -> SettingPath.within(path, "storage." + kind)));
        }
        return found;
    }

    /** Removes the quotes of a YAML string: {@code registry:2} parses variables as YAML. */
    private static String unquoted(String value) {
        boolean quoted = value.length() > 1
                && (value.startsWith("\"") && value.endsWith("\"") || value.startsWith("'") && value.endsWith("'"));
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private Settings build(Optional<String> listen, Optional<String> storage, List<String> warnings) {
        AuthSettings auth = new AuthReader(values).read(values.hasSection(AccessReader.SECTION));
        Optional<AccessSettings> access = new AccessReader(values, file.section(AccessReader.SECTION))
                .read(auth.token().isPresent());
        LimitsReader limits = new LimitsReader(values);
        ListenAddress address =
                ListenAddress.parse(listen.or(() -> values.text("http.addr")).orElse(DEFAULT_LISTEN));
        return new Settings(
                address,
                storage.map(storages::parse).orElseGet(storages::read),
                new TlsReader(values).read(),
                auth,
                access,
                values.flag("storage.delete.enabled", false),
                values.flag(READ_ONLY, false),
                validation(),
                limits.reads(),
                !values.flag("storage.redirect.disable", true),
                new RulesReader(values, file.section(RulesReader.SECTION)).read(),
                new QuotaReader(file.section(QuotaReader.SECTION)).read(),
                new Settings.Uploads(
                        values.flag("storage.maintenance.uploadpurging.enabled", true)
                                && !values.flag("storage.maintenance.uploadpurging.dryrun", false),
                        values.positiveDuration("storage.maintenance.uploadpurging.age", Duration.ofHours(24)),
                        values.positiveDuration("storage.maintenance.uploadpurging.interval", Duration.ofMinutes(10))),
                new CollectionReader(values).read(),
                new UndeleteReader(values).read(),
                new ScrubReader(values).read(),
                new PullsReader(values).read(),
                limits.server(),
                limits.manifests(),
                values.duration("http.draintimeout", Duration.ofSeconds(30)),
                mirrors(warnings),
                replication(warnings),
                new TrustReader(this::tree).read(),
                new NotificationReader(values, this::tree, warnings).read(),
                new ConsoleReader(values).read(),
                new DebugReader(values).read(address),
                new HealthReader(values, this::tree).read(),
                new LogReader(values, tree(LogReader.FIELDS), logFields(), warnings).read(),
                warnings);
    }

    private List<MirrorSettings> mirrors(List<String> warnings) {
        Optional<MirrorSettings> proxy = new ProxyReader(values).read();
        List<MirrorSettings> mirrors = new MirrorReader(tree(MirrorReader.SECTION)).read();
        if (proxy.isPresent() && !mirrors.isEmpty()) {
            throw new CommandException(
                    "With " + ProxyReader.SECTION + " the whole server is one mirror, so that there can" + " be no "
                            + MirrorReader.SECTION + "; remove one of these sections.");
        }
        List<MirrorSettings> all = proxy.map(List::of).orElse(mirrors);
        if (!all.isEmpty() && values.flag(READ_ONLY, false)) {
            warnings.add(
                    "The storage is read-only: what is mirrored is served from it, and no other registry is asked.");
        }
        return all;
    }

    private List<ReplicationSettings> replication(List<String> warnings) {
        List<ReplicationSettings> rules = new ReplicationReader(tree(ReplicationReader.SECTION)).read();
        if (!rules.isEmpty() && new ProxyReader(values).read().isPresent()) {
            throw new CommandException(
                    "With " + ProxyReader.SECTION + " nothing is pushed to this server, so that there"
                            + " is nothing to replicate; remove " + ReplicationReader.SECTION + ", or use "
                            + MirrorReader.SECTION + " instead.");
        }
        if (!rules.isEmpty() && values.flag(READ_ONLY, false)) {
            warnings.add("The storage is read-only: nothing is replicated, since what both sides have had could not be"
                    + " kept.");
        }
        return rules;
    }

    /** Returns a list or section, of the variable that holds it as YAML, or of the file. */
    private YamlNode tree(String path) {
        String yaml = variables.getOrDefault(path, "");
        if (!yaml.isBlank()) {
            return ConfigFile.variable(path, yaml);
        }
        String[] keys = path.split("\\.", -1);
        YamlNode node = file.section(keys[0]);
        for (String key : List.of(keys).subList(1, keys.length)) {
            node = node.child(key);
        }
        return node;
    }

    /** Returns the fields of {@code log} that have a variable of their own. */
    private Map<String, String> logFields() {
        String prefix = LogReader.FIELDS + ".";
        Map<String, String> fields = new LinkedHashMap<>();
        variables.forEach((path, value) -> {
            if (path.startsWith(prefix)) {
                fields.put(path.substring(prefix.length()), value);
            }
        });
        return fields;
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
                        throw new CommandException(
                                "'" + platforms + "' is not supported for " + path + "; use all or none.");
                })
                .orElse(false);
    }
}
