package dev.berth.examples.standalone.accounts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.examples.standalone.cli.CommandGroup;
import dev.berth.examples.standalone.cli.Table;
import dev.berth.examples.standalone.cli.UsageException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code berth robot}: accounts for machines. */
@Command(
        name = "robot",
        description = "Manages robots: accounts for machines, which belong to an organisation or a person.",
        footer = {
            "",
            "A robot logs in as OWNER+NAME with its secret as the password, and can never do more than its owner.",
            "",
            "Examples:",
            "  berth robot add acme+ci --repositories 'acme/**' --role writer --expires 90d --registry localhost:5000",
            "  berth robot rotate acme+ci --keep-old 24h --registry localhost:5000",
            "  docker login localhost:5000 --username acme+ci --password-stdin"
        },
        subcommands = {
            RobotCommand.ListRobots.class,
            RobotCommand.Add.class,
            RobotCommand.Rotate.class,
            RobotCommand.Remove.class
        })
public final class RobotCommand extends CommandGroup {
    private static final String ROBOTS = "robots";

    private static String owner(String robot) {
        int plus = robot.lastIndexOf('+');
        if (plus <= 0 || plus == robot.length() - 1) {
            throw new UsageException("'" + robot + "' is no name of a robot; write OWNER+NAME, such as acme+ci");
        }
        return robot.substring(0, plus);
    }

    @Command(name = "list", description = "Lists the robots of an organisation or a person.")
    static final class ListRobots extends AccountCommand {
        @Parameters(paramLabel = "OWNER", description = "The organisation or the person.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String owner;

        @Override
        int run(Management management) throws IOException {
            JsonNode content = management.get(ROBOTS, "owner", owner);
            if (!printed(content)) {
                Table table = new Table("NAME", "REPOSITORIES", "ROLE", "EXPIRES", "LAST USED", "SECRETS");
                content.path(ROBOTS).forEach(robot -> LimitFlags.row(table, robot, "name", "secrets"));
                table.print(out());
            }
            return 0;
        }
    }

    @Command(name = "add", description = "Adds a robot and prints its secret.")
    static final class Add extends AccountCommand {
        @Parameters(paramLabel = "OWNER+NAME", description = "Its name.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String robot;

        @Mixin
        private LimitFlags limit = new LimitFlags();

        @Override
        void check() {
            owner(robot);
            limit.check();
        }

        @Override
        int run(Management management) throws IOException {
            String owner = owner(robot);
            ObjectNode body = Management.object(Map.of("owner", owner, "name", robot.substring(owner.length() + 1)));
            limit.addTo(body);
            return secret(management.post(ROBOTS, body), robot);
        }
    }

    @Command(name = "rotate", description = "Makes another secret for a robot and prints it.")
    static final class Rotate extends AccountCommand {
        @Parameters(paramLabel = "OWNER+NAME", description = "The robot.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String robot;

        @Option(
                names = "--keep-old",
                paramLabel = "DURATION",
                defaultValue = "24h",
                description = "How long the older secret stays good: 24h by default; 0 ends it at once.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String keepOld;

        @Override
        void check() {
            owner(robot);
            kept();
        }

        private Duration kept() {
            return keepOld.equals("0") ? Duration.ZERO : LimitFlags.duration(keepOld);
        }

        @Override
        int run(Management management) throws IOException {
            ObjectNode body =
                    Management.object(Map.of("name", robot, "olderGoodForSeconds", Long.toString(kept().toSeconds())));
            List<JsonNode> answer = new ArrayList<>();
            attempt(() -> answer.add(management.post("robots/rotate", body)), robot, () -> robots(management, robot));
            return secret(answer.get(0), robot);
        }
    }

    private static List<String> robots(Management management, String robot) throws IOException {
        return AccountCommand.names(
                management.get(ROBOTS, "owner", owner(robot)).path(ROBOTS), "name");
    }

    @Command(name = "remove", description = "Removes a robot. What it has logged in with ends at once.")
    static final class Remove extends AccountCommand {
        @Parameters(paramLabel = "OWNER+NAME", description = "The robot.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String robot;

        @Override
        void check() {
            owner(robot);
        }

        @Override
        int run(Management management) throws IOException {
            attempt(() -> management.delete(ROBOTS, "name", robot), robot, () -> robots(management, robot));
            return done("Removed the robot " + robot + ".");
        }
    }
}
