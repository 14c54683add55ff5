package dev.berth.examples.standalone.browser;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/** A walk to every page that a link of the site leads to. */
final class Walk {
    private static final int MOST_PAGES = 400;

    private static final String LINKS = """
            return [...document.querySelectorAll('a[href]')].map(a => new URL(a.getAttribute('href'), location.href))
                .filter(to => to.origin === location.origin).map(to => to.pathname + to.search);
            """;

    private final Browser browser;
    private final PageCheck check;
    private final List<String> wrong = new ArrayList<>();
    private final Set<String> seen = new LinkedHashSet<>();

    private Walk(Browser browser, PageCheck check) {
        this.browser = browser;
        this.check = check;
    }

    /** Walks through the site as whoever is signed in. */
    static Walk through(Browser browser, PageCheck check) {
        Walk walk = new Walk(browser, check);
        walk.go("/");
        return walk;
    }

    private void go(String start) {
        Queue<String> next = new ArrayDeque<>(List.of(start));
        seen.add(start);
        while (!next.isEmpty()) {
            String page = next.remove();
            look(page);
            for (String link : browser.strings(LINKS)) {
                if (seen.size() < MOST_PAGES && seen.add(link)) {
                    next.add(link);
                }
            }
        }
    }

    private void look(String page) {
        browser.open(page);
        if (browser.status() != 200) {
            wrong.add(page + ": status " + browser.status());
            return;
        }
        check.wrong(browser).forEach(what -> wrong.add(page + ": " + what));
    }

    /** Returns the paths and queries of all pages. */
    Set<String> seen() {
        return seen;
    }

    /** Returns what was wrong, with the page where it was. */
    List<String> wrong() {
        return wrong;
    }
}
