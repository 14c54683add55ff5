package dev.berth.registry.console.finding;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.P;
import static dev.berth.registry.console.html.Tag.SPAN;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.RegistryException;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.page.ImageSection;
import dev.berth.registry.console.page.LongText;
import dev.berth.registry.console.page.Section;
import dev.berth.registry.console.page.ShownImage;
import dev.berth.registry.console.page.Visit;
import dev.berth.registry.scan.gate.GateDecision;
import dev.berth.registry.scan.known.KnownImages;
import java.util.ArrayList;
import java.util.List;

/** Whether the gate hands an image out, and what its rules say. */
record GateSection(KnownImages known) implements ImageSection {

    @Override
    public Html show(Visit visit, ShownImage image) {
        if (!known.hasGate()) {
            return Html.nothing();
        }
        ManifestSelector asked = image.tag()
                .<ManifestSelector>map(tag -> tag)
                .orElse(image.manifest().digest());
        List<GateDecision> decisions;
        try {
            decisions = known.decisions(image.repository().name(), asked);
        } catch (RegistryException e) {
            if (e.code() != ErrorCode.MANIFEST_UNKNOWN) {
                throw e;
            }
            return Html.nothing();
        }
        if (decisions.isEmpty()) {
            return Html.nothing();
        }
        boolean out = decisions.stream().allMatch(GateDecision::isHandedOut);
        List<List<Html>> rows = new ArrayList<>();
        decisions.forEach(decision -> rows.add(List.of(
                LongText.name(decision.rule()), LongText.foreign(decision.demands()), answer(decision))));
        return Section.of(
                "Rules",
                P.of(
                        out
                                ? SPAN.of(css("good"), text("This registry hands it out."))
                                : SPAN.of(css("problem"), text("This registry does not hand it out."))),
                Tables.of("rules", List.of("Rule", "Demands", "Says"), rows));
    }

    private static Html answer(GateDecision decision) {
        String word = switch (decision.answer()) {
            case ALLOWS -> "yes";
            case REFUSES -> "no: ";
            case WOULD_REFUSE -> "no, but it only tells: ";
            case UNJUDGED -> "not now: ";
            case UNJUDGED_BUT_ALLOWED -> "yes, though ";
        };
        return decision.reason().isEmpty() ? text(word) : Html.of(text(word), LongText.foreign(decision.reason()));
    }
}
