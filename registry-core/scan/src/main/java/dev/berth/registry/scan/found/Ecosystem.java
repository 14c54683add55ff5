package dev.berth.registry.scan.found;

import java.util.Optional;

/** The names of ecosystems in the OSV schema. */
final class Ecosystem {
    private static final int YEARS_BETWEEN_LONG_TERM_RELEASES = 2;

    private Ecosystem() {}

    static Optional<String> of(PackageType type, Optional<Distribution> distribution) {
        return switch (type) {
            case MAVEN -> Optional.of("Maven");
            case GOLANG -> Optional.of("Go");
            case CARGO -> Optional.of("crates.io");
            case NPM -> Optional.of("npm");
            case PYPI -> Optional.of("PyPI");
            case DEB, APK, RPM -> distribution.flatMap(Ecosystem::ofSystem);
        };
    }

    private static Optional<String> ofSystem(Distribution system) {
        return switch (system.id()) {
            case "debian" -> release("Debian", system.major());
            case "ubuntu" -> release("Ubuntu", ubuntu(system));
            case "alpine" -> release("Alpine", system.version().isEmpty() ? "" : "v" + system.minor());
            case "wolfi" -> Optional.of("Wolfi");
            case "chainguard" -> Optional.of("Chainguard");
            case "minimos" -> Optional.of("MinimOS");
            case "rhel" -> release("Red Hat", system.version().isEmpty() ? "" : "enterprise_linux:" + system.major());
            case "rocky" -> release("Rocky Linux", system.major());
            case "almalinux" -> release("AlmaLinux", system.major());
            case "opensuse-leap" -> release("openSUSE", "Leap " + system.version());
            case "opensuse-tumbleweed" -> release("openSUSE", "Tumbleweed");
            case "sles" -> Optional.of("SUSE");
            case "mageia" -> release("Mageia", system.version());
            case "photon" -> release("Photon OS", system.version());
            case "azurelinux", "mariner" -> release("Azure Linux", system.major());
            case "openeuler", "openEuler" -> release("openEuler", system.version());
            default -> Optional.empty();
        };
    }

    /** A release of April of an even year is supported for long, which its name says. */
    private static String ubuntu(Distribution system) {
        String version = system.version();
        boolean april = version.matches("\\d{2}\\.04");
        return april && Integer.parseInt(version.substring(0, 2)) % YEARS_BETWEEN_LONG_TERM_RELEASES == 0
                ? version + ":LTS"
                : version;
    }

    private static Optional<String> release(String ecosystem, String release) {
        return Optional.of(release.isEmpty() ? ecosystem : ecosystem + ":" + release);
    }
}
