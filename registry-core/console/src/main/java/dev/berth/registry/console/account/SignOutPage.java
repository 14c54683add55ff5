package dev.berth.registry.console.account;

import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.H1;
import static dev.berth.registry.console.html.Tag.P;

import dev.berth.registry.console.page.Forms;
import dev.berth.registry.console.page.Frame;
import dev.berth.registry.console.page.PageAnswer;
import dev.berth.registry.console.page.Pages;
import dev.berth.registry.console.page.Visit;
import dev.berth.registry.session.Sessions;
import java.util.Optional;

/** Where one signs out. */
final class SignOutPage implements Pages {
    private final Frame frame;
    private final Sessions sessions;

    SignOutPage(Frame frame, Sessions sessions) {
        this.frame = frame;
        this.sessions = sessions;
    }

    @Override
    public Optional<PageAnswer> answer(Visit visit, String rest) {
        if (visit.isPost()) {
            return Optional.of(PageAnswer.seeOther(frame.links().home()).withCookie(sessions.signOut(visit.request())));
        }
        if (!visit.isSignedIn()) {
            return Optional.of(PageAnswer.seeOther(frame.links().home()));
        }
        return Optional.of(PageAnswer.of(frame.page(
                visit,
                "Sign out",
                H1.of(text("Sign out")),
                P.of(text("This ends your session in this browser. Others of yours go on.")),
                Forms.post(visit, frame.links().to(AccountPart.SIGN_OUT), Forms.button("Sign out")))));
    }
}
