package dev.berth.registry.scan.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every order. */
class VersionOrderTest {
    private static final int VERSIONS = 120;
    private static final int LONG = 1 << 20;

    @ParameterizedTest
    @ValueSource(strings = {"Debian", "Alpine", "Red Hat", "npm", "Go", "PyPI"})
    void isTotal(String ecosystem) {
        VersionOrder order = VersionOrder.of(ecosystem).orElseThrow();
        List<String> versions = new ArrayList<>(Versions.of(
                        7,
                        6,
                        "0",
                        "1",
                        "2",
                        "10",
                        "01",
                        ".",
                        ".",
                        "-",
                        "-",
                        "~",
                        "^",
                        "_",
                        "+",
                        ":",
                        "!",
                        "a",
                        "b",
                        "rc",
                        "_p",
                        "-r1",
                        "v",
                        " ",
                        "é",
                        "\0",
                        "99999999999999999999",
                        "dev",
                        "post",
                        "\uD800")
                .list(VERSIONS));
        int[][] signs = versions.stream()
                .map(first -> versions.stream()
                        .mapToInt(second -> Integer.signum(order.compare(first, second)))
                        .toArray())
                .toArray(int[][]::new);
        for (int i = 0; i < signs.length; i++) {
            assertThat(signs[i][i]).isZero();
            for (int j = 0; j < signs.length; j++) {
                assertThat(signs[i][j])
                        .as("%s and %s", versions.get(i), versions.get(j))
                        .isEqualTo(-signs[j][i]);
                for (int k = 0; k < signs.length; k++) {
                    if (signs[i][j] <= 0 && signs[j][k] <= 0 && signs[i][k] != Math.min(signs[i][j], signs[j][k])) {
                        fail("%s, %s and %s", versions.get(i), versions.get(j), versions.get(k));
                    }
                }
            }
        }
    }

    /** As Maven's own is: with words behind dots and hyphens it goes in circles. */
    @Test
    void mavensIsTotalOnNumbersAndQualifiers() {
        VersionOrder order = VersionOrder.of("Maven").orElseThrow();
        List<String> versions = new ArrayList<>();
        for (String numbers : List.of("1", "1.0.1", "1.1", "1.10", "2")) {
            for (String qualifier : List.of("", "-alpha1", "-beta-2", "-rc1", "-rc2", "-SNAPSHOT", "-sp1", "-jre")) {
                versions.add(numbers + qualifier);
            }
        }
        for (int i = 0; i < versions.size(); i++) {
            for (int j = 0; j < versions.size(); j++) {
                boolean sameNumbers = i / 8 == j / 8;
                if (!sameNumbers) {
                    assertThat(Integer.signum(order.compare(versions.get(i), versions.get(j))))
                            .as("%s and %s", versions.get(i), versions.get(j))
                            .isEqualTo(Integer.compare(i / 8, j / 8));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Debian",
                "Ubuntu:24.04:LTS",
                "Alpine:v3.22",
                "Wolfi",
                "Red Hat",
                "AlmaLinux:9",
                "Rocky Linux:9",
                "openSUSE",
                "SUSE",
                "Maven",
                "npm",
                "Go",
                "crates.io",
                "PyPI"
            })
    void longTextIsLowerThanEveryVersionAndCostsNothing(String ecosystem) {
        VersionOrder order = VersionOrder.of(ecosystem).orElseThrow();
        for (String piece : List.of("1", "1.", "1-", "a1", "-", ".", "~", "0", "1-a", "_p1", "+x.", "é")) {
            String text = piece.repeat(LONG / piece.length());
            assertThat(order.compare(text, "0")).as(piece).isNegative();
            assertThat(order.compare("0", text)).as(piece).isPositive();
            assertThat(order.compare(text, text + "1")).as(piece).isNegative();
            assertThat(order.compare(text, text)).as(piece).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Debian", "Alpine", "Red Hat", "Maven", "npm", "Go", "crates.io", "PyPI"})
    void numbersHaveAnyNumberOfDigits(String ecosystem) {
        VersionOrder order = VersionOrder.of(ecosystem).orElseThrow();
        String digits = "9".repeat(VersionOrder.LONGEST - 1);
        assertThat(order.compare(digits.substring(1), digits)).isNegative();
        assertThat(order.compare(digits, "1" + digits.replace('9', '0'))).isNegative();
        assertThat(order.compare("2147483648", "2147483647")).isPositive();
        assertThat(order.compare("18446744073709551616", "0")).isPositive();
    }

    @Test
    void emptyTextAndUnpairedSurrogatesAreText() {
        for (String ecosystem : List.of("Debian", "Alpine", "Red Hat", "Maven", "npm", "Go", "PyPI")) {
            VersionOrder order = VersionOrder.of(ecosystem).orElseThrow();
            assertThat(order.compare("", "")).isZero();
            assertThat(order.compare("\uDC00", "\uDC00")).isZero();
            assertThat(order.compare("", "1")).isNegative();
        }
    }

    @Test
    void anEcosystemThatIsNotKnownHasNone() {
        assertThat(VersionOrder.of("CRAN")).isEmpty();
        assertThat(VersionOrder.of("")).isEmpty();
        assertThat(VersionOrder.of("debian")).isEmpty();
        assertThat(VersionOrder.of(":")).isEmpty();
    }
}
