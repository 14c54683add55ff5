package dev.berth.registry.console.catalog;

/** What a manifest is to somebody who looks at a list. */
public enum ImageKind {
    /** An image for one platform. */
    IMAGE,
    /** Images for several platforms. */
    INDEX,
    /** Something else: a chart, a signature, a document. */
    ARTIFACT,
    /** It cannot be read. */
    BROKEN
}
