/**
 * Our identity in TLS (a key and a certificate, from files or created for localhost) and the
 * certificates that we trust (those of the JDK, those in files, or, only on request, any).
 *
 * <p>Rules of this room: the package knows files and the JDK, but no sockets. Invalid input from
 * the user is an {@link wscope.net.tls.InvalidIdentity}.
 */
@NullMarked
package wscope.net.tls;

import org.jspecify.annotations.NullMarked;
