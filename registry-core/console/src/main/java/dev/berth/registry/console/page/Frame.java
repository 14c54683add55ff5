package dev.berth.registry.console.page;

import static dev.berth.registry.console.html.Attributes.action;
import static dev.berth.registry.console.html.Attributes.aria;
import static dev.berth.registry.console.html.Attributes.autocomplete;
import static dev.berth.registry.console.html.Attributes.charset;
import static dev.berth.registry.console.html.Attributes.content;
import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.defer;
import static dev.berth.registry.console.html.Attributes.href;
import static dev.berth.registry.console.html.Attributes.id;
import static dev.berth.registry.console.html.Attributes.lang;
import static dev.berth.registry.console.html.Attributes.maxLength;
import static dev.berth.registry.console.html.Attributes.name;
import static dev.berth.registry.console.html.Attributes.placeholder;
import static dev.berth.registry.console.html.Attributes.rel;
import static dev.berth.registry.console.html.Attributes.role;
import static dev.berth.registry.console.html.Attributes.src;
import static dev.berth.registry.console.html.Attributes.type;
import static dev.berth.registry.console.html.Attributes.value;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.A;
import static dev.berth.registry.console.html.Tag.BODY;
import static dev.berth.registry.console.html.Tag.BUTTON;
import static dev.berth.registry.console.html.Tag.FOOTER;
import static dev.berth.registry.console.html.Tag.FORM;
import static dev.berth.registry.console.html.Tag.HEAD;
import static dev.berth.registry.console.html.Tag.HEADER;
import static dev.berth.registry.console.html.Tag.HTML;
import static dev.berth.registry.console.html.Tag.INPUT;
import static dev.berth.registry.console.html.Tag.LINK;
import static dev.berth.registry.console.html.Tag.MAIN;
import static dev.berth.registry.console.html.Tag.META;
import static dev.berth.registry.console.html.Tag.P;
import static dev.berth.registry.console.html.Tag.SCRIPT;
import static dev.berth.registry.console.html.Tag.TITLE;

import dev.berth.registry.console.html.Element;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.html.Link;
import java.util.Locale;

/**
 * What stands around each page: the head, the name of the registry, the search, who is there.
 *
 * @param title the name of the registry for people
 * @param links the addresses of the pages
 * @param assets the style sheet and the script
 */
public record Frame(String title, Links links, Assets assets) {
    private static final int LONGEST_SEARCH = 200;

    /**
     * Returns a page.
     *
     * @param visit who is there
     * @param subject what the page is about, for the title of the window
     * @param main what it shows
     */
    Element page(Visit visit, String subject, Html... main) {
        return HTML.of(
                lang(Locale.ENGLISH),
                head(subject),
                BODY.of(
                        A.of(css("skip"), href(Link.toPart("content")), text("Skip to the content")),
                        header(visit),
                        MAIN.of(id("content"), Html.of(main)),
                        footer()));
    }

    private Html head(String subject) {
        return HEAD.of(
                META.of(charset("utf-8")),
                META.of(name("viewport"), content("width=device-width, initial-scale=1")),
                META.of(name("color-scheme"), content("light dark")),
                META.of(name("referrer"), content("no-referrer")),
                TITLE.of(text(subject.equals(title) ? title : subject + " · " + title)),
                LINK.of(rel("stylesheet"), href(links.asset(assets.style()))),
                SCRIPT.of(src(links.asset(assets.script())), defer()));
    }

    private Html header(Visit visit) {
        return HEADER.of(
                css("top"),
                A.of(css("home"), href(links.home()), text(title)),
                FORM.of(
                        css("search"),
                        role("search"),
                        action(links.home()),
                        INPUT.of(
                                type("search"),
                                name(Links.WORDS),
                                id("search"),
                                aria("label", "Search repositories"),
                                placeholder("Search repositories"),
                                autocomplete("off"),
                                maxLength(LONGEST_SEARCH),
                                value(visit.asked(Links.WORDS).orElse(""))),
                        BUTTON.of(type("submit"), text("Search"))),
                visit.caller().isAnonymous()
                        ? Html.nothing()
                        : P.of(css("who"), Texts.foreign(visit.caller().name())));
    }

    private static Html footer() {
        return FOOTER.of(P.of(text("Berth, a container registry")));
    }
}
