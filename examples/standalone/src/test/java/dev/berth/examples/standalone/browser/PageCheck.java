package dev.berth.examples.standalone.browser;

import dev.berth.examples.standalone.browser.Browser.Screen;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What must be so on each page. Rules of accessibility are applied once to all pages that consist of the same elements with the
 * same classes, in each look.
 */
final class PageCheck {
    private static final String BASICS = """
            const wrong = [];
            const require = (fine, what) => fine || wrong.push(what);
            require(document.querySelectorAll('h1').length === 1, 'h1: ' + document.querySelectorAll('h1').length);
            require(document.title.trim().length > 2, 'title: ' + document.title);
            require(document.documentElement.lang === 'en', 'lang: ' + document.documentElement.lang);
            require(document.querySelectorAll('main').length === 1, 'main: ' + document.querySelectorAll('main').length);
            require(document.querySelectorAll('[style], style, script:not([src])').length === 0, 'style or script within');
            const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
            require(new Set(ids).size === ids.length, 'an id twice: ' + ids.filter((id, i) => ids.indexOf(id) !== i));
            let level = 1;
            for (const heading of document.querySelectorAll('main :is(h1, h2, h3, h4, h5, h6)')) {
              require(+heading.tagName[1] <= level + 1, 'a level is left out before ' + heading.innerText);
              level = +heading.tagName[1];
            }
            for (const form of document.forms) {
              if (form.method === 'post') {
                require(form.querySelector('input[type=hidden][name=form-token]'), 'a form without a secret: ' + form.action);
              }
              require(form.action.startsWith(location.origin + '/'), 'a form to ' + form.action);
              require(form.querySelector('button, input[type=submit]'), 'a form without a button: ' + form.action);
            }
            return wrong;
            """;

    private static final String KIND = """
            const parts = new Set();
            for (const e of document.querySelectorAll('body *')) {
              let path = '';
              for (let at = e, n = 0; at && at !== document.body && n < 3; at = at.parentElement, n++) {
                path = at.tagName + '.' + (at.getAttribute('class') || '') + (at.hasAttribute('disabled') ? '!' : '') + '>' + path;
              }
              parts.add(path);
            }
            return [...parts];
            """;

    /** What sticks out, and is not in something that can be scrolled by itself. */
    private static final String TOO_WIDE = """
            const width = arguments[0];
            if (document.documentElement.scrollWidth <= width) {
              return [];
            }
            const out = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > width + 1);
            return ['wider than the screen: ' + document.documentElement.scrollWidth,
                ...out.slice(0, 5).map(e => e.outerHTML.slice(0, 200))];
            """;

    private final Axe axe = new Axe();
    private final Set<String> known = new HashSet<>();

    /** Returns what is wrong with the page that the browser shows, in all looks. */
    List<String> wrong(Browser browser) {
        List<String> wrong = new ArrayList<>();
        wrong.addAll(browser.strings(BASICS));
        boolean isNew = known.addAll(browser.strings(KIND));
        if (isNew) {
            wrong.addAll(axe.violations(browser));
            browser.dark(true);
            dark(wrong, axe.violations(browser, "color-contrast", "link-in-text-block"));
        }
        browser.on(Screen.PHONE);
        wrong.addAll(browser.strings(TOO_WIDE, Screen.PHONE.width()));
        if (isNew) {
            dark(wrong, axe.violations(browser, "color-contrast", "target-size", "scrollable-region-focusable"));
            browser.dark(false);
            wrong.addAll(axe.violations(browser, "color-contrast", "target-size", "scrollable-region-focusable"));
        }
        browser.on(Screen.DESKTOP);
        wrong.addAll(browser.strings(TOO_WIDE, Screen.DESKTOP.width()));
        wrong.addAll(browser.newComplaints());
        return wrong;
    }

    private static void dark(List<String> wrong, List<String> violations) {
        violations.forEach(violation -> wrong.add("in the dark: " + violation));
    }
}
