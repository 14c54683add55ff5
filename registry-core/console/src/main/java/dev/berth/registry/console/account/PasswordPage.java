package dev.berth.registry.console.account;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.role;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.P;

import dev.berth.registry.RegistryException;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.page.Forms;
import dev.berth.registry.console.page.PageAnswer;
import dev.berth.registry.console.page.Pages;
import dev.berth.registry.console.page.Visit;
import dev.berth.registry.internal.wire.HttpStatus;
import dev.berth.registry.session.Sessions;
import java.util.Map;
import java.util.Optional;

/** Where one changes the own password. */
final class PasswordPage implements Pages {
    private static final String OLD = "old";
    private static final String NEW = "new";
    private static final String REPEATED = "repeated";
    private static final String DONE = "changed";

    private final OwnFrame own;
    private final Sessions sessions;

    PasswordPage(OwnFrame own, Sessions sessions) {
        this.own = own;
        this.sessions = sessions;
    }

    @Override
    public Optional<PageAnswer> answer(Visit visit, String rest) {
        return own.forManaging(
                visit,
                OwnFrame.PASSWORD,
                () -> {
                    if (!visit.management()
                            .get(OwnFrame.API + "whoami", Map.of())
                            .path("hasPassword")
                            .asBoolean()) {
                        return own.told(
                                visit,
                                OwnFrame.PASSWORD,
                                "Your password is kept elsewhere: change it at the service by which you have signed in.");
                    }
                    return Optional.of(visit.isPost() ? change(visit) : show(visit, 200, ""));
                });
    }

    private PageAnswer change(Visit visit) {
        String password = visit.form().exactly(NEW);
        if (!password.equals(visit.form().exactly(REPEATED))) {
            return show(visit, 400, "The new password is not the same both times.");
        }
        try {
            visit.management()
                    .put(
                            OwnFrame.API + "password",
                            Map.of("password", password, "oldPassword", visit.form().exactly(OLD)));
        } catch (RegistryException e) {
            if (!Sentences.isOfForm(e)) {
                throw e;
            }
            return show(visit, HttpStatus.of(e.code()), Sentences.of(e));
        }
        // All sessions have ended with the password, this one too: whoever has just said both goes on in a new one.
        return PageAnswer.seeOther(own.to(OwnFrame.PASSWORD).with(DONE, "yes"))
                .withCookie(sessions.signIn(visit.caller().name(), password, visit.request())
                        .cookie());
    }

    private PageAnswer show(Visit visit, int status, String problem) {
        return own.show(
                visit,
                status,
                OwnFrame.PASSWORD,
                "Password",
                visit.asked(DONE).isPresent()
                        ? P.of(
                                role("status"),
                                text("The password is changed. Your sessions in other browsers have ended."))
                        : Html.nothing(),
                problem.isEmpty() ? Html.nothing() : Forms.problem(problem),
                P.of(
                        css("note"),
                        text("Changing it ends your sessions in other browsers, and what docker login keeps.")),
                Forms.post(
                        visit,
                        own.to(OwnFrame.PASSWORD),
                        Forms.secret("Present password", OLD, "current-password"),
                        Forms.secret("New password", NEW, "new-password"),
                        Forms.secret("New password, once more", REPEATED, "new-password"),
                        Forms.button("Change the password")));
    }
}
