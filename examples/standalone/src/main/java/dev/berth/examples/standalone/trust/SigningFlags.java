package dev.berth.examples.standalone.trust;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.cli.UsageException;
import dev.berth.registry.scan.signature.CosignSigner;
import dev.berth.registry.scan.signature.NotationSigner;
import dev.berth.registry.scan.signature.SignatureForm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say with what, how and what is signed. */
final class SigningFlags {
    private static final int LARGEST_PREDICATE = 5 << 20;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "Sign as cosign does with this key: a cosign.key, or another private key in PEM form.")
    private @Nullable Path key;

    @Option(
            names = "--notation-key",
            paramLabel = "FILE",
            description =
                    "Sign as notation does with this private key in PEM form, whose certificate is in --certificate.")
    private @Nullable Path notationKey;

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            description = "The certificate of --notation-key in PEM form, followed by its issuers up to the root.")
    private @Nullable Path certificates;

    @Option(
            names = "--form",
            paramLabel = "FORM",
            split = ",",
            hideParamSyntax = true,
            description =
                    "How a signature of --key is kept; may be given more than once. 'tag' (default): at a tag of the"
                            + " digest, as cosign 1 and 2; 'referrer': referring to the image; 'bundle': as cosign 3.")
    private Set<String> forms = new LinkedHashSet<>();

    @Option(
            names = {"-a", "--annotation"},
            paramLabel = "KEY=VALUE",
            description = "Sign this too, with --key; may be given more than once.")
    private Map<String, String> annotations = new LinkedHashMap<>();

    @Option(
            names = "--attest",
            paramLabel = "FILE.json",
            description =
                    "Attest what this file says of the image, with --key and --type, instead of signing the image.")
    private @Nullable Path predicate;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "What kind of statement --attest makes: " + AttestationType.HELP + ".")
    private @Nullable String type;

    @Mixin
    private KeyFile keyFile = new KeyFile();

    /** Reads the keys, and returns what signs. */
    ImageSigner signer() throws IOException {
        if ((key == null) == (notationKey == null)) {
            throw new UsageException(
                    "Give one key to sign with: --key FILE, or --notation-key FILE --certificate FILE");
        }
        if ((predicate == null) != (type == null)) {
            throw new UsageException("An attestation needs both, --attest FILE and --type TYPE");
        }
        return key == null ? notation() : cosign(key);
    }

    private ImageSigner cosign(Path file) throws IOException {
        if (certificates != null) {
            throw new UsageException("--certificate belongs to --notation-key, not to --key");
        }
        List<SignatureForm> chosen = chosenForms();
        CosignSigner signer = CosignSigner.of(keyFile.read(file))
                .in(chosen.toArray(new SignatureForm[0]))
                .annotated(annotations);
        if (predicate == null || type == null) {
            return ImageSigner.of(signer, chosen);
        }
        return ImageSigner.attesting(
                signer,
                attestationForms(chosen),
                AttestationType.of(type),
                SmallFile.read(predicate, LARGEST_PREDICATE));
    }

    private List<SignatureForm> chosenForms() {
        Set<SignatureForm> chosen = new TreeSet<>();
        for (String form : forms) {
            chosen.add(
                    switch (form) {
                        case "tag" -> SignatureForm.COSIGN_TAG;
                        case "referrer" -> SignatureForm.COSIGN_REFERRER;
                        case "bundle" -> SignatureForm.BUNDLE;
                        default ->
                            throw new UsageException(
                                    "'" + form + "' is no form of signatures; write tag, referrer or bundle");
                    });
        }
        return chosen.isEmpty() ? List.of(SignatureForm.COSIGN_TAG) : List.copyOf(chosen);
    }

    /** Attestations are kept at a tag or in a bundle. */
    private static List<SignatureForm> attestationForms(List<SignatureForm> chosen) {
        List<SignatureForm> kept = new ArrayList<>();
        if (chosen.contains(SignatureForm.COSIGN_TAG)) {
            kept.add(SignatureForm.ATTESTATION_TAG);
        }
        if (chosen.contains(SignatureForm.COSIGN_REFERRER) || chosen.contains(SignatureForm.BUNDLE)) {
            kept.add(SignatureForm.BUNDLE);
        }
        return kept;
    }

    private ImageSigner notation() throws IOException {
        if (certificates == null || notationKey == null) {
            throw new UsageException("A key for notation needs its certificate: give --certificate FILE as well");
        }
        if (predicate != null || !forms.isEmpty() || !annotations.isEmpty()) {
            throw new UsageException("--attest, --form and --annotation belong to --key, not to --notation-key");
        }
        try {
            return ImageSigner.of(
                    NotationSigner.of(keyFile.read(notationKey), SmallFile.readCertificates(certificates)));
        } catch (IllegalArgumentException e) {
            throw new CommandException(certificates + " and " + notationKey + " cannot sign: " + e.getMessage() + ".");
        }
    }
}
