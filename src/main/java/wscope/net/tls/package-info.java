/**
 * Who the server is in TLS: its key and certificate, from files or made for localhost.
 *
 * <p>Law of this room: it knows files and the JDK, and no sockets; what is wrong with what the user
 * gave is a {@link wscope.net.tls.BadIdentity}.
 */
@NullMarked
package wscope.net.tls;

import org.jspecify.annotations.NullMarked;
