package wscope.connect;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import wscope.connection.Behaviour;
import wscope.connection.ConnectionSettings;
import wscope.net.LinkLimits;
import wscope.net.TlsClient;
import wscope.net.TlsDetails;
import wscope.protocol.event.Event;
import wscope.protocol.handshake.HttpRequest;

/**
 * The target of a client, and what the client does.
 *
 * @param connectTimeout the time for name resolution, TCP and TLS together
 * @param tls the settings of TLS; null for none
 * @param route the way to the server
 * @param certificates describes the certificate of a server; null if the server sent none
 * @param requests creates the request of each connection, with a new key
 * @param connection the limits and timeouts for the server
 * @param link the limits for the output queued for the server
 * @param maskingKeys supplies an unpredictable key for each frame (RFC 6455 §5.3)
 * @param retries how often the client connects again after a failure or an abnormal end
 * @param redirects follows redirects; null to follow none
 * @param interactive whether a user decides what happens after the end of a connection
 */
public record ClientSettings(
    Target target,
    Route route,
    Duration connectTimeout,
    @Nullable TlsClient tls,
    Function<TlsDetails, Event.@Nullable Certificate> certificates,
    Supplier<HttpRequest> requests,
    ConnectionSettings connection,
    LinkLimits link,
    Behaviour behaviour,
    IntSupplier maskingKeys,
    Script script,
    long retries,
    @Nullable Redirects redirects,
    boolean interactive) {}
