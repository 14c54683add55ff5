package dev.berth.registry.simulation;

import java.time.Duration;

/**
 * What a run is like.
 *
 * @param exclusive whether the objects belong to one process, so that nothing happens after a call has ended
 * @param deletesConditionally whether the store can delete an object on a condition
 * @param versionsByContent whether the same bytes have the same version
 * @param batchesAtOnce whether the changes of a batch happen at one moment
 * @param deaths how probable it is at each change that a process dies
 * @param failures how probable it is for each change that it fails
 * @param powerCuts how probable it is at each turn that the power fails
 * @param grace how long a collection waits
 * @param pushers the number of actors that push, tag and delete
 * @param collectors the number of actors that collect
 * @param repositories the number of repositories
 * @param images the number of different images; with few of them more is about the same
 * @param everything whether a full collection runs at the end
 */
record Settings(
        boolean exclusive,
        boolean deletesConditionally,
        boolean versionsByContent,
        boolean batchesAtOnce,
        double deaths,
        double failures,
        double powerCuts,
        Duration grace,
        int pushers,
        int collectors,
        int repositories,
        int images,
        boolean everything) {

    /** Returns any settings of a store in memory. */
    static Settings any(Schedule random) {
        boolean narrow = random.choose(3) == 0;
        boolean exclusive = random.choose(2) == 0;
        boolean crashes = random.choose(2) == 0;
        Duration grace = switch (narrow ? 0 : random.choose(4)) {
            case 0 -> Duration.ofSeconds(1 + random.choose(3));
            case 1 -> Duration.ofSeconds(1 + random.choose(60));
            case 2 -> Duration.ofMinutes(1 + random.choose(20));
            default -> Duration.ofHours(1);
        };
        return new Settings(
                exclusive,
                exclusive || random.choose(2) == 0,
                random.choose(2) == 0,
                exclusive && random.choose(2) == 0,
                crashes ? 0.004 : 0,
                random.choose(4) == 0 ? 0.01 : 0,
                exclusive && crashes ? 0.002 : 0,
                grace,
                narrow ? 3 : 1 + random.choose(4),
                narrow ? 2 : 1 + random.choose(2),
                narrow ? 1 : 1 + random.choose(3),
                narrow ? 2 : Content.IMAGES.size(),
                random.choose(3) == 0);
    }

    /** Returns any settings of a store that belongs to one process. */
    static Settings ofOneProcess(Schedule random) {
        Settings any = any(random);
        while (!any.exclusive) {
            any = any(random);
        }
        return any;
    }

    /** Returns settings under which many are about the same few things, and nothing fails. */
    static Settings narrow(Schedule random) {
        Settings any = any(random);
        while (any.images == Content.IMAGES.size() || !any.nothingFails()) {
            any = any(random);
        }
        return any;
    }

    DiskStore.Traits traits() {
        return new DiskStore.Traits(exclusive, deletesConditionally, versionsByContent);
    }

    /** Returns these settings for when nothing fails any more. */
    Settings calm() {
        return new Settings(
                exclusive,
                deletesConditionally,
                versionsByContent,
                batchesAtOnce,
                0,
                0,
                0,
                grace,
                pushers,
                collectors,
                repositories,
                images,
                everything);
    }

    /** Returns whether everything that was begun was ended, so that no entry that tells of a change is missing. */
    boolean nothingFails() {
        return deaths == 0 && failures == 0 && powerCuts == 0;
    }
}
