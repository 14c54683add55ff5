package dev.berth.registry.internal.token;

import com.nimbusds.jose.util.Base64;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXCertPathValidatorResult;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Verifies chains of certificates in the headers of tokens (RFC 7515, section 4.1.6): each is signed by the next one, and the
 * last one by a known one or is one, and all are good now. Immutable.
 */
final class CertificateChains {
    private static final int LONGEST = 8;

    private final List<X509Certificate> roots;
    private final Set<TrustAnchor> anchors;

    /** The key of a chain, and from when to when all of its certificates are good. */
    record Verified(TrustedKey key, Instant notBefore, Instant notAfter) {
        boolean isGoodAt(Instant time) {
            return !time.isBefore(notBefore) && !time.isAfter(notAfter);
        }
    }

    CertificateChains(List<X509Certificate> roots) {
        this.roots = List.copyOf(roots);
        this.anchors = roots.stream().map(root -> new TrustAnchor(root, null)).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the key of the first certificate, if the chain is good. */
    Optional<Verified> verify(List<Base64> encoded, Instant now) {
        if (encoded.size() > LONGEST) {
            return Optional.empty();
        }
        try {
            List<X509Certificate> chain = parse(encoded);
            List<X509Certificate> path = new ArrayList<>(chain);
            int root = firstRoot(chain);
            if (root >= 0) {
                path = new ArrayList<>(chain.subList(0, root));
                if (!path.isEmpty()) {
                    validate(path, now);
                }
                path.add(chain.get(root));
            } else {
                path.add(validate(path, now));
            }
            return good(path, now);
        } catch (GeneralSecurityException | RuntimeException e) {
            // Parsers of certificates throw all kinds of exceptions at rubbish.
            return Optional.empty();
        }
    }

    private static List<X509Certificate> parse(List<Base64> encoded) throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> chain = new ArrayList<>();
        for (Base64 each : encoded) {
            chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(each.decode())));
        }
        return chain;
    }

    private int firstRoot(List<X509Certificate> chain) {
        for (int i = 0; i < chain.size(); i++) {
            if (roots.contains(chain.get(i))) {
                return i;
            }
        }
        return -1;
    }

    /** Returns the root that the path leads to. */
    private X509Certificate validate(List<X509Certificate> path, Instant now) throws GeneralSecurityException {
        PKIXParameters parameters = new PKIXParameters(anchors);
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(now));
        PKIXCertPathValidatorResult result = (PKIXCertPathValidatorResult) CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
        return result.getTrustAnchor().getTrustedCert();
    }

    private static Optional<Verified> good(List<X509Certificate> path, Instant now) {
        Instant notBefore = Instant.MIN;
        Instant notAfter = Instant.MAX;
        for (X509Certificate certificate : path) {
            Instant from = certificate.getNotBefore().toInstant();
            Instant until = certificate.getNotAfter().toInstant();
            notBefore = from.isAfter(notBefore) ? from : notBefore;
            notAfter = until.isBefore(notAfter) ? until : notAfter;
        }
        Verified verified = new Verified(TrustedKeys.keyOf(path.get(0)), notBefore, notAfter);
        return Optional.of(verified).filter(path0 -> path0.isGoodAt(now));
    }
}
