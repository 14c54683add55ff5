package dev.berth.registry.internal.management;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.access.RequestOrigin;
import dev.berth.registry.account.Logins;
import dev.berth.registry.account.PasswordAuthenticator;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.audit.AuditOrigin;
import dev.berth.registry.server.Authenticator;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RequestedAccess;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Finds out who makes a request. Thread-safe. */
public interface Admission {

    /**
     * Returns who makes a request.
     *
     * @throws RegistryException with {@code UNAUTHORIZED} and a challenge without credentials; with {@code DENIED} if the
     *     credentials are not for managing
     */
    Actor admit(RegistryRequest request);

    /** Tells of a refusal of what was asked for, and returns what the client is told. */
    RegistryException reported(RegistryException e, Actor actor, String target);

    /** Admits everything as the owner of the storage. */
    record OfOperator(String name, AllRights rights) implements Admission {
        @Override
        public Actor admit(RegistryRequest request) {
            return Actor.operator(name, rights);
        }

        @Override
        public RegistryException reported(RegistryException e, Actor actor, String target) {
            return e;
        }
    }

    /** Admits those who authenticate. */
    final class OfClients implements Admission {
        private final String path;
        private final RequestedAccess access;
        private final Authenticator passwords;
        private final @Nullable Authenticator tokens;
        private final AllRights rights;
        private final AuditListener listener;

        /**
         * Creates the admission to an API.
         *
         * @param path the prefix of the addresses of the API
         * @param realm what clients may show to users who log in
         * @param tokens accepts credentials other than a name and a password, if there are any
         */
        public OfClients(
                String path,
                String realm,
                Logins logins,
                @Nullable Authenticator tokens,
                AllRights rights,
                AuditListener listener) {
            this.path = path;
            this.access = RequestedAccess.route(path);
            this.passwords = PasswordAuthenticator.of(logins, realm);
            this.tokens = tokens;
            this.rights = rights;
            this.listener = AuditListener.guarded(listener);
        }

        @Override
        public Actor admit(RegistryRequest request) {
            requireSameSite(request);
            Caller caller;
            try {
                caller = authenticator(request).authenticate(request, access);
            } catch (RegistryException e) {
                throw e.code() == ErrorCode.UNAUTHORIZED ? challenged(e, request) : e;
            }
            if (caller.isAnonymous()) {
                throw challenged(
                        RegistryException.of(ErrorCode.UNAUTHORIZED, "Authentication is required: log in first"),
                        request);
            }
            if (!caller.isWithinLimit(access)) {
                RegistryException refused = RegistryException.of(
                        ErrorCode.DENIED,
                        "Robots, personal tokens and tokens for images manage nothing; log in with the password");
                tell(refused, RequestOrigin.of(caller, request), request.method() + " " + path);
                throw refused;
            }
            return Actor.client(caller, rights, request);
        }

        private Authenticator authenticator(RegistryRequest request) {
            boolean basic = request.header("Authorization")
                    .filter(field -> field.regionMatches(true, 0, "Basic ", 0, 6))
                    .isPresent();
            return basic || tokens == null ? passwords : tokens;
        }

        /** A browser that has a password for this server sends it with requests of pages of other sites, too. */
        private static void requireSameSite(RegistryRequest request) {
            boolean foreign = request.header("Sec-Fetch-Site")
                    .filter(site -> site.equals("cross-site") || site.equals("same-site"))
                    .isPresent();
            if (foreign) {
                throw RegistryException.of(ErrorCode.DENIED, "Pages of other sites manage nothing here");
            }
        }

        /** Clients are asked for a password, whatever else would do. */
        private RegistryException challenged(RegistryException e, RegistryRequest request) {
            return RegistryException.builder(e.errors())
                    .challenges(passwords.challenges(request, access))
                    .build();
        }

        @Override
        public RegistryException reported(RegistryException e, Actor actor, String target) {
            if (e.code() == ErrorCode.DENIED) {
                tell(e, actor.origin(), target);
            }
            return e;
        }

        private void tell(RegistryException refusal, AuditOrigin origin, String target) {
            listener.on(new AuditEvent(
                    Instant.now(),
                    AuditEvent.Type.ACCESS_REFUSED,
                    origin,
                    "",
                    target,
                    AuditEvent.Outcome.REFUSED,
                    refusal.errors().get(0).message()));
        }
    }
}
