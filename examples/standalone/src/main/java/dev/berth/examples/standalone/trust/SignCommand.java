package dev.berth.examples.standalone.trust;

import dev.berth.examples.standalone.cli.Table;
import dev.berth.examples.standalone.cli.UsageException;
import dev.berth.examples.standalone.cli.Version;
import dev.berth.examples.standalone.images.ImageCommand;
import dev.berth.examples.standalone.images.Locations;
import dev.berth.registry.Descriptor;
import dev.berth.registry.ImageLocation;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code berth sign}: signs an image. */
@Command(
        name = "sign",
        customSynopsis = {
            "berth sign --key FILE [OPTION]... IMAGE",
            "      berth sign --notation-key FILE --certificate FILE [OPTION]... IMAGE"
        },
        description = {
            "Signs an image, and puts the signature beside it, so that 'berth verify', and cosign or notation, find it."
                    + " A signature is for one manifest: that of an index does not count for the images in it, see"
                    + " --recursive. Nothing is told to a log on the internet.",
            ""
        },
        footer = {
            "",
            "IMAGE is HOST/REPOSITORY:TAG, HOST/REPOSITORY@DIGEST or oci:DIRECTORY[:TAG]. Sign what you have checked, by"
                    + " its digest: a tag may have changed since.",
            "",
            "Examples:",
            "  berth sign --key cosign.key registry.example/team/app@sha256:…",
            "  berth sign --key cosign.key --recursive registry.example/team/app:1.0",
            "  berth sign --notation-key key.pem --certificate chain.pem registry.example/team/app:1.0",
            "  berth sign --key cosign.key --attest bom.json --type cyclonedx registry.example/team/app:1.0"
        },
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        versionProvider = Version.class)
public final class SignCommand extends ImageCommand {
    @Parameters(paramLabel = "IMAGE", description = "The image.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String image;

    @Option(
            names = "--name",
            paramLabel = "HOST/REPOSITORY",
            description = "The name that is signed. By default that of IMAGE; needed for one in a layout.")
    private @Nullable String name;

    @Mixin
    private ChosenManifests chosen = new ChosenManifests();

    @Mixin
    private SigningFlags signing = new SigningFlags();

    @Override
    public Integer call() throws IOException {
        ImageSigner signer = signing.signer();
        Table table = new Table("IMAGE", "PLATFORM", "FORM", "SIGNATURE");
        try (Locations locations = locations()) {
            ImageLocation location = locations.source(image);
            String signedName = signer.signsName() ? signedName() : "";
            for (Descriptor manifest : chosen.of(location)) {
                signer.sign(location.repository(), manifest.digest(), signedName)
                        .forEach((form, signature) -> table.row(
                                manifest.digest().toString(),
                                manifest.platform().map(Object::toString).orElse(""),
                                form,
                                signature.toString()));
            }
        }
        table.print(out());
        return 0;
    }

    private String signedName() {
        if (name != null) {
            return name;
        }
        return Locations.reference(image)
                .map(reference -> reference.registry() + "/" + reference.repository())
                .orElseThrow(() -> new UsageException(
                        "Say with --name HOST/REPOSITORY what '" + image + "' is called: that is signed too"));
    }
}
