package dev.berth.registry.scan.format.source;

import dev.berth.registry.scan.found.FoundPackage;
import dev.berth.registry.scan.found.InventoryLimits;
import dev.berth.registry.scan.found.PackageType;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the readers have found in a layer so far, and what they may still cost. For one thread.
 *
 * <p>A limit of the layer ends everything with a {@link ScanStoppedException}, which readers pass on.
 */
public final class Findings {
    private static final int LONGEST_TEXT = 1024;
    private static final int MOST_REASONS = 100;
    private static final int LONGEST_REASON = 500;

    /** Bounds the memory of what is found, which consists of texts: in characters. */
    private static final long MOST_CHARS = 8L * 1024 * 1024;

    private final InventoryLimits limits;
    private final InstantSource clock;
    private final Instant end;
    private final List<String> reasons = new ArrayList<>();
    private List<FoundPackage> packages = new ArrayList<>();
    private int unnamedReasons;
    private int count;
    private long chars;
    private long opened;

    /** Begins now. */
    public Findings(InventoryLimits limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
        this.end = clock.instant().plus(limits.maxTime());
    }

    /** Returns the limits. */
    public InventoryLimits limits() {
        return limits;
    }

    /** Adds a package of a language. It is left out, and said so, if it has no sensible name and version. */
    public void add(PackageType type, String name, String version, String path) throws ScanStoppedException {
        add(type, name, version, Optional.empty(), Optional.empty(), Optional.empty(), path);
    }

    /** Adds a package. It is left out, and said so, if it has no sensible name and version. */
    public void add(
            PackageType type,
            String name,
            String version,
            Optional<String> source,
            Optional<String> sourceVersion,
            Optional<String> architecture,
            String path)
            throws ScanStoppedException {
        if (!isText(name) || !isText(version) || !isText(source) || !isText(sourceVersion) || !isText(architecture)) {
            incomplete(path, "it names a package without a name and version that make sense");
            return;
        }
        Optional<String> otherSource = source.filter(given -> !given.equals(name));
        Optional<String> otherVersion = sourceVersion.filter(given -> !given.equals(version));
        if (++count > limits.maxPackages()) {
            throw new ScanStoppedException("It has more than " + limits.maxPackages() + " packages");
        }
        chars += name.length()
                + version.length()
                + path.length()
                + otherSource.map(String::length).orElse(0)
                + otherVersion.map(String::length).orElse(0);
        if (chars > MOST_CHARS) {
            throw new ScanStoppedException("The names of its packages have more than " + MOST_CHARS + " characters");
        }
        packages.add(new FoundPackage(type, name, version, otherSource, otherVersion, architecture, path));
    }

    private static boolean isText(Optional<String> text) {
        return text.map(Findings::isText).orElse(true);
    }

    private static boolean isText(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST_TEXT
                && text.chars().noneMatch(c -> c <= ' ' || c == 0x7f || Character.isSurrogate((char) c));
    }

    /** Returns what was added since this was called last, in its order. */
    public List<FoundPackage> take() {
        List<FoundPackage> taken = packages;
        packages = new ArrayList<>();
        return taken;
    }

    /** Says that something was not read. */
    public void incomplete(String reason) {
        if (reasons.size() < MOST_REASONS) {
            reasons.add(reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "...");
        } else {
            unnamedReasons++;
        }
    }

    /** Says why the inventory ended before the end of the layer: more than anything else in it that was not read. */
    public void ended(String reason) {
        reasons.add(0, reason);
    }

    /** Says that something in a file was not read. */
    public void incomplete(String path, String reason) {
        incomplete(Printable.of(path) + ": " + reason);
    }

    /** Returns why the findings are not complete; empty if they are. */
    public List<String> reasons() {
        List<String> all = new ArrayList<>(reasons);
        if (unnamedReasons > 0) {
            all.add("And " + unnamedReasons + " more");
        }
        return all;
    }

    /** Counts bytes that came out of an archive or a database. */
    public void opened(long bytes) throws ScanStoppedException {
        opened += bytes;
        if (opened > limits.maxOpenedBytes()) {
            throw new ScanStoppedException(
                    "More than " + limits.maxOpenedBytes() + " bytes came out of its archives and databases");
        }
        requireTime();
    }

    /** Returns what ends the inventory, for this reason. */
    public ScanStoppedException stopped(String reason) {
        return new ScanStoppedException(reason);
    }

    /** Fails when the time is over. */
    public void requireTime() throws ScanStoppedException {
        if (clock.instant().isAfter(end)) {
            throw new ScanStoppedException("Reading it took longer than " + limits.maxTime());
        }
    }

    /** Returns a stream whose bytes count as opened. */
    public InputStream counted(InputStream in) {
        return new Pulled() {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int count = in.read(target, offset, length);
                if (count > 0) {
                    opened(count);
                }
                return count;
            }
        };
    }
}
