package dev.berth.spring;

import dev.berth.registry.host.HostedRegistry;
import dev.berth.registry.storage.ObjectStore;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.authentication.configuration.AuthenticationConfiguration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;

/**
 * The users of Spring Security are the callers of the registry, whose paths have a filter chain of their own. It comes after the
 * configuration of Spring Boot, so that the rest of the application is protected as it would be without a registry.
 *
 * @since 0.1
 */
@AutoConfiguration(
        after = BerthAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration",
            "org.springframework.boot.autoconfigure.security.servlet.UserDetailsServiceAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration"
        })
@ConditionalOnClass({SecurityFilterChain.class, HttpSecurity.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(value = HostedRegistry.class, name = "springSecurityFilterChain")
public class BerthSecurityAutoConfiguration {
    /** Creates it. */
    public BerthSecurityAutoConfiguration() {}

    /** Returns access for the users of the application. */
    @Bean
    @ConditionalOnMissingBean
    RegistryAccess registryAccess(
            BerthProperties properties,
            ObjectStore store,
            AuthenticationConfiguration authentication,
            ObjectProvider<UserDetailsService> users)
            throws Exception {
        UserAccounts accounts = new UserAccounts(authentication.getAuthenticationManager(), users.getIfUnique());
        return new UserAccess(properties, store, accounts);
    }

    /**
     * Returns the chain for the registry: without sessions, and so without a need for CSRF tokens. It lets every request
     * through, since the registry decides.
     */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 100)
    @ConditionalOnMissingBean(name = "berthSecurityFilterChain")
    SecurityFilterChain berthSecurityFilterChain(HttpSecurity http, BerthProperties properties) throws Exception {
        RegistryPaths paths = RegistryPaths.of(properties);
        return http.securityMatcher(
                        request -> paths.contains(request.getServletPath() + pathInfo(request.getPathInfo())))
                .csrf(csrf -> csrf.disable())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(cache -> cache.disable())
                .logout(logout -> logout.disable())
                .headers(headers -> headers.cacheControl(cache -> cache.disable()))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    private static String pathInfo(@Nullable String info) {
        return info == null ? "" : info;
    }

    /** Returns a firewall that leaves to the registry what only the registry understands. */
    @Bean
    @ConditionalOnMissingBean
    HttpFirewall berthFirewall(BerthProperties properties) {
        return new RegistryFirewall(RegistryPaths.of(properties));
    }
}
