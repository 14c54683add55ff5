package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.registry.DeleteResult;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Manifest;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Manifests that several push and delete at the same time. */
abstract class ManifestRaceRules extends RegistryRules {
    private static final Tag ONE = tag("1");
    private static final Tag TWO = tag("2");

    private final RegistryRaceContract races;

    ManifestRaceRules(RegistryRaceContract contract) {
        super(contract);
        this.races = contract;
    }

    @Test
    void severalMayPushTheSameManifestAtTheSameTime() throws Exception {
        Repository repository = freshRepository();
        Manifest image = imageIn(repository);
        Racers.race(races.racers(), racer -> repository.manifests().put(image, ONE, tag("racer-" + racer)));
        assertHas(repository, image, ONE);
        assertThat(repository.tags().list()).hasSize(races.racers() + 1);
    }

    @Test
    void severalMayDeleteTheSameManifestAtTheSameTime() throws Exception {
        assumeTrue(contract.supportsDelete(), "The registry does not delete");
        for (int round = 0; round < races.rounds(); round++) {
            Repository repository = freshRepository();
            Manifest image = putImage(repository, ONE, TWO);
            List<DeleteResult> results =
                    Racers.race(races.racers(), racer -> repository.manifests().delete(image.digest()));
            assertThat(results).extracting(DeleteResult::deleted).contains(true);
            assertLacks(repository, image);
            assertLacks(repository, ONE);
            assertDoesNotExist(repository);
        }
    }

    @Test
    void pushesAndDeletionsAtTheSameTimeLeaveAllOrNothing() throws Exception {
        assumeTrue(contract.supportsDelete(), "The registry does not delete");
        for (int round = 0; round < races.rounds(); round++) {
            Repository repository = freshRepository();
            Manifest image = putImage(repository, ONE);
            Racers.race(
                    races.racers(),
                    racer -> racer % 2 == 0
                            ? repository.manifests().delete(image.digest())
                            : repository.manifests().put(image, ONE));
            if (repository.manifests().find(image.digest()).isEmpty()) {
                assertLacks(repository, image);
                assertLacks(repository, ONE);
                assertDoesNotExist(repository);
            } else {
                assertHas(repository, image);
                List<Tag> tags = repository.tags().list().toList();
                assertThat(repository.tags().resolve(ONE).map(Descriptor::digest))
                        .isEqualTo(tags.isEmpty() ? Optional.empty() : Optional.of(image.digest()));
            }
            // Whatever was left over, the next push is complete.
            repository.manifests().put(image, TWO);
            assertHas(repository, image, TWO);
            assertThat(repository.tags().list()).contains(TWO);
        }
    }
}
