/**
 * Who we are in TLS: a key and certificate, from files or made for localhost. Whom we trust: those
 * that the JDK trusts, those of files, or, if asked for by name, anybody.
 *
 * <p>Law of this room: it knows files and the JDK, and no sockets; what is wrong with what the user
 * gave is a {@link wscope.net.tls.InvalidIdentity}.
 */
@NullMarked
package wscope.net.tls;

import org.jspecify.annotations.NullMarked;
