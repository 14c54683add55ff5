package dev.berth.registry.console.finding;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.href;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.A;
import static dev.berth.registry.console.html.Tag.H1;
import static dev.berth.registry.console.html.Tag.LI;
import static dev.berth.registry.console.html.Tag.P;
import static dev.berth.registry.console.html.Tag.UL;

import dev.berth.registry.console.catalog.Catalog;
import dev.berth.registry.console.catalog.SafetyLists;
import dev.berth.registry.console.html.Element;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.html.Link;
import dev.berth.registry.console.page.Forms;
import dev.berth.registry.console.page.Frame;
import dev.berth.registry.console.page.Links;
import dev.berth.registry.console.page.LongText;
import dev.berth.registry.console.page.PageAnswer;
import dev.berth.registry.console.page.Pages;
import dev.berth.registry.console.page.Section;
import dev.berth.registry.console.page.Texts;
import dev.berth.registry.console.page.Visit;
import dev.berth.registry.scan.found.FoundPackage;
import dev.berth.registry.scan.found.PackageType;
import dev.berth.registry.scan.known.KnownImages;
import dev.berth.registry.scan.service.ImageKey;
import dev.berth.registry.scan.service.PackageQuestion;
import dev.berth.registry.scan.service.PackageUse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks for a CVE, or for a package: which images have it. Below it, the packages of an image. */
record PackagesPage(
        Frame frame,
        Addresses addresses,
        KnownImages known,
        Catalog catalog,
        SafetyLists safety,
        ImagePackagesPage ofImage)
        implements Pages {
    static final int LONGEST_NAME = 200;

    private static final int ROWS = 25;
    private static final int MOST_NAMES = 30;
    private static final int MOST_VERSIONS = 10;

    @Override
    public Optional<PageAnswer> answer(Visit visit, String rest) {
        if (visit.isPost()) {
            return Optional.empty();
        }
        return rest.isEmpty() ? Optional.of(PageAnswer.of(page(visit))) : ofImage.answer(visit, rest);
    }

    private Element page(Visit visit) {
        Optional<String> name = visit.asked(Addresses.NAME).map(String::strip).filter(text -> text.length() <= LONGEST_NAME);
        Optional<String> version =
                visit.asked(Addresses.VERSION).map(String::strip).filter(text -> text.length() <= LONGEST_NAME);
        Optional<PackageType> type = visit.asked(Addresses.TYPE).flatMap(PackagesPage::type);
        return frame.page(
                visit,
                "Security",
                H1.of(text("Security")),
                P.of(css("calm"), text("Which images have a CVE, or a package, as far as you may see them.")),
                Section.of(
                        "Find a CVE",
                        Forms.get(
                                addresses.links().to(Addresses.CVE),
                                Forms.field("CVE or advisory", Addresses.ID, ""),
                                Forms.button("Find"))),
                Section.of(
                        "Find a package",
                        Forms.get(
                                addresses.search(),
                                Forms.field("Name", Addresses.NAME, name.orElse("")),
                                Forms.field("Version, if only one matters", Addresses.VERSION, version.orElse("")),
                                Forms.choice(
                                        "Kind",
                                        Addresses.TYPE,
                                        types(),
                                        type.map(PackageType::id).orElse("")),
                                Forms.button("Find"))),
                name.map(text -> results(visit, new PackageQuestion(text, version, type)))
                        .orElse(Html.nothing()));
    }

    private static Map<String, String> types() {
        Map<String, String> types = new LinkedHashMap<>();
        types.put("", "any");
        for (PackageType type : PackageType.values()) {
            types.put(type.id(), words(type));
        }
        return types;
    }

    static Optional<PackageType> type(String id) {
        for (PackageType type : PackageType.values()) {
            if (type.id().equals(id)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    static String words(PackageType type) {
        return switch (type) {
            case DEB -> "Debian (deb)";
            case APK -> "Alpine (apk)";
            case RPM -> "Red Hat, SUSE (rpm)";
            case MAVEN -> "Java (Maven)";
            case GOLANG -> "Go";
            case CARGO -> "Rust (Cargo)";
            case NPM -> "JavaScript (npm)";
            case PYPI -> "Python (PyPI)";
        };
    }

    private Html results(Visit visit, PackageQuestion question) {
        Optional<ImageKey> after = Cursor.of(visit);
        List<PackageUse> found = known.reports().imagesWith(question, visit::maySee, after, ROWS + 1);
        if (found.isEmpty()) {
            return Section.of(
                    "Images that have it",
                    P.of(css("empty"), text("No scanned image that you may see has it.")),
                    similar(visit, question));
        }
        List<PackageUse> shown = found.subList(0, Math.min(ROWS, found.size()));
        ImageNames names = new ImageNames(catalog, safety, addresses);
        List<List<Html>> rows = new ArrayList<>();
        shown.forEach(use -> rows.add(List.of(names.of(use.image()), versions(use.packages()), kinds(use.packages()))));
        return Section.of(
                "Images that have it",
                Tables.of("images", List.of("Image", "Version", "Kind"), rows),
                found.size() > ROWS
                        ? Tables.next(address(question)
                                .with(Links.AFTER, shown.get(ROWS - 1).image().toString()))
                        : Html.nothing());
    }

    private Link address(PackageQuestion question) {
        Link link = addresses.search(question.name());
        if (question.version().isPresent()) {
            link = link.with(Addresses.VERSION, question.version().get());
        }
        return question.type().isPresent()
                ? link.with(Addresses.TYPE, question.type().get().id())
                : link;
    }

    private static Html versions(List<FoundPackage> packages) {
        List<String> versions =
                packages.stream().map(FoundPackage::version).distinct().toList();
        int more = versions.size() - MOST_VERSIONS;
        List<Html> shown = new ArrayList<>();
        versions.stream().limit(MOST_VERSIONS).forEach(version -> {
            shown.add(text(shown.isEmpty() ? "" : ", "));
            shown.add(LongText.name(version));
        });
        return Html.of(
                Html.of(shown), more > 0 ? text(" and " + Texts.count(more, "more version")) : Html.nothing());
    }

    private static Html kinds(List<FoundPackage> packages) {
        return text(String.join(
                ", ",
                packages.stream()
                        .map(FoundPackage::type)
                        .distinct()
                        .map(PackagesPage::words)
                        .toList()));
    }

    /** Names that have the text in them: people rarely know the whole name. */
    private Html similar(Visit visit, PackageQuestion question) {
        List<String> names = known.reports().packagesLike(question.name(), visit::maySee, MOST_NAMES);
        if (names.isEmpty()) {
            return Html.nothing();
        }
        return Html.of(
                P.of(text("Packages with this in their name:")),
                UL.of(
                        css("names"),
                        Html.of(names.stream()
                                .map(name -> LI.of(A.of(href(addresses.search(name)), LongText.name(name)))))));
    }
}
