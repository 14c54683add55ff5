package dev.berth.registry.scan.format;

import dev.berth.registry.scan.format.rpm.RpmDatabase;
import dev.berth.registry.scan.format.source.PackageReader;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which files name packages, by their paths, and who reads them. */
public final class PackageFiles {
    private static final String STATUS = "var/lib/dpkg/status";
    private static final String STATUS_FOLDER = "var/lib/dpkg/status.d/";
    private static final Set<String> INSTALLED = Set.of("lib/apk/db/installed", "usr/lib/apk/db/installed");
    private static final Set<String> OS_RELEASES = Set.of("etc/os-release", "usr/lib/os-release");
    private static final Pattern NPM = Pattern.compile("(?:.*/)?node_modules/(?:@[^/]+/)?[^/@][^/]*/package\\.json");
    private static final Pattern PYTHON =
            Pattern.compile("(?:.*/)?(?:[^/]+\\.dist-info/METADATA|[^/]+\\.egg-info(?:/PKG-INFO)?|EGG-INFO/PKG-INFO)");
    private static final String LOCK = "package-lock.json";

    private static final PackageReader DPKG = new DpkgStatus();
    private static final PackageReader APK = new ApkInstalled();
    private static final PackageReader RPM = new RpmDatabase();
    private static final PackageReader JAVA = new JavaArchive();
    private static final PackageReader NPM_PACKAGE = new NpmPackage();
    private static final PackageReader NPM_LOCK = new NpmLock();
    private static final PackageReader PYTHON_METADATA = new PythonMetadata();

    private PackageFiles() {}

    /** Returns whether this says what distribution it is. */
    public static boolean isOsRelease(String path) {
        return OS_RELEASES.contains(path);
    }

    /** Returns whether this names packages that may be installed beside it. */
    public static boolean isNpmLock(String path) {
        return path.equals(LOCK) || path.endsWith("/" + LOCK);
    }

    /** Returns the reader of the file at this path; empty if its name does not say that it names packages. */
    public static Optional<PackageReader> reader(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (path.equals(STATUS) || path.startsWith(STATUS_FOLDER) && !name.endsWith(".md5sums")) {
            return Optional.of(DPKG);
        }
        if (INSTALLED.contains(path)) {
            return Optional.of(APK);
        }
        if (RpmDatabase.isAt(path)) {
            return Optional.of(RPM);
        }
        if (JavaArchive.isArchive(name)) {
            return Optional.of(JAVA);
        }
        return switch (name) {
            case "package.json" -> NPM.matcher(path).matches() ? Optional.of(NPM_PACKAGE) : Optional.empty();
            case LOCK -> Optional.of(NPM_LOCK);
            default -> isPython(path, name) ? Optional.of(PYTHON_METADATA) : Optional.empty();
        };
    }

    private static boolean isPython(String path, String name) {
        boolean candidate = name.equals("METADATA") || name.equals("PKG-INFO") || name.endsWith(".egg-info");
        return candidate && PYTHON.matcher(path).matches();
    }
}
