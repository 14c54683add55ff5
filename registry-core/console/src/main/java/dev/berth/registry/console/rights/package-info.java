/** Who may do what with a repository, on its page and on those of its images. */
@NullMarked
package dev.berth.registry.console.rights;

import org.jspecify.annotations.NullMarked;
