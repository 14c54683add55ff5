package dev.berth.registry.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Tag;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Versions in tags are ordered by semver.org, section 11. */
class SemanticVersionTest {

    @Test
    void versionsAreInOrder() {
        List<String> ordered = List.of(
                "0.9.9",
                "v1.0.0-0",
                "1.0.0-alpha",
                "1.0.0-alpha.1",
                "1.0.0-alpha.beta",
                "1.0.0-beta",
                "v1.0.0-beta.2",
                "1.0.0-beta.11",
                "1.0.0-rc.1",
                "1.0.0",
                "1.0.1",
                "1.2.0",
                "v1.10.0",
                "2.0.0",
                "99999999999999999999.0.0");
        for (int i = 0; i < ordered.size(); i++) {
            for (int k = 0; k < ordered.size(); k++) {
                assertThat(Integer.signum(version(ordered.get(i)).compareTo(version(ordered.get(k)))))
                        .as("%s and %s", ordered.get(i), ordered.get(k))
                        .isEqualTo(Integer.compare(i, k));
            }
        }
    }

    @Test
    void buildMetadataDoesNotCount() {
        assertThat(version("1.0.0_build.7")).isEqualByComparingTo(version("v1.0.0"));
    }

    private static SemanticVersion version(String tag) {
        return SemanticVersion.of(Tag.parse(tag)).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "latest",
                "1",
                "1.2",
                "1.2.3.4",
                "01.2.3",
                "1.2.3-",
                "1.2.3-01",
                "V1.2.3",
                "vv1.2.3",
                "1.2.3-a..b",
                "1.2.3a"
            })
    void otherTagsAreNoVersions(String tag) {
        assertThat(SemanticVersion.of(Tag.parse(tag))).isEmpty();
    }
}
