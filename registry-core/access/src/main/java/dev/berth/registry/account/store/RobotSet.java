package dev.berth.registry.account.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.objects.Format;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The robots of an owner, which are stored as one object: so that they can be listed, counted and removed at once, also in
 * a store that keeps something of each object that was ever removed. Immutable.
 */
final class RobotSet {
    static final Format<RobotSet> FORMAT = new RobotSetFormat();
    static final RobotSet EMPTY = new RobotSet(Map.of());

    private final Map<String, RobotRecord> robots;

    private RobotSet(Map<String, RobotRecord> robots) {
        this.robots = robots;
    }

    Optional<RobotRecord> find(String name) {
        return Optional.ofNullable(robots.get(name));
    }

    /** Returns all robots, in order. */
    Collection<RobotRecord> all() {
        return robots.values();
    }

    /** Returns the set with a robot instead of that of the same name. */
    RobotSet with(RobotRecord robot) {
        Map<String, RobotRecord> more = new TreeMap<>(robots);
        more.put(robot.name(), robot);
        return new RobotSet(more);
    }

    /** Returns the set without some of the robots. */
    RobotSet without(Predicate<RobotRecord> unwanted) {
        Map<String, RobotRecord> less = new TreeMap<>(robots);
        less.values().removeIf(unwanted);
        return new RobotSet(less);
    }

    private static final class RobotSetFormat implements Format<RobotSet> {
        private static final String ROBOTS = "robots";

        @Override
        public RobotSet read(JsonObject json) {
            Map<String, RobotRecord> robots = new TreeMap<>();
            for (JsonObject robot : json.objects(ROBOTS)) {
                RobotRecord record = RobotRecord.FORMAT.read(robot);
                robots.put(record.name(), record);
            }
            return new RobotSet(robots);
        }

        @Override
        public void write(RobotSet set, ObjectNode json) {
            ArrayNode robots = json.putArray(ROBOTS);
            set.all().forEach(robot -> RobotRecord.FORMAT.write(robot, robots.addObject()));
        }
    }
}
