package dev.berth.registry.copy;

import dev.berth.registry.Platform;

/** Compares a platform that is wanted with that of an image. */
final class PlatformMatch {

    private PlatformMatch() {}

    /** Returns whether an image is for a platform: what the wanted one does not say may be anything. */
    static boolean matches(Platform wanted, Platform offered) {
        return wanted.os().equals(offered.os())
                && wanted.architecture().equals(offered.architecture())
                && (wanted.variant().isEmpty() || wanted.variantOrUsual().equals(offered.variantOrUsual()))
                && (wanted.osVersion().isEmpty() || isVersion(wanted, offered))
                && offered.osFeatures().containsAll(wanted.osFeatures());
    }

    /** Returns whether it is a platform: builders write "unknown/unknown" at what describes an image. */
    static boolean isKnown(Platform platform) {
        return !platform.os().equals("unknown") && !platform.os().isEmpty();
    }

    static String print(Platform platform) {
        return platform
                + platform.osVersion().map(version -> " (" + version + ")").orElse("");
    }

    /** Windows images name a build, and whoever wants one need not name its last number: 10.0.17763. */
    private static boolean isVersion(Platform wanted, Platform offered) {
        String want = wanted.osVersion().orElseThrow();
        return offered.osVersion()
                .filter(version -> version.equals(want) || version.startsWith(want + "."))
                .isPresent();
    }
}
