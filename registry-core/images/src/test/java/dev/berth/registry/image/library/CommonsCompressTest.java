package dev.berth.registry.image.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommonsCompressTest {

    @ParameterizedTest
    @ValueSource(strings = {"1.24.0", "1.9", "0.99.1"})
    void aVersionThatIsTooOldIsNamedWithTheOneThatIsNeeded(String version) {
        assertThat(CommonsCompress.problemOf(version))
                .hasValueSatisfying(text -> assertThat(text).contains("commons-compress " + version, "1.25"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.25.0", "1.28.0", "2.0", "1.100.0-SNAPSHOT", "unknown"})
    void aVersionThatIsNewEnoughIsTaken(String version) {
        assertThat(CommonsCompress.problemOf(version)).isEmpty();
    }

    @Test
    void theVersionOfTheBuildIsSuitable() {
        assertThatCode(CommonsCompress::requireSuitable).doesNotThrowAnyException();
    }

    @Test
    void theVersionOfAJarThatHasSeveralLibrariesIsNotThatOfTheLibrary() {
        assertThat(CommonsCompress.problemOf("An application", "0.1.0")).isEmpty();
        assertThat(CommonsCompress.problemOf("Apache Commons Compress", "1.20")).isPresent();
        assertThat(CommonsCompress.problemOf(null, null)).isEmpty();
    }
}
