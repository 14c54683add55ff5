package dev.berth.registry.console.page;

import dev.berth.registry.console.html.Element;
import dev.berth.registry.console.html.Link;
import dev.berth.registry.server.ResponseBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a browser gets. Immutable. */
public sealed interface PageAnswer {

    /** Returns a page. */
    static PageAnswer of(Element page) {
        return new Shown(200, page, List.of());
    }

    /** Returns a page that says that something is not as it should be. */
    static PageAnswer of(int status, Element page) {
        return new Shown(status, page, List.of());
    }

    /** Returns that the browser is to go on to another page of this site, as it does after a change. */
    static PageAnswer seeOther(Link page) {
        return new Elsewhere(page.toString(), List.of());
    }

    /** Returns what is only to be saved, whatever is in it. */
    static PageAnswer file(String name, ResponseBody content) {
        return new Saved(name, content);
    }

    /** Returns the same with a cookie more. */
    PageAnswer withCookie(String setCookie);

    /**
     * A page.
     *
     * @param cookies values of {@code Set-Cookie}
     */
    record Shown(int status, Element page, List<String> cookies) implements PageAnswer {
        /** Copies the list. */
        public Shown {
            Objects.requireNonNull(page, "page");
            cookies = List.copyOf(cookies);
        }

        @Override
        public PageAnswer withCookie(String setCookie) {
            return new Shown(status, page, more(cookies, setCookie));
        }
    }

    /**
     * Another address.
     *
     * @param address of this site, or where one signs in
     */
    record Elsewhere(String address, List<String> cookies) implements PageAnswer {
        /** Copies the list. */
        public Elsewhere {
            Objects.requireNonNull(address, "address");
            cookies = List.copyOf(cookies);
        }

        @Override
        public PageAnswer withCookie(String setCookie) {
            return new Elsewhere(address, more(cookies, setCookie));
        }
    }

    /** A file that no browser shows. */
    record Saved(String name, ResponseBody content) implements PageAnswer {
        @Override
        public PageAnswer withCookie(String setCookie) {
            return this;
        }
    }

    private static List<String> more(List<String> cookies, String one) {
        List<String> all = new ArrayList<>(cookies);
        all.add(one);
        return all;
    }
}
