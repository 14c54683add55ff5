package dev.berth.examples.standalone.browser;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A walk to every page that a link of the site leads to. Of pages of one kind, such as those of the files of a layer, only the
 * first one is seen, but all repositories, and some images.
 */
final class Walk {
    private static final int MOST_IMAGES = 8;

    /** What names a thing in an address, as others of its kind have other names. */
    private static final Pattern NAME =
            Pattern.compile("=[^&]*|(?<=^/(repository|image|packages|files|document|delete|compare|scan|cve)/)[^?]*");

    /** Where links lead, and forms that ask for something as they are filled in. */
    private static final String LINKS = """
            const links = [...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href'));
            const forms = [...document.forms].filter(f => f.method === 'get' && f.getAttribute('role') !== 'search')
                .map(f => f.getAttribute('action') + '?' + new URLSearchParams(new FormData(f)));
            return [...links, ...forms].map(address => new URL(address, location.href))
                .filter(to => to.origin === location.origin && !to.searchParams.has('download')).map(to => to.pathname + to.search);
            """;

    private final Browser browser;
    private final PageCheck check;
    private final List<String> wrong = new ArrayList<>();
    private final Set<String> seen = new LinkedHashSet<>();
    private final Map<String, Integer> kinds = new HashMap<>();

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
            for (String link : links(browser)) {
                if (!seen.contains(link) && isFirstOfItsKind(link)) {
                    seen.add(link);
                    next.add(link);
                }
            }
        }
    }

    /** Returns the paths and queries that links and forms of a page lead to, on this site, but for files to be kept. */
    static List<String> links(Browser browser) {
        return browser.strings(LINKS);
    }

    /** Whether a form has been sent as it was, without the name that it asks for. */
    static boolean isEmptyForm(String page) {
        return page.endsWith("=") || page.contains("=&");
    }

    private boolean isFirstOfItsKind(String link) {
        if (link.startsWith("/repository/")) {
            return true;
        }
        int most = link.startsWith("/image/") ? MOST_IMAGES : 1;
        return kinds.merge(NAME.matcher(link).replaceAll(""), 1, Integer::sum) <= most;
    }

    private void look(String page) {
        browser.open(page);
        if (browser.status() == 404 && isEmptyForm(page)) {
            return;
        }
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
