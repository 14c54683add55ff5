package dev.berth.examples.standalone.configuration;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.observability.LogReader;
import dev.berth.examples.standalone.configuration.values.SettingPath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Decides what happens to each setting of {@code registry:2}. An unsupported setting that protects content, or changes
 * where content is stored or served, is an error. Any other unsupported setting gives a warning.
 */
final class SettingRules {
    /** Unsupported settings that must not be ignored: the registry would serve other content, or other clients, than intended. */
    private static final List<String> REJECTED = List.of(
            "middleware",
            "http.net",
            "http.prefix",
            "http.tls.letsencrypt",
            "http.tls.minimumtls",
            "http.tls.ciphersuites",
            "validation.manifests.urls");

    /** Values of rejected settings that describe what the registry does anyway. */
    private static final Map<String, Set<String>> ACCEPTED_VALUES =
            Map.of("http.net", Set.of("tcp"), "http.tls.minimumtls", Set.of("tls1.0", "tls1.1", "tls1.2"));

    /** Settings that may be present and have no effect. */
    private static final List<String> IGNORED = List.of(
            "version",
            "http.secret",
            "http.relativeurls",
            "http.net",
            "http.http2",
            "http.h2c",
            "http.tls.minimumtls",
            "storage.cache.blobdescriptor",
            "storage.cache.blobdescriptorsize",
            "storage.tag",
            "storage.filesystem.maxthreads",
            "redis",
            "catalog");

    private static final Set<String> KNOWN = Set.of(
            "http.addr",
            TlsReader.CERTIFICATE,
            TlsReader.KEY,
            TlsReader.CLIENT_AUTHENTICATION,
            "http.draintimeout",
            "storage",
            "storage.filesystem",
            "storage.filesystem.rootdirectory",
            "storage.filesystem.sharedfiles",
            "storage.inmemory",
            "storage.redirect.disable",
            "storage.delete.enabled",
            "storage.maintenance.uploadpurging.enabled",
            "storage.maintenance.uploadpurging.dryrun",
            "storage.maintenance.uploadpurging.age",
            "storage.maintenance.uploadpurging.interval",
            "storage.maintenance.readonly.enabled",
            "validation.disabled",
            "validation.manifests.indexes.platforms");

    /** The sections of {@code storage} that are no kind of storage. */
    private static final Set<String> STORAGE_SETTINGS =
            Set.of("cache", "delete", "limits", "maintenance", "redirect", "tag");

    private final Map<String, String> settings;

    private SettingRules(Map<String, String> settings) {
        this.settings = settings;
    }

    /**
     * Checks settings by their path.
     *
     * @return a warning for each setting that has no effect
     */
    static List<String> check(Map<String, String> settings) {
        return new SettingRules(settings).check();
    }

    private List<String> check() {
        Set<String> warnings = new LinkedHashSet<>();
        StrictKeys.check(settings.keySet());
        settings.forEach((path, value) -> {
            rejectUnsupported(path, value);
            requireValue(path);
            requireSection(path, value);
            boolean ignored = within(path, IGNORED)
                    || SettingPath.within(path, TlsReader.CLIENT_AUTHORITIES)
                    || within(path, BucketReader.IGNORED)
                    || StrictKeys.covers(path) && !within(path, LogReader.WITHOUT_EFFECT);
            if (!known().anyMatch(path::equals) && !ignored && !value.isBlank()) {
                warnings.add("The setting " + withoutIndex(path) + " has no effect here.");
            }
        });
        return new ArrayList<>(warnings);
    }

    private static void rejectUnsupported(String path, String value) {
        boolean set = !value.isBlank();
        boolean accepted = ACCEPTED_VALUES.getOrDefault(path, Set.of()).contains(value.toLowerCase(Locale.ROOT));
        if (within(path, REJECTED) && set && !accepted || BucketReader.rejects(path, value) || otherStorage(path)) {
            String name = withoutIndex(path);
            String with = ACCEPTED_VALUES.containsKey(path) ? " with the value '" + value + "'" : "";
            throw new CommandException("The setting " + name + " (" + SettingPath.variable(name) + ") is not supported"
                    + with + ", and ignoring it could expose or lose something: remove it to start without.");
        }
    }

    private static boolean otherStorage(String path) {
        String[] segments = path.split("\\.", -1);
        return segments.length > 1
                && segments[0].equals("storage")
                && !StorageReader.KINDS.contains(segments[1])
                && !STORAGE_SETTINGS.contains(segments[1]);
    }

    private static Stream<String> known() {
        return Stream.of(KNOWN, LimitsReader.KNOWN, BucketReader.KNOWN, StrictKeys.VALUES)
                .flatMap(Set::stream);
    }

    private static boolean hasSettingsBelow(String path) {
        return known().anyMatch(known -> known.startsWith(path + "."));
    }

    /** Rejects settings below one that takes a single value: they would be ignored silently. */
    private static void requireValue(String path) {
        known().filter(known -> path.startsWith(known + ".") && !hasSettingsBelow(known))
                .findAny()
                .ifPresent(known -> {
                    throw new CommandException(
                            "The setting " + known + " takes one value, and not a list or a section.");
                });
    }

    private static void requireSection(String path, String value) {
        boolean mayChoose = path.equals("storage") || path.equals(AuthReader.SECTION);
        if (!value.isBlank() && !mayChoose && hasSettingsBelow(path)) {
            String example = known().filter(known -> known.startsWith(path + "."))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
            throw new CommandException(
                    "The setting " + path + " is a section and takes no value; set, for example, " + example + ".");
        }
    }

    /** Returns the path of the list that a path with an index is part of. */
    private static String withoutIndex(String path) {
        return path.replaceFirst("\\.\\d+(\\..*)?$", "");
    }

    private static boolean within(String path, List<String> sections) {
        return sections.stream().anyMatch(section -> SettingPath.within(path, section));
    }
}
