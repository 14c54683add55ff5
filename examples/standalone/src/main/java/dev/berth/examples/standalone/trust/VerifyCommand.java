package dev.berth.examples.standalone.trust;

import dev.berth.examples.standalone.cli.UsageException;
import dev.berth.examples.standalone.cli.Version;
import dev.berth.examples.standalone.images.ImageCommand;
import dev.berth.examples.standalone.images.Locations;
import dev.berth.registry.Descriptor;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.scan.signature.SignatureVerifier;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code berth verify}: says who signed an image. */
@Command(
        name = "verify",
        customSynopsis = {
            "berth verify --key FILE [OPTION]... IMAGE",
            "      berth verify --notation-trust DIRECTORY [OPTION]... IMAGE"
        },
        description = {
            "Says who signed an image, and of each signature that is refused, why. Ends with exit code 0 only if somebody"
                    + " who is trusted signed the manifest that IMAGE names; see --recursive. Nobody is asked over the"
                    + " network but the registry.",
            ""
        },
        footer = {
            "",
            "IMAGE is written as for 'berth copy'; the name of a tar needs no prefix.",
            "",
            "Examples:",
            "  berth verify --key cosign.pub registry.example/team/app:1.0",
            "  berth verify --key cosign.pub --recursive --output json registry.example/team/app:1.0",
            "  berth verify --notation-trust ~/.config/notation registry.example/team/app:1.0",
            "  berth verify --key cosign.pub --attestation cyclonedx registry.example/team/app:1.0"
        },
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        versionProvider = Version.class)
public final class VerifyCommand extends ImageCommand {
    private static final int NOT_TRUSTED = 1;

    @Parameters(paramLabel = "IMAGE", description = "The image.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String image;

    @Mixin
    private TrustFlags trust = new TrustFlags();

    @Mixin
    private ChosenManifests chosen = new ChosenManifests();

    @Option(
            names = "--attestation",
            paramLabel = "TYPE",
            description = "Want an attestation of this type instead of a signature: " + AttestationType.HELP + ".")
    private @Nullable String attestation;

    @Option(names = "--output", paramLabel = "FORM", description = "What is printed: table (default) or json.")
    private String output = "table";

    @Override
    public Integer call() throws IOException {
        if (!output.equals("table") && !output.equals("json")) {
            throw new UsageException("'" + output + "' is no form of output; write table or json");
        }
        Optional<String> wanted = Optional.ofNullable(attestation).map(AttestationType::of);
        SignatureVerifier verifier = trust.verifier(image);
        List<VerifiedManifest> verified = new ArrayList<>();
        try (Locations locations = locations()) {
            ImageLocation location = locations.source(image);
            for (Descriptor manifest : chosen.of(location)) {
                verified.add(new VerifiedManifest(manifest, verifier.verify(location.repository(), manifest), wanted));
            }
        }
        if (output.equals("json")) {
            out().println(SignatureJson.of(image, verified));
            out().flush();
        } else {
            SignatureTable.print(verified, out());
        }
        return verified.stream().allMatch(VerifiedManifest::isTrusted) ? 0 : NOT_TRUSTED;
    }
}
