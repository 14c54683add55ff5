package dev.berth.registry.console.account;

import dev.berth.registry.console.html.Link;
import dev.berth.registry.console.page.Frame;
import dev.berth.registry.console.page.PageAnswer;
import dev.berth.registry.console.page.Visit;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a browser goes on to when somebody has signed in: to one of these pages, whatever an address says.
 *
 * @param path the path below that of all pages, and the query; empty for the first page
 */
record WayBack(String path) {
    /** The parameter that says it. */
    static final String TO = "to";

    private static final int LONGEST = 2_000;

    /** A path that begins with a slash would be that of another host, with a colon in front of it another scheme. */
    private static final Pattern OWN =
            Pattern.compile("[A-Za-z0-9._~-][A-Za-z0-9._~!$&'()*+,;=:@%/-]*(\\?[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*)?");

    /** Returns what an address or a form says. */
    static WayBack of(String text) {
        boolean own = text.length() <= LONGEST
                && OWN.matcher(text).matches()
                && !List.of(text.split("[/?]", -1)).contains("..")
                && !text.startsWith(AccountPart.SIGN_IN)
                && !text.startsWith(AccountPart.SIGN_OUT);
        return new WayBack(own ? text : "");
    }

    /** Returns what an address says; or, where it says nothing, the page that the browser comes from. */
    static WayBack asked(Visit visit, Frame frame) {
        Optional<String> said = visit.asked(TO);
        return said.map(WayBack::of)
                .orElseGet(() -> visit.request()
                        .header("Referer")
                        .map(referrer -> of(ownPath(referrer, visit, frame)))
                        .orElse(new WayBack("")));
    }

    private static String ownPath(String referrer, Visit visit, Frame frame) {
        try {
            URI address = new URI(referrer);
            String first = frame.links().base() + "/";
            String path = String.valueOf(address.getRawPath());
            if (!visit.host().equals(address.getRawAuthority()) || !path.startsWith(first)) {
                return "";
            }
            String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
            return path.substring(first.length()) + query;
        } catch (URISyntaxException e) {
            return "";
        }
    }

    /** Sends the browser there. */
    PageAnswer answer(Frame frame) {
        return new PageAnswer.Elsewhere(frame.links().base() + "/" + path, List.of());
    }

    /** Returns a link to a page that keeps it. */
    Link keptBy(Link page) {
        return path.isEmpty() ? page : page.with(TO, path);
    }
}
