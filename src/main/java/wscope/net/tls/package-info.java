/**
 * Our identity in TLS: a key and certificate, from files or created for localhost. Whom we trust:
 * the JDK's certificates, those in files, or, only on request, anybody.
 *
 * <p>Law of this room: it knows files and the JDK, but no sockets. Invalid input from the user is
 * an {@link wscope.net.tls.InvalidIdentity}.
 */
@NullMarked
package wscope.net.tls;

import org.jspecify.annotations.NullMarked;
