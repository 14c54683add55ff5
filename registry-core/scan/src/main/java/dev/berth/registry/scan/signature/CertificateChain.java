package dev.berth.registry.scan.signature;

import dev.berth.registry.internal.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The certificates of a signature of Notation, by the rules of its specification ("Certificate Requirements"): the one that
 * signed first, each followed by its issuer, the root last; or one that is self-signed and no authority. Says nothing about
 * whether one of them is trusted.
 */
final class CertificateChain {
    private static final int MOST = 10;
    private static final int LARGEST = 32 * 1024;
    private static final String KEY_USAGE = "2.5.29.15";
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int NON_REPUDIATION = 1;
    private static final int CERTIFICATE_SIGN = 5;
    private static final Set<String> STRONG = Set.of("SHA256", "SHA384", "SHA512");
    /** Purposes that one who signs images must not have: servers, clients, mail, timestamps, OCSP. */
    private static final Set<String> OTHER_PURPOSES = Set.of(
            "1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.4", "1.3.6.1.5.5.7.3.8", "1.3.6.1.5.5.7.3.9");

    private final List<X509Certificate> certificates;

    private CertificateChain(List<X509Certificate> certificates) {
        this.certificates = certificates;
    }

    /** Reads the certificates of an envelope, in base64. */
    static CertificateChain parse(List<String> texts) {
        if (texts.isEmpty() || texts.size() > MOST) {
            throw new RefusedException("it has " + texts.size() + " certificates, and may have 1 to " + MOST);
        }
        List<X509Certificate> certificates = new ArrayList<>();
        for (String text : texts) {
            if (text.length() > LARGEST) {
                throw new RefusedException("it has a certificate that is too large");
            }
            try {
                certificates.add((X509Certificate) CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(Base64.getDecoder().decode(text))));
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                throw new RefusedException("it has a certificate that cannot be read");
            }
        }
        return of(certificates);
    }

    static CertificateChain of(List<X509Certificate> certificates) {
        CertificateChain chain = new CertificateChain(List.copyOf(certificates));
        chain.check();
        return chain;
    }

    X509Certificate leaf() {
        return certificates.get(0);
    }

    List<X509Certificate> certificates() {
        return certificates;
    }

    /** Returns why the certificates are not valid at a time. */
    Optional<String> problemAt(Instant time) {
        for (X509Certificate certificate : certificates) {
            if (time.isBefore(certificate.getNotBefore().toInstant())) {
                return Optional.of("the certificate of " + name(certificate) + " is not valid before "
                        + certificate.getNotBefore().toInstant());
            }
            if (time.isAfter(certificate.getNotAfter().toInstant())) {
                return Optional.of("the certificate of " + name(certificate) + " expired at "
                        + certificate.getNotAfter().toInstant());
            }
        }
        return Optional.empty();
    }

    /** Returns the subject of a certificate, as it is. */
    static String subject(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    /** Returns the subject of a certificate for messages. */
    static String name(X509Certificate certificate) {
        return JsonObject.printable(subject(certificate));
    }

    private void check() {
        int last = certificates.size() - 1;
        for (int i = 0; i <= last; i++) {
            X509Certificate certificate = certificates.get(i);
            if (certificate.hasUnsupportedCriticalExtension()) {
                throw refused(certificate, "has a critical extension that is not known");
            }
            if (i == last) {
                if (!isIssuedBy(certificate, certificate)) {
                    throw refused(certificate, "is the last one, and not self-signed");
                }
            } else {
                if (isIssuedBy(certificate, certificate)) {
                    throw refused(certificate, "is self-signed, and not the last one");
                }
                if (!isIssuedBy(certificate, certificates.get(i + 1))) {
                    throw refused(certificate, "is not issued by the next one");
                }
            }
            if (i == 0) {
                checkLeaf(certificate);
            } else {
                checkAuthority(certificate, i - 1);
            }
        }
    }

    static boolean isIssuedBy(X509Certificate certificate, X509Certificate issuer) {
        try {
            if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())
                    || !isStrong(certificate)) {
                return false;
            }
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException | InvalidParameterException e) {
            return false;
        }
    }

    /** Returns whether the certificate is signed with a hash of which no collisions are known. */
    private static boolean isStrong(X509Certificate certificate) throws GeneralSecurityException {
        String algorithm = certificate.getSigAlgName();
        if (!algorithm.equals("RSASSA-PSS")) {
            return STRONG.stream().anyMatch(algorithm::startsWith) || algorithm.startsWith("Ed");
        }
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
        try {
            parameters.init(certificate.getSigAlgParams());
        } catch (IOException e) {
            return false;
        }
        return STRONG.contains(parameters
                .getParameterSpec(PSSParameterSpec.class)
                .getDigestAlgorithm()
                .replace("-", ""));
    }

    private static boolean[] keyUsage(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        Set<String> critical = certificate.getCriticalExtensionOIDs();
        if (usage == null || critical == null || !critical.contains(KEY_USAGE)) {
            throw refused(certificate, "needs a critical extension for the usage of its key");
        }
        return usage;
    }

    private static void checkLeaf(X509Certificate certificate) {
        if (certificate.getBasicConstraints() >= 0) {
            throw refused(certificate, "is one of an authority, which does not sign images");
        }
        boolean[] usage = keyUsage(certificate);
        for (int i = 0; i < usage.length; i++) {
            boolean allowed = i == DIGITAL_SIGNATURE || i == NON_REPUDIATION;
            if (usage[i] && !allowed || i == DIGITAL_SIGNATURE && !usage[i]) {
                throw refused(certificate, "is not for signatures only, by the usage of its key");
            }
        }
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            if (purposes != null && purposes.stream().anyMatch(OTHER_PURPOSES::contains)) {
                throw refused(certificate, "is for another purpose than to sign code");
            }
        } catch (CertificateParsingException e) {
            throw refused(certificate, "has purposes that cannot be read");
        }
    }

    private static void checkAuthority(X509Certificate certificate, int below) {
        if (certificate.getBasicConstraints() < below) {
            throw refused(certificate, "is no authority for so many certificates");
        }
        if (!keyUsage(certificate)[CERTIFICATE_SIGN]) {
            throw refused(certificate, "may not sign certificates, by the usage of its key");
        }
    }

    private static RefusedException refused(X509Certificate certificate, String problem) {
        return new RefusedException("the certificate of " + name(certificate) + " " + problem);
    }
}
