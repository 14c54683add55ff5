package dev.berth.registry.scan.version;

import java.util.Comparator;

/** The order of PEP 440. */
final class PythonOrder implements VersionOrder {
    private static final Comparator<String> ORDER = Validity.parsed(PythonVersion::parse, PythonVersion::compareTo);

    @Override
    public int compare(String first, String second) {
        return ORDER.compare(first, second);
    }

    @Override
    public String toString() {
        return "PEP 440";
    }
}
