package dev.berth.registry.scan.signature;

import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of certificates that do not count any more.
 *
 * @param lists lists of their issuers
 * @param withdrawn those that the operator does not want
 */
record RevocationLists(List<X509CRL> lists, Set<X509Certificate> withdrawn) {
    private static final String DISTRIBUTION_POINTS = "2.5.29.31";
    private static final String AUTHORITY_ACCESS = "1.3.6.1.5.5.7.1.1";

    /** Returns which certificate of a chain the operator withdrew. */
    Optional<String> withdrawnOf(CertificateChain chain) {
        return chain.certificates().stream()
                .filter(withdrawn::contains)
                .findFirst()
                .map(certificate -> "the certificate of " + CertificateChain.name(certificate) + " was withdrawn");
    }

    /** Returns why a chain cannot be taken for one that was not revoked. */
    Optional<String> problem(CertificateChain chain, Instant now) {
        List<X509Certificate> certificates = chain.certificates();
        for (int i = 0; i + 1 < certificates.size(); i++) {
            X509Certificate certificate = certificates.get(i);
            X509Certificate issuer = certificates.get(i + 1);
            List<X509CRL> ofIssuer =
                    lists.stream().filter(list -> isOf(list, issuer)).toList();
            if (ofIssuer.stream().anyMatch(list -> list.getRevokedCertificate(certificate) != null)) {
                return Optional.of("the certificate of " + CertificateChain.name(certificate) + " was revoked");
            }
            boolean known = ofIssuer.stream().anyMatch(list -> isCurrent(list, now));
            boolean revocable = certificate.getExtensionValue(DISTRIBUTION_POINTS) != null
                    || certificate.getExtensionValue(AUTHORITY_ACCESS) != null;
            if (revocable && !known) {
                return Optional.of("it is not known whether the certificate of " + CertificateChain.name(certificate)
                        + " was revoked, as there is no current list of its issuer");
            }
        }
        return Optional.empty();
    }

    private static boolean isOf(X509CRL list, X509Certificate issuer) {
        try {
            if (!list.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
                return false;
            }
            list.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** A list with critical extensions covers some certificates only, or changes another list. */
    private static boolean isCurrent(X509CRL list, Instant now) {
        return !list.hasUnsupportedCriticalExtension()
                && (list.getCriticalExtensionOIDs() == null
                        || list.getCriticalExtensionOIDs().isEmpty())
                && !now.isBefore(list.getThisUpdate().toInstant())
                && list.getNextUpdate() != null
                && !now.isAfter(list.getNextUpdate().toInstant());
    }
}
