package dev.berth.examples.standalone.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/**
 * All pages in a browser, as whoever may come: on a desktop and on a phone, light and dark. Nothing keeps people out, nothing
 * goes wrong, and nothing is asked of another site.
 */
@Tag("any-jdk")
class WalkIT {
    /** What can be reached by Tab, in the order of the page. */
    private static final String REACHABLE = """
            return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
                .filter(e => e.checkVisibility() && !e.disabled).length;
            """;

    private static final String FOCUSED = """
            const e = document.activeElement;
            const style = getComputedStyle(e);
            const box = e.getBoundingClientRect();
            if (e === document.body) { return 'body'; }
            if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) { return 'no outline: ' + e.outerHTML; }
            if (box.left < 0 || box.width === 0) { return 'not seen: ' + e.outerHTML; }
            window.reached = (window.reached || new Set()).add(e);
            return e.className === 'skip' ? 'skip' : '';
            """;

    @TempDir
    static Path directory;

    private static ShownRegistry shown;
    private static Browser browser;
    private static PageCheck check;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        shown = ShownRegistry.withShop(directory);
        browser = Browser.at(shown.address());
        check = new PageCheck();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (shown != null) {
            shown.close();
        }
    }

    private static Set<String> walk() {
        Walk walk = Walk.through(browser, check);
        assertThat(walk.wrong()).isEmpty();
        return walk.seen();
    }

    private static void assertSeen(Set<String> seen, List<String> kinds) {
        for (String kind : kinds) {
            assertThat(seen).as("pages like %s", kind).anyMatch(page -> page.matches(kind));
        }
    }

    @Test
    void strangersSeeWhatIsPublic() {
        browser.forget();

        Set<String> seen = walk();

        assertSeen(seen, PageKinds.OF_STRANGERS);
        assertThat(seen).noneMatch(page -> page.matches(".*(secret|tools|shop/api|operations).*"));
    }

    @Test
    void aReaderSeesWhatItMayPull() {
        Accounts.signIn(browser, ShownRegistry.READER);

        Set<String> seen = walk();

        assertSeen(seen, PageKinds.OF_READERS);
        assertThat(seen).noneMatch(page -> page.matches(".*(secret/|/delete|operations).*"));
    }

    @Test
    void aMaintainerMayDelete() {
        Accounts.signIn(browser, ShownRegistry.MAINTAINER);

        Set<String> seen = walk();

        assertSeen(seen, PageKinds.OF_MAINTAINERS);
        assertThat(seen).noneMatch(page -> page.contains("secret/"));
    }

    @Test
    void anAdministratorSeesAllOfIt() {
        Accounts.signIn(browser, ShownRegistry.ADMINISTRATOR);

        assertSeen(walk(), PageKinds.OF_ADMINISTRATORS);
    }

    @Test
    void tabReachesEverythingAndShowsWhereItIs() {
        Accounts.signIn(browser, ShownRegistry.ADMINISTRATOR);
        for (String page : List.of("/", "/repository/shop/web", "/image/shop/web?tag=2.7.0", "/account/")) {
            browser.open(page);
            browser.run("document.activeElement.blur()");
            int all = browser.number(REACHABLE);
            for (int i = 0; i < all; i++) {
                browser.type(Keys.TAB);
                assertThat(browser.string(FOCUSED))
                        .as("%s, Tab %d", page, i + 1)
                        .isEqualTo(i == 0 ? "skip" : "");
            }
            assertThat(browser.number("return window.reached.size")).as(page).isEqualTo(all);
        }
    }

    @Test
    void whoSkipsTheMenuIsAtTheContent() {
        browser.open("/repository/shop/web").type(Keys.TAB).type(Keys.ENTER);

        assertThat(browser.string("return location.hash")).isEqualTo("#content");
        browser.type(Keys.TAB);
        assertThat(browser.run("return document.querySelector('main').contains(document.activeElement)"))
                .isEqualTo(true);
    }

    @Test
    void whatIsNotThereAndWhatIsHiddenAreTheSamePage() {
        browser.forget();
        browser.open("/repository/shop/nothing");
        String nothing = browser.text();
        assertThat(browser.status()).isEqualTo(404);
        assertThat(check.wrong(browser)).isEmpty();
        for (String page : List.of("/repository/secret/plan", "/image/secret/plan?tag=draft", "/operations/people")) {
            browser.open(page);
            assertThat(browser.status()).as(page).isEqualTo(404);
            assertThat(browser.text()).as(page).isEqualTo(nothing);
        }
    }
}
