package dev.berth.registry.account;

import dev.berth.registry.internal.name.OutsideNames;
import dev.berth.registry.server.Caller;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/** Reads whom a certificate names. Immutable. */
final class CertificateSubject {
    private static final String GROUP_PREFIX = "cert:";

    /** The kinds of alternative names (RFC 5280, section 4.2.1.6). */
    private static final int MAIL = 1;

    private static final int DNS = 2;
    private static final int URI = 6;

    private final ClientCertificateOptions options;

    CertificateSubject(ClientCertificateOptions options) {
        this.options = options;
    }

    /** Returns the caller, or empty if the certificate does not have exactly one name that can be one. */
    Optional<Caller> caller(X509Certificate certificate) {
        List<String> names = names(certificate);
        if (names.size() != 1 || !OutsideNames.isName(names.get(0))) {
            return Optional.empty();
        }
        Caller.Builder caller = Caller.builder(names.get(0));
        for (ClientCertificateOptions.Group group : options.groups()) {
            String attribute = group == ClientCertificateOptions.Group.ORGANISATION ? "O" : "OU";
            for (String value : attributes(certificate, attribute)) {
                if (OutsideNames.isPrintable(value)) {
                    caller.group(GROUP_PREFIX + value);
                }
            }
        }
        return Optional.of(caller.build());
    }

    private List<String> names(X509Certificate certificate) {
        return switch (options.name()) {
            case COMMON_NAME -> attributes(certificate, "CN");
            case MAIL -> alternatives(certificate, MAIL);
            case DNS -> alternatives(certificate, DNS);
            case URI -> alternatives(certificate, URI);
        };
    }

    private static List<String> alternatives(X509Certificate certificate, int kind) {
        List<String> found = new ArrayList<>();
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            for (List<?> each : all == null ? List.<List<?>>of() : all) {
                if (each.get(0).equals(kind) && each.get(1) instanceof String value) {
                    found.add(value);
                }
            }
        } catch (CertificateParsingException e) {
            return List.of();
        }
        return found;
    }

    /** Returns the values of an attribute of the subject that are texts. */
    private static List<String> attributes(X509Certificate certificate, String type) {
        List<String> found = new ArrayList<>();
        try {
            String subject = certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
            for (Rdn part : new LdapName(subject).getRdns()) {
                Attribute attribute = part.toAttributes().get(type);
                if (attribute != null) {
                    NamingEnumeration<?> values = attribute.getAll();
                    while (values.hasMore()) {
                        if (values.next() instanceof String value) {
                            found.add(value);
                        }
                    }
                }
            }
        } catch (InvalidNameException e) {
            return List.of();
        } catch (NamingException e) {
            throw new IllegalStateException("Values in memory cannot be read", e);
        }
        return found;
    }
}
