package dev.berth.registry.scan.found;

/**
 * The kinds of packages that are found. More may be added.
 *
 * @since 0.1
 */
public enum PackageType {
    /** A package of Debian and what is made of it. */
    DEB("deb", true),
    /** A package of Alpine and others that use apk. */
    APK("apk", true),
    /** A package of rpm. */
    RPM("rpm", true),
    /** An artifact of Maven. Its name is {@code group:artifact}. */
    MAVEN("maven", false),
    /** A module of Go; {@code stdlib} is what comes with Go itself. */
    GOLANG("golang", false),
    /** A crate of Rust. */
    CARGO("cargo", false),
    /** A package of npm, with its scope: {@code @scope/name}. */
    NPM("npm", false),
    /** A project of the Python Package Index. Its name is written as there: lower case, hyphens only. */
    PYPI("pypi", false);

    private final String id;
    private final boolean system;

    PackageType(String id, boolean system) {
        this.id = id;
        this.system = system;
    }

    /** Returns the type in package URLs. */
    public String id() {
        return id;
    }

    /** Returns whether it is a package of the distribution, rather than of a language. */
    public boolean isSystem() {
        return system;
    }
}
