package dev.berth.spring;

import dev.berth.registry.host.HostedRegistry;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.servlet.RegistryServlet;
import jakarta.servlet.Filter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/**
 * Serves the registry at the port of the application.
 *
 * @since 0.1
 */
@AutoConfiguration(after = {BerthAutoConfiguration.class, BerthSecurityAutoConfiguration.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(HostedRegistry.class)
public class BerthServletAutoConfiguration {
    /** Creates it. */
    public BerthServletAutoConfiguration() {}

    /** Returns the access of an application without Spring Security. */
    @Bean
    @ConditionalOnMissingBean
    RegistryAccess registryAccess(BerthProperties properties) {
        return new OpenAccess(properties.access());
    }

    /** Returns what serves the registry. */
    @Bean
    @ConditionalOnMissingBean
    RegistryHandler registryHandler(
            HostedRegistry hosted,
            RegistryAccess access,
            BerthProperties properties,
            ObjectProvider<RegistryServerCustomizer> customizers) {
        RegistryServer.Builder server = hosted.server(access::server);
        if (!properties.trustedProxies().isEmpty()) {
            server.trustedProxies(properties.trustedProxies().toArray(String[]::new));
        }
        customizers.orderedStream().forEach(customizer -> customizer.customize(server));
        return server.build().handler();
    }

    /** Returns the servlet. */
    @Bean
    @ConditionalOnMissingBean(name = "berthServlet")
    ServletRegistrationBean<RegistryServlet> berthServlet(RegistryHandler handler, BerthProperties properties) {
        ServletRegistrationBean<RegistryServlet> registration = new ServletRegistrationBean<>(
                new RegistryServlet(handler, properties.path()),
                RegistryPaths.of(properties).mappings());
        registration.setName("berth");
        registration.setAsyncSupported(true);
        registration.setLoadOnStartup(1);
        return registration;
    }

    /** Returns what keeps filters from reading the bodies of requests to the registry. */
    @Bean
    @ConditionalOnMissingBean(name = "berthUnparsedForms")
    FilterRegistrationBean<UnparsedForms> berthUnparsedForms(BerthProperties properties) {
        return before(new UnparsedForms(), RegistryPaths.of(properties));
    }

    /** Returns what refuses requests that are the registry's only for the container. */
    @Bean
    @ConditionalOnMissingBean(name = "berthPlainAddresses")
    FilterRegistrationBean<PlainAddresses> berthPlainAddresses(BerthProperties properties) {
        RegistryPaths paths = RegistryPaths.of(properties);
        return before(new PlainAddresses(paths), paths);
    }

    /** Registers a filter in front of all others. */
    private static <F extends Filter> FilterRegistrationBean<F> before(F filter, RegistryPaths paths) {
        FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
        registration.addUrlPatterns(paths.mappings());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        registration.setAsyncSupported(true);
        return registration;
    }
}
