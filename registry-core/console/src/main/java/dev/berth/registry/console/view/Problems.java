package dev.berth.registry.console.view;

import dev.berth.registry.RegistryException;

/** Tells what is wrong with an image from what is wrong with the registry. */
final class Problems {
    private Problems() {}

    /**
     * Returns what is wrong with an image.
     *
     * @throws RegistryException the same, if it is the registry that fails or refuses the caller, which may pass
     */
    static String of(RegistryException e) {
        return switch (e.code()) {
            case UNAVAILABLE, TOOMANYREQUESTS, UNAUTHORIZED, DENIED -> throw e;
            default -> e.errors().isEmpty() ? e.code().toString() : e.errors().get(0).message();
        };
    }
}
