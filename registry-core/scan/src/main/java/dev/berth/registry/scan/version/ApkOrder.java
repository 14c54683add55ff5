package dev.berth.registry.scan.version;

import java.util.Comparator;

/** The order of apk, as its manual page apk-package(5) and the specification of Gentoo, from which it comes, have it. */
final class ApkOrder implements VersionOrder {
    private static final Comparator<String> ORDER = Validity.parsed(ApkVersion::parse, ApkVersion::compareTo);

    @Override
    public int compare(String first, String second) {
        return ORDER.compare(first, second);
    }

    @Override
    public String toString() {
        return "apk";
    }
}
