package dev.berth.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.berth.registry.contract.Cases;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {

    @Test
    void isParsedAndPrintedAlike() {
        Cases.of("linux/amd64", "linux/arm64/v8", "windows/amd64", "wasip1/wasm")
                .check(text -> {
                    assertThat(Platform.parse(text)).hasToString(text);
                });
    }

    @Test
    void hasParts() {
        assertThat(Platform.parse("linux/arm64")).isEqualTo(Platform.of("linux", "arm64"));
        assertThat(Platform.parse("linux/arm/v7"))
                .isEqualTo(new Platform("linux", "arm", Optional.of("v7"), Optional.empty(), List.of()));
    }

    @Test
    void hasAUsualVariantWhereNoneIsNamed() {
        assertThat(Platform.parse("linux/arm64").variantOrUsual()).hasValue("v8");
        assertThat(Platform.parse("linux/arm").variantOrUsual()).hasValue("v7");
        assertThat(Platform.parse("linux/arm/v6").variantOrUsual()).hasValue("v6");
        assertThat(Platform.parse("linux/s390x").variantOrUsual()).isEmpty();
        assertThat(Platform.parse("linux/arm64/v8").isOfUsualVariant()).isTrue();
        assertThat(Platform.parse("linux/amd64").isOfUsualVariant()).isTrue();
        assertThat(Platform.parse("linux/s390x").isOfUsualVariant()).isTrue();
        assertThat(Platform.parse("linux/arm/v6").isOfUsualVariant()).isFalse();
    }

    @Test
    void refusesAnotherForm() {
        Cases.of("", "/", "linux", "linux/", "/amd64", "linux//v8", "linux/arm/v7/x", "linux/arm/", "//", "linux/ ")
                .check(text -> {
                    assertThatIllegalArgumentException()
                            .isThrownBy(() -> Platform.parse(text))
                            .withMessageContaining("linux/arm64/v8");
                });
    }

    @Test
    void copiesItsFeatures() {
        List<String> features = new ArrayList<>(List.of("win32k"));
        Platform platform = new Platform("windows", "amd64", Optional.empty(), Optional.of("10.0.17763.1"), features);
        features.clear();
        assertThat(platform.osFeatures()).containsExactly("win32k");
    }

    private static boolean suits(String image, String wanted) {
        return Platform.parse(image).matches(Platform.parse(wanted));
    }

    @ParameterizedTest
    @CsvSource({
        "linux/amd64, linux/amd64, true",
        "linux/arm64, linux/arm64/v8, true",
        "linux/arm64/v8, linux/arm64, true",
        "linux/arm64/v9, linux/arm64, true",
        "linux/arm64/v9, linux/arm64/v8, false",
        "linux/arm, linux/arm/v7, true",
        "linux/arm/v7, linux/arm, true",
        "linux/arm/v6, linux/arm, true",
        "linux/arm, linux/arm/v6, false",
        "linux/amd64, linux/amd64/v1, true",
        "linux/amd64, linux/amd64/v2, false",
        "linux/s390x, linux/s390x/z15, false",
        "linux/amd64, windows/amd64, false",
        "linux/arm64, linux/arm, false",
        "unknown/unknown, linux/amd64, false"
    })
    void matchesByVariantWithTheUsualOneWhereNoneIsNamed(String image, String wanted, boolean expected) {
        assertThat(suits(image, wanted)).isEqualTo(expected);
    }

    @Test
    void equalityIsStrict() {
        assertThat(Platform.parse("linux/arm64")).isNotEqualTo(Platform.parse("linux/arm64/v8"));
    }

    private static Platform windows(String version, String... features) {
        return new Platform(
                "windows",
                "amd64",
                Optional.empty(),
                version.isEmpty() ? Optional.empty() : Optional.of(version),
                List.of(features));
    }

    @Test
    void matchesByTheVersionOfTheSystemWhereOneIsWanted() {
        Platform image = windows("10.0.17763.1", "win32k");
        assertThat(image.matches(windows(""))).isTrue();
        assertThat(image.matches(windows("10.0.17763"))).isTrue();
        assertThat(image.matches(windows("10.0.17763.1"))).isTrue();
        assertThat(image.matches(windows("10.0.1776"))).isFalse();
        assertThat(image.matches(windows("10.0.17763.1.5"))).isFalse();
        assertThat(windows("").matches(windows("10"))).isFalse();
    }

    @Test
    void matchesIfAllWantedFeaturesAreThere() {
        assertThat(windows("", "win32k", "x").matches(windows("", "win32k"))).isTrue();
        assertThat(windows("").matches(windows("", "win32k"))).isFalse();
    }

    @Test
    void isKnownUnlessBuildersSaySo() {
        assertThat(Platform.parse("linux/amd64").isKnown()).isTrue();
        assertThat(Platform.parse("unknown/unknown").isKnown()).isFalse();
    }
}
