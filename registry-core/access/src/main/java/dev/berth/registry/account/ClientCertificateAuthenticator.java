package dev.berth.registry.account;

import dev.berth.registry.access.RequestOrigin;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.server.Authenticator;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RequestedAccess;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Takes callers from the certificates by which they authenticated their TLS connection to this server, and asks another
 * authenticator about everybody else. Thread-safe.
 *
 * <pre>{@code
 * RegistryServer.builder((caller, access, request) -> Authorized.of(registry, caller, policy))
 *         .tls(tls.withClientCertificates(TlsOptions.ClientCertificates.REQUESTED, authorities))
 *         .authenticator(ClientCertificateAuthenticator.of(
 *                 ClientCertificateOptions.builder().build(), tokens.authenticator()))
 * }</pre>
 *
 * <p>A certificate counts if it was verified in the handshake of the connection itself and is not over at the time of the
 * request. What a header field says about a certificate never counts, whoever sent it. A request with an
 * {@code Authorization} field is one of whoever the field names. A request with a certificate that names nobody is treated
 * as one without a certificate. A caller with a certificate is not challenged, not even by the ping.
 *
 * @since 0.1
 */
public final class ClientCertificateAuthenticator implements Authenticator {
    private static final String KIND = "certificate";

    private final ClientCertificateOptions options;
    private final CertificateSubject subjects;
    private final Authenticator next;
    private final LoginEvents events;

    private ClientCertificateAuthenticator(ClientCertificateOptions options, Authenticator next, LoginEvents events) {
        this.options = Objects.requireNonNull(options, "options");
        this.subjects = new CertificateSubject(options);
        this.next = Objects.requireNonNull(next, "next");
        this.events = Objects.requireNonNull(events, "events");
    }

    /** Returns an authenticator in front of another one. */
    public static ClientCertificateAuthenticator of(ClientCertificateOptions options, Authenticator next) {
        return of(options, next, LoginEvents.of(AuditListener.none()));
    }

    /** Returns an authenticator in front of another one, which tells whom it lets in. */
    public static ClientCertificateAuthenticator of(
            ClientCertificateOptions options, Authenticator next, LoginEvents events) {
        return new ClientCertificateAuthenticator(options, next, events);
    }

    @Override
    public Caller authenticate(RegistryRequest request, RequestedAccess access) {
        if (request.header("Authorization").isPresent()) {
            return next.authenticate(request, access);
        }
        Optional<Caller> caller = caller(request.clientCertificates());
        caller.ifPresent(known -> events.accepted(KIND + ":" + known.name(), known, KIND, RequestOrigin.of(request)));
        return caller.map(known -> events.admitted(known, KIND, access, request))
                .orElseGet(() -> next.authenticate(request, access));
    }

    private Optional<Caller> caller(List<X509Certificate> chain) {
        // The first one is that of the client. The others only led to an authority, and need not be those that did.
        if (chain.isEmpty() || !isGoodNow(chain.get(0))) {
            return Optional.empty();
        }
        Optional<Caller> caller = subjects.caller(chain.get(0));
        return options.accounts().isEmpty()
                ? caller
                : caller.flatMap(new AccountOfCertificate(options.accounts().get())::of);
    }

    /** A connection may be open for longer than its certificate is good. */
    private boolean isGoodNow(X509Certificate certificate) {
        Instant now = options.clock().instant();
        return !now.isBefore(certificate.getNotBefore().toInstant())
                && !now.isAfter(certificate.getNotAfter().toInstant());
    }

    @Override
    public List<String> challenges(RegistryRequest request, RequestedAccess access) {
        return next.challenges(request, access);
    }
}
