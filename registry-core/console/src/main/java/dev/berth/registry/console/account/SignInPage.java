package dev.berth.registry.console.account;

import static dev.berth.registry.console.html.Attributes.autocomplete;
import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.href;
import static dev.berth.registry.console.html.Attributes.id;
import static dev.berth.registry.console.html.Attributes.labelled;
import static dev.berth.registry.console.html.Attributes.maxLength;
import static dev.berth.registry.console.html.Attributes.name;
import static dev.berth.registry.console.html.Attributes.required;
import static dev.berth.registry.console.html.Attributes.type;
import static dev.berth.registry.console.html.Attributes.value;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.A;
import static dev.berth.registry.console.html.Tag.DIV;
import static dev.berth.registry.console.html.Tag.H1;
import static dev.berth.registry.console.html.Tag.INPUT;
import static dev.berth.registry.console.html.Tag.LABEL;
import static dev.berth.registry.console.html.Tag.P;

import dev.berth.registry.RegistryException;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.page.Forms;
import dev.berth.registry.console.page.Frame;
import dev.berth.registry.console.page.PageAnswer;
import dev.berth.registry.console.page.Pages;
import dev.berth.registry.console.page.Texts;
import dev.berth.registry.console.page.Visit;
import dev.berth.registry.internal.wire.HttpStatus;
import dev.berth.registry.oidc.OidcSignIn;
import dev.berth.registry.session.NewSession;
import dev.berth.registry.session.Sessions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where one signs in: with a name and a password, a personal token, or at an issuer. */
final class SignInPage implements Pages {
    private static final String NAME = "name";
    private static final String PASSWORD = "password";
    private static final int LONGEST_NAME = 255;

    /** The same for an unknown name and a wrong password. */
    private static final String WRONG = "The name or the password is wrong.";

    private static final int FORBIDDEN = 403;

    private final Frame frame;
    private final Sessions sessions;
    private final List<OidcSignIn> issuers;

    SignInPage(Frame frame, Sessions sessions, List<OidcSignIn> issuers) {
        this.frame = frame;
        this.sessions = sessions;
        this.issuers = issuers;
    }

    @Override
    public Optional<PageAnswer> answer(Visit visit, String rest) {
        if (visit.isPost()) {
            return Optional.of(signIn(visit));
        }
        WayBack back = WayBack.asked(visit, frame);
        return Optional.of(visit.isSignedIn() ? back.answer(frame) : show(visit, 200, back, "", ""));
    }

    private PageAnswer signIn(Visit visit) {
        WayBack back = WayBack.of(visit.form().get(WayBack.TO));
        String who = visit.form().get(NAME);
        try {
            NewSession session = sessions.signIn(who, visit.form().exactly(PASSWORD), visit.request());
            return back.answer(frame).withCookie(session.cookie());
        } catch (RegistryException e) {
            return switch (e.code()) {
                case UNAUTHORIZED -> show(visit, FORBIDDEN, back, who, WRONG);
                case DENIED, TOOMANYREQUESTS, UNAVAILABLE ->
                    show(visit, HttpStatus.of(e.code()), back, who, Sentences.of(e));
                default -> throw e;
            };
        }
    }

    /** Shows the page with what went wrong, if something did. */
    PageAnswer show(Visit visit, int status, WayBack back, String who, String problem) {
        return PageAnswer.of(
                status,
                frame.page(
                        visit,
                        "Sign in",
                        DIV.of(
                                css("sign-in"),
                                H1.of(text("Sign in")),
                                problem.isEmpty() ? Html.nothing() : Forms.problem(problem),
                                Forms.post(
                                        visit,
                                        frame.links().to(AccountPart.SIGN_IN),
                                        Forms.hidden(WayBack.TO, back.path()),
                                        DIV.of(
                                                css("field"),
                                                LABEL.of(labelled(NAME), text("Name")),
                                                INPUT.of(
                                                        type("text"),
                                                        id(NAME),
                                                        name(NAME),
                                                        value(who),
                                                        maxLength(LONGEST_NAME),
                                                        autocomplete("username"),
                                                        required())),
                                        Forms.secret("Password or personal token", PASSWORD, "current-password"),
                                        Forms.button("Sign in")),
                                others(back))));
    }

    private Html others(WayBack back) {
        List<Html> links = new ArrayList<>();
        for (int i = 0; i < issuers.size(); i++) {
            // A link and no form: the policy of the pages lets no form be sent on to another site.
            links.add(P.of(A.of(
                    css("button"),
                    href(back.keptBy(frame.links().to(IssuerPages.WITH).with(IssuerPages.ISSUER, Integer.toString(i)))),
                    text("Sign in with "),
                    Texts.foreign(issuers.get(i).title()))));
        }
        return Html.of(links);
    }
}
