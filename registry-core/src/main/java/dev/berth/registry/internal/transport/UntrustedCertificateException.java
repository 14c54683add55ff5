package dev.berth.registry.internal.transport;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/** A server's certificate was rejected. Keeps the certificate, so that the message can identify it. */
final class UntrustedCertificateException extends CertificateException {
    private static final long serialVersionUID = 1L;

    private final transient X509Certificate certificate;

    UntrustedCertificateException(X509Certificate certificate, CertificateException reason) {
        super(reason.getMessage(), reason);
        this.certificate = certificate;
    }

    String sentence(Origin origin) {
        return "The certificate of " + origin.authority() + " does not verify: " + getMessage() + ". It is for "
                + certificate.getSubjectX500Principal().getName() + ", issued by "
                + certificate.getIssuerX500Principal().getName() + ", valid until "
                + certificate.getNotAfter().toInstant() + ", sha256 fingerprint " + fingerprint()
                + ". If it is the right one, trust the authority that issued it for this host";
    }

    private String fingerprint() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            return "unknown";
        }
    }
}
