package dev.berth.examples.standalone;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which settings of {@code registry:2} are understood, and what becomes of the others: one that would protect something,
 * or store or serve something elsewhere, ends the program; one that only tunes something, or belongs to a part that
 * works differently here, gets a note.
 */
final class SettingRules {
    /** What the name of an environment variable begins with. */
    static final String PREFIX = "REGISTRY_";

    /** Ignoring these would serve something else, or to somebody else, than the writer meant. */
    private static final List<String> REFUSED = List.of(
            "auth",
            "proxy",
            "middleware",
            "notifications.endpoints",
            "http.net",
            "http.prefix",
            "http.tls.clientcas",
            "http.tls.clientauth",
            "http.tls.letsencrypt",
            "http.tls.minimumtls",
            "http.tls.ciphersuites",
            "validation.manifests.urls");

    /** What of these is so here anyway. */
    private static final Map<String, Set<String>> FULFILLED =
            Map.of("http.net", Set.of("tcp"), "http.tls.minimumtls", Set.of("tls1.0", "tls1.1", "tls1.2"));

    /** These have nothing to do here. */
    private static final List<String> NEEDLESS = List.of(
            "version",
            "http.secret",
            "http.relativeurls",
            "http.net",
            "http.http2",
            "http.h2c",
            "http.tls.minimumtls",
            "storage.cache",
            "storage.tag",
            "storage.filesystem.maxthreads",
            "notifications.events",
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
            "storage.maintenance.uploadpurging.dryrun",
            "storage.maintenance.uploadpurging.age",
            "storage.maintenance.uploadpurging.interval",
            "storage.maintenance.readonly.enabled",
            "validation.disabled",
            "validation.manifests.indexes.platforms",
            "log.level",
            "log.accesslog.disabled");

    /** The kinds of storage, of which one is used. */
    static final List<String> STORAGES = List.of("filesystem", "inmemory", "s3");

    /** What else stands below {@code storage}; any other name there is that of a kind of storage. */
    private static final Set<String> STORAGE_SETTINGS = Set.of("cache", "delete", "maintenance", "redirect", "tag");

    private final Map<String, String> settings;

    private SettingRules(Map<String, String> settings) {
        this.settings = settings;
    }

    /**
     * Checks settings by their path.
     *
     * @return a sentence about each that has no effect
     */
    static List<String> check(Map<String, String> settings) {
        return new SettingRules(settings).check();
    }

    private List<String> check() {
        Set<String> notes = new LinkedHashSet<>();
        settings.forEach((path, value) -> {
            refuse(path, value);
            requireValue(path);
            requireSection(path, value);
            boolean needless = within(path, NEEDLESS) || within(path, BucketReader.NEEDLESS);
            if (!known().anyMatch(path::equals) && !needless && !value.isBlank()) {
                notes.add("The setting " + withoutIndex(path) + " has no effect here.");
            }
        });
        return new ArrayList<>(notes);
    }

    private static void refuse(String path, String value) {
        // Nothing is meant by leaving it empty; but who names a way to authenticate means one.
        boolean meant = !value.isBlank() || path.startsWith("auth.");
        boolean fulfilled = FULFILLED.getOrDefault(path, Set.of()).contains(value.toLowerCase(Locale.ROOT));
        if (within(path, REFUSED) && meant && !fulfilled || BucketReader.refuses(path, value) || otherStorage(path)) {
            String name = withoutIndex(path);
            String with = FULFILLED.containsKey(path) ? " with the value '" + value + "'" : "";
            throw new ConfigException("The setting " + name + " (" + PREFIX
                    + name.toUpperCase(Locale.ROOT).replace('.', '_') + ") is not supported" + with
                    + ", and ignoring it could expose or lose something: remove it to start without.");
        }
    }

    private static boolean otherStorage(String path) {
        String[] segments = path.split("\\.", -1);
        return segments.length > 1
                && segments[0].equals("storage")
                && !STORAGES.contains(segments[1])
                && !STORAGE_SETTINGS.contains(segments[1]);
    }

    private static Stream<String> known() {
        return Stream.concat(KNOWN.stream(), BucketReader.KNOWN.stream());
    }

    private static boolean hasSettingsBelow(String path) {
        return known().anyMatch(known -> known.startsWith(path + "."));
    }

    /** What stands below a setting that takes a value would be lost without a word. */
    private static void requireValue(String path) {
        known().filter(known -> path.startsWith(known + ".") && !hasSettingsBelow(known))
                .findAny()
                .ifPresent(known -> {
                    throw new ConfigException(
                            "The setting " + known + " takes one value, and not a list or a section.");
                });
    }

    private static void requireSection(String path, String value) {
        if (!value.isBlank() && !path.equals("storage") && hasSettingsBelow(path)) {
            String example = known().filter(known -> known.startsWith(path + "."))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
            throw new ConfigException(
                    "The setting " + path + " is a section and takes no value; set, for example, " + example + ".");
        }
    }

    /** Names a list instead of what is in it. */
    private static String withoutIndex(String path) {
        return path.replaceFirst("\\.\\d+(\\..*)?$", "");
    }

    private static boolean within(String path, List<String> sections) {
        return sections.stream().anyMatch(section -> within(path, section));
    }

    /** Returns whether a setting is a part of a section, or is the section. */
    static boolean within(String path, String section) {
        return path.equals(section) || path.startsWith(section + ".");
    }
}
