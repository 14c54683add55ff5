package dev.berth.registry.scan.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The order of apk, of which no program is at hand: the versions are made from the rules of apk-package(5), in their order,
 * each one is compared with every other.
 */
class ApkOrderTest {
    private static final VersionOrder ORDER = VersionOrder.of("Alpine:v3.22").orElseThrow();

    /** What may stand behind {@code 1.2}, from the lowest. */
    private static final List<String> SUFFIXES = List.of(
            "_alpha",
            "_alpha1",
            "_alpha2_beta",
            "_alpha2",
            "_alpha10",
            "_beta",
            "_pre",
            "_pre3",
            "_rc",
            "_rc1",
            "",
            "~0a1b",
            "~ffff",
            "_cvs",
            "_svn",
            "_git",
            "_git20260101",
            "_hg",
            "_p",
            "_p1",
            "_p1_p2",
            "_p10");

    private static final List<String> REVISIONS = List.of("", "-r0", "-r1", "-r2", "-r10", "-r99999999999999999999");

    /** From the lowest: behind the first number, a leading zero makes a number a fraction. */
    private static final List<String> NUMBERS = List.of(
            "0",
            "0.9",
            "1",
            "1a",
            "1.0",
            "1.00",
            "1.01",
            "1.05",
            "1.1",
            "1.2",
            "1.2a",
            "1.2b",
            "1.2.0",
            "1.2.1",
            "1.10",
            "2",
            "9",
            "10",
            "99999999999999999999");

    @Test
    void everyVersionIsInItsPlaceAmongAllOthers() {
        List<String> versions = new ArrayList<>();
        for (String suffix : SUFFIXES) {
            // Revisions count only where all else is equal.
            REVISIONS.forEach(revision -> versions.add("1.2" + suffix + revision));
        }
        int pairs = inOrder(versions) + inOrder(NUMBERS);
        System.out.println("apk, by its rules: " + pairs + " pairs");
    }

    private static int inOrder(List<String> versions) {
        for (int i = 0; i < versions.size(); i++) {
            for (int j = 0; j < versions.size(); j++) {
                assertThat(Integer.signum(ORDER.compare(versions.get(i), versions.get(j))))
                        .as("%s and %s", versions.get(i), versions.get(j))
                        .isEqualTo(Integer.compare(i, j));
            }
        }
        return versions.size() * versions.size();
    }

    @Test
    void whatIsNoVersionIsLower() {
        for (String text : List.of("", "a", ".", "-r1", "v1", " 1")) {
            assertThat(ORDER.compare(text, "0_alpha")).as(text).isNegative();
            assertThat(ORDER.compare("0_alpha", text)).as(text).isPositive();
        }
    }

    /** Advisories have such versions from before apk checked them. */
    @Test
    void whatDoesNotBelongIntoAVersionCountsWhereItStands() {
        assertThat(ORDER.compare("1.9.5-r1", "1.9.5p2-r1")).isNegative();
        assertThat(ORDER.compare("1.9.5p2-r1", "1.9.6-r0")).isNegative();
        assertThat(ORDER.compare("1.9.5p1", "1.9.5p2")).isNegative();
        assertThat(ORDER.compare("1.9_rc1", "1.9p1")).isNegative();
        assertThat(ORDER.compare("1-r0-1", "1-r0-1")).isZero();
    }
}
