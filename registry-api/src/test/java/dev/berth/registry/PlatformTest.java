package dev.berth.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.berth.registry.contract.Cases;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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
}
