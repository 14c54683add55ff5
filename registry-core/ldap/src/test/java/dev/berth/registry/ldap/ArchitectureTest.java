package dev.berth.registry.ldap;

import dev.berth.registry.fixtures.ModuleRules;
import java.io.IOException;
import java.net.URISyntaxException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("any-jdk")
class ArchitectureTest {

    @Test
    void rulesOfEveryModuleHold() throws IOException, URISyntaxException {
        ModuleRules.of(LdapAccounts.class).check();
    }
}
