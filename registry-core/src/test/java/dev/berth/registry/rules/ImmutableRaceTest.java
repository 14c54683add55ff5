package dev.berth.registry.rules;

import static dev.berth.registry.rules.RulesWorld.tag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.DeleteCondition;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.Manifests;
import dev.berth.registry.PutOptions;
import dev.berth.registry.PutResult;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagCondition;
import dev.berth.registry.Tags;
import dev.berth.registry.compose.ForwardingManifests;
import dev.berth.registry.compose.ForwardingRegistry;
import dev.berth.registry.compose.ForwardingRepository;
import dev.berth.registry.compose.ForwardingTags;
import dev.berth.registry.manifest.ImageManifest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A locked tag that another request creates between a look and a change is not moved or deleted. */
class ImmutableRaceTest {
    private final RulesWorld world = new RulesWorld();
    private final TagRules rules =
            TagRules.of(TagRule.immutable("releases").tags("v*").build());
    private final Manifest first = world.image();
    private final Manifest second =
            ImageManifest.of(RulesWorld.blob("second"), List.of()).toManifest();

    /** Does something before the next change. */
    private final class Raced extends ForwardingRegistry {
        private Runnable race;

        Raced(Runnable race) {
            super(world.registry);
            this.race = race;
        }

        private void change() {
            Runnable now = race;
            race = () -> {};
            now.run();
        }

        @Override
        public Repository repository(RepositoryName name) {
            return new ForwardingRepository(super.repository(name)) {
                @Override
                public Manifests manifests() {
                    return new ForwardingManifests(delegate().manifests()) {
                        @Override
                        public PutResult put(Manifest manifest, PutOptions options) {
                            change();
                            return super.put(manifest, options);
                        }

                        @Override
                        public boolean delete(Digest digest, DeleteCondition condition) {
                            change();
                            return super.delete(digest, condition);
                        }
                    };
                }

                @Override
                public Tags tags() {
                    return new ForwardingTags(delegate().tags()) {
                        @Override
                        public PutResult put(Tag tag, Digest target, TagCondition condition) {
                            change();
                            return super.put(tag, target, condition);
                        }

                        @Override
                        public boolean delete(Tag tag, TagCondition condition) {
                            change();
                            return super.delete(tag, condition);
                        }
                    };
                }
            };
        }
    }

    private Repository racing(Runnable race) {
        Registry raced = new Raced(race);
        return Immutable.of(raced, rules, world.context).repository(RulesWorld.APP);
    }

    private static void denied(Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DENIED));
    }

    @Test
    void createdMeanwhileItIsNotMoved() {
        Repository app = racing(() -> world.push(first, "v1"));

        denied(() -> app.manifests().put(second, tag("v1")));
        assertThat(world.app.tags().resolve(tag("v1")).map(Descriptor::digest)).contains(first.digest());
    }

    @Test
    void createdMeanwhileItIsNotMovedWithOthers() {
        Repository app = racing(() -> world.push(first, "v1"));

        denied(() -> app.manifests().put(second, tag("main"), tag("v1")));
        assertThat(world.app.tags().resolve(tag("v1")).map(Descriptor::digest)).contains(first.digest());
    }

    @Test
    void setMeanwhileToTheSameManifestItIsFine() {
        Repository app = racing(() -> world.push(first, "v1"));

        app.tags().put(tag("v1"), first.digest());
        assertThat(world.app.tags().resolve(tag("v1")).map(Descriptor::digest)).contains(first.digest());
    }

    @Test
    void createdMeanwhileItKeepsItsManifest() {
        world.push(first, "main");
        Repository app = racing(() -> world.push(first, "v1"));

        denied(() -> app.manifests().delete(first.digest()));
        assertThat(world.tags()).contains("v1");
        assertThat(world.has(first)).isTrue();
    }

    @Test
    void createdAfterTheTagsAreDeletedItKeepsItsManifest() {
        Repository app = racing(() -> world.push(first, "v1"));

        denied(() -> app.manifests().delete(first.digest()));
        assertThat(world.tags()).containsExactly("v1");
    }
}
