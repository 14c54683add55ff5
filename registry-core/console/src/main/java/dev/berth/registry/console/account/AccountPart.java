package dev.berth.registry.console.account;

import dev.berth.registry.console.page.ConsolePart;
import dev.berth.registry.console.page.Frame;
import dev.berth.registry.console.page.MenuEntry;
import dev.berth.registry.console.page.Pages;
import dev.berth.registry.oidc.OidcSignIn;
import dev.berth.registry.session.Sessions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Signing in and out, and one's own page. Immutable and thread-safe. */
public final class AccountPart implements ConsolePart {
    static final String SIGN_IN = "sign-in";
    static final String SIGN_OUT = "sign-out";

    private final Sessions sessions;
    private final List<OidcSignIn> issuers;

    /**
     * Makes the part.
     *
     * @param sessions where sessions begin and end
     * @param issuers by whose pages one signs in as well
     */
    public AccountPart(Sessions sessions, List<OidcSignIn> issuers) {
        this.sessions = sessions;
        this.issuers = List.copyOf(issuers);
    }

    @Override
    public Map<String, Pages> pages(Frame frame) {
        SignInPage signIn = new SignInPage(frame, sessions, issuers);
        IssuerPages others = new IssuerPages(frame, signIn, sessions, issuers);
        OwnFrame own = new OwnFrame(frame);
        Map<String, Pages> pages = new LinkedHashMap<>();
        pages.put(SIGN_IN, signIn);
        pages.put(IssuerPages.WITH, others::begin);
        pages.put(OidcSignIn.CALLBACK, others::end);
        pages.put(SIGN_OUT, new SignOutPage(frame, sessions));
        pages.put(OwnFrame.PROFILE, new ProfilePage(own));
        pages.put(OwnFrame.PASSWORD, new PasswordPage(own, sessions));
        pages.putAll(new TokenPages(own).all());
        pages.putAll(new RobotPages(own).all());
        pages.putAll(new SessionPages(own).all());
        return pages;
    }

    @Override
    public List<MenuEntry> menu() {
        return List.of(new MenuEntry("Sign in", SIGN_IN, visit -> !visit.isSignedIn()));
    }
}
