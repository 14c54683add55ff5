package dev.berth.registry.console.account;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.console.page.Frame;
import dev.berth.registry.console.page.PageAnswer;
import dev.berth.registry.console.page.Visit;
import dev.berth.registry.internal.wire.HttpStatus;
import dev.berth.registry.oidc.OidcSignIn;
import dev.berth.registry.session.NewSession;
import dev.berth.registry.session.Sessions;
import java.util.List;
import java.util.Optional;

/** Sends browsers to an issuer, and takes them back from it. */
final class IssuerPages {
    static final String WITH = "sign-in/with";
    static final String ISSUER = "issuer";

    private static final int FORBIDDEN = 403;

    private final Frame frame;
    private final SignInPage page;
    private final Sessions sessions;
    private final List<OidcSignIn> issuers;

    IssuerPages(Frame frame, SignInPage page, Sessions sessions, List<OidcSignIn> issuers) {
        this.frame = frame;
        this.page = page;
        this.sessions = sessions;
        this.issuers = issuers;
    }

    /** Sends the browser to the pages of the issuer. */
    Optional<PageAnswer> begin(Visit visit, String rest) {
        Optional<Integer> number =
                visit.asked(ISSUER).filter(text -> text.matches("\\d{1,2}")).map(Integer::valueOf);
        if (visit.isPost() || number.filter(index -> index < issuers.size()).isEmpty()) {
            return Optional.empty();
        }
        WayBack back = WayBack.asked(visit, frame);
        try {
            OidcSignIn.Begun begun = issuers.get(number.get()).begin(visit.request(), path(), back.path());
            return Optional.of(new PageAnswer.Elsewhere(begun.address().toString(), List.of(begun.cookie())));
        } catch (RegistryException e) {
            return Optional.of(problem(visit, e, back));
        }
    }

    /** Signs in whoever the issuer says it is. */
    Optional<PageAnswer> end(Visit visit, String rest) {
        if (visit.isPost() || issuers.isEmpty()) {
            return Optional.empty();
        }
        WayBack back = new WayBack("");
        try {
            OidcSignIn issuer = issuer(visit);
            OidcSignIn.Ended ended = issuer.end(visit.request(), path());
            back = WayBack.of(ended.after());
            NewSession session = sessions.signIn(ended.account(), visit.request());
            return Optional.of(back.answer(frame)
                    .withCookie(issuer.forget(visit.request(), path()))
                    .withCookie(session.cookie()));
        } catch (RegistryException e) {
            return Optional.of(problem(visit, e, back));
        }
    }

    private OidcSignIn issuer(Visit visit) {
        return issuers.stream()
                .filter(each -> each.isBegun(visit.request(), path()))
                .findFirst()
                .orElse(issuers.get(0));
    }

    private PageAnswer problem(Visit visit, RegistryException e, WayBack back) {
        int status = e.code() == ErrorCode.UNAUTHORIZED ? FORBIDDEN : HttpStatus.of(e.code());
        return page.show(visit, status, back, "", Sentences.of(e));
    }

    private String path() {
        return frame.links().base() + "/";
    }
}
