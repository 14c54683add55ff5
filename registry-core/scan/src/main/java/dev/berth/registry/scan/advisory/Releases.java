package dev.berth.registry.scan.advisory;

import dev.berth.registry.scan.found.Distribution;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which release of a distribution an ecosystem is, whatever databases add to it. The same text stands for the same packages.
 */
final class Releases {
    private static final String UBUNTU = "Ubuntu:";
    private static final String PRO = "Ubuntu:Pro:";
    private static final String LONG_TERM = ":LTS";
    private static final String RED_HAT = "Red Hat:";
    private static final String SUSE = "SUSE";
    private static final Pattern RED_HAT_PRODUCT = Pattern.compile("(Red Hat:[^:]+:[^:]*).*");
    private static final Pattern SUSE_PRODUCT = Pattern.compile(
            "SUSE:Linux Enterprise (?!Micro|Real Time|Live Patching).*?(\\d+)(?: SP(\\d+))?(?:-[A-Z]+)?");

    private Releases() {}

    /** Returns the release of an ecosystem that an advisory names. */
    static String of(String ecosystem) {
        if (ecosystem.startsWith(PRO) && startsWithDigit(ecosystem, PRO.length())) {
            return of(UBUNTU + ecosystem.substring(PRO.length()));
        }
        if (ecosystem.startsWith(UBUNTU) && ecosystem.endsWith(LONG_TERM)) {
            return ecosystem.substring(0, ecosystem.length() - LONG_TERM.length());
        }
        if (ecosystem.startsWith(RED_HAT)) {
            Matcher product = RED_HAT_PRODUCT.matcher(ecosystem);
            return product.matches() ? product.group(1) : ecosystem;
        }
        if (ecosystem.startsWith(SUSE)) {
            Matcher product = SUSE_PRODUCT.matcher(ecosystem);
            return product.matches() ? suse(product.group(1), product.group(2)) : ecosystem;
        }
        return ecosystem;
    }

    /** Returns the release of a package of an image. */
    static String of(String ecosystem, Optional<Distribution> distribution) {
        if (ecosystem.equals(SUSE) && distribution.isPresent()) {
            return SUSE + ":" + distribution.get().version();
        }
        return of(ecosystem);
    }

    private static String suse(String number, String servicePack) {
        return SUSE + ":" + number + (servicePack == null ? "" : "." + servicePack);
    }

    private static boolean startsWithDigit(String text, int from) {
        return from < text.length() && Character.isDigit(text.charAt(from));
    }

    /** Returns whether an advisory is about a release that is paid for, whose fixes only customers get. */
    static boolean isPaid(String ecosystem) {
        return ecosystem.startsWith(PRO);
    }

    /**
     * Returns whether what an advisory says about an ecosystem holds for packages of a release.
     *
     * @param release that of the packages, by {@link #of(String, Optional)}
     */
    static boolean covers(String ecosystem, String release) {
        return ecosystem.indexOf(':') < 0 || of(ecosystem).equals(release);
    }
}
