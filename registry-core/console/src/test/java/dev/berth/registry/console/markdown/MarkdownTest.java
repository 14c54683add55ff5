package dev.berth.registry.console.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.console.HostileTexts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A text in Markdown is shown, and nothing else than a text")
class MarkdownTest {

    static List<String> payloads() {
        return HostileTexts.all();
    }

    @Test
    void headingsAreBelowThatOfThePage() {
        assertThat(show("# One\n\n## Two\n\n###### Six"))
                .contains("<h3 dir=\"auto\">One</h3>", "<h4 dir=\"auto\">Two</h4>", "<h6 dir=\"auto\">Six</h6>");
    }

    @Test
    void textHasItsEmphasisListsQuotesAndCode() {
        assertThat(show("*a* **b** `c`\n\n- one\n- two\n\n3. three\n\n> said\n\n```sh\ndocker pull x\n```\n\n***"))
                .contains("<em>a</em> <strong>b</strong> <code>c</code>")
                .contains("<ul><li dir=\"auto\">one</li><li dir=\"auto\">two</li></ul>")
                .contains("<ol start=\"3\"><li dir=\"auto\">three</li></ol>")
                .contains("<blockquote><p dir=\"auto\">said</p></blockquote>")
                .contains("<code>docker pull x</code></pre>")
                .contains("<hr>");
    }

    @Test
    void tablesAreTables() {
        assertThat(show("Look:\n| Name | Value |\n|:-----|------:|\n| `PORT` | 80 \\| 81 |\n| only |\n\nafter"))
                .contains("<p dir=\"auto\">Look:</p>")
                .contains("<th scope=\"col\">Name</th><th scope=\"col\">Value</th>")
                .contains("<td><code>PORT</code></td><td>80 | 81</td>")
                .contains("<td>only</td><td></td>")
                .endsWith("<p dir=\"auto\">after</p></div>");
    }

    @Test
    void linksLeadToTheWebAndTellNothingThere() {
        assertThat(
                        show(
                                "[home](https://site.example/a?b=1&c=2) <https://site.example/> [ref]\n\n[ref]: http://site.example/r"))
                .contains(
                        "<a href=\"https://site.example/a?b=1&amp;c=2\" rel=\"noopener noreferrer nofollow ugc\">home</a>")
                .contains(">https://site.example/</a>", "href=\"http://site.example/r\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[x](javascript:alert(1))",
                "[x](JAVASCRIPT:alert(1))",
                "[x](java&#x0A;script:alert(1))",
                "[x](<javascript:alert(1)>)",
                "[x](data:text/html;base64,PHNjcmlwdD4=)",
                "[x](vbscript:x)",
                "[x](//other.example/)",
                "[x](../../up.md)",
                "[x](#part)",
                "[x](https://user:secret@site.example/)",
                "[x](file:///etc/passwd)",
                "<javascript:alert(x)>",
                "[x]\n\n[x]: javascript:alert(1)",
                "![x](javascript:alert(1))",
                "![x](data:image/svg+xml,<svg/onload=alert(1)>)"
            })
    void whatDoesNotLeadToTheWebIsNoLink(String text) {
        assertThat(show(text)).doesNotContain("<a", "href").contains("x");
    }

    @Test
    void picturesAreLinksAndNothingIsLoaded() {
        assertThat(show("![The logo](https://site.example/logo.png) ![](https://site.example/b.png)"))
                .contains("rel=\"noopener noreferrer nofollow ugc\">The logo</a>", ">Picture</a>")
                .doesNotContain("<img", "src=");
        assertThat(show("[![badge](https://ci.example/b.svg)](https://ci.example/)"))
                .contains("<a href=\"https://ci.example/\"", ">badge</a>")
                .doesNotContain("b.svg");
    }

    @Test
    void htmlIsShownAsItIsWritten() {
        assertThat(show("<p align=center><img src=x onerror=alert(1)></p>\n\na <b onclick=x>b</b>"))
                .contains("&lt;p align=center&gt;&lt;img src=x onerror=alert(1)&gt;&lt;/p&gt;")
                .contains("a &lt;b onclick=x&gt;b&lt;/b&gt;");
        assertThat(show("<!-- for editors only -->\n\ntext"))
                .doesNotContain("editors")
                .contains("text");
        assertThat(show("<!-- --><script>alert(1)</script>-->")).contains("&lt;script&gt;");
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void hostileTextIsTextWhereverItStands(String payload) {
        for (String form : List.of(
                "%s",
                "# %s",
                "- %s",
                "> %s",
                "`%s`",
                "```%s\n%s\n```",
                "    %s",
                "[%s](https://site.example/)",
                "[x](%s)",
                "[x](https://site.example/ \"%s\")",
                "![%s](%s)",
                "<%s>",
                "[x]\n\n[x]: %s",
                "| %s | b |\n|---|---|\n| %s | c |",
                "**%s**")) {
            String page = show(form.replace("%s", payload));
            assertThat(page.replaceAll(
                            "</?(div|p|h3|ul|ol|li|blockquote|pre|code|em|strong|table|thead|tbody|tr|th|td|hr|br|a)"
                                    + "( (class|dir|tabindex|scope|start|rel)=\"[a-z 0-9]*\"| href=\"https?://[^\"]*\")*>",
                            ""))
                    .as(form)
                    .doesNotContain("<", ">");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "> ",
                "- ",
                "[",
                "![",
                "*a **b ",
                "`",
                "<",
                "_a __b ",
                "[a](",
                "[a][",
                "&amp;",
                "\\",
                "~~~\n",
                "<!--",
                "]",
                "](",
                "a**b",
                "1. ",
                "|a",
                "|-|\n",
                "x|y\n-|-\n",
                "[a]: b\n",
                "![[]()",
                "**x [a*](<b**> \"c*\") _"
            })
    void nestingAndRepetitionCostLittle(String piece) {
        String text = piece.repeat(Markdown.LONGEST / piece.length());

        assertThat(show(text).length()).isLessThan(40 * Markdown.LONGEST);
    }

    @Test
    void whatReferencesRepeatIsBounded() {
        String text = "[a]: https://site.example/" + "x".repeat(1_500) + "\n\n" + "[a] ".repeat(9_000);

        assertThat(show(text))
                .contains("The rest is too long to be shown.")
                .satisfies(page -> assertThat(page.length()).isLessThan(5_000_000));
    }

    @Test
    void whatHasTooManyBracketsIsShownAsItStands() {
        assertThat(show("[a]: https://site.example/\n\n" + "[a] ".repeat(60_000)))
                .startsWith("<div class=\"markdown\"><pre ")
                .doesNotContain("<a ");
    }

    @Test
    void aBookIsCut() {
        assertThat(show("word ".repeat(200_000))).endsWith("The rest is too long to be shown.</p></div>");
    }

    private static String show(String text) {
        StringBuilder out = new StringBuilder();
        try {
            Markdown.show(text).writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }
}
