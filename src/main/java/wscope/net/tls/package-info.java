/**
 * Our identity in TLS: a key and certificate, from files or made for localhost. The peers that we
 * trust: those that the JDK trusts, those in files or, on explicit request, all.
 *
 * <p>Law of this room: it knows files and the JDK, but no sockets. It reports invalid keys and
 * certificates of the user as {@link wscope.net.tls.InvalidIdentity}.
 */
@NullMarked
package wscope.net.tls;

import org.jspecify.annotations.NullMarked;
