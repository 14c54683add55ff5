package dev.berth.examples.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

/** A command line needs the command that it names, and every other one needs all. */
class CommandsTest {
    @Test
    void commandsAreFoundByTheirNames() {
        Commands.neededFor()
                .forEach((name, command) ->
                        assertThat(command.getAnnotation(Command.class).name()).isEqualTo(name));
    }

    @Test
    void aCommandIsReadAlone() {
        assertThat(Commands.neededFor("serve", "copy")).containsOnlyKeys("serve");
    }

    @Test
    void withoutACommandAllAreRead() {
        Map<String, Class<?>> all = Commands.neededFor();

        assertThat(all).hasSizeGreaterThan(10);
        assertThat(Commands.neededFor("srve")).isEqualTo(all);
        assertThat(Commands.neededFor("--help", "serve")).isEqualTo(all);
        assertThat(Commands.neededFor("help", "serve")).isEqualTo(all);
    }
}
