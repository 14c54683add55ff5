package dev.berth.registry.console.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.console.HostileTexts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Text of strangers never becomes markup")
class HostileTextTest {

    static List<String> payloads() {
        return HostileTexts.all();
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void aTextBetweenTagsIsAText(String payload) {
        String page = written(Tag.P.of(Html.text(payload)));

        assertThat(page).startsWith("<!doctype html>\n<p>").endsWith("</p>\n");
        String inside = page.substring("<!doctype html>\n<p>".length(), page.length() - "</p>\n".length());
        assertThat(inside).doesNotContain("<", ">", "\"", "'").matches(HostileTextTest::hasNothingHidden);
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void aTextInAnAttributeStaysInIt(String payload) {
        String page = written(Tag.P.of(Attributes.title(payload)));

        assertThat(page).startsWith("<!doctype html>\n<p title=\"").endsWith("\"></p>\n");
        String inside = page.substring("<!doctype html>\n<p title=\"".length(), page.length() - "\"></p>\n".length());
        assertThat(inside).doesNotContain("<", ">", "\"", "'");
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void aLinkOfStrangersLeadsToTheWebOrNowhere(String payload) {
        assertThat(Link.elsewhere(payload).stream())
                .allSatisfy(link -> assertThat(link.toString()).matches("(?i)https?://[^\\s\"'<>]+"));
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void aSegmentOfAnAddressStaysOne(String payload) {
        String address =
                Link.to("/base", List.of("a" + payload, "z")).with("q", payload).toString();

        assertThat(address).startsWith("/base/a").contains("/z?q=").doesNotContainPattern("[\\s\"<>\\\\]");
        assertThat(address.chars().filter(c -> c == '/').count()).isEqualTo(3);
        assertThat(address.chars().filter(c -> c == '?').count()).isEqualTo(1);
        assertThat(address.chars().filter(c -> c == '#').count()).isZero();
    }

    @Test
    void whatTurnsOrHidesTextIsShown() {
        assertThat(written(Tag.P.of(Html.text("a\u202eb\u001b[31mc\u0000\u200bd"))))
                .contains("a\\u{202e}b\\u{1b}[31mc\\u{0}\\u{200b}d");
    }

    @Test
    void lettersOfAllScriptsStayAsTheyAre() {
        assertThat(written(Tag.P.of(Html.text("Größe 大小 حجم 👩‍🚀")))).contains("Größe 大小 حجم 👩‍🚀");
    }

    @Test
    void noSegmentIsAnotherDirectory() {
        assertThatThrownBy(() -> Link.to("", List.of(".."))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noScriptStandsInAPage() {
        assertThatThrownBy(() -> Tag.SCRIPT.of(Html.text("alert(1)"))).isInstanceOf(IllegalArgumentException.class);
    }

    private static String written(Element element) {
        return new String(Page.bytes(element), StandardCharsets.UTF_8);
    }

    private static boolean hasNothingHidden(String text) {
        return text.codePoints()
                .allMatch(point -> point == '\n'
                        || point == '\t'
                        || point == 0x200c
                        || point == 0x200d
                        || Character.getType(point) != Character.CONTROL
                                && Character.getType(point) != Character.FORMAT
                                && Character.getType(point) != Character.SURROGATE);
    }
}
