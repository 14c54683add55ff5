package dev.berth.examples.standalone.configuration;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.values.GoDuration;
import dev.berth.examples.standalone.configuration.values.SettingValues;
import dev.berth.registry.engine.StorageOptions;
import dev.berth.registry.server.ServerLimits;
import dev.berth.registry.storage.fs.FileStorageOptions;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.LongFunction;

/**
 * Reads the limits on what clients use, the budgets of memory and caches, and when blobs are hashed. The builders decide
 * what is possible.
 */
final class LimitsReader {
    private static final String SERVER = "http.limits.";
    private static final String MANIFEST_BYTES = SERVER + "manifestbytes";
    private static final String PARSING = "storage.limits.manifestmemory";
    private static final String MANIFEST_CACHE = "storage.cache.manifests";
    private static final String FILE_CACHE = "storage.cache.files";
    private static final String NOT_HASHED = "validation.reads.disabled";
    private static final String HASHING_INTERVAL = "validation.reads.interval";

    /** The supported settings. */
    static final Set<String> KNOWN = Set.of(
            SERVER + "connections",
            SERVER + "connectionsperaddress",
            SERVER + "uploads",
            SERVER + "headers",
            SERVER + "headerbytes",
            SERVER + "headertimeout",
            SERVER + "idletimeout",
            SERVER + "minbytespersecond",
            SERVER + "slowtransfergrace",
            SERVER + "manifestmemory",
            MANIFEST_BYTES,
            PARSING,
            MANIFEST_CACHE,
            FILE_CACHE,
            NOT_HASHED,
            HASHING_INTERVAL);

    private final SettingValues values;

    LimitsReader(SettingValues values) {
        this.values = values;
    }

    /** Returns the limits of the server. */
    ServerLimits server() {
        ServerLimits.Builder limits = ServerLimits.builder();
        count("connections", limits::maxConnections);
        count("connectionsperaddress", limits::maxConnectionsPerAddress);
        count("uploads", limits::maxRequestBodies);
        count("headers", limits::maxHeaderCount);
        smallSize(SERVER + "headerbytes", limits::maxHeaderBytes);
        time(SERVER + "headertimeout", limits::headerTimeout);
        time(SERVER + "idletimeout", limits::idleTimeout);
        smallSize(SERVER + "minbytespersecond", limits::minBytesPerSecond);
        time(SERVER + "slowtransfergrace", limits::slowTransferGrace);
        smallSize(MANIFEST_BYTES, limits::maxManifestBytes);
        size(SERVER + "manifestmemory", limits::manifestMemory);
        return limits.build();
    }

    /** Returns what manifests may take in the engine. */
    ManifestBudgets manifests() {
        StorageOptions.Builder options = StorageOptions.builder();
        return new ManifestBudgets(
                smallSize(MANIFEST_BYTES, options::maxManifestBytes),
                size(PARSING, options::manifestMemory),
                size(MANIFEST_CACHE, options::manifestCacheBytes));
    }

    /** Returns when blobs are hashed that are pulled. */
    Settings.Reads reads() {
        time(HASHING_INTERVAL, StorageOptions.builder()::verifyAgainAfter);
        return new Settings.Reads(
                !values.flag(NOT_HASHED, false), values.duration(HASHING_INTERVAL, Duration.ofHours(24)));
    }

    /** Returns the memory for what is kept of files, in bytes. */
    OptionalLong fileCache() {
        return size(FILE_CACHE, FileStorageOptions.builder()::cacheBytes);
    }

    private void count(String key, IntFunction<?> limit) {
        values.number(SERVER + key)
                .ifPresent(number -> require(SERVER + key, String.valueOf(number), number, limit::apply));
    }

    private void time(String path, Function<Duration, ?> limit) {
        values.text(path).ifPresent(text -> require(path, text, GoDuration.parse(path, text), limit));
    }

    private OptionalLong size(String path, LongFunction<?> limit) {
        OptionalLong size = values.size(path);
        if (size.isPresent()) {
            require(path, values.required(path), size.getAsLong(), limit::apply);
        }
        return size;
    }

    private OptionalInt smallSize(String path, IntFunction<?> limit) {
        // What is too large for an integer is too large for the builder, too.
        OptionalLong size = size(path, bytes -> limit.apply((int) Math.min(bytes, Integer.MAX_VALUE)));
        return size.isPresent()
                ? OptionalInt.of((int) Math.min(size.getAsLong(), Integer.MAX_VALUE))
                : OptionalInt.empty();
    }

    private static <T> void require(String path, String text, T value, Function<T, ?> limit) {
        try {
            Object unused = limit.apply(value);
        } catch (IllegalArgumentException e) {
            throw new CommandException("The setting " + path + " cannot be " + text + ": " + e.getMessage() + ".");
        }
    }
}
