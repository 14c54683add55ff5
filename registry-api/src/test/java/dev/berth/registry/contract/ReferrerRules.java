package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Listing;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.PutResult;
import dev.berth.registry.ReferrerFilter;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Listing the manifests that refer to another one. */
@Tag("end-12a")
@Tag("end-12b")
abstract class ReferrerRules extends RegistryRules {
    private static final String SIGNATURE = "application/vnd.example.signature";
    private static final String SBOM = "application/vnd.example.sbom";

    ReferrerRules(RegistryContract contract) {
        super(contract);
    }

    /** Pushes a manifest of this artifact type that refers to the subject, and returns how it is to be listed. */
    private static Descriptor refer(Repository repository, Descriptor subject, String artifactType) {
        Manifest referrer = ManifestText.imageWithContentIn(repository)
                .artifactType(artifactType)
                .subject(subject)
                .manifest();
        repository.manifests().put(referrer);
        return referrer.descriptor().withArtifactType(artifactType);
    }

    private static Descriptor absentManifest() {
        return Descriptor.of(MediaTypes.OCI_MANIFEST, Digest.sha256(freshBytes(10)), 10);
    }

    @Test
    void aReferrerIsListed() {
        Repository repository = freshRepository();
        Manifest subject = putImage(repository, tag("1"));
        assertThat(repository.manifests().referrers(subject.digest())).isEmpty();
        Descriptor referrer = refer(repository, subject.descriptor(), SIGNATURE);
        assertThat(repository.manifests().referrers(subject.digest())).containsExactly(referrer);
        assertThat(repository.manifests().referrers(referrer.digest())).isEmpty();
    }

    @Test
    void thePushOfAReferrerTellsItsSubject() {
        Repository repository = freshRepository();
        Manifest subject = putImage(repository);
        Manifest referrer = ManifestText.imageWithContentIn(repository)
                .subject(subject.descriptor())
                .manifest();
        PutResult result = repository.manifests().put(referrer, tag("1"));
        assertThat(result.subject()).contains(subject.digest());
        assertThat(repository.manifests().put(subject).subject()).isEmpty();
    }

    @Test
    void theSubjectOfAReferrerMayComeLater() {
        Repository repository = freshRepository();
        Manifest subject = imageIn(repository);
        Descriptor referrer = refer(repository, subject.descriptor(), SIGNATURE);
        assertThat(repository.manifests().referrers(subject.digest())).containsExactly(referrer);
        repository.manifests().put(subject, tag("1"));
        assertThat(repository.manifests().referrers(subject.digest())).containsExactly(referrer);
    }

    @Test
    void theSubjectOfAReferrerMayGo() {
        assumeTrue(contract.supportsDelete(), "The registry does not delete");
        Repository repository = freshRepository();
        Manifest subject = putImage(repository);
        Descriptor referrer = refer(repository, subject.descriptor(), SIGNATURE);
        repository.manifests().delete(subject.digest());
        assertThat(repository.manifests().referrers(subject.digest())).containsExactly(referrer);
    }

    @Test
    void aReferrerThatIsDeletedIsNotListed() {
        assumeTrue(contract.supportsDelete(), "The registry does not delete");
        Repository repository = freshRepository();
        Manifest subject = putImage(repository);
        Descriptor stays = refer(repository, subject.descriptor(), SIGNATURE);
        Descriptor goes = refer(repository, subject.descriptor(), SIGNATURE);
        repository.manifests().delete(goes.digest());
        assertThat(repository.manifests().referrers(subject.digest())).containsExactly(stays);
    }

    @Test
    void whatNobodyRefersToHasNoReferrers() {
        Repository repository = freshRepository();
        assertThat(repository.manifests().referrers(Digest.sha256(freshBytes(10))))
                .isEmpty();
        Manifest image = putImage(repository);
        assertThat(repository.manifests().referrers(image.digest())).isEmpty();
        assertThat(repository.manifests().referrers(Digest.sha256(freshBytes(10))))
                .isEmpty();
    }

    @Test
    void aReferrerIsListedInItsRepositoryOnly() {
        Repository repository = freshRepository();
        Descriptor subject = absentManifest();
        refer(repository, subject, SIGNATURE);
        Repository other = freshRepository();
        assertThat(other.manifests().referrers(subject.digest())).isEmpty();
        putImage(other);
        assertThat(other.manifests().referrers(subject.digest())).isEmpty();
    }

