package dev.berth.spring;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

/** An application with a page, and with users, as Spring Boot protects it if nothing else is said. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(PlainApplication.Page.class)
class SecuredApplication {
    @Bean
    UserDetailsService users() {
        return new InMemoryUserDetailsManager(
                User.withUsername("alice")
                        .password("{noop}wonderland")
                        .roles("CI")
                        .build(),
                User.withUsername("bob").password("{noop}builder").roles("USER").build());
    }
}
