package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.cli.FailureReason;
import dev.berth.examples.standalone.configuration.AccessSettings;
import dev.berth.examples.standalone.configuration.AuthSettings;
import dev.berth.examples.standalone.configuration.ConsoleSettings;
import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.examples.standalone.configuration.SettingsSource;
import dev.berth.registry.RegistryException;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.Grants;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.RequestViews;
import dev.berth.registry.access.Role;
import dev.berth.registry.account.Accounts;
import dev.berth.registry.account.HtpasswdFile;
import dev.berth.registry.account.LoginEvents;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.account.store.AccountStoreOptions;
import dev.berth.registry.account.store.StoredKeys;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.control.AccessControl;
import dev.berth.registry.control.AccessControlBuilder;
import dev.berth.registry.host.HostedRegistry;
import dev.berth.registry.ldap.LdapAccounts;
import dev.berth.registry.oidc.OidcAccounts;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.session.SessionOptions;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.token.OutsideTokens;
import dev.berth.registry.token.SigningKey;
import dev.berth.registry.token.TokenOptions;
import dev.berth.registry.webhook.Webhooks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who may do what, as the settings say: {@link AccessControl} in front of a registry, or nothing. */
final class ServedAccess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServedAccess.class);

    private final Settings settings;
    private final AuditListener audit;

    /** What access control is made of. Empty if everybody may do everything. */
    private final List<Consumer<AccessControlBuilder>> parts = new ArrayList<>();

    private final Deque<AutoCloseable> sources = new ArrayDeque<>();
    private @Nullable AccountStore accounts;

    private ServedAccess(Settings settings, AuditListener audit) {
        this.settings = settings;
        this.audit = audit;
    }

    /**
     * Opens the access that the settings describe.
     *
     * @param source reads the settings again when their file changes
     * @param webhooks are managed over HTTP by those who have the right to
     * @throws IOException with a sentence for the user, if a file cannot be read or a service cannot be reached
     */
    static ServedAccess open(
            Settings settings,
            ObjectStore store,
            SettingsSource source,
            AuditListener audit,
            Optional<Webhooks> webhooks)
            throws IOException {
        ServedAccess access = new ServedAccess(settings, audit);
        try {
            access.open(store, source, webhooks);
            return access;
        } catch (IOException | RuntimeException e) {
            access.close();
            throw e;
        }
    }

    private void open(ObjectStore store, SettingsSource source, Optional<Webhooks> webhooks) throws IOException {
        AuthSettings auth = settings.auth();
        if (auth.isEmpty() && settings.access().isEmpty()) {
            return;
        }
        add(control -> control.listener(audit));
        addAccounts(auth, store);
        if (settings.access().isPresent()) {
            AccessSettings access = settings.access().get();
            addModel(access, source);
            webhooks.ifPresent(managed -> add(control -> control.webhooks(managed)));
            addTokens(auth, access, store);
        } else {
            addAllRights(auth);
        }
        addSessions(auth, store);
    }

    /** Lets people sign in with a browser, where it is here that they log in, and where that can be kept. */
    private void addSessions(AuthSettings auth, ObjectStore store) {
        ConsoleSettings console = settings.console();
        if (!console.enabled() || settings.readOnly() || auth.token().isPresent()) {
            return;
        }
        SessionOptions options = SessionOptions.builder()
                .idle(console.sessions().idle())
                .lifetime(console.sessions().lifetime())
                .path(console.publicPath())
                .build();
        add(control -> control.sessions(store, options));
    }

    private void add(Consumer<AccessControlBuilder> part) {
        parts.add(part);
    }

    /**
     * Returns a builder for the server of a registry.
     *
     * @param views those of the registry
     * @param apis what manages the registry
     * @param console shows all that in browsers
     */
    RegistryServer.Builder server(
            RequestViews views, HostedRegistry registry, ManagementApis apis, ServedConsole console) {
        if (parts.isEmpty()) {
            RegistryServer.Builder open = RegistryServer.builder(views);
            Map<String, RegistryHandler> local = apis.forThisMachine();
            local.forEach(open::route);
            return console.mountOpen(open, registry, local);
        }
        AccessControlBuilder control = AccessControl.builder(views);
        parts.forEach(part -> part.accept(control));
        apis.addTo(control);
        AccessControl built = control.build();
        RegistryServer.Builder server = built.server();
        Map<String, RegistryHandler> beside = apis.beside(built);
        beside.forEach(server::route);
        settings.access()
                .map(access -> access.trustedProxies().toArray(String[]::new))
                .ifPresent(server::trustedProxies);
        return console.mount(server, registry, built, beside);
    }

    /** Adds the sources of accounts. Those outside the storage are known to it, so that their people can own robots. */
    private void addAccounts(AuthSettings auth, ObjectStore store) throws IOException {
        List<Accounts> outside = new ArrayList<>();
        if (auth.htpasswd().isPresent()) {
            outside.add(htpasswd(auth.htpasswd().get().path()));
        }
        if (auth.ldap().isPresent()) {
            outside.add(opened("auth.ldap", () -> LdapAccounts.open(auth.ldap().get())));
        }
        Optional<OidcAccounts> issuer = Optional.empty();
        if (auth.oidc().isPresent()) {
            issuer = Optional.of(
                    opened("auth.oidc", () -> OidcAccounts.open(auth.oidc().get(), store)));
        }
        if (settings.access().filter(AccessSettings::accounts).isPresent()) {
            List<Accounts> owners = new ArrayList<>(outside);
            issuer.ifPresent(owners::add);
            AccountStore opened = AccountStore.over(
                    store,
                    AccountStoreOptions.builder()
                            .outside(Accounts.anyOf(owners), "ldap", "oidc")
                            .build());
            sources.push(opened);
            add(control -> control.store(opened));
            accounts = opened;
        }
        outside.forEach(known -> add(control -> control.accounts(known)));
        issuer.ifPresent(known -> add(control -> control.oidc(known)));
        auth.certificate().ifPresent(options -> add(control -> control.certificates(options)));
    }

    private static HtpasswdFile htpasswd(Path file) throws IOException {
        try {
            return HtpasswdFile.open(file);
        } catch (IOException e) {
            throw new IOException(
                    "The file " + file + " of auth.htpasswd.path cannot be read: " + FailureReason.of(e), e);
        } catch (IllegalArgumentException e) {
            throw new CommandException("The file " + file + " of auth.htpasswd.path is wrong: " + e.getMessage());
        }
    }

    /** Opens a source of accounts that is closed with the server. */
    @FunctionalInterface
    private interface Opening<T> {
        T open() throws IOException;
    }

    private <T extends AutoCloseable> T opened(String section, Opening<T> opening) throws IOException {
        try {
            T source = opening.open();
            sources.push(source);
            return source;
        } catch (IOException e) {
            throw new IOException("The settings of " + section + " cannot be used: " + FailureReason.of(e), e);
        } catch (IllegalArgumentException e) {
            throw new CommandException("The settings of " + section + " cannot be used: " + e.getMessage());
        }
    }

    /** Adds the rights of the configuration, which follow the file. */
    private void addModel(AccessSettings access, SettingsSource source) {
        Supplier<Grants> grants = source.config()
                .<Supplier<Grants>>map(file ->
                        new ReloadedGrants(file, access, () -> source.read().access(), audit, Clock.systemUTC()))
                .orElse(access::grants);
        add(control -> control.grants(grants));
    }

    private void addTokens(AuthSettings auth, AccessSettings access, ObjectStore store) throws IOException {
        if (auth.token().isPresent()) {
            OutsideTokens outside =
                    opened("auth.token", () -> OutsideTokens.open(auth.token().get()));
            add(control -> control.outsideTokens(outside));
            return;
        }
        AccessSettings.Tokens tokens = access.tokens();
        try {
            TokenOptions.Builder options = TokenOptions.builder(tokens.service(), keys(store, tokens))
                    .lifetime(tokens.lifetime())
                    .refreshLifetime(tokens.refresh());
            tokens.issuer().ifPresent(options::issuer);
            tokens.realm().ifPresent(options::realm);
            TokenOptions built = options.build();
            add(control -> control.tokens(built));
        } catch (IllegalArgumentException e) {
            throw new CommandException("The settings of access.tokens are wrong: " + e.getMessage() + ".");
        }
    }

    /** Returns the keys of the storage, so that a token is good at every registry over it, and after a restart. */
    private Supplier<List<SigningKey>> keys(ObjectStore store, AccessSettings.Tokens tokens) {
        StoredKeys stored = AccessSettings.Tokens.keys(store, tokens.refresh());
        try {
            // The first one is made now, and not at the first login.
            stored.get();
            add(control -> control.managedKeys(stored));
            return stored;
        } catch (RegistryException e) {
            if (!settings.readOnly()) {
                throw e;
            }
            LOG.warn("There are no keys for tokens in the read-only storage: tokens are good until this process ends");
            List<SigningKey> own = List.of(SigningKey.generate());
            return () -> own;
        }
    }

    /** As with {@code registry:2}: whoever is authenticated may do everything, or what the token says. */
    private void addAllRights(AuthSettings auth) throws IOException {
        if (auth.token().isPresent()) {
            // A token for nobody may be good for public repositories. Without a token there is nothing.
            OutsideTokens tokens =
                    opened("auth.token", () -> OutsideTokens.open(auth.token().get()));
            add(control -> control.authenticator(tokens.authenticator(LoginEvents.of(audit)))
                    .grants(Grants.of(new Grant(Grantee.everyone(), NamePattern.all(), Role.ADMIN))));
        } else {
            String realm = auth.htpasswd().map(AuthSettings.Htpasswd::realm).orElseThrow();
            add(control -> control.passwords(realm)
                    .grants(Grants.of(new Grant(Grantee.authenticated(), NamePattern.all(), Role.ADMIN))));
        }
    }

    /** Adds the first administrator, if there are accounts and none of them is one. Returns a line for standard output. */
    Optional<String> addFirstAdministrator() {
        AccountStore store = accounts;
        if (store == null) {
            return Optional.empty();
        }
        if (settings.readOnly()) {
            if (store.isEmpty()) {
                LOG.warn("Nobody has an account, and the storage is read-only; start once without"
                        + " storage.maintenance.readonly to add an administrator");
            }
            return Optional.empty();
        }
        return FirstAdministrator.add(store, settings.access().orElseThrow().admin(), audit);
    }

    @Override
    public void close() {
        while (!sources.isEmpty()) {
            try {
                sources.pop().close();
            } catch (Exception e) {
                LOG.warn("A source of accounts could not be closed", e);
            }
        }
    }
}
