package dev.berth.examples.standalone.trust;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.cli.UsageException;
import dev.berth.examples.standalone.images.Locations;
import dev.berth.registry.Reference;
import dev.berth.registry.scan.signature.NotationTrust;
import dev.berth.registry.scan.signature.SignatureVerifier;
import dev.berth.registry.scan.signature.SignedName;
import dev.berth.registry.scan.signature.TrustedKey;
import dev.berth.registry.scan.signature.TrustedKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say whose signatures are trusted, and for which name. */
final class TrustFlags {
    @Option(
            names = "--key",
            paramLabel = "FILE",
            description =
                    "Trust signatures by this public key: a cosign.pub, or another one in PEM form. May be given more"
                            + " than once.")
    private Set<Path> keys = new LinkedHashSet<>();

    @Option(
            names = "--notation-trust",
            paramLabel = "DIRECTORY",
            description = "Trust what the policies in this directory of notation trust: trustpolicy.oci.json (or"
                    + " trustpolicy.json), truststore/x509/..., and lists of withdrawn certificates in crl/.")
    private @Nullable Path notation;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description = "What the policies of notation call the registry. By default as IMAGE does.")
    private @Nullable String host;

    @Option(
            names = "--name",
            paramLabel = "HOST/REPOSITORY",
            description = "A name that signatures may be for, and no other; may be given more than once. By default the"
                    + " repository must be that of IMAGE, in whatever registry; of an image in a layout any.")
    private Set<String> names = new LinkedHashSet<>();

    @Option(
            names = "--any-name",
            description = "Accept signatures for every name, as 'cosign verify' does: only the digest counts.")
    private boolean anyName;

    /** Reads the keys and policies, and returns what verifies. */
    SignatureVerifier verifier(String image) throws IOException {
        if (keys.isEmpty() && notation == null) {
            throw new UsageException("Say who is trusted: --key FILE, --notation-trust DIRECTORY, or both");
        }
        SignatureVerifier.Builder builder = SignatureVerifier.builder();
        Optional<Reference> reference = Locations.reference(image);
        builder.keys(trustedKeys()).name(name(reference));
        Optional.ofNullable(host).or(() -> reference.map(Reference::registry)).ifPresent(builder::host);
        if (notation != null) {
            builder.notation(policies(notation));
        }
        return builder.build();
    }

    private TrustedKeys trustedKeys() throws IOException {
        List<TrustedKey> trusted = new ArrayList<>();
        for (Path file : keys) {
            String pem = SmallFile.readKey(file);
            try {
                trusted.add(TrustedKey.parse(file.toString(), pem));
            } catch (IllegalArgumentException e) {
                throw new CommandException(e.getMessage() + ".");
            }
        }
        try {
            return TrustedKeys.of(trusted);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private static NotationTrust policies(Path directory) throws IOException {
        try {
            return NotationTrust.load(directory);
        } catch (IllegalArgumentException e) {
            throw new CommandException("The policies in " + directory + " cannot be used: " + e.getMessage() + ".");
        }
    }

    private SignedName name(Optional<Reference> reference) {
        if (anyName) {
            if (!names.isEmpty()) {
                throw new UsageException("Give --name or --any-name, not both");
            }
            return SignedName.any();
        }
        if (names.isEmpty()) {
            return reference.isPresent() ? SignedName.sameRepository() : SignedName.any();
        }
        try {
            return SignedName.exactly(List.copyOf(names));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--name: " + e.getMessage());
        }
    }
}
