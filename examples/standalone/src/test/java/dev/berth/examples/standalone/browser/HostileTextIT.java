package dev.berth.examples.standalone.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.console.HostileTexts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts of strangers that would be something else on a careless page, in whatever strangers fill, in a browser. */
@Tag("any-jdk")
class HostileTextIT {
    private static final int MOST_PAGES = 250;

    /** What is on the page that we have not put there. */
    private static final String FOREIGN = """
            const kinds = new Set(arguments[0]);
            const found = [];
            const say = (e, what) => found.push(what + ': ' + e.outerHTML.slice(0, 300));
            if (window.ran !== undefined) {
              found.push('a script ran');
            }
            for (const e of document.querySelectorAll('*')) {
              if (!kinds.has(e.localName)) {
                say(e, 'element');
              }
              for (const {name, value} of e.attributes) {
                if (name.startsWith('on') || ['style', 'srcdoc', 'formaction', 'background', 'ping'].includes(name)) {
                  say(e, 'attribute');
                }
                if (['src', 'href', 'action', 'xlink:href'].includes(name) && !/^(https?:\\/\\/[^/@]+(\\/|$)|\\/(?!\\/)|#)/.test(value)) {
                  say(e, 'address');
                }
              }
            }
            const local = e => new URL(e.src || e.href || e.action).origin === location.origin;
            document.querySelectorAll('script, link, form').forEach(e => local(e) || say(e, 'elsewhere'));
            for (const [kind, number] of [['script', 1], ['title', 1], ['head', 1], ['body', 1], ['h1', 1], ['main', 1]]) {
              const all = document.querySelectorAll(kind === 'title' ? 'head > title' : kind);
              if (all.length !== number) {
                found.push(all.length + ' of ' + kind);
              }
            }
            document.querySelectorAll('a[href]').forEach(a => {
              if (new URL(a.getAttribute('href'), location.href).origin !== location.origin && !/noreferrer|nofollow/.test(a.rel)) {
                say(a, 'a link without rel');
              }
            });
            return found;
            """;

    @TempDir
    static Path directory;

    @Test
    void isShownAsTextAndDoesNothing() throws IOException, InterruptedException {
        List<String> texts = HostileTexts.all().stream()
                // What is no text at all is refused by the registry itself.
                .filter(text -> !text.contains("\ud800"))
                .toList();
        assertThat(texts).hasSizeGreaterThan(200);
        try (ShownRegistry shown = ShownRegistry.empty(directory);
                Browser browser = Browser.at(shown.address())) {
            int images = fill(shown, texts);
            shown.awaitConsole("hostile/images");
            Accounts.signIn(browser, ShownRegistry.ADMINISTRATOR);

            Set<String> seen = walk(browser);

            for (int i = 0; i < images; i++) {
                assertThat(seen).contains("/image/hostile/images?tag=t" + i);
            }
            browser.open("/image/hostile/images?tag=t0");
            assertThat(browser.text()).contains("<script>ran=1</script>", "<img src=x onerror=ran=1>");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static int fill(ShownRegistry shown, List<String> texts) throws IOException, InterruptedException {
        int images;
        try (RemoteRegistry registry = shown.registry(ShownRegistry.ADMINISTRATOR)) {
            images = HostileImages.push(registry, "hostile/images", texts);
        }
        int accepted = 0;
        for (int i = 0; i < texts.size(); i += 12) {
            String text = texts.get(i);
            accepted += shown.tryToManage(
                    "POST",
                    "/berth/access/tokens",
                    Map.of(
                            "owner",
                            ShownRegistry.ADMINISTRATOR,
                            "description",
                            text,
                            "repositories",
                            new String[] {"**"},
                            "role",
                            "reader"));
            for (Map<String, ?> fields : List.<Map<String, ?>>of(
                    Map.of("name", text, "password", ShownRegistry.PASSWORD),
                    Map.of(
                            "name",
                            "x" + i,
                            "repositories",
                            new String[] {"**"},
                            "url",
                            "http://127.0.0.1:9/" + text,
                            "headers",
                            Map.of("X-Text", text)))) {
                accepted += shown.tryToManage(
                        fields.containsKey("url") ? "PUT" : "POST",
                        fields.containsKey("url") ? "/berth/webhooks/endpoints" : "/berth/access/people",
                        fields);
            }
            if (text.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
                // Into the audit log: who has tried, and with what.
                shown.http()
                        .send(
                                "GET",
                                "/v2/",
                                java.net.http.HttpRequest.BodyPublishers.noBody(),
                                "User-Agent",
                                text,
                                "Authorization",
                                ShownRegistry.basic(text.replace(':', ';'), "wrong"));
            }
        }
        assertThat(accepted).isPositive();
        return images;
    }

    private static Set<String> walk(Browser browser) {
        List<String> kinds = new ArrayList<>();
        for (var tag : dev.berth.registry.console.html.Tag.values()) {
            kinds.add(tag.name().toLowerCase(java.util.Locale.ROOT));
        }
        Set<String> seen = new LinkedHashSet<>(List.of("/"));
        List<String> next = new ArrayList<>(seen);
        for (int i = 0; i < next.size(); i++) {
            browser.open(next.get(i));
            // location=1
            assertThat(browser.path()).as(next.get(i)).doesNotEndWith("/1");
            assertThat(browser.status() == 404 && Walk.isEmptyForm(next.get(i)) ? 200 : browser.status())
                    .as(next.get(i))
                    .isEqualTo(200);
            assertThat(browser.strings(FOREIGN, kinds)).as(next.get(i)).isEmpty();
            assertThat(browser.complaints()).as(next.get(i)).isEmpty();
            for (String link : Walk.links(browser)) {
                if (seen.size() < MOST_PAGES && seen.add(link)) {
                    next.add(link);
                }
            }
        }
        return seen;
    }
}
