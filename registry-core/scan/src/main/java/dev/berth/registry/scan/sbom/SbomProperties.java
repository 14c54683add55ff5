package dev.berth.registry.scan.sbom;

/** The names of the properties in CycloneDX that this project writes. */
final class SbomProperties {
    static final String PATH = "berth:path";
    static final String LAYER = "berth:layer";
    static final String SOURCE = "berth:source";
    static final String SOURCE_VERSION = "berth:sourceVersion";
    static final String ARCHITECTURE = "berth:architecture";

    /** Why something may be missing. */
    static final String GAP = "berth:gap";

    private SbomProperties() {}
}
