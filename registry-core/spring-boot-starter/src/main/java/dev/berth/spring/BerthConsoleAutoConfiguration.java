package dev.berth.spring;

import dev.berth.registry.access.AccessPolicy;
import dev.berth.registry.access.Authorized;
import dev.berth.registry.console.HostedConsole;
import dev.berth.registry.console.Visitors;
import dev.berth.registry.host.HostedRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * The pages of the registry among those of the application, where there is {@code dev.berth:registry-console}. Who may see them
 * at all is for the security of the application to say; what they show is what the caller may pull.
 *
 * @since 0.1
 */
@AutoConfiguration(before = BerthAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(HostedConsole.class)
@ConditionalOnProperty(
        name = {"berth.enabled", "berth.console.enabled"},
        matchIfMissing = true)
public class BerthConsoleAutoConfiguration {
    /** Creates it. */
    public BerthConsoleAutoConfiguration() {}

    /** Returns what the pages are made from, which becomes a part of the registry. */
    @Bean
    ConsolePart berthConsolePart() {
        return new ConsolePart();
    }

    /** Returns what mounts the pages. */
    @Bean
    ConsoleMount berthConsoleMount(
            ConsolePart part,
            BerthProperties properties,
            Environment environment,
            ObjectProvider<HostedRegistry> hosted,
            ObjectProvider<RegistryAccess> access,
            ObjectProvider<Visitors> visitors) {
        String context = environment.getProperty("server.servlet.context-path", "");
        return new ConsoleMount(
                part,
                properties.console(),
                context + properties.path(),
                () -> visitors.getIfAvailable(() -> visitors(hosted.getObject(), access.getObject())));
    }

    /** An application with an access of its own says who may see what by a bean of its own. */
    private static Visitors visitors(HostedRegistry hosted, RegistryAccess access) {
        if (access instanceof ShownAccess shown) {
            return Visitors.of(
                    Authorized.resolver(
                            hosted.views(), shown.policy(), hosted.views().audit()),
                    shown.policy(),
                    shown.authenticator(),
                    shown::administers);
        }
        AccessPolicy nothing = (caller, action, repository) -> false;
        return Visitors.of(
                Authorized.resolver(hosted.views(), nothing, hosted.views().audit()), nothing);
    }
}
