package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.PutOptions;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.TagCondition;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tags that several set and delete at the same time. */
abstract class TagRaceRules extends RegistryRules {
    private static final Tag ONE = tag("1");
    private static final Tag TWO = tag("2");

    private final RegistryRaceContract races;

    TagRaceRules(RegistryRaceContract contract) {
        super(contract);
        this.races = contract;
    }

    @Test
    void severalMayDeleteTheSameTagAtTheSameTime() throws Exception {
        assumeTrue(contract.supportsTagDelete(), "The registry does not delete tags alone");
        for (int round = 0; round < races.rounds(); round++) {
            Repository repository = freshRepository();
            Manifest image = putImage(repository, ONE, TWO);
            List<Boolean> deleted =
                    Racers.race(races.racers(), racer -> repository.tags().delete(ONE));
            assertThat(deleted).contains(true);
            assertLacks(repository, ONE);
            assertHas(repository, image, TWO);
            assertThat(repository.tags().list()).containsExactly(TWO);
        }
    }

    @Test
    void settingAndDeletingATagAtTheSameTimeLeavesAllOrNothing() throws Exception {
        assumeTrue(contract.supportsTagDelete(), "The registry does not delete tags alone");
        for (int round = 0; round < races.rounds(); round++) {
            Repository repository = freshRepository();
            Manifest image = putImage(repository, ONE);
            Racers.race(
                    races.racers(),
                    racer -> racer % 2 == 0
                            ? repository.tags().delete(ONE)
                            : repository.tags().put(ONE, image.digest()));
            if (repository.tags().resolve(ONE).isPresent()) {
                assertHas(repository, image, ONE);
                assertThat(repository.tags().list()).containsExactly(ONE);
            } else {
                assertLacks(repository, ONE);
                assertThat(repository.tags().list()).isEmpty();
            }
            assertHas(repository, image);
        }
    }

    @Test
    void ofSeveralWritersOneCreatesTheTag() throws Exception {
        assumeTrue(contract.supportsTagConditions(), "The registry does not keep conditions on tags");
        for (int round = 0; round < races.rounds(); round++) {
            Repository repository = freshRepository();
            List<Manifest> images = images(repository);
            assertOneWins(repository, images, TagCondition.absent());
        }
    }

    @Test
    void ofSeveralWritersOneMovesTheTag() throws Exception {
        assumeTrue(contract.supportsTagConditions(), "The registry does not keep conditions on tags");
        Repository repository = freshRepository();
        List<Manifest> images = images(repository);
        Manifest current = putImage(repository, ONE);
        for (int round = 0; round < races.rounds(); round++) {
            Manifest winner = assertOneWins(repository, images, TagCondition.currently(current.digest()));
            images.set(images.indexOf(winner), current);
            current = winner;
        }
    }

    /** The shortest way to set a tag, so that they really come at the same time; and again and again. */
    @Test
    void ofSeveralWritersOneTagsWhatIsThere() throws Exception {
        assumeTrue(contract.supportsTagConditions(), "The registry does not keep conditions on tags");
        Repository repository = freshRepository();
        List<Manifest> images = images(repository);
        images.forEach(image -> repository.manifests().put(image));
        Manifest spare = putImage(repository);
        TagCondition condition = TagCondition.absent();
        for (int round = 0; round < 10 * races.rounds(); round++) {
            TagCondition current = condition;
            List<Boolean> won = Racers.race(
                    races.racers(),
                    racer -> succeeds(
                            () -> repository.tags().put(ONE, images.get(racer).digest(), current)));
            assertThat(won).as("winners of round %d", round).containsOnlyOnce(true);
            // Nobody may put what is there already: that would leave the condition true for others.
            Manifest winner = images.set(won.indexOf(true), spare);
            assertThat(repository.tags().resolve(ONE)).contains(winner.descriptor());
            condition = TagCondition.currently(winner.digest());
            spare = winner;
        }
    }

    private List<Manifest> images(Repository repository) {
        List<Manifest> images = new ArrayList<>();
        for (int i = 0; i < races.racers(); i++) {
            images.add(imageIn(repository));
        }
        return images;
    }

    private Manifest assertOneWins(Repository repository, List<Manifest> images, TagCondition condition)
            throws Exception {
        List<Boolean> won = Racers.race(
                races.racers(),
                racer -> succeeds(() -> repository
                        .manifests()
                        .put(images.get(racer), PutOptions.tagged(ONE).onlyIf(condition))));
        assertThat(won).as("winners").containsOnlyOnce(true);
        Manifest winner = images.get(won.indexOf(true));
        assertHas(repository, winner, ONE);
        assertThat(repository.tags().list()).containsExactly(ONE);
        return winner;
    }

    private static boolean succeeds(Runnable put) {
        try {
            put.run();
            return true;
        } catch (RegistryException e) {
            assertThat(e.code()).as(e.getMessage()).isEqualTo(ErrorCode.PRECONDITION_FAILED);
            return false;
        }
    }
}
