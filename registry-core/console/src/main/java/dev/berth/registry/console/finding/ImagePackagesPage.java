package dev.berth.registry.console.finding;

import static dev.berth.registry.console.html.Attributes.aria;
import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.href;
import static dev.berth.registry.console.html.Attributes.when;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.A;
import static dev.berth.registry.console.html.Tag.H1;
import static dev.berth.registry.console.html.Tag.LI;
import static dev.berth.registry.console.html.Tag.NAV;
import static dev.berth.registry.console.html.Tag.P;
import static dev.berth.registry.console.html.Tag.UL;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.console.html.Element;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.html.Link;
import dev.berth.registry.console.page.Forms;
import dev.berth.registry.console.page.Frame;
import dev.berth.registry.console.page.Links;
import dev.berth.registry.console.page.LongText;
import dev.berth.registry.console.page.PageAnswer;
import dev.berth.registry.console.page.Pages;
import dev.berth.registry.console.page.Texts;
import dev.berth.registry.console.page.Visit;
import dev.berth.registry.console.view.Names;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.scan.found.FoundPackage;
import dev.berth.registry.scan.found.PackageType;
import dev.berth.registry.scan.inventory.ImageInventory;
import dev.berth.registry.scan.inventory.ImagePackage;
import dev.berth.registry.scan.known.KnownImages;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.service.ImageVerdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The packages of an image for one platform. */
record ImagePackagesPage(Frame frame, Addresses addresses, KnownImages known) implements Pages {
    private static final int ROWS = 100;
    private static final int MOST_FINDINGS = 5;
    private static final int MOST_REASONS = 20;

