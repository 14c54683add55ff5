package dev.berth.examples.standalone.trust;

import dev.berth.examples.standalone.cli.Table;
import dev.berth.examples.standalone.cli.Text;
import dev.berth.registry.scan.signature.CheckedSignature;
import java.io.PrintWriter;
import java.util.List;

/** Prints for people what was found beside images. */
final class SignatureTable {
    private SignatureTable() {}

    static void print(List<VerifiedManifest> images, PrintWriter out) {
        for (VerifiedManifest image : images) {
            List<CheckedSignature> found = image.signatures().all();
            if (!found.isEmpty()) {
                Table table = new Table("RESULT", "WHAT", "FORM", "BY", "WHY");
                found.forEach(signature -> table.row(
                        signature.isAccepted() ? "accepted" : "refused",
                        what(signature),
                        FormWords.of(signature.form()),
                        signature.signer().orElse(""),
                        why(signature)));
                table.print(out);
            }
            out.println(Text.printable((image.isTrusted() ? "Trusted: " : "Not trusted: ") + image.explanation()));
        }
        out.flush();
    }

    private static String what(CheckedSignature signature) {
        return signature.attestation()
                ? signature.predicateType().map(type -> "attestation " + type).orElse("attestation")
                : "signature";
    }

    private static String why(CheckedSignature signature) {
        return String.join("; ", signature.isAccepted() ? signature.warnings() : signature.refusals());
    }
}
