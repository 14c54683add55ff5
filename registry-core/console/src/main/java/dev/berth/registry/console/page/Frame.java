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
import static dev.berth.registry.console.html.Attributes.when;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.A;
import static dev.berth.registry.console.html.Tag.BODY;
import static dev.berth.registry.console.html.Tag.BUTTON;
import static dev.berth.registry.console.html.Tag.DIV;
import static dev.berth.registry.console.html.Tag.FOOTER;
import static dev.berth.registry.console.html.Tag.FORM;
import static dev.berth.registry.console.html.Tag.HEAD;
import static dev.berth.registry.console.html.Tag.HEADER;
import static dev.berth.registry.console.html.Tag.HTML;
import static dev.berth.registry.console.html.Tag.INPUT;
import static dev.berth.registry.console.html.Tag.LI;
import static dev.berth.registry.console.html.Tag.LINK;
import static dev.berth.registry.console.html.Tag.MAIN;
import static dev.berth.registry.console.html.Tag.META;
import static dev.berth.registry.console.html.Tag.NAV;
import static dev.berth.registry.console.html.Tag.P;
import static dev.berth.registry.console.html.Tag.SCRIPT;
import static dev.berth.registry.console.html.Tag.TITLE;
import static dev.berth.registry.console.html.Tag.UL;

import dev.berth.registry.console.html.Element;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.html.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What stands around each page: the head, the name of the registry, the search, the menu, who is there. Thread-safe. */
public final class Frame {
    private static final int LONGEST_SEARCH = 200;

    private final String title;
    private final Links links;
    private final Assets assets;
    private final List<MenuEntry> menu;
    private final List<MenuEntry> operations;

    /**
     * Makes it.
     *
     * @param title the name of the registry for people
     * @param links the addresses of the pages
     * @param assets the style sheet and the script
     * @param parts what has entries in the menus
     */
    public Frame(String title, Links links, Assets assets, List<ConsolePart> parts) {
        this.title = title;
        this.links = links;
        this.assets = assets;
        this.menu = parts.stream().flatMap(part -> part.menu().stream()).toList();
        this.operations =
                parts.stream().flatMap(part -> part.operations().stream()).toList();
    }

    /** Returns the name of the registry for people. */
    public String title() {
        return title;
    }

    /** Returns the addresses of the pages. */
    public Links links() {
        return links;
    }

    /**
     * Returns a page.
     *
     * @param visit who is there
     * @param subject what the page is about, for the title of the window
     * @param main what it shows
     */
    public Element page(Visit visit, String subject, Html... main) {
        return page(visit, subject, Html.nothing(), Html.of(main));
    }

    /**
     * Returns a page of those by which the registry is run, with their menu beside it.
     *
     * @param path the path of the page, as its entry in the menu has it
     */
    public Element operations(Visit visit, String path, String subject, Html... main) {
        return page(visit, subject, tabs(visit, path), Html.of(main));
    }

    private Element page(Visit visit, String subject, Html beside, Html main) {
        return HTML.of(
                lang(Locale.ENGLISH),
                head(subject),
                BODY.of(
                        A.of(css("skip"), href(Link.toPart("content")), text("Skip to the content")),
                        header(visit),
                        DIV.of(css("middle"), beside, MAIN.of(id("content"), main)),
                        footer()));
    }

    private Html tabs(Visit visit, String path) {
        List<Html> entries = new ArrayList<>();
        operations.stream()
                .filter(entry -> entry.shown().test(visit))
                .forEach(entry -> entries.add(LI.of(A.of(
                        href(links.to(entry.path())),
                        when(entry.path().equals(path), aria("current", "page")),
                        text(entry.title())))));
        return NAV.of(css("tabs"), aria("label", "Operations"), UL.of(Html.of(entries)));
    }

    private Html menu(Visit visit) {
        List<Html> entries = new ArrayList<>();
        menu.stream()
                .filter(entry -> entry.shown().test(visit))
                .forEach(entry -> entries.add(LI.of(A.of(href(links.to(entry.path())), text(entry.title())))));
        operations.stream()
                .filter(entry -> entry.shown().test(visit))
                .findFirst()
                .ifPresent(first -> entries.add(LI.of(A.of(href(links.to(first.path())), text("Operations")))));
        if (visit.isSignedIn()) {
            entries.add(LI.of(
                    css("who"),
                    A.of(
                            href(links.to("account/")),
                            Texts.foreign(visit.caller().name()))));
        }
        return entries.isEmpty()
                ? Html.nothing()
                : NAV.of(css("menu"), aria("label", "Pages"), UL.of(Html.of(entries)));
    }

    private Html head(String subject) {
        return HEAD.of(
                META.of(charset("utf-8")),
                META.of(name("viewport"), content("width=device-width, initial-scale=1")),
                META.of(name("color-scheme"), content("light dark")),
                META.of(name("referrer"), content("same-origin")),
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
                menu(visit));
    }

    private static Html footer() {
        return FOOTER.of(P.of(text("Berth, a container registry")));
    }
}
