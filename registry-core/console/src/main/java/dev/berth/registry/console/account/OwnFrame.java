package dev.berth.registry.console.account;

import static dev.berth.registry.console.html.Attributes.aria;
import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.href;
import static dev.berth.registry.console.html.Attributes.role;
import static dev.berth.registry.console.html.Attributes.when;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.A;
import static dev.berth.registry.console.html.Tag.H1;
import static dev.berth.registry.console.html.Tag.LI;
import static dev.berth.registry.console.html.Tag.NAV;
import static dev.berth.registry.console.html.Tag.P;
import static dev.berth.registry.console.html.Tag.UL;

import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.html.Link;
import dev.berth.registry.console.page.Commands;
import dev.berth.registry.console.page.Frame;
import dev.berth.registry.console.page.PageAnswer;
import dev.berth.registry.console.page.Visit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What stands around the pages about oneself: they are for whoever has signed in. */
final class OwnFrame {
    static final String API = "/berth/access/";

    static final String PROFILE = "account/";
    static final String PASSWORD = "account/password";
    static final String TOKENS = "account/tokens";
    static final String ROBOTS = "account/robots";
    static final String SESSIONS = "account/sessions";

    private static final Map<String, String> TABS = tabs();

    private final Frame frame;

    OwnFrame(Frame frame) {
        this.frame = frame;
    }

    private static Map<String, String> tabs() {
        Map<String, String> tabs = new LinkedHashMap<>();
        tabs.put(PROFILE, "Profile");
        tabs.put(PASSWORD, "Password");
        tabs.put(TOKENS, "Personal tokens");
        tabs.put(ROBOTS, "Robots");
        tabs.put(SESSIONS, "Sessions");
        tabs.put(AccountPart.SIGN_OUT, "Sign out");
        return tabs;
    }

    Link to(String path) {
        return frame.links().to(path);
    }

    /** Answers whoever has signed in; sends everybody else to do so, and back. */
    Optional<PageAnswer> forSignedIn(Visit visit, String path, Supplier<Optional<PageAnswer>> answer) {
        if (visit.isSignedIn()) {
            return answer.get();
        }
        return visit.isPost()
                ? Optional.empty()
                : Optional.of(PageAnswer.seeOther(to(AccountPart.SIGN_IN).with(WayBack.TO, path)));
    }

    /**
     * Answers whoever has signed in with what manages an account. A personal token does not, and some registries have no
     * accounts of their own: these are told.
     */
    Optional<PageAnswer> forManaging(Visit visit, String path, Supplier<Optional<PageAnswer>> answer) {
        return forSignedIn(visit, path, () -> {
            if (visit.caller().limit().isPresent()) {
                return told(
                        visit,
                        path,
                        "You have signed in with a personal token, which manages nothing. Sign out, and sign in with your"
                                + " password to do so.");
            }
            return visit.management().has(API)
                    ? answer.get()
                    : told(visit, path, "The accounts of this registry are managed elsewhere.");
        });
    }

    /** Says why something cannot be managed here. */
    Optional<PageAnswer> told(Visit visit, String path, String sentence) {
        return visit.isPost()
                ? Optional.empty()
                : Optional.of(show(visit, path, TABS.getOrDefault(path, "Account"), P.of(css("note"), text(sentence))));
    }

    PageAnswer show(Visit visit, String path, String title, Html... content) {
        return show(visit, 200, path, title, content);
    }

    PageAnswer show(Visit visit, int status, String path, String title, Html... content) {
        List<Html> entries = new ArrayList<>();
        TABS.forEach((to, name) -> entries.add(
                LI.of(A.of(href(to(to)), when(to.equals(path), aria("current", "page")), text(name)))));
        return PageAnswer.of(
                status,
                frame.page(
                        visit,
                        title,
                        NAV.of(css("tabs"), aria("label", "Account"), UL.of(Html.of(entries))),
                        H1.of(text(title)),
                        Html.of(content)));
    }

    /** Shows a secret, which nobody can see again. */
    PageAnswer secret(Visit visit, String path, String title, String login, String secret) {
        return show(
                visit,
                201,
                path,
                title,
                P.of(role("status"), text("Copy it now: it is not kept, and not shown again.")),
                Commands.block(secret),
                P.of(text("It is used as the password:")),
                Commands.block("docker login -u " + login + " " + visit.host()),
                P.of(A.of(href(to(path)), text("Done"))));
    }
}
