package dev.berth.examples.standalone;

import dev.berth.examples.standalone.accounts.AccessCommand;
import dev.berth.examples.standalone.accounts.KeyCommand;
import dev.berth.examples.standalone.accounts.OrgCommand;
import dev.berth.examples.standalone.accounts.RobotCommand;
import dev.berth.examples.standalone.accounts.TeamCommand;
import dev.berth.examples.standalone.accounts.TokenCommand;
import dev.berth.examples.standalone.accounts.UserCommand;
import dev.berth.examples.standalone.console.ConsoleCommand;
import dev.berth.examples.standalone.console.SearchCommand;
import dev.berth.examples.standalone.images.CopyCommand;
import dev.berth.examples.standalone.images.InspectCommand;
import dev.berth.examples.standalone.images.ListCommand;
import dev.berth.examples.standalone.images.SyncCommand;
import dev.berth.examples.standalone.maintenance.DeletedCommand;
import dev.berth.examples.standalone.maintenance.GcCommand;
import dev.berth.examples.standalone.maintenance.QuotaCommand;
import dev.berth.examples.standalone.maintenance.RestoreCommand;
import dev.berth.examples.standalone.maintenance.RetentionCommand;
import dev.berth.examples.standalone.maintenance.ScrubCommand;
import dev.berth.examples.standalone.maintenance.WebhookCommand;
import dev.berth.examples.standalone.mirrors.MirrorCommand;
import dev.berth.examples.standalone.mirrors.ReplicationCommand;
import dev.berth.examples.standalone.scan.ScanCommand;
import dev.berth.examples.standalone.serve.ReindexCommand;
import dev.berth.examples.standalone.serve.ServeCommand;
import dev.berth.examples.standalone.trust.SignCommand;
import dev.berth.examples.standalone.trust.VerifyCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.HelpCommand;

/** The commands of the program. Reading the options of all of them takes longer than starting a registry. */
final class Commands {
    private static final Map<String, Class<?>> BY_NAME = byName();

    private Commands() {}

    private static Map<String, Class<?>> byName() {
        Map<String, Class<?>> commands = new LinkedHashMap<>();
        commands.put("serve", ServeCommand.class);
        commands.put("reindex", ReindexCommand.class);
        commands.put("gc", GcCommand.class);
        commands.put("deleted", DeletedCommand.class);
        commands.put("restore", RestoreCommand.class);
        commands.put("retention", RetentionCommand.class);
        commands.put("scrub", ScrubCommand.class);
        commands.put("quota", QuotaCommand.class);
        commands.put("webhook", WebhookCommand.class);
        commands.put("mirror", MirrorCommand.class);
        commands.put("replication", ReplicationCommand.class);
        commands.put("console", ConsoleCommand.class);
        commands.put("search", SearchCommand.class);
        commands.put("copy", CopyCommand.class);
        commands.put("sync", SyncCommand.class);
        commands.put("ls", ListCommand.class);
        commands.put("inspect", InspectCommand.class);
        commands.put("scan", ScanCommand.class);
        commands.put("sign", SignCommand.class);
        commands.put("verify", VerifyCommand.class);
        commands.put("user", UserCommand.class);
        commands.put("org", OrgCommand.class);
        commands.put("team", TeamCommand.class);
        commands.put("robot", RobotCommand.class);
        commands.put("token", TokenCommand.class);
        commands.put("key", KeyCommand.class);
        commands.put("access", AccessCommand.class);
        commands.put("help", HelpCommand.class);
        return commands;
    }

    /**
     * Returns the command with which a command line begins; or all, for help, and for the message if it is misspelt.
     */
    static Map<String, Class<?>> neededFor(String... arguments) {
        String first = arguments.length == 0 ? "" : arguments[0];
        Class<?> command = BY_NAME.get(first);
        return command == null || command == HelpCommand.class ? BY_NAME : Map.of(first, command);
    }
}
