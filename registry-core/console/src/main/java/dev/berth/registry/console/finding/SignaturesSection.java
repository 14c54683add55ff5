package dev.berth.registry.console.finding;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.href;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.A;
import static dev.berth.registry.console.html.Tag.LI;
import static dev.berth.registry.console.html.Tag.P;
import static dev.berth.registry.console.html.Tag.SPAN;
import static dev.berth.registry.console.html.Tag.STRONG;
import static dev.berth.registry.console.html.Tag.UL;

import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.page.ImageSection;
import dev.berth.registry.console.page.LongText;
import dev.berth.registry.console.page.Section;
import dev.berth.registry.console.page.ShownImage;
import dev.berth.registry.console.page.Visit;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.scan.known.KnownImages;
import dev.berth.registry.scan.known.KnownSignature;
import dev.berth.registry.scan.known.KnownSignatures;
import dev.berth.registry.scan.signature.SignatureForm;
import java.util.ArrayList;
import java.util.List;

/** Who signed an image, and what others attest of it. */
record SignaturesSection(KnownImages known, Addresses addresses) implements ImageSection {
    private static final int MOST = 50;

    @Override
    public Html show(Visit visit, ShownImage image) {
        boolean beside = image.document()
                .filter(document -> document instanceof ImageManifest manifest
                        && manifest.layers().stream()
                                .anyMatch(layer -> SignatureForm.isContent(layer.mediaType())))
                .isPresent();
        if (beside) {
            return Html.nothing();
        }
        Repository repository = known.registry().repository(image.repository().name());
        KnownSignatures found =
                known.signatures(repository, image.manifest().descriptor());
        List<KnownSignature> signatures =
                found.all().stream().filter(one -> !one.attestation()).toList();
        List<KnownSignature> attestations =
                found.all().stream().filter(KnownSignature::attestation).toList();
        return Html.of(
                Section.of(
                        "Signatures",
                        P.of(summary(found, signatures)),
                        list(repository.name(), signatures),
                        found.complete()
                                ? Html.nothing()
                                : P.of(css("calm"), text("There are more than what was looked at."))),
                attestations.isEmpty()
                        ? Html.nothing()
                        : Section.of("Attestations", list(repository.name(), attestations)));
    }

    private static Html summary(KnownSignatures found, List<KnownSignature> signatures) {
        return switch (found.signing()) {
            case UNSIGNED -> SPAN.of(css("calm"), text("Nobody has signed it."));
            case TRUSTED -> SPAN.of(css("good"), text("Signed by somebody whom this registry trusts."));
            case NOT_TRUSTED -> text(notTrusted(found, signatures));
        };
    }

    private static String notTrusted(KnownSignatures found, List<KnownSignature> signatures) {
        if (!found.judged()) {
            return "It is signed, but this registry was told to trust nobody, so it cannot say by whom.";
        }
        return signatures.stream().anyMatch(KnownSignature::accepted)
                ? "It is signed, and a policy lets that pass without knowing by whom."
                : "It is signed, but by nobody whom this registry trusts.";
    }

    private Html list(RepositoryName repository, List<KnownSignature> all) {
        List<Html> entries = new ArrayList<>();
        all.stream().limit(MOST).forEach(one -> entries.add(entry(repository, one)));
        return entries.isEmpty() ? Html.nothing() : UL.of(css("signatures"), Html.of(entries));
    }

    private Html entry(RepositoryName repository, KnownSignature one) {
        List<Html> parts = new ArrayList<>();
        if (one.accepted()) {
            parts.add(STRONG.of(text(one.attestation() ? what(one) : "Accepted")));
            parts.add(one.signer()
                    .<Html>map(signer -> Html.of(text(", by "), LongText.name(signer)))
                    .orElse(text(", by somebody of whom no more is known")));
        } else {
            parts.add(STRONG.of(text("Not accepted")));
            parts.add(text(": "));
            parts.add(LongText.foreign(String.join("; ", one.reasons())));
        }
        one.warnings().forEach(warning -> parts.add(Html.of(text("; "), LongText.foreign(warning))));
        parts.add(Html.of(
                text(" · "),
                A.of(href(addresses.image(repository, one.manifest())), text(form(one.form())))));
        return LI.of(Html.of(parts));
    }

    static String form(SignatureForm form) {
        return switch (form) {
            case COSIGN_TAG, COSIGN_REFERRER -> "cosign";
            case BUNDLE -> "Sigstore bundle";
            case ATTESTATION_TAG -> "cosign attestation";
            case NOTATION -> "Notary Project";
        };
    }

    private static String what(KnownSignature attestation) {
        return attestation.predicateType().map(Predicates::words).orElse("Attestation");
    }
}
