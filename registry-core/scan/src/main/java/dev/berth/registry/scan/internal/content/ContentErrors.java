package dev.berth.registry.scan.internal.content;

import dev.berth.registry.RegistryException;

/** Tells what is wrong with content from what is wrong with the registry. */
public final class ContentErrors {
    private ContentErrors() {}

    /** Returns whether an exception says something about the content, rather than that the registry cannot tell. */
    public static boolean isOfContent(RegistryException e) {
        return switch (e.code()) {
            case BLOB_UNKNOWN,
                    DIGEST_INVALID,
                    MANIFEST_BLOB_UNKNOWN,
                    MANIFEST_INVALID,
                    MANIFEST_TOO_LARGE,
                    MANIFEST_UNKNOWN,
                    NAME_UNKNOWN,
                    SIZE_INVALID -> true;
            default -> false;
        };
    }
}
