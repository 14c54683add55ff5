package dev.berth.registry.scan.version;

/** The order of Maven ("Version Order Specification" of its reference of the POM). */
final class MavenOrder implements VersionOrder {

    @Override
    public int compare(String first, String second) {
        return MavenVersion.parse(first).compareTo(MavenVersion.parse(second));
    }

    @Override
    public String toString() {
        return "Maven";
    }
}