    @Override
    public Optional<PageAnswer> answer(Visit visit, String rest) {
        Optional<RepositoryName> name = Names.repository(rest).filter(visit::maySee);
        Optional<Digest> digest = visit.asked(Links.DIGEST).flatMap(Names::digest);
        if (name.isEmpty() || digest.isEmpty()) {
            return Optional.empty();
        }
        Repository repository = known.registry().repository(name.get());
        try {
            Manifest manifest = repository.manifests().get(digest.get());
            return ManifestDocument.parse(manifest) instanceof ImageManifest image && image.isContainerImage()
                    ? Optional.of(PageAnswer.of(page(visit, repository, manifest.digest(), image)))
                    : Optional.empty();
        } catch (RegistryException e) {
            if (e.code() == ErrorCode.MANIFEST_UNKNOWN
                    || e.code() == ErrorCode.NAME_UNKNOWN
                    || e.code() == ErrorCode.MANIFEST_INVALID) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Element page(Visit visit, Repository repository, Digest digest, ImageManifest image) {
        Optional<ImageInventory> inventory = known.reports().packages(image);
        return frame.page(
                visit,
                "Packages of " + repository.name(),
                P.of(
                        css("path"),
                        A.of(
                                href(addresses.links().repository(repository.name())),
                                text(repository.name().value())),
                        text(" / "),
                        A.of(href(addresses.image(repository.name(), digest)), Texts.digest(digest))),
                H1.of(text("Packages")),
                inventory
                        .map(known -> known(visit, repository, digest, known))
                        .orElse(P.of(
                                css("empty"),
                                text("It is not known what is in this image: its layers were not read here."))));
    }

    private Html known(Visit visit, Repository repository, Digest digest, ImageInventory inventory) {
        String wanted = visit.asked(Links.WORDS).orElse("").strip();
        Optional<PackageType> type = visit.asked(Addresses.TYPE).flatMap(PackagesPage::type);
        List<ImagePackage> shown = inventory.packages().stream()
                .filter(one -> type.map(one.found().type()::equals).orElse(true))
                .filter(one -> one.found().name().toLowerCase(Locale.ROOT).contains(wanted.toLowerCase(Locale.ROOT)))
                .toList();
        Paged<ImagePackage> page = Paged.of(visit, shown, ROWS);
        Link all = addresses.packages(repository.name(), digest);
        Link here = wanted.isEmpty() ? all : all.with(Links.WORDS, wanted);
        return Html.of(
                inventory
                        .distribution()
                        .<Html>map(system -> P.of(css("calm"), LongText.name(system.name())))
                        .orElse(Html.nothing()),
                Forms.get(
                        addresses.links().of("packages", repository.name()),
                        Forms.hidden(Links.DIGEST, digest.toString()),
                        Forms.field("Name", Links.WORDS, wanted),
                        Forms.button("Find")),
                kinds(inventory, type, here),
                shown.isEmpty()
                        ? P.of(css("empty"), text("No package fits."))
                        : table(page.rows(), findings(repository, digest)),
                Tables.pages(page.page(), page.pages(), of(type, here)),
                reasons(inventory));
    }

    private static Link of(Optional<PackageType> type, Link here) {
        return type.isPresent() ? here.with(Addresses.TYPE, type.get().id()) : here;
    }

    private static Html kinds(ImageInventory inventory, Optional<PackageType> wanted, Link here) {
        Map<PackageType, Integer> counts = new EnumMap<>(PackageType.class);
        inventory.packages().forEach(one -> counts.merge(one.found().type(), 1, Integer::sum));
        List<Html> links = new ArrayList<>();
        links.add(A.of(
                href(here),
                when(wanted.isEmpty(), aria("current", "true")),
                text("All " + inventory.packages().size())));
        counts.forEach((type, number) -> links.add(A.of(
                href(of(Optional.of(type), here)),
                when(wanted.filter(type::equals).isPresent(), aria("current", "true")),
                text(PackagesPage.words(type) + " " + number))));
        return NAV.of(css("order filters"), aria("label", "Which packages"), Html.of(links));
    }

    private record Version(String name, String version) {}

    private Map<Version, List<Finding>> findings(Repository repository, Digest digest) {
        ImageVerdict verdict = known.reports().image(repository, digest);
        Map<Version, List<Finding>> findings = new HashMap<>();
        verdict.platforms().stream()
                .flatMap(platform -> platform.open().stream())
                .forEach(finding -> findings.computeIfAbsent(
                                new Version(finding.packageName(), finding.version()), key -> new ArrayList<>())
                        .add(finding));
        return findings;
    }

    private Html table(List<ImagePackage> packages, Map<Version, List<Finding>> findings) {
        List<List<Html>> rows = new ArrayList<>();
        for (ImagePackage one : packages) {
            FoundPackage found = one.found();
            rows.add(List.of(
                    A.of(href(addresses.search(cut(found.name()))), LongText.name(found.name())),
                    LongText.name(found.version()),
                    text(PackagesPage.words(found.type())),
                    one.layer().map(Texts::digest).orElse(Html.nothing()),
                    findings(findings.getOrDefault(new Version(found.name(), found.version()), List.of()))));
        }
        return Tables.of("packages", List.of("Package", "Version", "Kind", "Layer", "Findings"), rows);
    }

    private static String cut(String name) {
        return name.substring(0, Math.min(name.length(), PackagesPage.LONGEST_NAME));
    }

    private Html findings(List<Finding> findings) {
        List<Html> links = new ArrayList<>();
        findings.stream().limit(MOST_FINDINGS).forEach(finding -> {
            links.add(text(links.isEmpty() ? "" : ", "));
            links.add(addresses.cveLink(finding.id()));
        });
        int more = findings.size() - MOST_FINDINGS;
        return Html.of(Html.of(links), more > 0 ? text(" and " + more + " more") : Html.nothing());
    }

    private static Html reasons(ImageInventory inventory) {
        if (inventory.isComplete()) {
            return Html.nothing();
        }
        return Html.of(
                P.of(text("Not everything in it was read:")),
                UL.of(Html.of(inventory.reasons().stream()
                        .limit(MOST_REASONS)
                        .map(reason -> LI.of(LongText.foreign(reason))))));
    }
}
