package dev.berth.spring;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.account.Account;
import dev.berth.registry.account.Accounts;
import dev.berth.registry.server.Caller;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/** The users of Spring Security, whose authorities are groups. */
final class UserAccounts implements Accounts {
    private static final String MAC = "HmacSHA256";

    private final AuthenticationManager manager;
    private final @Nullable UserDetailsService users;

    /** Makes versions of passwords from which nobody learns anything. */
    private final SecretKeySpec key;

    UserAccounts(AuthenticationManager manager, @Nullable UserDetailsService users) {
        this.manager = manager;
        this.users = users;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, MAC);
    }

    /** Returns whether a user can be found without a password. */
    boolean canFind() {
        return users != null;
    }

    @Override
    public Optional<Account> authenticate(String name, String password) {
        try {
            Authentication known =
                    manager.authenticate(UsernamePasswordAuthenticationToken.unauthenticated(name, password));
            if (known == null || !known.isAuthenticated()) {
                return Optional.empty();
            }
            return users == null ? Optional.of(Account.of(caller(known), "")) : find(known.getName());
        } catch (AuthenticationServiceException e) {
            throw unavailable(e);
        } catch (AuthenticationException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Account> find(String subject) {
        if (users == null) {
            return Optional.empty();
        }
        try {
            UserDetails user = users.loadUserByUsername(subject);
            return user != null
                            && user.isEnabled()
                            && user.isAccountNonLocked()
                            && user.isAccountNonExpired()
                            && user.isCredentialsNonExpired()
                    ? Optional.of(Account.of(caller(user.getUsername(), user.getAuthorities()), version(user)))
                    : Optional.empty();
        } catch (UsernameNotFoundException e) {
            return Optional.empty();
        } catch (AuthenticationException e) {
            throw unavailable(e);
        }
    }

    private static RegistryException unavailable(AuthenticationException e) {
        return RegistryException.of(
                ErrorCode.UNAVAILABLE, "The users of the application cannot be looked up now; try again later", e);
    }

    /** Returns who somebody is whom Spring Security has let in. */
    static Caller caller(Authentication known) {
        return caller(known.getName(), known.getAuthorities());
    }

    private static Caller caller(String name, Collection<? extends GrantedAuthority> authorities) {
        Caller.Builder caller = Caller.builder(name);
        for (GrantedAuthority authority : authorities) {
            String group = authority.getAuthority();
            if (group != null && !group.isBlank()) {
                caller.group(group);
            }
        }
        return caller.build();
    }

    private String version(UserDetails user) {
        String password = user.getPassword();
        if (password == null) {
            return "";
        }
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)), 0, 16);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JVM has " + MAC, e);
        }
    }
}