    @Test
    void onlyTheWantedArtifactTypesAreListed() {
        Repository repository = freshRepository();
        Descriptor subject = absentManifest();
        List<Descriptor> signatures = new ArrayList<>();
        List<Descriptor> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Descriptor signature = refer(repository, subject, SIGNATURE);
            signatures.add(signature);
            all.add(signature);
            all.add(refer(repository, subject, SBOM));
        }
        assertThat(repository.manifests().referrers(subject.digest())).containsExactlyInAnyOrderElementsOf(all);
        Listing<Descriptor, Digest> filtered =
                repository.manifests().referrers(subject.digest(), ReferrerFilter.ofArtifactType(SIGNATURE));
        assertThat(filtered).containsExactlyInAnyOrderElementsOf(signatures);
        assertThat(filtered.limit(2)).hasSize(2).isSubsetOf(signatures);
        assertThat(repository
                        .manifests()
                        .referrers(subject.digest(), ReferrerFilter.ofArtifactType("application/vnd.example.none")))
                .isEmpty();
    }

    @Test
    void referrersAreListedInTheOrderOfTheirDigestsFromAnywhere() {
        Repository repository = freshRepository();
        Descriptor subject = absentManifest();
        List<Descriptor> referrers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            referrers.add(refer(repository, subject, SIGNATURE));
        }
        for (int i = 0; i < 2; i++) {
            Manifest bySha512 = ManifestText.index()
                    .subject(subject)
                    .annotation("number", "" + i)
                    .manifest(DigestAlgorithm.SHA512);
            repository.manifests().put(bySha512);
            referrers.add(bySha512.descriptor().withAnnotations(Map.of("number", "" + i)));
        }
        referrers.sort(Comparator.comparing(Descriptor::digest));
        Listing<Descriptor, Digest> listing = repository.manifests().referrers(subject.digest());
        assertThat(listing).containsExactlyElementsOf(referrers);
        List<Digest> places =
                new ArrayList<>(referrers.stream().map(Descriptor::digest).toList());
        places.add(absentManifest().digest());
        for (Digest place : places) {
            List<Descriptor> behind = referrers.stream()
                    .filter(each -> each.digest().compareTo(place) > 0)
                    .toList();
            assertThat(listing.after(place)).as("after %s", place).containsExactlyElementsOf(behind);
            assertThat(listing.after(place).limit(2))
                    .as("2 after %s", place)
                    .containsExactlyElementsOf(behind.subList(0, Math.min(2, behind.size())));
        }
    }

    @Test
    void theTypeOfTheConfigStandsInForAnArtifactType() {
        Repository repository = freshRepository();
        Descriptor subject = absentManifest();
        String configType = "application/vnd.example.config";
        Manifest referrer = ManifestText.of(MediaTypes.OCI_MANIFEST)
                .withContentIn(repository, configType, MediaTypes.OCI_LAYER_TAR)
                .subject(subject)
                .manifest();
        repository.manifests().put(referrer);
        assertThat(repository.manifests().referrers(subject.digest(), ReferrerFilter.ofArtifactType(configType)))
                .containsExactly(referrer.descriptor().withArtifactType(configType));
    }

    @Test
    void anIndexCanRefer() {
        Repository repository = freshRepository();
        Descriptor subject = absentManifest();
        Manifest typed = ManifestText.index()
                .artifactType(SBOM)
                .child(putImage(repository).descriptor())
                .subject(subject)
                .manifest();
        repository.manifests().put(typed);
        assertThat(repository.manifests().referrers(subject.digest()))
                .containsExactly(typed.descriptor().withArtifactType(SBOM));
        Manifest untyped = ManifestText.index().subject(subject).manifest();
        repository.manifests().put(untyped);
        assertThat(repository.manifests().referrers(subject.digest())).contains(untyped.descriptor());
        assertThat(repository.manifests().referrers(subject.digest(), ReferrerFilter.ofArtifactType(SBOM)))
                .containsExactly(typed.descriptor().withArtifactType(SBOM));
    }

    @Test
    void theAnnotationsOfAReferrerAreListed() {
        Repository repository = freshRepository();
        Descriptor subject = absentManifest();
        Manifest referrer = ManifestText.imageWithContentIn(repository)
                .artifactType(SBOM)
                .subject(subject)
                .annotation("org.example.one", "1")
                .annotation("org.example.two", "")
                .manifest();
        repository.manifests().put(referrer);
        assertThat(repository.manifests().referrers(subject.digest()))
                .containsExactly(referrer.descriptor()
                        .withArtifactType(SBOM)
                        .withAnnotations(Map.of("org.example.one", "1", "org.example.two", "")));
    }

    @Test
    void aSubjectMayHaveASha512() {
        Repository repository = freshRepository();
        Manifest subject = ManifestText.imageWithContentIn(repository).manifest(DigestAlgorithm.SHA512);
        repository.manifests().put(subject);
        Descriptor referrer = refer(repository, subject.descriptor(), SIGNATURE);
        assertThat(repository.manifests().referrers(subject.digest())).containsExactly(referrer);
    }

    @Test
    void aReferrerCanHaveReferrers() {
        Repository repository = freshRepository();
        Manifest image = putImage(repository);
        Descriptor sbom = refer(repository, image.descriptor(), SBOM);
        Descriptor signature =
                refer(repository, Descriptor.of(sbom.mediaType(), sbom.digest(), sbom.size()), SIGNATURE);
        assertThat(repository.manifests().referrers(image.digest())).containsExactly(sbom);
        assertThat(repository.manifests().referrers(sbom.digest())).containsExactly(signature);
    }

    @Test
    void aReferrerIsListedOnceHoweverOftenItIsPushed() {
        Repository repository = freshRepository();
        Descriptor subject = absentManifest();
        Manifest referrer =
                ManifestText.imageWithContentIn(repository).subject(subject).manifest();
        repository.manifests().put(referrer, tag("1"));
        repository.manifests().put(referrer, tag("2"));
        assertThat(repository.manifests().referrers(subject.digest())).hasSize(1);
        if (contract.supportsDelete()) {
            repository.manifests().delete(referrer.digest());
            assertThat(repository.manifests().referrers(subject.digest())).isEmpty();
            repository.manifests().put(referrer);
            assertThat(repository.manifests().referrers(subject.digest())).hasSize(1);
        }
    }

    @Test
    void referrersAreSeenByOtherProcesses() {
        Repository repository = freshRepository();
        Descriptor subject = absentManifest();
        try (Registry elsewhere = openElsewhere()) {
            Listing<Descriptor, Digest> listing =
                    elsewhere.repository(repository.name()).manifests().referrers(subject.digest());
            assertThat(listing).isEmpty();
            Descriptor referrer = refer(repository, subject, SIGNATURE);
            assertThat(listing).containsExactly(referrer);
        }
    }
}
