package dev.berth.registry.scan.api;

import dev.berth.registry.Descriptor;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.Action;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.scan.found.PackageType;
import dev.berth.registry.scan.inventory.ImageInventory;
import dev.berth.registry.scan.inventory.ImagePackage;
import dev.berth.registry.scan.known.KnownImages;
import dev.berth.registry.scan.service.PackageQuestion;
import dev.berth.registry.scan.service.PackageUse;
import dev.berth.registry.server.RegistryResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The operations of the API about packages, signatures, SBOMs, and the gate. */
final class KnownResource {
    private static final String REFERENCE = "reference";
    private static final int PACKAGES = 100;
    private static final int MOST_PACKAGES = 1_000;
    private static final int MOST_PAGES = 100_000;
    private static final int USES = 100;
    private static final int MOST_USES = 500;

    private final KnownImages known;

    KnownResource(KnownImages known) {
        this.known = known;
    }

    List<ScanRoute> routes() {
        String repository = Parameters.REPOSITORY;
        Optional<Action> pull = Optional.of(Action.PULL);
        return List.of(
                ScanResource.route(
                        "GET", "packages", this::packages, pull, repository, REFERENCE, "q", "page", "limit"),
                ScanResource.route("GET", "signatures", this::signatures, pull, repository, REFERENCE),
                ScanResource.route("GET", "sboms", this::sboms, pull, repository, REFERENCE),
                ScanResource.route("GET", "rules", this::rules, pull, repository, REFERENCE),
                ScanResource.route(
                        "GET", "uses", this::uses, Optional.empty(), "name", "version", "type", "after", "limit"));
    }

    private RegistryResponse packages(ScanCall call) throws IOException {
        Manifest manifest = call.repository().manifests().get(call.parameters().reference(REFERENCE));
        if (!(ManifestDocument.parse(manifest) instanceof ImageManifest image)) {
            throw Parameters.invalid(
                    "Packages are those of one image; ask for one of those of this index by its digest");
        }
        String wanted = call.parameters().find("q").orElse("").toLowerCase(Locale.ROOT);
        int limit = call.parameters().limit(PACKAGES, MOST_PACKAGES);
        int page = call.parameters().number("page", 1, MOST_PAGES);
        Optional<ImageInventory> inventory = known.reports().packages(image);
        List<ImagePackage> fitting = inventory.stream()
                .flatMap(all -> all.packages().stream())
                .filter(one -> one.found().name().toLowerCase(Locale.ROOT).contains(wanted))
                .toList();
        List<ImagePackage> shown =
                fitting.stream().skip((page - 1L) * limit).limit(limit).toList();
        return ScanResource.json(
                200,
                ScanJson.of(json -> KnownJson.packages(
                        json, call.parameters().repository(), manifest.digest(), inventory, fitting.size(), shown)));
    }

    private RegistryResponse signatures(ScanCall call) throws IOException {
        Repository repository = call.repository();
        Descriptor manifest = find(repository, call.parameters().reference(REFERENCE));
        var found = known.signatures(repository, manifest);
        return ScanResource.json(
                200, ScanJson.of(json -> KnownJson.signatures(json, repository.name(), manifest.digest(), found)));
    }

    private RegistryResponse sboms(ScanCall call) throws IOException {
        Repository repository = call.repository();
        Manifest image = repository.manifests().get(call.parameters().reference(REFERENCE));
        var found = known.sboms(repository, image, Optional.empty());
        return ScanResource.json(
                200, ScanJson.of(json -> KnownJson.sboms(json, repository.name(), image.digest(), found)));
    }

    private RegistryResponse rules(ScanCall call) throws IOException {
        RepositoryName repository = call.parameters().repository();
        ManifestSelector selector = call.parameters().reference(REFERENCE);
        Descriptor manifest = find(call.repository(), selector);
        var decisions = known.decisions(repository, selector);
        return ScanResource.json(
                200, ScanJson.of(json -> KnownJson.rules(json, repository, manifest.digest(), decisions)));
    }

    private static Descriptor find(Repository repository, ManifestSelector selector) {
        return repository
                .manifests()
                .find(selector)
                .orElseThrow(() -> RegistryException.of(
                        ErrorCode.MANIFEST_UNKNOWN, "There is no manifest " + selector + " in " + repository.name()));
    }

    private RegistryResponse uses(ScanCall call) throws IOException {
        PackageQuestion question = new PackageQuestion(
                call.parameters().get("name"),
                call.parameters().find("version"),
                call.parameters().find("type").map(KnownResource::type));
        int limit = call.parameters().limit(USES, MOST_USES);
        List<PackageUse> found = known.reports()
                .imagesWith(question, visible(call), call.parameters().image("after"), limit + 1);
        List<PackageUse> shown = found.subList(0, Math.min(limit, found.size()));
        return ScanResource.json(200, ScanJson.of(json -> KnownJson.uses(json, question, shown, found.size() > limit)));
    }

    private static PackageType type(String id) {
        for (PackageType type : PackageType.values()) {
            if (type.id().equals(id)) {
                return type;
            }
        }
        throw Parameters.invalid("The type is one of package URLs: deb, apk, rpm, maven, golang, cargo, npm, pypi");
    }

    /** Whether a caller may see a repository is asked once for each. */
    private static Predicate<RepositoryName> visible(ScanCall call) {
        Map<RepositoryName, Boolean> asked = new HashMap<>();
        return name -> asked.computeIfAbsent(name, repository -> maySee(call, repository));
    }

    private static boolean maySee(ScanCall call, RepositoryName name) {
        try {
            var unused = call.view().repository(name).tags().list().limit(1).toList();
            return true;
        } catch (RegistryException e) {
            return switch (e.code()) {
                case DENIED, UNAUTHORIZED, NAME_UNKNOWN -> false;
                default -> throw e;
            };
        }
    }
}
