package wscope.serve;

import wscope.connection.Behaviour;
import wscope.connection.Timeouts;
import wscope.net.LinkLimits;
import wscope.protocol.Limits;

/**
 * The behaviour of a server and its limits.
 *
 * @param limits on what one client may send
 * @param timeouts for one client
 * @param link limits on the output queued for one client
 * @param maxConnections open at a time; another client gets the response 503
 * @param policy who may connect
 * @param parameters with which a query may set the behaviour
 * @param behaviour of connections whose query sets none
 * @param ignoresQueries whether queries have no effect on the server
 * @param wording of its texts for people
 */
public record Settings(
    Limits limits,
    Timeouts timeouts,
    LinkLimits link,
    int maxConnections,
    Policy policy,
    BehaviourParameters parameters,
    Behaviour behaviour,
    boolean ignoresQueries,
    Wording wording) {
  /** The defaults of the server. */
  public static final Settings DEFAULT =
      new Settings(
          Limits.SERVER,
          Timeouts.DEFAULT,
          LinkLimits.DEFAULT,
          1024,
          Policy.DEFAULT,
          BehaviourParameters.withAllFaults(),
          Behaviour.DEFAULT,
          false,
          Wording.PLAIN);
}
